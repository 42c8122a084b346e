"""Use cases of the best-interests panel: opened with the child's views, signed, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.child_best_interests import BESIDE_CHILD, panel_situation, require_heard
from opennrm.casework.child_rules import require_child, require_past
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
from opennrm.vocabulary.roles import Role

PANEL = (Role.BP,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The question put to a panel: about which act, with which options, and the child's views."""

    about: str
    opened_on: date
    topics: tuple[str, ...] = ()
    is_heard: bool | None = None
    weight: str | None = None
    why_not: str | None = None
    views: str = ""
    heard_by: str = ""
    question: str = ""
    options: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What one member of the panel finds, and why; a dissent is kept like any other."""

    determination: UUID
    result: str
    signed_on: date
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelClosing:
    """The end of a determination; what it found follows from the signatures."""

    determination: UUID
    reasons: str = ""


def open_determination(
    *,
    case_ref: UUID,
    question: Question,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Put a grave act on a child before a panel, with the child's own views (R34, R36).

    :raises RuleBroken: when the child was not heard and nobody says why (R36).
    :raises MoveRefused: when it is no child, or the question is missing.
    """
    require("open_determination", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    require_child(case)
    require_past(question.opened_on, on=on)
    require_heard(question.is_heard, question.weight, question.why_not, on=on)
    if not question.question.strip():
        raise MoveRefused(found("reason_needed"))
    within = written(case, actor=actor, at=at)
    fact = new_fact("determination_opened", question, within=within, basis="legal_duty")
    told = tell_holders(case, fact.kind, roles=(*PANEL, *BESIDE_CHILD), actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("open_determination", actor.account, at))
    return fact.fact_ref


def sign_determination(
    *,
    case_ref: UUID,
    signature: Signature,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Sign what a member of the panel finds, with reasons; who signs again changes her word.

    :raises MoveRefused: when there is no such determination, it is closed, or reasons are missing.
    """
    require("sign_determination", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(signature.signed_on, on=local_day(case.jurisdiction, at))
    opened = open_question(case, signature.determination)
    if not signature.reasons.strip():
        raise MoveRefused(found("reason_needed"))
    within = written(case, actor=actor, at=at)
    also = {"answers": opened.fact_ref}
    fact = new_fact(
        "determination_signed", signature, within=within, basis="legal_duty", also=also
    )
    told = tell_holders(case, fact.kind, roles=(*PANEL, Role.CP), actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("sign_determination", actor.account, at))
    return fact.fact_ref


def complete_determination(
    *,
    case_ref: UUID,
    closing: PanelClosing,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Close a determination that enough members of different houses have signed (R34).

    The majority decides; where there is none, the act is left. Who found otherwise is counted.

    :raises RuleBroken: when too few members or houses have signed (R34).
    :raises MoveRefused: when there is no such determination, or it is closed.
    """
    require("complete_determination", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    opened = open_question(case, closing.determination)
    presets = desk.presets(case.jurisdiction or actor.jurisdiction)
    require_rule("R34", panel_situation(case, opened.fact_ref, on=on, presets=presets), on)
    panel = child_file.panel_of(case, opened.fact_ref)
    also = {
        "answers": opened.fact_ref,
        "about": opened.text("about"),
        "result": panel.result,
        "determined_on": on,
        "members": panel.members,
        "houses": len(panel.houses),
        "dissents": panel.dissents,
    }
    within = written(case, actor=actor, at=at)
    kind = "best_interests_determined"
    fact = new_fact(kind, closing, within=within, basis="legal_duty", also=also)
    told = tell_holders(case, kind, roles=(*PANEL, *BESIDE_CHILD), actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("complete_determination", actor.account, at))
    return fact.fact_ref


def open_question(case: Case, ref: UUID) -> Fact:
    """Find a determination that is not closed yet.

    :raises MoveRefused: when there is none, or it is closed.
    """
    opened = case.fact(ref)
    if opened is None or opened.kind != "determination_opened":
        raise MoveRefused(found("determination_not_found"))
    if case.answering(opened.fact_ref, "best_interests_determined"):
        raise MoveRefused(found("determination_closed"))
    return opened
