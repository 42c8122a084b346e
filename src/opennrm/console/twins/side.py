"""One of the two installations: enrols its invented people, and takes the steps it is told."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from opennrm.accounts.models import Agreement
from opennrm.casework.consent import ConsentGiven, Withdrawal, take_consent, withdraw_consent
from opennrm.casework.contact import Contact, record_contact
from opennrm.casework.hand_over import (
    HandOverOffer,
    HandOverPackage,
    offer_hand_over,
    send_hand_over,
)
from opennrm.casework.hand_over_received import (
    HandOverAnswer,
    HandOverEnd,
    answer_hand_over,
    confirm_hand_over_end,
    take_over_hand_over,
)
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.casework.referral import Summary
from opennrm.casework.refusals import Refused
from opennrm.exchange.crossborder.card import read_card
from opennrm.records import sessions
from opennrm.records.abroad import keys, partners, reading, sending
from opennrm.records.desk import at_work
from opennrm.records.enrolment import NewAccount, NewOrganisation, enrol_organisation
from opennrm.records.one_time import new_passphrase

WEEK = timedelta(days=7)
STATES = {"north": "MK", "south": "AL"}
PEOPLE = {
    "adult": {"names": "Lina Example", "birthdate": "1 May 2000", "summary": "Works as a cook."},
    "child": {"names": "Ana Example", "birthdate": "3 June 2013", "summary": "Likes to draw."},
}


@dataclass
class Side:
    """An installation with a focal point and a co-ordinator, both invented."""

    name: str
    sessions: dict[str, sessions.Session] = field(default_factory=dict)

    def enrol(self) -> None:
        """Let its two houses in and sign their people in."""
        places = (("focal", ("CM", "FR", "TF")), ("coordinator", ("NCO",)))
        for who, roles in places:
            name, words = f"{who}-{self.name}", new_passphrase()
            enrol_organisation(
                NewOrganisation(
                    name=f"{who.capitalize()} {self.name.capitalize()} (invented)",
                    kind="central_government_organisation",
                    jurisdiction=STATES[self.name],
                    roles=roles,
                    agreement_from=date(2020, 1, 1),
                    agreement_until=timezone.now().date() + 100 * WEEK,
                ),
                [NewAccount(name, f"{who.capitalize()} of the {self.name}", roles, words,
                            training=("indicators-basic",), is_invented=True)],
            )  # fmt: skip
            opened = sessions.open_session(name, words, at=timezone.now())
            self.sessions[who] = opened.session
        keys.make_house_keys(self.sessions["focal"])

    def do(self, use_case: Callable[..., Any], **given: Any) -> Any:
        """Let the focal point do one use case."""
        session, at = self.sessions["focal"], timezone.now()
        with at_work(session, at=at) as desk:
            return use_case(**given, actor=session.actor, at=at, desk=desk)

    def card(self) -> str:
        """Show the card of the focal point."""
        card = partners.own_card(self.sessions["focal"])
        assert card is not None  # noqa: S101 - its keys were made when it was enrolled
        return card.text()

    def trust(self, card: str, fingerprint: str) -> str:
        """Trust the other side: proposed by one person, agreed on, trusted by another."""
        other = partners.propose(self.sessions["focal"], card, fingerprint)
        Agreement.objects.using("owner").create(
            organisation_id=other.organisation,
            title="Between two invented focal points",
            in_force_from=date(2020, 1, 1),
            in_force_until=timezone.now().date() + 100 * WEEK,
        )
        partners.decide(
            self.sessions["coordinator"],
            other.organisation,
            "trusted",
            sign_key=other.server.sign_id,
        )
        return f"trusts {other.name} in {other.state}, fingerprint {other.fingerprint}"

    def offer(self, who: str, to: str) -> dict[str, str]:
        """Meet her, look at her risks, take her consent, and offer her to the other side."""
        other, today = read_card(to), timezone.now().date()
        met = Contact(route="own_detection", channel="in_person", contact_on=today, majority=who)
        case_ref = self.do(record_contact, contact=met)
        looked = RiskAssessment(level="medium", review_on=today + 4 * WEEK)
        self.do(assess_risk, case_ref=case_ref, assessment=looked)
        given = ConsentGiven(
            purpose="assistance",
            recipient=other.organisation,
            recipient_role="TF",
            scopes=("D2", "D9"),
            until=today + 10 * WEEK,
            language="sq",
            form="spoken",
            given_on=today,
            guardian=who == "child",
            assent=True if who == "child" else None,
        )
        consent = self.do(take_consent, case_ref=case_ref, consent=given)
        offer = HandOverOffer(
            to=other.organisation,
            consent=consent,
            purpose="assistance",
            movement="is_there",
            until=today + 8 * WEEK,
            reply_by=today + WEEK,
            age_group=who,
            language="sq",
            services=("shelter",) if who == "adult" else (),
        )
        ref = self.do(offer_hand_over, case_ref=case_ref, offer=offer)
        return {"case": str(case_ref), "consent": str(consent), "hand_over": str(ref)}

    def preview(self, hand_over: str) -> str:
        """Open what came first: enough to answer, nothing that tells who she is."""
        seen = reading.opened_preview(self.sessions["focal"], UUID(hand_over))
        if seen is None:
            return "sees nothing"
        told = f"{seen.age_group}, speaks {seen.language}, answer by {seen.reply_by}"
        return f"sees the preview and no name: {told}"

    def answer(self, hand_over: str, answer: str) -> str:
        """Answer it."""
        given = HandOverAnswer(hand_over=UUID(hand_over), answer=answer)
        self.do(answer_hand_over, answer=given)
        return f"answers: {answer}"

    def send(self, case: str, hand_over: str, who: str) -> str:
        """Hand over who she is."""
        told = PEOPLE[who]
        package = HandOverPackage(
            hand_over=UUID(hand_over),
            names=told["names"],
            birthdate=told["birthdate"],
            summaries=(Summary(compartment="D9S", text=told["summary"]),),
        )
        self.do(send_hand_over, case_ref=UUID(case), package=package)
        return "hands over who she is, sealed to the other focal point"

    def take_over(self, hand_over: str) -> str:
        """Open it and begin the one case that comes of it."""
        came = reading.opened_content(self.sessions["focal"], UUID(hand_over))
        who = came.package.particulars
        self.do(take_over_hand_over, received_=came)
        return f"opens it with its own key ({who.names if who else '-'}) and begins a case"

    def withdraw(self, case: str, consent: str) -> str:
        """Let her take her consent back."""
        taken_back = Withdrawal(consent=UUID(consent), withdrawn_on=timezone.now().date())
        self.do(withdraw_consent, case_ref=UUID(case), withdrawal=taken_back)
        return "she takes her consent back"

    def confirm(self, hand_over: str, done: str) -> str:
        """Say what became of what was received."""
        end = HandOverEnd(hand_over=UUID(hand_over), done=done)
        self.do(confirm_hand_over_end, end=end)
        return f"confirms: {done}"

    def carry(self) -> dict[str, int]:
        """Send what is due over the line."""
        sent = sending.send_due(at=timezone.now())
        return {"taken": sent.taken, "waiting": sent.waiting}

    def story(self, hand_over: str) -> dict[str, Any]:
        """Tell what was said, as this side knows it."""
        page = reading.hand_over(self.sessions["focal"], UUID(hand_over))
        return {
            "stands": page.stands.label,
            "lines": sorted(list(one.line) for one in page.story),
            "case": str(page.case_ref or ""),
        }


def obey(name: str) -> int:
    """Read one step a line, take it, and answer in one line."""
    side = Side(name)
    side.enrol()
    _answer({"ready": settings.OPENNRM_ADDRESS})
    for line in sys.stdin:
        told: Mapping[str, Any] = json.loads(line)
        step = getattr(side, str(told["step"]))
        try:
            _answer({"done": step(**told["with"])})
        except Refused as no:
            _answer({"refused": no.finding.says})
    return 0


def _answer(told: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
