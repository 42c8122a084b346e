"""Test 3 of the ten: the criminal case is dropped, and nothing else changes."""

from collections.abc import Callable
from uuid import UUID

import pytest

from opennrm.casework.consent import ConsentGiven, take_consent
from opennrm.casework.decision import Decision, decide_reasonable_grounds
from opennrm.casework.service import (
    Delivery,
    OfferReply,
    ServiceOffer,
    answer_offer,
    offer_service,
    record_delivery,
)
from tests import cast, stories
from tests.journeys.arriving import Colleague
from tests.web.test_justice import given
from tests.web.test_returns import day, done

Arriving = Callable[..., Colleague]
OFFICER, MANAGER, AUTHORITY = cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.DECIDING_OFFICER
MIGRATION, DETECTIVE = cast.MIGRATION_OFFICER, cast.DETECTIVE
HOLDERS = (
    (MANAGER, "CM", ("D2", "D4", "D8", "D9", "D10")),
    (AUTHORITY, "CA", ("D2", "D4", "D8", "D10", "D14")),
    (MIGRATION, "MI", ("D2", "D7", "D8S")),
    (DETECTIVE, "LE", ("D6",)),
)


@pytest.fixture
def case_ref() -> UUID:
    """A person with reasonable grounds, a bed and a permit, and a case in court beside it."""
    return housed_and_permitted()


def housed_and_permitted() -> UUID:
    """Give her reasonable grounds, a bed and a permit."""
    case_ref = stories.contact(OFFICER, majority="adult")
    for member, role, scopes in HOLDERS:
        given(case_ref, OFFICER, member, role, *scopes)
    found = Decision(
        outcome="positive",
        standard="reasonable_grounds",
        decided_on=stories.TODAY,
        reasons="The signs agree.",
        language="sq",
    )
    stories.do(decide_reasonable_grounds, AUTHORITY, case_ref=case_ref, decision=found)
    housed(case_ref)
    done(MANAGER, "apply_for_permit", case_ref, grounds=["personal_situation"])
    asked = str(stories.newest(MIGRATION, case_ref, "permit_applied"))
    granted = {"application": asked, "outcome": "granted", "ground": "personal_situation"}
    until = day("valid_until", stories.in_days(200))
    done(MIGRATION, "decide_permit", case_ref, **granted, **until)
    return case_ref


class TestACriminalCaseThatIsDropped:
    """Identification, help and permit stand as they stood (R17)."""

    def test_changes_nothing_for_her(self, arriving: Arriving, case_ref: UUID):
        case, detective = f"/case/{case_ref}/", arriving(DETECTIVE)
        step(detective, case, "investigation")
        people = [arriving(member) for member in (MANAGER, AUTHORITY, MIGRATION)]
        before = [standing(person, case) for person in people]
        tracks = tracks_of(case_ref)

        step(detective, case, "discontinued")

        assert [standing(person, case) for person in people] == before
        assert tracks_of(case_ref)[:3] == tracks[:3]
        assert tracks_of(case_ref)[3] != tracks[3]
        assert any("In support" in words for words in before)
        people[0].readable()

    def test_leaves_every_service_to_be_offered(self, arriving: Arriving, case_ref: UUID):
        case = f"/case/{case_ref}/"
        step(arriving(DETECTIVE), case, "discontinued")
        manager = arriving(MANAGER)

        manager.page.goto(case)

        assert "Offer a service" in manager.page.text_content("nav.op-panel")


def housed(case_ref: UUID) -> None:
    """Give her a bed."""
    house = cast.SHELTER_WITHOUT_CONSENT
    agreed = ConsentGiven(
        purpose="service",
        recipient=house.actor.organisation,
        recipient_role="SH",
        scopes=("D9",),
        until=stories.in_days(100),
        language="sq",
        form="spoken",
        given_on=stories.TODAY,
    )
    stories.do(take_consent, MANAGER, case_ref=case_ref, consent=agreed)
    consent = stories.newest(MANAGER, case_ref, "consent_given")
    offer = ServiceOffer(
        service="shelter",
        provider=house.actor.organisation,
        provider_role="SH",
        until=stories.in_days(100),
        reply_by=stories.in_days(2),
        consent=consent,
        person_agreed=True,
    )
    stories.do(offer_service, MANAGER, case_ref=case_ref, offer=offer)
    offered = stories.newest(MANAGER, case_ref, "service_offered")
    reply = OfferReply(offer=offered, by="provider", answer="accepted")
    stories.do(answer_offer, house, case_ref=case_ref, reply=reply)
    slept = Delivery(service="shelter", delivered_from=stories.TODAY, offer=offered)
    stories.do(record_delivery, house, case_ref=case_ref, delivery=slept)


def step(detective: Colleague, case: str, code: str) -> None:
    """Record a step of the criminal case on its page."""
    detective.open(case, "Step of criminal proceedings")
    detective.choose("capacity=injured_person")
    detective.pick("step", code)
    assert detective.send().endswith(case), detective.said()


def standing(person: Colleague, case: str) -> str:
    """Read where things stand, and what is due, as somebody sees them."""
    person.page.goto(case)
    stands = person.page.inner_text(".govuk-summary-list >> nth=0")
    due = person.page.eval_on_selector_all(".op-due", "all => all.map(one => one.innerText)")
    return f"{stands} {due}"


def tracks_of(case_ref: UUID) -> tuple[str, ...]:
    """Return where the four tracks stand."""
    case = stories.folded(MANAGER, case_ref)
    return case.identification, case.assistance, case.residence, case.criminal
