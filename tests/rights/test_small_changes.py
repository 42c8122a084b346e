"""Edges that a small change in the code would move: read anew, written anew, on both sides."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from opennrm.consent.expiry import review_on
from opennrm.consent.notification import NotCoarse
from opennrm.rights.catalogue import write
from opennrm.rights.findings import Answer, Finding
from opennrm.rights.jurisdictions import codes, presets, read
from opennrm.rights.jurisdictions.names import NAMES, label_of
from opennrm.rights.scenarios import read_scenarios
from tests.rights.test_documents import WRITTEN
from tests.rights.test_jurisdictions_reading import FILE, TODAY, changed
from tests.rights.test_scenarios import FOLDER


class TestPlaces:
    @pytest.mark.parametrize("code", codes())
    def test_read_anew_are_the_same(self, code: str) -> None:
        known = presets(code)
        presets.cache_clear()

        anew = presets(code)

        assert anew is not known
        assert anew.own() == known.own()
        assert (anew.code, anew.name, anew.zone) == (known.code, known.name, known.zone)
        assert anew.holiday_country == known.holiday_country

    def test_keep_a_floor_and_a_treaty(self) -> None:
        (plain,) = changed("value: 45", "value: 45").own()
        (floor,) = changed("      note:", "      floor: true\n      note:").own()
        (treaty,) = changed("extends: coe", "extends: coe\ntreaty: true").own()

        assert (plain.is_floor, floor.is_floor) == (False, True)
        assert (plain.is_treaty, treaty.is_treaty) == (False, True)

    def test_take_a_length_of_nothing_for_other_values(self) -> None:
        other = FILE.replace("recovery_period_min", "risk_review").replace("45", "0")

        assert read(other, file="xx.yaml").value("risk_review", TODAY).number == 0

    def test_have_a_value_only_on_its_days(self) -> None:
        text = FILE.replace("recovery_period_min", "early_alert_of_nobody")

        assert not presets("coe").has("early_alert_of_nobody", TODAY)
        assert presets("coe").has("recovery_period_min", TODAY)
        assert "early_alert_of_nobody" in text


class TestLabels:
    def test_say_what_is_known_and_spell_out_the_rest(self) -> None:
        for name, (_kind, words) in NAMES.items():
            assert label_of(name) == words
        assert label_of("a_word_of_nobody") == "A word of nobody"


class TestPages:
    def test_are_written_anew_and_others_taken_away(self, tmp_path: Path) -> None:
        target = tmp_path / "not" / "there"
        write(FOLDER, target)
        (target / "R99.md").write_text("a rule that is no more", encoding="utf-8")
        (target / "picture.png").write_bytes(b"kept")

        write(FOLDER, target)

        assert (target / "picture.png").read_bytes() == b"kept"
        pages = {page.name: page.read_text(encoding="utf-8") for page in target.glob("*.md")}
        assert pages == WRITTEN


class TestScenario:
    def test_is_as_expected_with_answer_reason_and_remedy_together(self) -> None:
        file = FOLDER / "R25.yaml"
        found, faults = read_scenarios(file.read_text(encoding="utf-8"), file.name)
        told = replace(found[0], expect="broken", reason="a_reason", remedy="a_remedy")
        right = Finding("R25", Answer.BROKEN, "a_reason", "a_remedy", "Words.")

        assert faults == []
        assert told.is_as_expected(right)
        assert not told.is_as_expected(replace(right, answer=Answer.HOLDS))
        assert not told.is_as_expected(replace(right, reason="another"))
        assert not told.is_as_expected(replace(right, remedy="another"))
        assert not told.is_as_expected(replace(right, reason="another", remedy="another"))
        bare = replace(told, reason="", remedy="")
        assert bare.is_as_expected(replace(right, reason="another", remedy="another"))
        assert not bare.is_as_expected(replace(right, answer=Answer.HOLDS))


class TestNotCoarse:
    def test_names_the_field_and_the_remedy(self) -> None:
        fault = NotCoarse("month")

        assert fault.field == "month"
        assert str(fault) == "month is not a choice from its list. Choose one from the list."


class TestReview:
    @pytest.mark.parametrize(
        ("given", "months", "review"),
        [
            (date(2026, 3, 2), 12, date(2027, 3, 2)),
            (date(2026, 1, 31), 1, date(2026, 3, 1)),
            (date(2025, 11, 30), 3, date(2026, 3, 1)),
            (date(2025, 12, 31), 6, date(2026, 7, 1)),
            (date(2025, 10, 31), 1, date(2025, 12, 1)),
            (date(2025, 12, 5), 1, date(2026, 1, 5)),
            (date(2025, 11, 5), 1, date(2025, 12, 5)),
        ],
    )
    def test_moves_to_the_next_day_where_a_month_lacks_it(
        self, given: date, months: int, review: date
    ) -> None:
        assert review_on(given, months) == review
