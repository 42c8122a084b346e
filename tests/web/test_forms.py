"""Forms keep what was typed, refuse with a next step, count once, and notice other work."""

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django import forms
from django.urls import reverse

from opennrm.records import queries
from opennrm.rights.jurisdictions import presets
from opennrm.web.forms import fields as ask
from opennrm.web.forms.drawing import control
from tests import cast, stories
from tests.database import NOW, signed_in
from tests.web.browsing import browser, fields_of, sent

OFFICER, COLLEAGUE, SHELTER = cast.POLICE_OFFICER, cast.POLICE_COLLEAGUE, cast.CASE_MANAGER


def place(name: str, case_ref: UUID, **asked: Any) -> str:
    """Return the address of a page of a case."""
    address = reverse(name, kwargs={"case_ref": case_ref})
    return f"{address}?{urlencode(asked)}" if asked else address


def kinds(case_ref: UUID, who: cast.Member = OFFICER) -> list[str]:
    """List what was recorded of a case, oldest first."""
    page = queries.case_page(signed_in(who), case_ref, at=NOW)
    return [entry.fact.kind for entry in reversed(page.timeline)]


@pytest.fixture
def case_ref() -> UUID:
    """A case of the officer."""
    return stories.contact(OFFICER)


class TestAForm:
    """Whatever comes of it."""

    def test_keeps_what_was_typed_when_something_is_missing(self):
        client = browser(OFFICER)

        answer = sent(
            client,
            "/contact/",
            words="Спаси нас & <b>",
            called="Лина",
            **{"contact_on-day": "31", "contact_on-month": "2"},
        )

        kept = fields_of(answer)
        assert answer.status_code == 422
        assert kept["words"].strip() == "Спаси нас & <b>"
        assert kept["called"] == "Лина"
        assert (kept["contact_on-day"], kept["contact_on-month"]) == ("31", "2")

    def test_shows_who_may_be_the_same_person_once_before_a_case_is_saved(self):
        known = stories.contact(OFFICER, majority="adult")
        stories.described(OFFICER, known, names="Vesela Neobična")
        client = browser(OFFICER)
        met = {"route": "own_detection", "channel": "in_person", "called": "Весела Необична"}

        asked = sent(client, "/contact/", **met)
        saved = client.post("/contact/", fields_of(asked))

        assert asked.status_code == 200
        assert f'href="/case/{known}/"' in asked.content.decode()
        assert saved.status_code == 302
        assert saved["Location"] != f"/case/{known}/"

    def test_begins_a_case_without_a_stop_where_nobody_is_alike(self):
        met = {"route": "own_detection", "channel": "in_person", "called": "Qwert Zuiop"}

        assert sent(browser(OFFICER), "/contact/", **met).status_code == 302

    def test_lists_each_error_with_a_link_to_its_place(self):
        answer = sent(browser(OFFICER), "/contact/", **{"contact_on-month": "13"})

        page = answer.content.decode()
        assert 'href="#op-contact_on-day"' in page
        assert 'href="#op-route"' in page
        assert "must be a real date" in page

    def test_reads_a_month_written_as_a_word(self, case_ref: UUID):
        typed = {"breach": "other", "observed_on-day": "3", "observed_on-month": "March"}

        answer = sent(browser(OFFICER), place("observe_breach", case_ref), **typed)

        assert answer.status_code == 302
        assert "breach_observed" in kinds(case_ref)

    def test_counts_once_however_often_it_is_sent(self, case_ref: UUID):
        client, address = browser(OFFICER), place("note_account", case_ref)
        typed = {**fields_of(client.get(address)), "words": "Once is enough"}

        first = client.post(address, typed)
        second = client.post(address, typed)

        assert first.status_code == second.status_code == 302
        assert kinds(case_ref).count("account_noted") == 1
        assert b"It counts once" in client.get(second["Location"]).content

    def test_may_be_sent_again_after_a_refusal(self, case_ref: UUID):
        client, address = browser(OFFICER), place("observe_breach", case_ref)
        typed = {**fields_of(client.get(address)), "breach": "other"}

        refused = client.post(address, {**typed, "observed_on-year": ""})
        put_right = client.post(address, typed)

        assert refused.status_code == 422
        assert put_right.status_code == 302
        assert kinds(case_ref).count("breach_observed") == 1


class TestARefusal:
    """A use case that says no."""

    def test_says_what_to_do_next_and_keeps_what_was_typed(self, case_ref: UUID):
        untrained = browser(cast.UNTRAINED_OFFICER)

        answer = sent(untrained, place("record_screening", case_ref, list="adult"), notes="Kept")

        assert answer.status_code == 422
        assert b"needs training" in answer.content
        assert fields_of(answer)["notes"].strip() == "Kept"
        assert "screening_recorded" not in kinds(case_ref)

    def test_of_a_person_without_a_case_sends_nothing(self):
        answer = sent(browser(cast.LAWYER), "/contact/", route="self", channel="phone")

        assert answer.status_code == 422
        assert b"Ask a colleague whose role does" in answer.content


class TestOtherWork:
    """Someone else wrote to the same part while a form was open."""

    def test_is_shown_and_nothing_typed_is_lost(self, case_ref: UUID):
        client, address = browser(OFFICER), place("note_account", case_ref)
        typed = {**fields_of(client.get(address)), "words": "What I heard"}
        sent(browser(COLLEAGUE), address, words="What my colleague heard")

        answer = client.post(address, typed)
        again = client.post(address, fields_of(answer))

        assert answer.status_code == 409
        assert b"Someone else added to this case" in answer.content
        assert fields_of(answer)["words"].strip() == "What I heard"
        assert again.status_code == 302
        assert kinds(case_ref).count("account_noted") == 2

    def test_in_another_part_of_the_case_does_not_matter(self, case_ref: UUID):
        client, address = browser(OFFICER), place("note_account", case_ref)
        typed = {**fields_of(client.get(address)), "words": "What I heard"}
        sent(browser(COLLEAGUE), place("describe_person", case_ref), names="Lina Example")

        answer = client.post(address, typed)

        assert answer.status_code == 302


class TestAChoice:
    """What has to be chosen before a form can be shown."""

    @pytest.mark.parametrize("asked", [{}, {"recipient": "x"}, {"recipient": f"{uuid4()}:CM"}])
    def test_is_asked_for_when_it_is_missing_or_nonsense(self, case_ref: UUID, asked: dict):
        answer = browser(OFFICER).get(place("take_consent", case_ref, **asked))

        assert answer.status_code == 200
        assert b"Who would receive something?" in answer.content

    def test_never_offers_immigration_enforcement(self, case_ref: UUID):
        page = browser(OFFICER).get(place("take_consent", case_ref)).content.decode()

        assert "Green Door" in page
        assert "Removals Unit" not in page

    def test_of_a_recipient_offers_only_what_its_role_may_hold(self, case_ref: UUID):
        shelter = f"{SHELTER.actor.organisation}:SH"

        page = browser(OFFICER).get(place("take_consent", case_ref, recipient=shelter)).content

        assert b'value="D2"' in page
        assert b'value="D4"' not in page


class TestAnAnonymousNotification:
    """What the page can send at all."""

    def test_asks_seven_coarse_answers_and_nothing_else(self):
        fields = fields_of(browser(OFFICER).get("/notify/"))

        unseen = {"csrfmiddlewaretoken", "form_key", "expected"}
        radios = {"sex"}
        assert set(fields) - unseen | radios == {
            "age_group",
            "sex",
            "main_form",
            "citizenship_group",
            "place_region",
            "month",
            "reporting_entity",
        }

    def test_knows_large_regions_only(self):
        client = browser(OFFICER)
        coarse = {"age_group": "adult_24_26", "sex": "female", "main_form": "labour"}
        coarse |= {"citizenship_group": "national", "reporting_entity": "police"}

        page = client.get("/notify/").content.decode()
        answer = sent(client, "/notify/", **coarse, place_region="MK-701")

        assert set(presets("MK").regions) <= set(re.findall(r'<option value="([^"]+)"', page))
        assert answer.status_code == 422

    def test_drops_whatever_else_is_sent_along(self, case_ref: UUID):
        client = browser(OFFICER)
        coarse = {"age_group": "adult_24_26", "sex": "female", "main_form": "labour"}
        coarse |= {"citizenship_group": "national", "reporting_entity": "police"}

        answer = sent(
            client,
            place("notify_without_identity", case_ref),
            names="Lina Example",
            phone="070 000 111",
            **coarse,
        )

        assert answer.status_code == 302
        assert b"Lina Example" not in client.get("/notices/").content


class TestWhatTheAnswersMean:
    """Closed beside the field, from the code lists, with their source."""

    def test_is_told_where_a_list_says_it(self):
        answers = ask.codes("offer_answered", "reason", "offer_answer_reason")

        class Reply(forms.Form):
            reason = ask.one_from("Why?", answers)
            danger = ask.one_of("Danger?", ask.codes("risk_assessed", "level", "risk_level"))

        drawn = {name: str(control(Reply()[name])) for name in ("reason", "danger")}

        assert "Counted as a gap (R05)." in drawn["reason"].split("<details")[1]
        assert "Source: Rights rules R01" in drawn["reason"]
        assert "<details" not in drawn["danger"]
