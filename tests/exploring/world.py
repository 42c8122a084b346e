"""Plays the steps of the pure model with the real use cases, and compares what came of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from opennrm.casework.closing import Closure, close_case
from opennrm.casework.consent import ConsentGiven, Withdrawal, take_consent, withdraw_consent
from opennrm.casework.contact import Contact, record_contact
from opennrm.casework.decision import (
    Reconsideration,
    RecoveryPeriod,
    ask_reconsideration,
    decide_reasonable_grounds,
    identify,
    open_recovery_period,
)
from opennrm.casework.duty import LegalDuty
from opennrm.casework.early_end import EarlyEnd, end_recovery_period_early
from opennrm.casework.exploring import acts_decisions as deciding
from opennrm.casework.exploring import acts_sharing as sharing
from opennrm.casework.exploring.act import Step
from opennrm.casework.exploring.acts_help import Offered, Refused
from opennrm.casework.exploring.houses import HOUSES
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import State, is_child
from opennrm.casework.exploring.record import date_of
from opennrm.casework.holds import Opinion, Proposal, give_opinion, propose_act
from opennrm.casework.outcome import Reopening, reopen_case
from opennrm.casework.plan import Plan, agree_plan
from opennrm.casework.ports import Desk
from opennrm.casework.redress import Routes, RouteWord, answer_routes
from opennrm.casework.referral import Referral, ReferralAnswer, acknowledge_referral, refer
from opennrm.casework.screening import Screening, record_screening
from opennrm.casework.service import (
    Delivery,
    OfferReply,
    ServiceOffer,
    answer_offer,
    offer_service,
    record_delivery,
)
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.recovery import running
from opennrm.vocabulary.redress import RedressRoute
from tests import cast
from tests.cast import Member

CAST = {
    "police": cast.POLICE_OFFICER,
    "shelter": cast.CASE_MANAGER,
    "shelter2": cast.SHELTER_WITHOUT_CONSENT,
    "authority": cast.DECIDING_OFFICER,
    "clinic": cast.HEALTH_WORKER,
    "child_service": cast.CHILD_WORKER,
    "removals": cast.IMMIGRATION_OFFICER,
}
DECISIONS = ("reasonable_grounds_decided", "identification_decided")
ACT_OF = dict.fromkeys(DECISIONS, "negative_decision") | {
    "recovery_ended_early": "recovery_ended_early"
}
MAJORITY = {
    "adult": {"majority": "adult"},
    "child": {"majority": "child"},
    "presumed_child": {"majority": "unknown", "age_in_doubt": True},
}
FIRST_DAY = date_of(0)
AtDesk = Callable[[Member, datetime], AbstractContextManager[Desk]]


@dataclass
class World:
    """The real mechanism, in which one case is led along the steps of the model."""

    law: Law
    at_desk: AtDesk
    begin: datetime
    case_ref: UUID | None = None
    at: datetime = field(init=False)
    consents: dict[int, UUID] = field(default_factory=dict)
    sent: dict[int, UUID] = field(default_factory=dict)
    refusals: list[UUID] = field(default_factory=list)
    period: UUID | None = None
    holds: dict[tuple[str, UUID | None], UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin on the first day."""
        self.at = self.begin

    def day(self, number: int) -> date:
        """Return the date of a day of the model."""
        return self.begin.date() + timedelta(days=number)

    def do(self, use_case: Callable[..., Any], who: Member, **given: Any) -> Any:
        """Let somebody do one use case."""
        known = {"case_ref": self.case_ref} if self.case_ref else {}
        with self.at_desk(who, self.at) as desk:
            return use_case(**known, **given, actor=who.actor, at=self.at, desk=desk)

    def meet(self, age: str) -> None:
        """Record the first contact, and what no walk looks at: the routes to compensation."""
        contact = Contact(
            route="own_detection",
            channel="in_person",
            contact_on=self.day(0),
            danger="imminent",
            **MAJORITY[age],  # type: ignore[arg-type]
        )
        self.case_ref = self.do(record_contact, cast.POLICE_OFFICER, contact=contact)
        words = tuple(
            RouteWord(route=route, route_answer="not_wanted", route_reason="own_choice")
            for route in RedressRoute
        )
        routes = Routes(answers=words, discussed_on=self.day(0), language="sq")
        self.do(answer_routes, cast.POLICE_OFFICER, routes=routes)

    def member(self, place: int) -> Member:
        """Return who acts in an organisation of the model."""
        return CAST[self.law.houses[place].name]

    def whole(self) -> Case:
        """Return the case as the police officer loads it."""
        with self.at_desk(cast.POLICE_OFFICER, self.at) as desk:
            assert self.case_ref is not None
            return desk.cases.load(self.case_ref)

    def play(self, state: State, step: Step) -> None:
        """Do the real step of a step of the model; a refusal comes through."""
        getattr(self, f"_{step.act.name}")(state, step.choice)

    def _wait(self, state: State, choice: None) -> None:
        days = self.law.bounds.days
        self.at = self.begin + timedelta(days=days[days.index(state.day) + 1])

    def _consent(self, state: State, choice: sharing.Consented) -> None:
        house, to = self.law.houses[choice.place], self.member(choice.place)
        given = ConsentGiven(
            purpose=house.purpose,
            until=self.day(state.day + self.law.bounds.term),
            language="sq",
            form="spoken",
            given_on=self.day(state.day),
            recipient=to.organisation.organisation,
            recipient_role=house.role.value,
            scopes=house.scopes,
            guardian=choice.guardian,
            assent=True if choice.guardian else None,
        )
        fact = self.do(take_consent, cast.POLICE_OFFICER, consent=given)
        self.consents[choice.place] = fact

    def _withdraw(self, state: State, choice: int) -> None:
        back = Withdrawal(consent=self.consents[choice], withdrawn_on=self.day(state.day))
        self.do(withdraw_consent, cast.POLICE_OFFICER, withdrawal=back)

    def _refer(self, state: State, choice: sharing.Sent) -> None:
        house, to = self.law.houses[choice.place], self.member(choice.place)
        until = self.day(sharing.end_of(self.law, state, choice))
        duty = LegalDuty(duty=sharing.DUTIES.get(house.name, ""), reason="seen today")
        has_consent = state.shares[choice.place].consent_from is not None
        referral = Referral(
            to=to.organisation.organisation,
            to_role=house.role.value,
            purpose=house.purpose,
            until=until,
            reply_by=until,
            consent=self.consents.get(choice.place) if has_consent else None,
            duty=duty if choice.on_duty else None,
        )
        self.sent[choice.place] = self.do(refer, cast.POLICE_OFFICER, referral=referral)

    def _answer(self, state: State, choice: sharing.Answered) -> None:
        answer = ReferralAnswer(
            referral=self.sent[choice.place],
            answer="accepted" if choice.accepts else "declined",
            reason=None if choice.accepts else "no_place",
        )
        self.do(acknowledge_referral, self.member(choice.place), answer=answer)

    def _emergency_care(self, state: State, choice: None) -> None:
        delivery = Delivery(
            service="emergency_medical",
            delivered_from=self.day(state.day),
            imminent=True,
            imminent_reason="she is hurt",
        )
        self.do(record_delivery, cast.POLICE_OFFICER, delivery=delivery)

    def _plan(self, state: State, choice: int) -> None:
        plan = Plan(
            goals=("safety",),
            discussed_on=self.day(state.day),
            language="sq",
            review_on=self.day(state.day + 30),
            seen_by_person=True,
            own_words="I want to sleep.",
        )
        self.do(agree_plan, self.member(choice), plan=plan)

    def _close(self, state: State, choice: int | None) -> None:
        who = cast.POLICE_OFFICER if choice is None else self.member(choice)
        closure = Closure(
            exit_kind="moved",
            retention_until=self.day(state.day + 365),
            plan_reviewed=True,
            claims_listed=True,
            safety_plan=True,
            return_contact=True,
        )
        self.do(close_case, who, closure=closure)

    def _reopen(self, state: State, choice: None) -> None:
        self.do(reopen_case, cast.POLICE_OFFICER, reopening=Reopening(reason="person_came_back"))

    def _offer(self, state: State, choice: Offered) -> None:
        to, share = self.member(choice.provider), state.shares[choice.provider]
        has_consent = share.consent_from is not None
        until = share.consent_until if has_consent else state.day + 1
        offer = ServiceOffer(
            service="medical",
            provider=to.organisation.organisation,
            provider_role=self.law.houses[choice.provider].role.value,
            until=self.day(until),
            reply_by=self.day(until),
            consent=self.consents.get(choice.provider) if has_consent else None,
            person_agreed=choice.agreed,
            child_assent=True if choice.agreed and is_child(state) else None,
        )
        self.sent[choice.provider] = self.do(offer_service, self.member(choice.asker), offer=offer)

    def _accept(self, state: State, choice: int) -> None:
        reply = OfferReply(offer=self.sent[choice], by="provider", answer="accepted")
        self.do(answer_offer, self.member(choice), reply=reply)

    def _refuse(self, state: State, choice: Refused) -> None:
        reply = OfferReply(
            offer=self.sent[choice.place], by="provider", answer="declined", reason=choice.reason
        )
        self.do(answer_offer, self.member(choice.place), reply=reply)

    def _deliver(self, state: State, choice: int) -> None:
        delivery = Delivery(
            service="medical", delivered_from=self.day(state.day), offer=self.sent[choice]
        )
        self.do(record_delivery, self.member(choice), delivery=delivery)

    def _screen(self, state: State, choice: bool) -> None:
        screening = Screening(presumed=choice, reason="what was seen")
        self.do(record_screening, cast.POLICE_OFFICER, screening=screening)

    def _decide(self, state: State, choice: deciding.Verdict) -> None:
        given = deciding.decision_of(choice, state.day)
        kind = f"{'reasonable_grounds' if choice.is_preliminary else 'identification'}_decided"
        rests = choice.is_no and choice.reader == "colleague"
        shift = self.begin.date() - FIRST_DAY
        decision = type(given)(
            outcome=given.outcome,
            standard=given.standard,
            decided_on=given.decided_on + shift,
            reasons=given.reasons,
            language=given.language,
            remedy=given.remedy,
            remedy_until=given.remedy_until + shift if given.remedy_until else None,
            hold=self.agreed(kind) if rests else None,
        )
        use_case = decide_reasonable_grounds if choice.is_preliminary else identify
        fact = self.do(use_case, cast.DECIDING_OFFICER, decision=decision)
        if choice.outcome != "pending":
            self.holds = {k: v for k, v in self.holds.items() if k[0] not in DECISIONS}
        if choice.is_no:
            self.refusals.append(fact)

    def agreed(self, step: str) -> UUID:
        """Let the panel agree to an act of the authority, once for each that waits."""
        about = self.running_period() if step == "recovery_ended_early" else None
        if (step, about) not in self.holds:
            proposal = Proposal(
                act=ACT_OF[step],
                step=step,
                to=cast.PANEL_READER.organisation.organisation,
                to_role="RP",
                reasons="as the file says",
                about=about,
            )
            hold = self.do(propose_act, cast.DECIDING_OFFICER, proposal=proposal)
            opinion = Opinion(hold=hold, opinion="agrees", words="as I read the file")
            self.do(give_opinion, cast.PANEL_READER, opinion=opinion)
            self.holds[step, about] = hold
        return self.holds[step, about]

    def running_period(self) -> UUID | None:
        """Return the recovery period an agreement to end it early is about."""
        with self.at_desk(cast.DECIDING_OFFICER, self.at) as desk:
            assert self.case_ref is not None
            found = running(desk.cases.load(self.case_ref), self.at.date())
        return found.fact_ref if found else None

    def _end_early(self, state: State, choice: deciding.EarlyEnd) -> None:
        end = EarlyEnd(
            ground=choice.ground,
            ends_on=self.day(state.day),
            reasons="what was looked at" if choice.has_reasons else "",
            language="sq",
            remedy="appeal",
            remedy_until=self.day(state.day + 30),
            hold=self.agreed("recovery_ended_early") if choice.reader == "colleague" else None,
        )
        self.do(end_recovery_period_early, cast.DECIDING_OFFICER, end=end)
        self.holds = {k: v for k, v in self.holds.items() if k[0] in DECISIONS}

    def _ask_again(self, state: State, choice: None) -> None:
        request = Reconsideration(
            decision=self.refusals[-1], grounds="more_evidence", asked_on=self.day(state.day)
        )
        self.do(ask_reconsideration, cast.POLICE_OFFICER, request=request)

    def _recovery(self, state: State, choice: deciding.Period) -> None:
        running = state.recovery if choice.extends else None
        period = RecoveryPeriod(
            told_on=self.day(running.begins if running else state.day),
            language="sq",
            days=choice.days,
            extension_of=self.period if choice.extends else None,
            extension_reason="serious_health" if choice.extends else None,
        )
        fact = self.do(open_recovery_period, cast.DECIDING_OFFICER, period=period)
        self.period = fact


def seen(case: Case, law: Law) -> tuple[Any, ...]:
    """Return what the model speaks of, as it stands in the real case.

    The model does not speak of the safety sheet, which goes along and stays (decision 0026).
    """
    tracks = (case.identification, case.assistance)
    rows = []
    for name in law.bounds.houses:
        house = CAST[name].organisation.organisation
        mine = [r for r in case.access if r.organisation == house and r.compartment != "D16"]
        states = {row.state for row in mine}
        rows.append((name, "".join(sorted(states)), frozenset(r.compartment for r in mine)))
    return (*tracks, *rows)


def expected(state: State, law: Law) -> tuple[Any, ...]:
    """Return the same as the model has it."""
    tracks = (state.identification.state, state.assistance.state)
    rows = [
        (name, share.row, share.parts - {"D16"})
        for name, share in zip(law.bounds.houses, state.shares, strict=True)
    ]
    return (*tracks, *rows)


def known_houses() -> set[str]:
    """Name the organisations of the model that have somebody in the cast."""
    return set(CAST) & set(HOUSES)
