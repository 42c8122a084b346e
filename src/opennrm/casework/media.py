"""Use case of media: an item is released only if it shows nobody unasked, and never a child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.grounds import has_ended, is_withdrawn
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.rights.publicity import MediaSituation, PublicSituation


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem:
    """An item about her or her case: where it appears, what it shows, on which consent."""

    medium: str
    released_on: date
    shows_person: bool | None = None
    consent: UUID | None = None
    item: str = ""


def release_media_item(
    *,
    case_ref: UUID,
    item: MediaItem,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Release an item to the media; one consent is for one item.

    :raises RuleBroken: when it would show a child (R40), or her without an own consent (R76).
    """
    require("release_media_item", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    is_child = None if case.majority == "unknown" else case.is_child
    require_rule("R40", PublicSituation(is_child, item.shows_person), on)
    require_rule("R76", media_situation(case, item, is_child=is_child, on=on), on)
    within = written(case, actor=actor, at=at)
    fact = new_fact("media_item_released", item, within=within)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("release_media_item", actor.account, at))
    return fact.fact_ref


def media_situation(
    case: Case, item: MediaItem, *, is_child: bool | None, on: date
) -> MediaSituation:
    """Say on which consent an item rests: whether it stands, and was used for no other item."""
    given = case.fact(item.consent)
    if given is None or given.kind != "consent_given":
        return MediaSituation(item.shows_person, is_child)
    return MediaSituation(
        shows_person=item.shows_person,
        is_child=is_child,
        purpose=given.text("purpose"),
        is_live=not is_withdrawn(case, given.fact_ref) and not has_ended(given, on=on),
        is_specific=not case.naming("consent", given.fact_ref, "media_item_released"),
    )
