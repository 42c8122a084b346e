"""Use cases of holds: an act waits for a second person, who answers before she reads why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.grants import start_of
from opennrm.casework.holding import (
    WITHIN,
    Proposal,
    carried_out,
    end_of,
    hold_named,
    may_answer,
    opened_parts,
    require_proposable,
    require_reader,
    second_opinion,
)
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Grant, Notice
from opennrm.casework.reach import held, own_rows
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, MoveRefused
from opennrm.casework.removal_questions import require_bound
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import calendar_for, local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.lifecycle.hold_terms import TERMS
from opennrm.lifecycle.holds import awaits_opinion, is_ended
from opennrm.lifecycle.recovery import running
from opennrm.vocabulary.holds import HeldAct, HeldOpinion, HoldEnd

__all__ = [
    "HoldEnding",
    "Opinion",
    "Proposal",
    "carried_out",
    "give_opinion",
    "give_up_act",
    "propose_act",
    "second_opinion",
]
FINAL = frozenset({HeldOpinion.AGREES.value, HeldOpinion.DISAGREES.value})
# How long after the last day for an answer an agreement can be used, and the most in all. The
# database refuses rows that are open for longer (sql/0006_holds.sql).
USABLE_AFTER = timedelta(days=10)
LONGEST = timedelta(days=29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the second person says of a held act."""

    hold: UUID
    opinion: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnding:
    """A held act that is given up."""

    hold: UUID


def propose_act(
    *,
    case_ref: UUID,
    proposal: Proposal,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Let an act wait for a second person; who has nothing of the case yet is shown what it needs.

    A hold may delay harm, never help. Source: rights rules, introduction.

    :raises PermissionMissing: when the actor does not propose such acts, or nobody can answer.
    :raises MoveRefused: when it waits already, gives no reasons, or is about nothing open.
    :raises AccessMissing: when the second person has nothing of the case and may not get it so.
    """
    require("propose_act", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    proposal = replace(proposal, about=thing_of(case, proposal, on=on))
    require_proposable(case, proposal, actor=actor, at=at)
    require_bound(case, proposal.act, proposal.about)
    role = require_reader(case, proposal, actor=actor, on=on, desk=desk)
    parts = opened_parts(case, proposal, role, actor=actor, at=at)
    fact = held_fact(case, proposal, parts, actor=actor, at=at, desk=desk)
    until = date.fromisoformat(fact.open["until"])  # type: ignore[arg-type]
    grant = Grant(
        organisation=proposal.to,
        role=role,
        compartments=parts,
        writes=frozenset(),
        until=start_of(until),
        basis_fact=fact.fact_ref,
        account=proposal.to_account,
        state="open",
    )
    change = Change(
        facts=(fact,),
        grants=(grant,) if parts else (),
        notices=(Notice(proposal.to, "opinion_asked", fact.fact_ref, role=role),),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("propose_act", actor.account, at))
    return fact.fact_ref


def give_opinion(
    *,
    case_ref: UUID,
    opinion: Opinion,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Say what a second person thinks of a held act, before she may read the first one's reasons.

    What was opened for the opinion closes with it, unless she asks to know more.

    :raises AccessMissing: when she was not asked, or proposed it herself.
    :raises MoveRefused: when it was answered, given up, or words are missing.
    """
    require("give_opinion", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    hold = hold_named(case, opinion.hold)
    if not may_answer(hold, actor) or not own_rows(case, actor=actor, at=at):
        raise AccessMissing(found("not_asked_for_opinion"))
    if not awaits_opinion(case, hold):
        raise MoveRefused(found("hold_answered_already"))
    if opinion.opinion != HeldOpinion.AGREES and not opinion.words.strip():
        raise MoveRefused(found("reason_needed"))
    also = {"answers": hold.fact_ref, "given_on": local_day(case.jurisdiction, at)}
    fact = new_fact("opinion_given", opinion, within=WITHIN, basis="public_task", also=also)
    is_final = opinion.opinion in FINAL
    change = Change(
        facts=(fact,),
        closes=closing(case, hold) if is_final else (),
        notices=(Notice(hold.organisation, "opinion_given", hold.fact_ref),),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("give_opinion", actor.account, at))
    return fact.fact_ref


def give_up_act(
    *,
    case_ref: UUID,
    ending: HoldEnding,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Give up an act that waits; what was opened for the opinion closes.

    :raises AccessMissing: when another organisation proposed it.
    :raises MoveRefused: when it ended already.
    """
    require("give_up_act", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    hold = hold_named(case, ending.hold)
    if hold.organisation != actor.organisation or not held(case, actor=actor, at=at):
        raise AccessMissing(found("hold_of_another"))
    if is_ended(case, hold):
        raise MoveRefused(found("hold_answered_already"))
    change = Change(
        facts=(end_of(hold.fact_ref, HoldEnd.GIVEN_UP),),
        closes=closing(case, hold),
        notices=(Notice(_asked(hold), "hold_given_up", hold.fact_ref),),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("give_up_act", actor.account, at))
    return change.facts[0].fact_ref


def thing_of(case: Case, proposal: Proposal, *, on: date) -> UUID | None:
    """Name what an act is about: an early end of recovery, the period that runs.

    :raises MoveRefused: when no period runs that could end early.
    """
    if proposal.act != HeldAct.RECOVERY_ENDED_EARLY:
        return proposal.about
    period = running(case, on)
    if period is None:
        raise MoveRefused(found("no_period_runs"))
    return period.fact_ref


def pen_until(case: Case, *, actor: Actor, at: datetime) -> datetime:
    """Tell until when the actor's house may write decisions; nothing opens for longer."""
    rows = own_rows(case, actor=actor, at=at)
    pens = [row for row in rows if row.mode == "write" and row.compartment in WITHIN]
    return max(row.until for row in pens if row.state == "open")


def closing(case: Case, hold: Fact) -> tuple[UUID, ...]:
    """Name the basis of the rows that were opened for an opinion, where there are any."""
    return (hold.fact_ref,) if any(r.basis_fact == hold.fact_ref for r in case.access) else ()


def held_fact(
    case: Case,
    proposal: Proposal,
    parts: frozenset[str],
    *,
    actor: Actor,
    at: datetime,
    desk: Desk,
) -> NewFact:
    """Build the fact that an act waits, until when, and what is opened for the opinion."""
    presets = desk.presets(case.jurisdiction or actor.jurisdiction)
    calendar = calendar_for(presets)
    today = calendar.local_day(at)
    longest = calendar.last_day(today, presets.value("hold_answer", today))
    answer_by = min(proposal.answer_by or longest, longest)
    last = min(answer_by + USABLE_AFTER, today + LONGEST)
    if parts:
        last = min(last, calendar.local_day(pen_until(case, actor=actor, at=at)))
    also = {
        "rule": TERMS[proposal.act].rule,
        "answer_by": max(answer_by, today),
        "until": last,
        "scopes": parts,
    }
    return new_fact("act_held", proposal, within=WITHIN, basis="public_task", also=also)


def _asked(hold: Fact) -> UUID:
    return hold.reference("to") or hold.organisation
