"""Use cases of her own door: a page she opens by herself, opened with her and closed at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, OwnDoor
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import EntryMalformed, MoveRefused
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day

DIGEST = re.compile(r"[0-9a-f]{64}")
OWN_RECORD = "own_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDoorOpening:
    """A page of her own: that she wants it, when you looked at it together, how it is closed.

    `code_digest` is the SHA-256 of "opennrm own door code 1|" and the sixteen signs of the code on
    her card, in hexadecimal. `word` is what she says
    when she calls to have it closed. `tells_duress`: her case manager learns of it when she signs
    in with the passphrase for moments under pressure.
    """

    looked_on: date
    language: str
    code_digest: str
    wanted: bool = False
    tells_duress: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDoorClosing:
    """Why a page of her own is closed."""

    reason: str


def is_safe(case: Case, *, on: date) -> bool:
    """Tell whether the newest assessment of the dangers says so, and still stands."""
    assessed = case.newest("risk_assessed")
    if assessed is None or not assessed.open.get("own_access"):
        return False
    review = day(assessed, "review_on")
    return review is not None and review >= on


def opened(case: Case) -> Fact | None:
    """Return how her page was opened last, where it was not closed since."""
    last = case.newest("own_door_opened", "own_door_closed")
    return last if last is not None and last.kind == "own_door_opened" else None


def open_own_door(
    *,
    case_ref: UUID,
    opening: OwnDoorOpening,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Open a page of her own; it opens to nobody until she chose a passphrase beside the actor.

    A new card takes the place of the one before.

    :raises MoveRefused: when no standing assessment says that it is safe, when she does not want
        it or has not seen it before, and for a child (decision 0064).
    :raises AccessMissing: when the actor does not keep her consents.
    :raises EntryMalformed: when the digest of the code is none.
    """
    require("open_own_door", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    today = local_day(case.jurisdiction, at)
    if case.is_child:
        raise MoveRefused(found("own_door_of_child"))
    if not is_safe(case, on=today):
        raise MoveRefused(found("own_door_not_safe"))
    if not opening.wanted or opening.looked_on > today:
        raise MoveRefused(found("own_door_not_wanted"))
    if not DIGEST.fullmatch(opening.code_digest):
        raise EntryMalformed(found("malformed"), "code_digest")
    within = written(case, actor=actor, at=at)
    fact = new_fact("own_door_opened", opening, within=within, basis=OWN_RECORD)
    door = OwnDoor(fact.fact_ref, opening.code_digest)
    change = Change(facts=(fact,), own_door=door, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("open_own_door", actor.account, at))
    return fact.fact_ref


def close_own_door(
    *,
    case_ref: UUID,
    closing: OwnDoorClosing,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Close her page at once; the keys it opened with are destroyed.

    :raises MoveRefused: when none is open.
    :raises AccessMissing: when the actor does not keep her consents.
    """
    require("close_own_door", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if opened(case) is None:
        raise MoveRefused(found("own_door_not_open"))
    within = written(case, actor=actor, at=at)
    fact = new_fact("own_door_closed", closing, within=within, basis=OWN_RECORD)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("close_own_door", actor.account, at))
    return fact.fact_ref
