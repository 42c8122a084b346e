"""Consents without a recipient, the child's own word, and what taking back means."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.lifecycle.facts import Fact
from tests import cast, stories
from tests.web.browsing import browser, fields_of, sent

OFFICER, MANAGERS = cast.POLICE_OFFICER, f"{cast.CASE_MANAGER.actor.organisation}:CM"


def place(name: str, case_ref: UUID, asked: str = "") -> str:
    """Return the address of a page of a case."""
    return reverse(name, kwargs={"case_ref": case_ref}) + asked


def typed(**more: Any) -> dict[str, Any]:
    """Return what a consent needs, and its last day."""
    later = stories.in_days(60)
    boxes = {f"until-{box}": getattr(later, box) for box in ("day", "month", "year")}
    return {"form": "spoken", "language": "sq", **boxes, **more}


def kept(case_ref: UUID, kind: str) -> Fact:
    """Return the newest fact of a kind."""
    fact = stories.folded(OFFICER, case_ref).newest(kind)
    assert fact is not None
    return fact


class TestAConsentForNobodyElse:
    """Follow-up, an interview, the media, keeping data."""

    def test_is_given_and_taken_back_on_the_pages(self):
        case_ref, client = stories.contact(OFFICER), browser(OFFICER)
        address = place("take_consent", case_ref, "?recipient=nobody")

        given = sent(client, address, **typed(purpose="follow_up"))
        consent = kept(case_ref, "consent_given").fact_ref
        listed = client.get(place("withdraw_consent", case_ref)).content.decode()
        taken_back = sent(client, place("withdraw_consent", case_ref, f"?consent={consent}"))

        assert (given.status_code, taken_back.status_code) == (302, 302)
        assert "Nobody, for: Follow-up" in listed
        assert kept(case_ref, "consent_withdrawn").reference("consent") == consent

    def test_offers_only_purposes_that_need_no_recipient(self):
        case_ref = stories.contact(OFFICER)

        page = browser(OFFICER).get(place("take_consent", case_ref, "?recipient=nobody")).content

        assert b'value="media"' in page
        assert b'value="referral"' not in page


class TestTheChildsWord:
    """Asked, answered no, or not asked."""

    @pytest.mark.parametrize(("answer", "word"), [("no", False), ("not_asked", None)])
    def test_that_was_not_asked_is_no_refusal(self, answer: str, word: bool | None):
        case_ref, client = stories.contact(OFFICER), browser(OFFICER)
        address = place("take_consent", case_ref, f"?recipient={MANAGERS}")

        sent(client, address, **typed(purpose="referral", scopes=["D2"], assent=answer))

        assert kept(case_ref, "consent_given").flag("assent") is word

    def test_is_not_asked_of_an_adult(self):
        case_ref = stories.contact(OFFICER, majority="adult")

        page = browser(OFFICER).get(place("take_consent", case_ref, f"?recipient={MANAGERS}"))

        assert b'name="assent"' not in page.content

    def test_list_asks_what_others_did(self):
        case_ref, client = stories.contact(OFFICER), browser(OFFICER)

        child = client.get(place("record_screening", case_ref, "?list=child")).content
        adult = client.get(place("record_screening", case_ref, "?list=adult")).content

        assert b'name="act_noted"' in child
        assert b'name="act_noted"' not in adult


class TestAnAddress:
    """What a link can and cannot do to a form."""

    def test_ticks_nothing_and_writes_nothing(self):
        case_ref = stories.contact(OFFICER)
        address = place("take_consent", case_ref, f"?recipient={MANAGERS}&guardian=on&note=Yes")

        fields = fields_of(browser(OFFICER).get(address))

        assert "guardian" not in fields
        assert fields["note"].strip() == ""

    @pytest.mark.parametrize("odd", ["D1", "D1:", "D1:x", "D1:٣", "D1:9999999999999999999"])
    def test_and_a_form_with_odd_numbers_are_no_fault_of_ours(self, odd: str):
        case_ref = stories.contact(OFFICER)

        answer = sent(browser(OFFICER), place("note_account", case_ref), expected=odd, words="A")

        assert answer.status_code in (302, 409)
