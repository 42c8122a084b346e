"""Use cases of acts on a child: authorised after the rules answered, or done at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.child_best_interests import (
    BESIDE_CHILD,
    best_interests_situation,
    require_determination,
)
from opennrm.casework.child_rules import is_child, require_child, require_past
from opennrm.casework.overrides import Overridden, Overriding, require_rule_unless
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import held
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle import child_file
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import NewFact
from opennrm.rights.best_interests import FOR_A_PANEL
from opennrm.rights.children import ActOnChild, PlaceSituation

PLACING = frozenset({"placement", "transfer", "durable_placement"})
CHILD_FILE = frozenset({"D11"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAct:
    """An act on a child about to be authorised, and why it may not wait where it may not.

    `house` is the organisation whose place it is, where it is one of the mechanism.
    """

    act: str
    authorised_on: date
    reasons: str = ""
    place_kind: str | None = None
    house: UUID | None = None
    override_reason: str | None = None
    override_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtOnce:
    """Emergency care, or a move to safety, that did not wait for anything."""

    action: str
    done_on: date
    place_kind: str | None = None
    note: str = ""


def authorise_child_act(
    *,
    case_ref: UUID,
    act: PlannedAct,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Authorise an act on a child once guardian, best interests and place are in order.

    In imminent danger guardian and assessment may come later (R32, R33); a panel's determination
    and the ban on detention give way to nobody (R34, R35).

    :raises RuleBroken: when one of these rules stops it.
    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when it is no child, the day lies ahead, or reasons are missing.
    """
    require("authorise_child_act", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    require_child(case)
    require_past(act.authorised_on, on=on)
    require_held(case, actor=actor, at=at)
    presets = desk.presets(case.jurisdiction or actor.jurisdiction)
    require_determination(case, act=act.act, on=on, presets=presets)
    require_place(case, act, on=on)
    if not act.reasons.strip():
        raise MoveRefused(found("reason_needed"))
    gave_way = require_prepared(case, act, actor=actor, at=at, desk=desk)
    fact = authorised(case, act)
    told = tell_holders(case, fact.kind, roles=BESIDE_CHILD, actor=actor, at=at)
    change = Change(
        facts=(fact, *(one for each in gave_way for one in each.facts)),
        notices=(*told, *(one for each in gave_way for one in each.notices)),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("authorise_child_act", actor.account, at))
    return fact.fact_ref


def protect_child_at_once(
    *,
    case_ref: UUID,
    action: AtOnce,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record emergency care or a move to safety; nothing stops it, the assessment follows (R33).

    Any holder of any open row may do it, on a closed case too. Within a day the child's best
    interests are assessed (T14).

    :raises AccessMissing: when nothing of the case is open to the actor.
    """
    require("protect_child_at_once", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_held(case, actor=actor, at=at)
    fact = new_fact("child_protected_at_once", action, within=CHILD_FILE, basis="vital_interest")
    told = tell_holders(case, fact.kind, roles=BESIDE_CHILD, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("protect_child_at_once", actor.account, at))
    return fact.fact_ref


def require_prepared(
    case: Case, act: PlannedAct, *, actor: Actor, at: datetime, desk: Desk
) -> tuple[Overridden, ...]:
    """Ask for guardian and assessment before an act; imminent danger may let them come later.

    :raises RuleBroken: when one is missing and no danger stands in for it (R32, R33).
    """
    on = local_day(case.jurisdiction, at)
    guarded = child_file.guardian(case) is not None
    asked = (
        ("R32", ActOnChild(act.act, is_child(case), guarded)),
        ("R33", best_interests_situation(case, act.act)),
    )
    return tuple(
        require_rule_unless(
            rule, situation, on, overriding(act, rule), case=case, actor=actor, at=at, desk=desk
        )
        for rule, situation in asked
    )


def overriding(act: PlannedAct, rule: str) -> Overriding | None:
    """Say for a rule why it should give way, where a reason was given."""
    if act.override_reason is None:
        return None
    return Overriding(rule=rule, reason=act.override_reason, text=act.override_text)


def require_place(case: Case, act: PlannedAct, *, on: date) -> None:
    """Refuse a place that is not for children, or one nobody named.

    :raises RuleBroken: when the child would be detained, or housed among adults (R35).
    :raises MoveRefused: when a placement does not say where.
    """
    if act.act in PLACING and act.place_kind is None:
        raise MoveRefused(found("place_needed"))
    if act.place_kind is not None:
        require_rule("R35", PlaceSituation(is_child(case), act.place_kind), on)


def require_held(case: Case, *, actor: Actor, at: datetime) -> None:
    """Refuse somebody to whom nothing of the case is open.

    :raises AccessMissing: when that is so.
    """
    if not held(case, actor=actor, at=at):
        raise AccessMissing(found("access_missing"))


def authorised(case: Case, act: PlannedAct) -> NewFact:
    """Build the fact that an act was authorised, naming what it rests on."""
    rests_on = {
        "guardian": child_file.guardian(case),
        "assessment": child_file.assessment_for(case, act.act),
        "determination": child_file.determination_for(case, act.act)
        if act.act in FOR_A_PANEL
        else None,
    }
    also = {name: fact.fact_ref for name, fact in rests_on.items() if fact}
    return new_fact("child_act_authorised", act, within=CHILD_FILE, basis="public_task", also=also)
