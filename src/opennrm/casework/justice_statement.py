"""Use cases of what she is asked: a lawyer offered, a statement booked, a statement taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule, unkept
from opennrm.casework.breach import MUST_ACT, Breach, breach_facts
from opennrm.casework.child_rules import require_guardian_present
from opennrm.casework.holding import carried_out, second_opinion
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import open_to_all, written
from opennrm.casework.refusals import HoldStands
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.lifecycle.proceedings import in_recovery, lawyer_offered
from opennrm.rights.justice import AGREES, ReflectionSituation, StatementSituation
from opennrm.vocabulary.holds import HeldAct
from opennrm.vocabulary.roles import Role

CRIMINAL = "D6"
HELD = HeldAct.STATEMENT_IN_RECOVERY.value
BESIDE_HER = (Role.LA, Role.VW, Role.CM, Role.GU)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalAidOffer:
    """A lawyer offered to her, and what she answered."""

    offered_on: date
    aid_answer: str
    language: str | None = None
    lawyer: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A statement to be taken: when, how, whether she asks for it, and who will be there.

    `interpreter` counts when one is there or none is needed. `hold` names the held act a second
    person agreed to, where it is her time to reflect and she did not ask herself.
    """

    statement: str
    booked_for: date
    proceeding: UUID | None = None
    own_request: bool | None = None
    lawyer_present: bool | None = None
    interpreter: bool | None = None
    recorded: bool = False
    own_sex_interviewer: bool = False
    hold: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement that was taken, as it happened."""

    statement: str
    taken_on: date
    booking: UUID | None = None
    proceeding: UUID | None = None
    own_request: bool | None = None
    lawyer_present: bool | None = None
    interpreter: bool | None = None
    recorded: bool = False


def offer_legal_aid(
    *,
    case_ref: UUID,
    offer: LegalAidOffer,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that she was offered a lawyer and what she answered; anyone on the case can.

    :raises AccessMissing: when nothing of the case is open to the actor.
    """
    require("offer_legal_aid", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = open_to_all(case, CRIMINAL, actor=actor, at=at)
    fact = new_fact("legal_aid_offered", offer, within=within, basis="own_record")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("offer_legal_aid", actor.account, at))
    return fact.fact_ref


def book_statement(
    *,
    case_ref: UUID,
    booking: Booking,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Book a statement; she was offered a lawyer, and has her time to reflect unless she asks.

    :raises RuleBroken: when no lawyer was offered (R55), or there is no guardian for a child,
        or for somebody whose age nobody asked (R32).
    :raises HoldStands: when her time to reflect runs and she did not ask for it (R24).
    """
    require("book_statement", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    today = local_day(case.jurisdiction, at)
    require_rule("R55", StatementSituation(*lawyer_offered(case)), today)
    require_guardian_present(case, act="interview", on=today)
    who = {"by": actor.account, "house": actor.organisation}
    opinion = second_opinion(case, booking.hold, act=HELD, on=today, **who)
    hold = booking.hold if unkept("R24", reflection(case, booking), today) else None
    require_rule("R24", reflection(case, booking, opinion), today, refusal=HoldStands)
    within = written(case, actor=actor, at=at) & {CRIMINAL}
    also = {"hold": hold}
    fact = new_fact("statement_booked", booking, within=within, basis="public_task", also=also)
    told = tell_holders(case, "statement_booked", roles=BESIDE_HER, actor=actor, at=at)
    change = Change(facts=(fact, *carried_out(hold)), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("book_statement", actor.account, at))
    return fact.fact_ref


def record_statement(
    *,
    case_ref: UUID,
    statement: Statement,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that a statement was taken; it can always be recorded, and each time is counted.

    Without the offer of a lawyer (R55), or in her time to reflect when she did not ask for it
    (R24), it is a breach, told to those who must act.

    :raises AccessMissing: when nothing of the case is open to the actor.
    """
    require("record_statement", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = open_to_all(case, CRIMINAL, actor=actor, at=at)
    fact = new_fact("statement_taken", statement, within=within, basis="own_record")
    breaches = tuple(breaches_of(case, statement, on=local_day(case.jurisdiction, at)))
    told = told_of(case, breaches, actor=actor, at=at)
    change = Change(facts=(fact, *breaches), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_statement", actor.account, at))
    return fact.fact_ref


def reflection(
    case: Case, asked: Booking | Statement, opinion: str | None = None
) -> ReflectionSituation:
    """Say what R24 looks at, on the day she is asked."""
    on = asked.booked_for if isinstance(asked, Booking) else asked.taken_on
    return ReflectionSituation(
        in_recovery=in_recovery(case, on),
        own_request=asked.own_request,
        lawyer_noted=asked.lawyer_present,
        interpreter_noted=asked.interpreter,
        second_opinion=opinion,
    )


def breaches_of(case: Case, statement: Statement, *, on: date) -> Iterator[NewFact]:
    """Build the breaches that a statement was, by the rules it was taken in spite of."""
    if unkept("R55", StatementSituation(lawyer_offered(case)[0], "accepted"), on):
        yield from _breach("no_interpreter_or_lawyer", statement, "R55")
    agreed = AGREES if _was_agreed(case, statement.booking) else None
    if unkept("R24", reflection(case, statement, agreed), on):
        yield from _breach("statement_taken_in_recovery", statement, "R24")


def told_of(
    case: Case, breaches: tuple[NewFact, ...], *, actor: Actor, at: datetime
) -> tuple[Notice, ...]:
    """Tell those who must act of breaches, where there are any."""
    if not breaches:
        return ()
    return tell_holders(case, "breach_observed", roles=MUST_ACT, actor=actor, at=at)


def _breach(breach: str, statement: Statement, rule: str) -> tuple[NewFact, ...]:
    return breach_facts(Breach(breach=breach, observed_on=statement.taken_on, rule=rule))


def _was_agreed(case: Case, booking: UUID | None) -> bool:
    booked: Fact | None = case.fact(booking)
    return booked is not None and booked.reference("hold") is not None
