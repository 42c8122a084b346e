"""The decision officer's pages: the file as evidence, the letter, and who may open them."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings
from django.urls import reverse

from opennrm.casework.screening import Screening, record_screening
from opennrm.lifecycle.kinds import KINDS
from opennrm.vocabulary.revealing import revealing_words
from opennrm.web.decision_letter import offered, printed
from opennrm.web.letter_words import BLOCKS, Told, letter
from tests import cast, stories
from tests.web.browsing import browser, sent
from tests.web.test_decisions import (
    at_the_authority,
    decide,
    place,
    refused_by_the_authority,
    second_reader_agrees,
)
from tests.web.test_receipt import inflated

AUTHORITY, OFFICER = cast.DECIDING_OFFICER, cast.POLICE_OFFICER


def told(**more: Any) -> Told:
    """A no with everything that can follow it."""
    known: dict[str, Any] = {
        "outcome": "negative",
        "decided_on": date(2026, 3, 2),
        "grounds": ("own_account", "no_purpose"),
        "own_words": ("We asked the employer.",),
        "remedy": "reconsideration",
        "remedy_until": date(2026, 4, 1),
        "rests_until": None,
        "helped_until": datetime(2026, 4, 1, 22, tzinfo=UTC),
        "number": "AB-CD",
    }
    return Told(**(known | more))


def said(**more: Any) -> str:
    """Return every line of a letter in one text."""
    return "\n".join(line for _title, lines in letter(told(**more), "en").parts for line in lines)


def screened(case_ref: UUID, **more: Any) -> None:
    """Record two signs, one seen and one told."""
    signs = Screening(
        population="adult", told=("DEL-AL-DR-01",), seen=("DEL-AL-EX-01",), presumed=True, **more
    )
    stories.do(record_screening, OFFICER, case_ref=case_ref, screening=signs)


class TestTheFile:
    """What was said, by whom, and which element it speaks of."""

    def test_sorts_the_signs_under_act_means_and_purpose(self):
        case_ref = at_the_authority()
        screened(case_ref, reason="The passports were in his car.")
        page = browser(AUTHORITY).get(place("evidence", case_ref)).content.decode()
        parts = page.split("<h3")

        assert "Misled about what the job is" in parts[1]
        assert "(told)" in parts[1]
        assert "Misled about what the job is" in parts[2]
        assert "(seen)" in parts[3]
        assert "Misled about what the job is" not in parts[3]

    def test_asks_no_means_of_a_child(self):
        case_ref = at_the_authority()
        stories.described(OFFICER, case_ref, age_group="child_9_17")

        page = browser(AUTHORITY).get(place("evidence", case_ref)).content.decode()

        assert "Not needed: the person is, or may be, a child." in page

    def test_opens_what_was_written_only_when_asked(self):
        case_ref = at_the_authority()
        screened(case_ref, reason="The passports were in his car.")
        client, address = browser(AUTHORITY), place("evidence", case_ref)

        closed, opened = client.get(address).content, client.post(address).content

        assert b"passports" not in closed
        assert b"More was written; it is hidden." in closed
        assert b"The passports were in his car." in opened

    def test_shows_the_days_that_are_left(self):
        case_ref = at_the_authority()

        page = browser(AUTHORITY).get(place("evidence", case_ref)).content.decode()

        assert "Decide on reasonable grounds" in page.split("Time limits")[1].split("</div>")[0]
        assert "left)" in page

    def test_is_not_there_for_those_who_do_not_decide(self):
        case_ref = at_the_authority()

        for who in (OFFICER, cast.CASE_MANAGER, cast.LAWYER, cast.PANEL_READER):
            assert browser(who).get(place("evidence", case_ref)).status_code == 404

    def test_is_there_for_the_second_reader_without_what_the_first_wrote(self):
        case_ref = at_the_authority()
        panel = f"{cast.PANEL.organisation}:RP:{cast.PANEL_READER.account}"
        step = "?act=negative_decision.reasonable_grounds_decided"
        sent(
            browser(AUTHORITY),
            place("propose_act", case_ref) + step,
            to=panel,
            reasons="His story changes.",
        )
        reader, address = browser(cast.PANEL_READER), place("evidence", case_ref)

        opened = reader.post(address)

        assert opened.status_code == 200
        assert b"His story changes." not in opened.content
        assert b"You were asked for an opinion" in opened.content


class TestTheLetter:
    """In her language, with a cover that says nothing."""

    def test_has_a_sentence_for_every_ground(self):
        grounds = KINDS["reasonable_grounds_decided"].fields["reasons_codes"].codes

        assert grounds - set(BLOCKS) == set()

    def test_tells_after_a_no_what_can_be_done_and_how_help_goes_on(self):
        text = said()

        assert "You can ask us to look at it again until 1 April 2026." in text
        assert "Help goes on at least until 1 April 2026." in text
        assert "We did not find that somebody wanted to exploit you." in text
        assert "We asked the employer." in text

    def test_tells_after_a_yes_of_the_time_to_rest(self):
        text = said(outcome="positive", rests_until=date(2026, 5, 2))

        assert "until 1 May 2026. Nobody may send you away." in text
        assert "ask us to look at it again" not in text

    def test_is_offered_only_in_languages_in_which_no_sentence_is_missing(self):
        with override_settings(LANGUAGES=[("en", "English"), ("eo", "Esperanto")]):
            languages = offered()

        assert languages == ["en"]

    def test_shows_on_its_cover_a_word_and_a_number(self):
        written = letter(told(), "en")
        pdf = printed(written)

        assert revealing_words(f"{written.cover} {written.number}") == ()
        assert b"/Count 2/" in inflated(pdf)
        assert b"/StructTreeRoot" in inflated(pdf)
        assert b"OpenNRM" not in inflated(pdf)
        assert printed(written) == pdf

    def test_takes_the_reasons_in_her_language_in_place_of_the_officers(self):
        case_ref = at_the_authority()
        decide(case_ref, outcome="positive", reasons="It agrees.", language="sq")
        decision = stories.newest(AUTHORITY, case_ref, "reasonable_grounds_decided")
        client = browser(AUTHORITY)
        page = reverse("decision_letter", args=[case_ref, decision])
        before = client.get(page).content.decode()

        given = sent(
            client,
            f"{place('give_letter', case_ref)}?decision={decision}",
            own_language="Pajtohet.",
            handed_over="read_aloud",
        )

        after = client.get(page).content.decode()
        assert given.status_code == 302, given.content.decode()
        assert "It agrees." in before
        assert "Pajtohet." in after
        assert "It agrees." not in after
        assert "Read aloud, and kept by us" in after

    def test_is_printed_for_those_who_hold_the_decision_and_nobody_else(self):
        case_ref = at_the_authority()
        refused_by_the_authority(case_ref)
        decision = stories.newest(AUTHORITY, case_ref, "reasonable_grounds_decided")
        address = reverse("decision_letter_pdf", args=[case_ref, decision]) + "?language=en"

        pdf = browser(AUTHORITY).get(address)

        assert pdf["Content-Disposition"] == 'attachment; filename="letter.pdf"'
        assert pdf.content.startswith(b"%PDF-")
        for who in (cast.CASE_MANAGER, OFFICER, cast.IMMIGRATION_OFFICER):
            assert browser(who).get(address).status_code == 404


class TestASecondReader:
    """A no takes effect only once she has signed."""

    @pytest.mark.parametrize("signs", [False, True])
    def test_must_sign_before_a_no(self, signs: bool):
        case_ref = at_the_authority()
        if signs:
            second_reader_agrees(case_ref)
        form = browser(AUTHORITY).get(place("decide_reasonable_grounds", case_ref)).content

        assert (b"agreed on" in form) is signs
