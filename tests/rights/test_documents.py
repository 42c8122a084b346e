"""The catalogue of rules is written from the register and is current."""

import runpy
import sys
from datetime import date
from pathlib import Path

import pytest

from opennrm.rights.catalogue import days_in_force, rules_page
from opennrm.rights.registry import ENFORCED, RULES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rules.md"


class TestCatalogue:
    def test_is_current(self) -> None:
        renew = "python -m opennrm.rights.catalogue > docs/reference/rules.md"

        assert PAGE.read_text(encoding="utf-8") == rules_page(), f"Renew it: {renew}"

    def test_keeps_enforced_and_planned_rules_apart(self) -> None:
        enforced, planned = rules_page().split("## Planned, not enforced (64)")

        for name in RULES:
            assert (f"| {name} |" in enforced) == (name in ENFORCED)
            assert (f"| {name} |" in planned) == (name not in ENFORCED)

    def test_marks_how_far_each_source_was_checked(self) -> None:
        assert "CETS 197, art. 12(6) (knowledge)" in rules_page()

    def test_says_on_which_days_a_rule_stands(self) -> None:
        assert days_in_force(None, None) == "always"
        assert days_in_force(date(2026, 1, 1), None) == "from 2026-01-01"
        assert days_in_force(date(2026, 1, 1), date(2027, 1, 1)) == (
            "from 2026-01-01 until 2027-01-01"
        )

    def test_is_printed_by_the_module(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delitem(sys.modules, "opennrm.rights.catalogue")

        runpy.run_module("opennrm.rights.catalogue", run_name="__main__")

        assert capsys.readouterr().out == rules_page()
