"""Use case of the letter on a decision: given in her language, or kept for her."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.decision import DECISIONS
from opennrm.casework.own_part import require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import held
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGiven:
    """Which decision the letter tells, in which language, and how it came to her."""

    decision: UUID
    language: str
    handed_over: str
    given_on: date
    own_language: str = ""


def give_letter(
    *,
    case_ref: UUID,
    letter: LetterGiven,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that she was given the letter on a decision; the reasons in her language go with it.

    :raises AccessMissing: when decisions are not open to the actor.
    :raises MoveRefused: when there is no such decision.
    :raises EntryMalformed: when the day lies ahead.
    """
    require("give_letter", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = held(case, actor=actor, at=at)
    decision = case.fact(letter.decision)
    if decision is None or decision.kind not in DECISIONS or decision.compartment not in within:
        raise MoveRefused(found("decision_not_found"))
    require_past(letter.given_on, "given_on", on=local_day(case.jurisdiction, at))
    also = {"decision": decision.fact_ref}
    fact = new_fact("decision_letter_given", letter, within=within, basis="public_task", also=also)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("give_letter", actor.account, at))
    return fact.fact_ref
