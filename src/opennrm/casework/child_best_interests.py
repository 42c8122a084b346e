"""Best interests of a child: assessed, and asked before every act that needs them (R33, R34)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.child_rules import (
    is_child,
    require_child,
    require_not_detained,
    require_past,
)
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle import child_file
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.rights.best_interests import (
    FOR_A_PANEL,
    BestInterestsSituation,
    DeterminationSituation,
    PanelSituation,
    ViewsSituation,
)
from opennrm.rights.jurisdictions import Presets
from opennrm.vocabulary.roles import Role

__all__ = [
    "Assessment",
    "assess_best_interests",
    "best_interests_situation",
    "determination_situation",
    "panel_situation",
    "require_determination",
    "require_heard",
    "require_not_detained",
]
BESIDE_CHILD = (Role.GU, Role.CP, Role.CM, Role.LA)
RISKS = ("risk_assessed", "return_assessed")
FORBIDS = frozenset({"imminent", "return_not_safe"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is best for the child in one act: the result, what was looked at, and her views.

    `follows` names what was done at once, where this is the assessment afterwards.
    """

    about: str
    result: str
    assessed_on: date
    topics: tuple[str, ...] = ()
    is_heard: bool | None = None
    weight: str | None = None
    why_not: str | None = None
    follows: UUID | None = None
    views: str = ""
    heard_by: str = ""
    reasons: str = ""


def assess_best_interests(
    *,
    case_ref: UUID,
    assessment: Assessment,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what is best for the child in an act that is planned, or was done at once (R33).

    :raises RuleBroken: when the child was not heard and nobody says why (R36).
    :raises MoveRefused: when it is no child, reasons are missing, or the day lies ahead.
    """
    require("assess_best_interests", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    require_child(case)
    require_past(assessment.assessed_on, on=on)
    require_heard(assessment.is_heard, assessment.weight, assessment.why_not, on=on)
    require_emergency(case, assessment.follows)
    if not assessment.reasons.strip():
        raise MoveRefused(found("reason_needed"))
    within = written(case, actor=actor, at=at)
    fact = new_fact("best_interests_assessed", assessment, within=within, basis="legal_duty")
    told = tell_holders(case, fact.kind, roles=BESIDE_CHILD, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("assess_best_interests", actor.account, at))
    return fact.fact_ref


def require_emergency(case: Case, follows: UUID | None) -> None:
    """Refuse an assessment after an emergency that is not in this case.

    :raises MoveRefused: when there is none.
    """
    known = {fact.fact_ref for fact in child_file.unassessed(case)}
    if follows is not None and follows not in known:
        raise MoveRefused(found("emergency_not_found"))


def require_heard(
    is_heard: bool | None, weight: str | None, why_not: str | None, *, on: date
) -> None:
    """Refuse to complete anything on the child's best interests without her views.

    :raises RuleBroken: when she was not heard without a reason, or her views have no weight (R36).
    """
    require_rule("R36", ViewsSituation(is_heard, weight, why_not), on)


def require_determination(case: Case, *, act: str, on: date, presets: Presets) -> None:
    """Refuse a grave act on a child before a panel has determined what is best for her.

    :raises RuleBroken: when there is no signed determination for this act, it says no, lacks the
        child's views, or the risks are not assessed; nobody can pass this by (R34).
    """
    situation = determination_situation(case, act, on=on, presets=presets)
    require_rule("R34", situation, on)


def determination_situation(
    case: Case, act: str, *, on: date, presets: Presets
) -> DeterminationSituation:
    """Return what R34 looks at for an act."""
    determined = child_file.determination_for(case, act)
    if determined is not None and not still_carries(case, determined, on=on, presets=presets):
        determined = None
    opened = child_file.opened_for(case, determined) if determined else None
    return DeterminationSituation(
        act=act,
        is_child=is_child(case),
        determined=determined.text("result") if determined else None,
        is_signed=opened is not None and is_signed(case, opened, on=on, presets=presets),
        child_was_heard=child_file.was_heard(opened),
        risk_is_fresh=risk_is_fresh(case, on=on, presets=presets),
    )


def still_carries(case: Case, determined: Fact, *, on: date, presets: Presets) -> bool:
    """Say whether a determination is young enough, and of what is asked for now.

    It lasts as long as an assessment for a return does. When she is to be sent to another
    country, or in another way, than was asked for before, a panel determines anew.
    """
    days = presets.value("return_assessment_valid", on).number
    is_young = on < local_day(case.jurisdiction, determined.at) + timedelta(days)
    return is_young and determined.position > child_file.turned_at(case)


def best_interests_situation(case: Case, act: str) -> BestInterestsSituation:
    """Return what R33 looks at for an act; a panel's word stands in for an assessment."""
    assessed = child_file.assessment_for(case, act)
    if act in FOR_A_PANEL:
        assessed = child_file.determination_for(case, act) or assessed
    result = assessed.text("result") if assessed else None
    return BestInterestsSituation(act, is_child(case), result)


def panel_situation(case: Case, opened: UUID, *, on: date, presets: Presets) -> PanelSituation:
    """Return how many members of how many houses signed, against how many must."""
    panel = child_file.panel_of(case, opened)
    members, houses = presets.value("panel_members_and_houses", on).numbers
    return PanelSituation(panel.members, len(panel.houses), members, houses)


def is_signed(case: Case, opened: Fact, *, on: date, presets: Presets) -> bool:
    """Say whether enough members of different houses signed a determination."""
    seen = panel_situation(case, opened.fact_ref, on=on, presets=presets)
    return seen.members >= seen.least_members and seen.houses >= seen.least_houses


def risk_is_fresh(case: Case, *, on: date, presets: Presets) -> bool:
    """Say whether the risks were assessed of late, and nothing found of late forbids to send her.

    It lasts as long as an assessment for a return does.
    """
    days = presets.value("return_assessment_valid", on).number
    signed = [one for one in case.of_kind(*RISKS) if one.flag("signed") is not False]
    fresh = [one for one in signed if on < local_day(case.jurisdiction, one.at) + timedelta(days)]
    last = {one.kind: one for one in fresh}.values()
    return bool(fresh) and not any(
        FORBIDS & {one.text("level"), one.text("outcome")} for one in last
    )
