"""One invented person's way through the mechanism, step by step, for tests to begin anywhere."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from opennrm.casework.consent import ConsentGiven, take_consent
from opennrm.casework.contact import Contact, record_contact
from opennrm.casework.decision import Decision, decide_reasonable_grounds, identify
from opennrm.casework.holds import Opinion, Proposal, give_opinion, propose_act
from opennrm.casework.redress import Routes, RouteWord, answer_routes
from opennrm.casework.referral import Referral, ReferralAnswer, acknowledge_referral, refer
from opennrm.casework.service import (
    Delivery,
    OfferReply,
    ServiceOffer,
    answer_offer,
    offer_service,
    record_delivery,
)
from opennrm.lifecycle.case import Case
from opennrm.vocabulary.redress import RedressRoute
from tests import cast
from tests.cast import NOON, Member
from tests.fakes import Office

NO_CASE = cast.ref("no case yet")
TODAY = NOON.date()
NEXT_YEAR = date(2027, 3, 1)
SOON = TODAY + timedelta(days=3)
FOR_HER_PLAN = ("D2", "D3", "D4", "D8", "D9", "D10", "D14")
TO_DECIDE = ("D2", "D4", "D8", "D10", "D14")


@dataclass
class Story:
    """A case of the office and the steps taken in it."""

    office: Office
    case_ref: UUID = NO_CASE
    at: datetime = NOON

    @property
    def case(self) -> Case:
        """Return the case, whole."""
        return self.office.case(self.case_ref)

    def by(self, who: Member) -> dict[str, Any]:
        """Return what every use case on this case takes."""
        return {"case_ref": self.case_ref} | self.anew(who)

    def anew(self, who: Member) -> dict[str, Any]:
        """Return what a use case that starts a case takes."""
        return {"actor": who.actor, "at": self.at, "desk": self.office.desk(who.actor, self.at)}

    def contact(self, who: Member = cast.POLICE_OFFICER, **more: Any) -> "Story":
        """Record a first contact."""
        known = {"route": "own_detection", "channel": "in_person", "contact_on": TODAY}
        contact = Contact(**(known | {"majority": "adult", "safe_way": "by day"} | more))
        self.case_ref = record_contact(contact=contact, **self.anew(who))
        return self

    def consent(
        self,
        to: Member,
        role: str,
        *,
        purpose: str = "assistance",
        scopes: tuple[str, ...] = FOR_HER_PLAN,
        who: Member = cast.POLICE_OFFICER,
        **more: Any,
    ) -> UUID:
        """Take consent for a recipient."""
        known: dict[str, Any] = {"language": "sq", "form": "spoken", "given_on": self.at.date()}
        consent = ConsentGiven(
            purpose=purpose,
            recipient=to.organisation.organisation,
            recipient_role=role,
            scopes=scopes,
            **(known | {"until": NEXT_YEAR} | more),
        )
        return take_consent(consent=consent, **self.by(who))

    def refer(
        self,
        to: Member,
        role: str,
        consent: UUID | None,
        *,
        purpose: str = "assistance",
        who: Member = cast.POLICE_OFFICER,
        **more: Any,
    ) -> UUID:
        """Refer to a recipient."""
        until = self.at.date() + timedelta(days=7) if "duty" in more else NEXT_YEAR
        known: dict[str, Any] = {"until": until, "reply_by": SOON, "consent": consent}
        referral = Referral(
            to=to.organisation.organisation, to_role=role, purpose=purpose, **(known | more)
        )
        return refer(referral=referral, **self.by(who))

    def answer(self, who: Member, referral: UUID, answer: str = "accepted", **more: Any) -> UUID:
        """Answer a referral."""
        reply = ReferralAnswer(referral=referral, answer=answer, **more)
        return acknowledge_referral(answer=reply, **self.by(who))

    def hand_over(self, to: Member, role: str, **more: Any) -> UUID:
        """Take consent, refer and accept; answer with the consent."""
        purpose = more.get("purpose", "assistance")
        scopes = more.pop("scopes", FOR_HER_PLAN)
        consent = self.consent(to, role, purpose=purpose, scopes=scopes)
        self.answer(to, self.refer(to, role, consent, **more))
        return consent

    def with_case_manager(self) -> "Story":
        """Bring the case to the shelter's case manager."""
        self.hand_over(cast.CASE_MANAGER, "CM", account=cast.CASE_MANAGER.account)
        return self

    def with_authority(self) -> "Story":
        """Bring the case to the competent authority."""
        self.hand_over(cast.DECIDING_OFFICER, "CA", purpose="identification", scopes=TO_DECIDE)
        return self

    def held(self, step: str, *, act: str = "negative_decision", **more: Any) -> UUID:
        """Propose an act of the authority to the panel."""
        proposal = Proposal(
            act=act,
            to=cast.PANEL.organisation,
            to_role="RP",
            reasons="as the file shows",
            step=step,
            **more,
        )
        return propose_act(proposal=proposal, **self.by(cast.DECIDING_OFFICER))

    def opinion(
        self, hold: UUID, opinion: str = "agrees", who: Member = cast.PANEL_READER
    ) -> UUID:
        """Give the second opinion."""
        given = Opinion(hold=hold, opinion=opinion, words="as I read the file")
        return give_opinion(opinion=given, **self.by(who))

    def agreed(self, step: str, **more: Any) -> UUID:
        """Propose an act of the authority on which the panel agrees."""
        hold = self.held(step, **more)
        self.opinion(hold)
        return hold

    def decide(self, outcome: str = "positive", **more: Any) -> UUID:
        """Take the preliminary decision; a no with a second person's agreement."""
        if outcome == "negative" and "hold" not in more:
            more["hold"] = self.agreed("reasonable_grounds_decided")
        known = {"standard": "reasonable_grounds", "decided_on": self.at.date()}
        decision = Decision(outcome=outcome, **(known | more))
        return decide_reasonable_grounds(decision=decision, **self.by(cast.DECIDING_OFFICER))

    def identify(self, outcome: str = "identified", **more: Any) -> UUID:
        """Take the formal decision; a no with a second person's agreement."""
        if outcome == "not_identified" and "hold" not in more:
            more["hold"] = self.agreed("identification_decided")
        known = {"standard": "balance_of_probabilities", "decided_on": self.at.date()}
        decision = Decision(outcome=outcome, **(known | more))
        return identify(decision=decision, **self.by(cast.DECIDING_OFFICER))

    def offer(
        self,
        to: Member,
        role: str,
        service: str,
        *,
        consent: UUID | None = None,
        scopes: tuple[str, ...] = ("D9",),
        **more: Any,
    ) -> UUID:
        """Offer a service, with consent for it unless another ground is named."""
        who = more.pop("who", cast.CASE_MANAGER)
        if consent is None and "duty" not in more:
            consent = self.consent(to, role, purpose="service", scopes=scopes, who=who)
        until = self.at.date() + timedelta(days=7) if "duty" in more else NEXT_YEAR
        known: dict[str, Any] = {"until": until, "reply_by": SOON, "consent": consent}
        offer = ServiceOffer(
            service=service,
            provider=to.organisation.organisation,
            provider_role=role,
            **(known | {"person_agreed": True} | more),
        )
        return offer_service(offer=offer, **self.by(who))

    def reply(self, who: Member, offer: UUID, by: str, answer: str, **more: Any) -> UUID:
        """Answer an offer, as the provider or for the person."""
        reply = OfferReply(offer=offer, by=by, answer=answer, **more)
        return answer_offer(reply=reply, **self.by(who))

    def deliver(self, who: Member, service: str, offer: UUID | None, **more: Any) -> UUID:
        """Record a delivery."""
        known = {"delivered_from": self.at.date(), "offer": offer}
        delivery = Delivery(service=service, **(known | more))
        return record_delivery(delivery=delivery, **self.by(who))

    def routes(self, who: Member, answer: str = "not_wanted", **more: Any) -> UUID:
        """Answer every route to compensation in the same way."""
        reason = None if answer == "pursued" else "own_choice"
        words = tuple(
            RouteWord(route=route, route_answer=answer, route_reason=reason)
            for route in more.pop("only", tuple(RedressRoute))
        )
        routes = Routes(answers=words, discussed_on=self.at.date(), language="sq")
        return answer_routes(routes=routes, **self.by(who))

    def open_parts(self, who: Member) -> set[str]:
        """Return the compartments open to a member's organisation."""
        rows = self.office.rows_of(self.case_ref, who.organisation.organisation)
        return {row.compartment for row in rows if row.state == "open"}
