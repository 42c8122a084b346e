"""The later steps of an invented case: decisions, plan, services, breach, closing, coming back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from opennrm.casework.breach import Breach, observe_breach
from opennrm.casework.closing import Closure, close_case
from opennrm.casework.consent import Withdrawal, withdraw_consent
from opennrm.casework.correction import Correction, correct_fact
from opennrm.casework.decision import (
    Decision,
    Reconsideration,
    ask_reconsideration,
    decide_reasonable_grounds,
    identify,
    open_recovery_period,
)
from opennrm.casework.decision_letter import LetterGiven, give_letter
from opennrm.casework.holds import Opinion, Proposal, give_opinion, propose_act
from opennrm.casework.outcome import (
    Outcome,
    Reopening,
    record_outcome,
    reopen_case,
)
from opennrm.casework.plan import (
    NeedsAssessment,
    Plan,
    RiskAssessment,
    agree_plan,
    assess_needs,
    assess_risk,
)
from opennrm.casework.recovery_terms import RecoveryPeriod
from opennrm.casework.redress import Routes, RouteWord, answer_routes
from opennrm.casework.service import (
    Delivery,
    OfferReply,
    ServiceOffer,
    answer_offer,
    offer_service,
    record_delivery,
)
from opennrm.console.demonstration.organisations import WORKER
from opennrm.console.demonstration.people import text
from opennrm.console.demonstration.steps import Step
from opennrm.console.demonstration.story import Story
from opennrm.vocabulary.redress import RedressRoute

PROVIDERS = {
    "medical": ("doctor", "HC", ("D2", "D9")),
    "mental_health": ("doctor", "HC", ("D2", "D9")),
    "legal_aid": ("lawyer", "LA", ("D2", "D4", "D9")),
    "shelter": ("quiethouse", "SH", ("D2", "D9")),
}
AT_LAST = 1000
RECOVERY_DAYS = 60


def needs(story: Story) -> None:
    """The case manager asks what she needs."""
    story.later(days=1)
    asked = NeedsAssessment(
        domains=("safety", "housing", "physical_health", "legal_advice"),
        urgent=("housing",),
        needs=text(story.chance, "needs"),
    )
    story.do(assess_needs, story.manager, assessment=asked)


def plan(story: Story) -> None:
    """She and the case manager agree her plan."""
    story.later(days=5)
    agreed = Plan(
        goals=("safety", "training_and_job", "legal_advice"),
        discussed_on=story.today,
        language=story.person.language,
        review_on=story.today + timedelta(days=90),
        seen_by_person=True,
        own_words=text(story.chance, "goals"),
        plan="Room, doctor, lawyer; then the course she chose.",
    )
    story.do(agree_plan, story.manager, plan=agreed)


def _offered(story: Story, service: str) -> str:
    story.later(days=2)
    to, role, scopes = PROVIDERS[service]
    consent = story.consent(to, role, "service", scopes, who=story.manager)
    story.kept[f"{service} consent"] = consent
    asked = ServiceOffer(
        service=service,
        provider=WORKER[to].organisation,
        provider_role=role,
        until=story.shared_until,
        reply_by=story.today + timedelta(days=3),
        consent=consent,
        person_agreed=True,
        child_assent=True if story.person.is_child else None,
        language=story.person.language,
        request=text(story.chance, "requests"),
    )
    story.kept[service] = story.do(offer_service, story.manager, offer=asked)
    return to


def service_offered(story: Story) -> None:
    """A service is offered now, and waits for an answer that can still be given."""
    others = ("shelter",) if story.manager != "quiethouse" else ()
    service = story.chance.choice(("medical", "legal_aid", "mental_health", *others))
    story.later(days=AT_LAST)
    _offered(story, service)


def service_declined(story: Story) -> None:
    """A provider has no place and says so; the offer of help stands."""
    to = _offered(story, "mental_health")
    story.later(days=1)
    reply = OfferReply(
        offer=story.kept["mental_health"],
        by="provider",
        answer="declined",
        reason=story.chance.choice(("no_place", "no_interpreter", "no_place_for_sex")),
    )
    story.do(answer_offer, to, reply=reply)


def service_delivered(story: Story) -> None:
    """A provider accepts and helps."""
    service = story.chance.choice(("medical", "legal_aid"))
    _offered(story, service)
    _delivered(story, service)


def medical_offered(story: Story) -> None:
    """Medical care is offered."""
    _offered(story, "medical")


def medical_delivered(story: Story) -> None:
    """The clinic accepts and helps."""
    _delivered(story, "medical")


def clinic_withdrawn(story: Story) -> None:
    """She takes her consent to the clinic back."""
    story.later(days=4)
    back = Withdrawal(consent=story.kept["medical consent"], withdrawn_on=story.today)
    story.do(withdraw_consent, story.manager, withdrawal=back)


def _delivered(story: Story, service: str) -> None:
    to = PROVIDERS[service][0]
    story.later(days=1)
    offer = story.kept[service]
    story.do(answer_offer, to, reply=OfferReply(offer=offer, by="provider", answer="accepted"))
    story.later(days=4)
    given = Delivery(
        service=service, delivered_from=story.today, offer=offer, result="delivered", note="Done."
    )
    story.do(record_delivery, to, delivery=given)


def _decision(story: Story, outcome: str, standard: str) -> Decision:
    is_no = outcome in ("negative", "not_identified")
    return Decision(
        outcome=outcome,
        standard=standard,
        decided_on=story.today,
        reasons=text(story.chance, "refusal_reasons" if is_no else "reasons"),
        reasons_codes=("no_act",) if is_no else ("act_found", "means_found"),
        language=story.person.language,
        remedy="reconsideration" if is_no else None,
        remedy_until=story.today + timedelta(days=30) if is_no else None,
        hold=_agreed(story, standard) if is_no else None,
    )


def _agreed(story: Story, standard: str) -> UUID:
    """Let the no wait for the second reader, who agrees before she reads the reasons."""
    reader = WORKER["reviewer"]
    waits = Proposal(
        act="negative_decision",
        step="reasonable_grounds_decided"
        if standard == "reasonable_grounds"
        else "identification_decided",
        to=reader.organisation,
        to_role="CA",
        to_account=reader.ref,
        reasons=text(story.chance, "refusal_reasons"),
    )
    hold: UUID = story.do(propose_act, "authority", proposal=waits)
    opinion = Opinion(hold=hold, opinion="agrees", words="I come to the same from the file.")
    story.do(give_opinion, "reviewer", opinion=opinion)
    return hold


def _grounds(story: Story, outcome: str) -> None:
    story.later(days=3)
    decision = _decision(story, outcome, "reasonable_grounds")
    who = "authority"
    story.kept["decision"] = story.do(decide_reasonable_grounds, who, decision=decision)
    letter = LetterGiven(
        decision=story.kept["decision"],
        language=story.person.language,
        handed_over="read_aloud",
        given_on=story.today,
    )
    story.do(give_letter, who, letter=letter)


def grounds_positive(story: Story) -> None:
    """Reasonable grounds are found."""
    _grounds(story, "positive")


def grounds_negative(story: Story) -> None:
    """Reasonable grounds are not found; reasons, remedy and a second reader are there."""
    _grounds(story, "negative")


def grounds_pending(story: Story) -> None:
    """It cannot be decided yet."""
    _grounds(story, "pending")


def recovery(story: Story) -> None:
    """The recovery and reflection period opens on the day she is told."""
    story.later(hours=6)
    period = RecoveryPeriod(
        told_on=story.today, language=story.person.language, days=RECOVERY_DAYS
    )
    story.do(open_recovery_period, "authority", period=period)


def _identified(story: Story, outcome: str) -> None:
    story.later(days=45)
    decision = _decision(story, outcome, "balance_of_probabilities")
    story.kept["decision"] = story.do(identify, "authority", decision=decision)


def identified(story: Story) -> None:
    """The formal decision is positive."""
    _identified(story, "identified")


def not_identified(story: Story) -> None:
    """The formal decision is negative; help goes on."""
    _identified(story, "not_identified")


def decisions_shared(story: Story) -> None:
    """The authority opens its decisions to her case manager, as she agreed."""
    story.later(hours=2)
    sent = story.refer(
        story.manager,
        "CM",
        "assistance",
        who="authority",
        consent=story.kept["manager consent"],
        # A case a helpline began has its extract of decisions with the case manager only.
        compartments=() if story.first == "helpline" else ("D14",),
    )
    story.answer(story.manager, sent)


def reconsideration(story: Story) -> None:
    """The decision is to be looked at again."""
    story.later(days=6)
    asked = Reconsideration(
        decision=story.kept["decision"],
        grounds="more_evidence",
        asked_on=story.today,
        grounds_text="A pay slip and a colleague's account were found.",
    )
    story.do(ask_reconsideration, story.manager, request=asked)


def breach(story: Story) -> None:
    """Something happened against the rules; it can always be recorded."""
    story.later(days=2)
    seen = Breach(
        breach=story.chance.choice(("help_made_conditional", "no_interpreter_or_lawyer")),
        observed_on=story.today,
        description="Told that a room depends on a statement to the police.",
    )
    story.do(observe_breach, story.manager, breach=seen)


def withdrawn(story: Story) -> None:
    """She takes her consent to the authority back; no service ends."""
    story.later(days=4)
    back = Withdrawal(consent=story.kept["authority consent"], withdrawn_on=story.today)
    story.do(withdraw_consent, story.first, withdrawal=back)


def corrected(story: Story) -> None:
    """Something about her was written down wrongly and is put right by a new fact."""
    story.later(days=3)
    person = story.person
    right = Correction(
        fact=story.kept["described"],
        open={
            "sex": person.sex,
            "age_group": person.age_group,
            "citizenship": list(person.citizenship),
        },
        sealed={"names": person.names, "called": person.called},
    )
    story.do(correct_fact, story.first, correction=right)


def outcome(story: Story) -> None:
    """How she stands, as she says it herself."""
    story.later(days=30)
    level = story.chance.choice(("same", "better", "better", "much_better"))
    stands = Outcome(
        outcomes=(f"safety.{level}", "housing_stability.better", "sense_of_control.better"),
        self_assessed=True,
        words=text(story.chance, "goals"),
    )
    story.do(record_outcome, story.manager, outcome=stands)


def _routes_answered(story: Story, who: str) -> None:
    """Go through the ways to compensation with her; she wants the one for her wages or none."""
    wages = story.chance.choice((True, False))
    answers = tuple(
        RouteWord(route=route, route_answer="pursued")
        if wages and route is RedressRoute.LABOUR_CLAIM
        else RouteWord(route=route, route_answer="not_wanted", route_reason="own_choice")
        for route in RedressRoute
    )
    routes = Routes(answers=answers, discussed_on=story.today, language=story.person.language)
    story.do(answer_routes, who, routes=routes)


def closed(story: Story) -> None:
    """Support ends with the door left open."""
    story.later(days=10)
    _routes_answered(story, story.manager)
    ends = Closure(
        exit_kind=story.chance.choice(("goals_met", "goals_met", "moved", "person_withdrew")),
        retention_until=story.today + timedelta(days=5 * 365),
        plan_reviewed=True,
        claims_listed=True,
        safety_plan=True,
        return_contact=True,
    )
    story.do(close_case, story.manager, closure=ends)


def ended(story: Story) -> None:
    """Whoever met her ends the contact; she knows how to come back."""
    story.later(days=12)
    _routes_answered(story, story.first)
    ends = Closure(
        exit_kind=story.chance.choice(("person_withdrew", "lost_contact", "moved")),
        retention_until=story.today + timedelta(days=365),
        plan_reviewed=True,
        claims_listed=True,
        safety_plan=True,
        return_contact=True,
    )
    story.do(close_case, story.first, closure=ends)


def kept_up(story: Story) -> None:
    """Of late the case manager looked at the risks and the plan again, with her."""
    story.at = max(story.at, story.now - timedelta(days=story.chance.uniform(1, 31)))
    seen = RiskAssessment(
        level=story.chance.choice(("low", "low", "medium")),
        review_on=story.today + timedelta(days=30),
        topics=("re_trafficking",),
        reasons=text(story.chance, "risks"),
    )
    story.do(assess_risk, story.manager, assessment=seen)
    plan(story)


def reopened(story: Story) -> None:
    """She comes back; nothing has to be proven anew."""
    story.later(days=20)
    story.do(reopen_case, story.manager, reopening=Reopening(reason="person_came_back"))


LATER_STEPS: Mapping[str, Step] = {
    step.__name__: step
    for step in (
        needs,
        plan,
        service_offered,
        service_declined,
        service_delivered,
        grounds_positive,
        grounds_negative,
        grounds_pending,
        recovery,
        identified,
        not_identified,
        decisions_shared,
        reconsideration,
        breach,
        withdrawn,
        corrected,
        outcome,
        closed,
        ended,
        kept_up,
        reopened,
    )
}
