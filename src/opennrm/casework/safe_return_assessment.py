"""Use case of the risk assessment before a return, by another body than the one that returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.own_part import require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.removal_questions import told_of_fallen
from opennrm.casework.safe_return import require_open
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import calendar_for, local_day
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.return_situations import AssessmentSituation
from opennrm.vocabulary.returns import NgoInput, ReturnOutcome
from opennrm.vocabulary.roles import Role

MUST_ACT = (Role.CM, Role.LA, Role.GU, Role.CP, Role.TF, Role.MI)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAssessment:
    """What could happen to her there, from which sources, and what an NGO said."""

    outcome: str
    assessed_on: date
    topics: tuple[str, ...] = ()
    ngo_input: str | None = None
    signed: bool = False
    findings: str = ""
    sources: str = ""
    ngo_view: str = ""


def assess_return(
    *,
    case_ref: UUID,
    assessment: ReturnAssessment,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record the risks of the return that is open; what is not safe opens the way to a permit.

    It can be relied on for as many days as the State allows (T15).

    :raises RuleBroken: when the body that asks for a forced return would assess it (R61).
    :raises MoveRefused: when no return is open, or findings or the NGO's view are missing.
    """
    require("assess_return", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    opened = require_open(case)
    require_past(assessment.assessed_on, "assessed_on", on=on)
    require_explained(assessment)
    until = relied_on_until(assessment, desk.presets(case.jurisdiction or actor.jurisdiction))
    is_other = not opened.is_forced or opened.proposal.organisation != actor.organisation
    told_by = assessment.ngo_input or NgoInput.ASKED_NO_ANSWER
    situation = AssessmentSituation(True, until, is_other, told_by)
    require_rule("R61", situation, assessment.assessed_on)
    also = {"answers": opened.proposal.fact_ref, "valid_until": until}
    within = written(case, actor=actor, at=at)
    fact = new_fact("return_assessed", assessment, within=within, also=also)
    told = tell_holders(case, notice_of(assessment), roles=MUST_ACT, actor=actor, at=at)
    if assessment.outcome != ReturnOutcome.RETURN_SAFE:
        told = (*told, *told_of_fallen(case, actor=actor, at=at))
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("assess_return", actor.account, at))
    return fact.fact_ref


def require_explained(assessment: ReturnAssessment) -> None:
    """Refuse an assessment without findings, and an NGO's view that is not written down.

    :raises MoveRefused: when something is missing.
    """
    if not assessment.findings.strip() or not assessment.topics:
        raise MoveRefused(found("findings_missing"))
    if assessment.ngo_input == NgoInput.NOTED and not assessment.ngo_view.strip():
        raise MoveRefused(found("ngo_view_missing"))


def relied_on_until(assessment: ReturnAssessment, presets: Presets) -> date:
    """Return the day on which an assessment can no longer be relied on (T15)."""
    term = presets.value("return_assessment_valid", assessment.assessed_on)
    return calendar_for(presets).last_day(assessment.assessed_on, term)


def notice_of(assessment: ReturnAssessment) -> str:
    """Name the notice: an unsafe return asks for a permit on her personal situation (R64)."""
    not_safe = assessment.outcome == ReturnOutcome.RETURN_NOT_SAFE
    return "return_not_safe" if not_safe else "return_assessed"
