"""Every field of the digital referral form has its place, and none of them leaks."""

import re
from datetime import date
from pathlib import Path

import pytest

from opennrm.exchange.digital_referral.answers import (
    AnswersRefused,
    coarse,
    mapped,
    read_answers,
    table_markdown,
)
from opennrm.vocabulary.exploitation import ExploitationForm
from tests.exchange.test_htcds_layouts import DATA

STUDIED = DATA.parent / "research" / "uk-nrm-form.md"
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "uk-digital-referral.md"
RENEW = "python -m opennrm.exchange.digital_referral > docs/reference/uk-digital-referral.md"
ON = date(2026, 11, 28)
SAID = {
    "pv-under-age": "no",
    "pv-want-to-submit-nrm": "yes",
    "pv-name-first-name": "Amina",
    "pv-name-last-name": "Kovač",
    "pv-name-nickname": "Mina",
    "pv-dob": "1996-05-04",
    "pv-gender": "female",
    "pv-nationality": "Moldova",
    "pv-nationality-second": "Cornish",
    "types-of-exploitation-forced-to-work": "true",
    "types-of-exploitation-wages-taken": "true",
    "how-did-the-exploitation-start": "A promise of work.",
    "pv-contact-details-email-input": "amina@example.org",
    "authorities-cooperation": "yes",
    "evidence-of-dishonesty-details": "She was unsure of days.",
}


class TestTheTable:
    @pytest.mark.skipif(not STUDIED.exists(), reason="the study of the form is not here")
    def test_has_every_field_of_the_form(self) -> None:
        rows = [
            line for line in STUDIED.read_text(encoding="utf-8").splitlines() if "| `/" in line
        ]
        named = {name for row in rows for name in re.findall(r"(?:\| |<br>)`([a-z][^`/]+)`", row)}
        spelt = {
            f"{name[:-5]}{n}" for name in named if name.endswith("1..10") for n in range(1, 11)
        }

        assert len(named) > 100
        assert {name for name in named if not name.endswith("1..10")} | spelt <= set(mapped())
        assert sum(name.startswith("types-of-exploitation-") for name in mapped()) == 10

    def test_says_why_each_field_is_left_out(self) -> None:
        assert all(one.why for one in mapped().values() if one.place == "left_out")

    def test_names_forms_that_there_are(self) -> None:
        forms = [one.place[5:] for one in mapped().values() if one.place.startswith("form:")]

        assert set(forms) <= {form.value for form in ExploitationForm}

    def test_is_told_on_a_page_that_is_current(self) -> None:
        assert PAGE.read_text(encoding="utf-8") == table_markdown(), RENEW


class TestAnswers:
    def test_go_to_their_places(self) -> None:
        found = read_answers(SAID, on=ON)

        assert (found.consent, found.majority, found.sex) == (True, "adult", "female")
        assert (found.names, found.called) == ("Amina Kovač", "Mina")
        assert (found.citizenship, found.nationality_note) == (("MD",), "Cornish")
        assert found.forms == ("labour",)
        assert "How it started: A promise of work." in found.notes

    def test_keep_a_way_of_contact_only_where_it_was_said_to_be_safe(self) -> None:
        safe = {**SAID, "pv-contact-details-email-check": "true"}

        assert read_answers(SAID, on=ON).safe_way == ""
        assert "amina@example.org" in read_answers(safe, on=ON).safe_way

    def test_keep_nothing_of_co_operation_or_credibility(self) -> None:
        kept = repr(read_answers(SAID, on=ON))

        assert "unsure of days" not in kept
        assert "investigations" not in kept

    def test_put_every_field_that_is_kept_somewhere(self) -> None:
        for name, one in mapped().items():
            if one.place in ("control", "left_out", "consent", "majority", "sex", "birthdate"):
                continue
            ticks = {tick: "true" for tick in mapped() if tick.endswith("-check")}
            said = "true" if one.place.startswith("form:") else "Something of her own"

            found = read_answers({**ticks, name: said}, on=ON)

            assert said in repr(found), name

    @pytest.mark.parametrize(
        ("changed", "says"),
        [
            ({"pv-dob": "2020-01-01"}, "contradicts"),
            ({"pv-dob": "2030-01-01"}, "no day before today"),
            ({"pv-dob": "4 May"}, "no day before today"),
            ({"not-a-field": "x"}, "not-a-field is no field"),
            ({"=cmd|' /C calc'": "x"}, "A field is no field"),
            ({"family": "x" * 15_001}, "longer than"),
        ],
    )
    def test_are_refused_with_the_field_and_without_what_it_holds(
        self, changed: dict[str, str], says: str
    ) -> None:
        with pytest.raises(AnswersRefused, match=says):
            read_answers({**SAID, **changed}, on=ON)

    def test_leave_four_answers_for_a_notification(self) -> None:
        told = coarse(read_answers(SAID, on=ON))

        assert told == ("adult", "female", "labour", ("MD",))
