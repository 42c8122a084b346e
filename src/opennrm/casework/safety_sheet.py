"""Use case of the minimum safety sheet: what keeps her safe where she sleeps or is treated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.writing import new_fact

SEALED = ("called", "allergies", "medicine", "threats", "appointments")


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetySheet:
    """All that must be known at night, written whole each time; the newest sheet is the sheet."""

    called: str = ""
    allergies: str = ""
    medicine: str = ""
    threats: str = ""
    appointments: str = ""
    language: str | None = None


def write_safety_sheet(
    *,
    case_ref: UUID,
    sheet: SafetySheet,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Write the minimum safety sheet anew, in the place of the one before.

    :raises AccessMissing: when the sheet is not open to the actor for writing.
    :raises MoveRefused: when there is nothing on it.
    """
    require("write_safety_sheet", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    told = [getattr(sheet, name) for name in SEALED]
    if not any(text.strip() for text in told):
        raise MoveRefused(found("sheet_empty"))
    within = written(case, actor=actor, at=at)
    fact = new_fact("safety_sheet_written", sheet, within=within, basis="vital_interest")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("write_safety_sheet", actor.account, at))
    return fact.fact_ref
