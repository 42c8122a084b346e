"""Use case of asking her again whether a consent that stands still says what she wants."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.consent import standing_consent
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import ConsentMissing
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """That she was asked again and it stands; the next day of asking, if there is one."""

    consent: UUID
    asked_on: date
    next_on: date | None = None
    language: str | None = None
    interpreter: bool = False
    note: str = ""


def recheck_consent(
    *,
    case_ref: UUID,
    recheck: Recheck,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that she was asked again and the consent stands; a no is a withdrawal.

    :raises ConsentMissing: when the consent was taken back or is over, or a day does not fit.
    """
    require("recheck_consent", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    given = standing_consent(case, recheck.consent)
    require_in_term(given, recheck, on=local_day(case.jurisdiction, at))
    fact = new_fact("consent_rechecked", recheck, within=written(case, actor=actor, at=at))
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("recheck_consent", actor.account, at))
    return fact.fact_ref


def require_in_term(given: Fact, recheck: Recheck, *, on: date) -> None:
    """Refuse a day outside the term of the consent.

    :raises ConsentMissing: when it is over, or the next day is not within what is left of it.
    """
    until = day(given, "until")
    if recheck.asked_on > on or (until is not None and recheck.asked_on >= until):
        raise ConsentMissing(found("consent_already_ended"))
    if recheck.next_on is None:
        return
    if recheck.next_on <= recheck.asked_on or (until is not None and recheck.next_on >= until):
        raise ConsentMissing(found("recheck_out_of_term", "R41"))
