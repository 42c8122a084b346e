"""Use case of closing a case: with the door open, and never because of a no (R09)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_move
from opennrm.casework.holding import carried_out, second_opinion
from opennrm.casework.overrides import Overriding, require_rule_unless
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.redress import routes_situation
from opennrm.casework.refusals import RuleBroken
from opennrm.casework.second_reader import is_decided_since, require_second_person
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import calendar_for, local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.due_decisions import standing_no
from opennrm.lifecycle.projections import DECIDING
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.second_opinion import EndOfHelpSituation
from opennrm.vocabulary.holds import HeldAct
from opennrm.vocabulary.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """How support ended and what was done before the case is closed."""

    exit_kind: str
    retention_until: date
    plan_reviewed: bool = False
    claims_listed: bool = False
    safety_plan: bool = False
    return_contact: bool = False
    other_doors: tuple[str, ...] = ()
    hold: UUID | None = None
    overriding: Overriding | None = None


def close_case(
    *,
    case_ref: UUID,
    closure: Closure,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Close a case once the plan is reviewed, claims listed and a way back given.

    The end of a trial, of a budget year or of co-operation is no way to close: the kinds of exit
    are a closed list. Source: lifecycle reference, stage 11.

    :raises RuleBroken: when something has to be done first, no other doors were named (R09), or
        nobody answered a route to compensation (R58).
    :raises SecondPersonNeeded: when help would end soon after a no, or while one is awaited (R09).
    :raises MoveRefused: when the case is closed already.
    """
    require("close_case", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    today = local_day(case.jurisdiction, at)
    require_ready(closure, on=today)
    presets = desk.presets(case.jurisdiction or actor.jurisdiction)
    situation = end_of_help(case, closure, presets, actor=actor, on=today)
    require_second_person("R09", situation, today)
    examined = require_rule_unless(
        "R58",
        routes_situation(case),
        today,
        closure.overriding,
        case=case,
        actor=actor,
        at=at,
        desk=desk,
    )
    rests_on = closure.hold if situation.second_opinion == "agrees" else None
    within = written(case, actor=actor, at=at)
    also = {"hold": rests_on}
    fact = new_fact("case_closed", closure, within=within, basis="own_record", also=also)
    require_move(case, fact, actor=actor)
    told = tell_holders(case, "case_closed", roles=Role, actor=actor, at=at)
    change = Change(
        facts=(fact, *carried_out(rests_on), *examined.facts),
        notices=(*told, *examined.notices),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("close_case", actor.account, at))
    return fact.fact_ref


def end_of_help(
    case: Case, closure: Closure, presets: Presets, *, actor: Actor, on: date
) -> EndOfHelpSituation:
    """Say what the rule on the end of help looks at."""
    refused = next(iter(standing_no(case)), None)
    calendar = calendar_for(presets)
    refused_on = calendar.local_day(refused.at) if refused else None
    notice = presets.value("help_notice_period", refused_on) if refused_on else None
    last = calendar.last_day(refused_on, notice) if refused_on and notice else None
    return EndOfHelpSituation(
        exit_kind=closure.exit_kind,
        ends_on=on,
        refused_on=refused_on,
        notice_until=last + timedelta(days=1) if last else None,
        is_pending=case.identification in DECIDING,
        other_doors=frozenset(closure.other_doors),
        second_opinion=agreed_end(case, closure.hold, actor=actor, on=on),
    )


def agreed_end(case: Case, hold: UUID | None, *, actor: Actor, on: date) -> str | None:
    """Return what was said of ending help, where the same house asked and nothing changed since.

    Source: decision 0013.
    """
    held = case.fact(hold)
    if held is None or held.organisation != actor.organisation or is_decided_since(case, held):
        return None
    act, house = HeldAct.END_OF_HELP, actor.organisation
    return second_opinion(case, hold, act=act, by=actor.account, house=house, on=on)


def require_ready(closure: Closure, *, on: date) -> None:
    """Refuse to close before the plan, the claims, her safety and the way back are seen to.

    :raises RuleBroken: when one of them is missing, or no day of retention lies ahead.
    """
    done = (
        closure.plan_reviewed,
        closure.claims_listed,
        closure.safety_plan,
        closure.return_contact,
        closure.retention_until > on,
    )
    if not all(done):
        raise RuleBroken(found("closing_not_ready"))
