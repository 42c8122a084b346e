"""The pages on the rules are written from the register and the scenarios, and are current."""

import runpy
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from opennrm.rights.catalogue import days_in_force, index_page, pages, read_folder, rule_page
from opennrm.rights.registry import ENFORCED, RULES
from tests.rights.test_scenarios import FOLDER

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "rights"
RENEW = "python -m opennrm.rights.catalogue src/opennrm/rights/told docs/reference/rights"
TOLD = read_folder(FOLDER)
WRITTEN = pages(TOLD)


class TestPages:
    @pytest.mark.parametrize("name", list(RULES))
    def test_are_current(self, name: str) -> None:
        page = PAGES / f"{name}.md"

        written = rule_page(RULES[name], TOLD.get(name, ()))

        assert page.exists() and page.read_text(encoding="utf-8") == written, RENEW

    def test_of_all_rules_is_current(self) -> None:
        page = PAGES / "README.md"

        assert page.read_text(encoding="utf-8") == index_page(TOLD), RENEW

    def test_are_written_from_the_scenarios_of_the_folder(self) -> None:
        assert pages(read_folder(FOLDER)) == WRITTEN

    def test_are_there_for_nothing_else(self) -> None:
        assert {page.name for page in PAGES.iterdir()} == set(WRITTEN), RENEW

    def test_keep_enforced_and_other_rules_apart(self) -> None:
        enforced, others = WRITTEN["README.md"].split("## Registered, to live in another room")

        for name in RULES:
            assert (f"| [{name}]" in enforced) == (name in ENFORCED)
            assert (f"| [{name}]" in others) == (name not in ENFORCED)

    def test_mark_how_far_each_source_was_checked(self) -> None:
        marks = [f"{one.text} (" for one in RULES["R01"].sources]

        assert all(mark in WRITTEN["R01.md"] for mark in marks)
        assert "CETS 197, art. 12(6) (known, not read again" in WRITTEN["R01.md"]

    def test_say_what_each_scenario_was_answered(self) -> None:
        page = WRITTEN["R25.md"]

        assert "### Twenty-nine days are too short" in page
        assert "**Broken** (`period_too_short`, `lengthen_period`)" in page
        assert "- told on: not known" in page or "- told_on: not known" in page

    def test_say_on_which_days_a_rule_stands(self) -> None:
        assert days_in_force(None, None) == "always"
        assert days_in_force(date(2026, 1, 1), None) == "from 2026-01-01"
        assert days_in_force(date(2026, 1, 1), date(2027, 1, 1)) == (
            "from 2026-01-01 until 2027-01-01"
        )

    def test_of_rules_not_enforced_say_so(self) -> None:
        waiting = replace(RULES["R69"], check=None, enforced_at=(), lives_in="coordination")

        assert "it will be asked in the room `coordination`" in rule_page(waiting, ())

    def test_are_written_by_the_module(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "R99.md").write_text("a rule that is no more", encoding="utf-8")
        monkeypatch.delitem(sys.modules, "opennrm.rights.catalogue")
        monkeypatch.setattr(sys, "argv", ["catalogue", str(FOLDER), str(tmp_path)])

        runpy.run_module("opennrm.rights.catalogue", run_name="__main__")

        written = {page.name: page.read_text(encoding="utf-8") for page in tmp_path.iterdir()}
        assert written == WRITTEN
