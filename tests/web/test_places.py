"""The pages of places: given, awaited and free again, as the house and the police see it."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.web.forms.act import Choice
from tests import cast, stories
from tests.web.browsing import browser, fields_of

HOUSE, POLICE = cast.CASE_MANAGER, cast.POLICE_OFFICER


@pytest.fixture
def service() -> UUID:
    """A shelter with one place that is given here."""
    return stories.listed(HOUSE, places=1, groups=["women"])


def asked(service: UUID) -> UUID:
    """Begin a case and offer her the shelter."""
    case_ref = stories.contact(POLICE)
    stories.offered(POLICE, case_ref, HOUSE, service)
    return case_ref


def sent(who: cast.Member, act: str, case_ref: UUID, **typed: Any) -> str:
    """Fill in the page of an act, and return what comes of it in words."""
    client = browser(who)
    kind = "service_offered"
    offer = stories.newest(POLICE, case_ref, kind)
    address = reverse(act, kwargs={"case_ref": case_ref}) + f"?offer={offer}"
    filled = {**fields_of(client.get(address)), **typed}
    page: str = client.post(address, filled, follow=True).content.decode()
    return page


class TestPlaces:
    def test_are_given_with_a_yes_and_shown_to_the_house(self, service: UUID) -> None:
        case_ref = asked(service)

        page = sent(HOUSE, "answer_offer", case_ref, answer="accepted")

        shown = browser(HOUSE).get(reverse("places")).content.decode()
        assert "The answer is sent" in page
        assert f"/case/{case_ref}/" in shown
        assert "Free: 0 of 1" in shown

    def test_are_refused_with_the_way_on_when_none_is_free(self, service: UUID) -> None:
        sent(HOUSE, "answer_offer", asked(service), answer="accepted")
        other = asked(service)

        page = sent(HOUSE, "answer_offer", other, answer="accepted")
        waits = sent(HOUSE, "await_place", other, because="in_danger")

        shown = browser(HOUSE).get(reverse("places")).content.decode()
        assert "No place is free. Put her on the waiting list" in page
        assert "She is on the waiting list" in waits
        assert "In danger where she is now" in shown

    def test_are_free_again_and_given_to_who_was_accepted(self, service: UUID) -> None:
        case_ref = asked(service)
        sent(HOUSE, "answer_offer", case_ref, answer="accepted")

        free = sent(HOUSE, "release_place", case_ref, reason="left")
        again = sent(HOUSE, "hold_place", case_ref)

        assert "The place is free" in free
        assert "The place is hers" in again

    def test_name_no_case_to_a_house_it_is_not_open_to(self, service: UUID) -> None:
        case_ref = asked(service)
        sent(HOUSE, "answer_offer", case_ref, answer="accepted")

        assert str(case_ref) not in browser(POLICE).get(reverse("places")).content.decode()

    def test_are_asked_for_by_the_only_offer_and_never_by_a_guess(self, service: UUID) -> None:
        case_ref = asked(service)
        offer = stories.newest(POLICE, case_ref, "service_offered")
        address = reverse("answer_offer", kwargs={"case_ref": case_ref})
        client = browser(HOUSE)

        assert client.get(address)["Location"] == f"{address}?offer={offer}"
        assert client.post(address, {"answer": "accepted"}).status_code == 200  # Asked first.
        two = Choice("offer", "", [("one", ""), ("other", "")], asked_of_one=False)
        assert two.only == ""

    def test_are_closed_to_who_does_not_read_the_directory(self) -> None:
        assert browser(cast.CONSUL).get(reverse("places")).status_code == 404


class TestTheDirectory:
    def test_keeps_a_place_that_is_held(self, service: UUID) -> None:
        sent(HOUSE, "answer_offer", asked(service), answer="accepted")
        client = browser(HOUSE)
        change = reverse("coordination_services_change", kwargs={"ref": service})
        remove = reverse("coordination_services_remove", kwargs={"ref": service})
        typed = {**fields_of(client.get(change)), "why": "fewer beds", "is_given_here": []}

        changed = client.post(change, typed)
        removed = client.post(remove, {"why": "closed"})

        for answer in (changed, removed):
            assert answer.status_code == 422
            assert "Some of these places are held" in answer.content.decode()
