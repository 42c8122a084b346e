"""Scenarios of somebody else are read strictly: file, line and remedy for each fault."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from opennrm.rights import registry, scenarios
from opennrm.rights.scenarios import read_scenarios, situation_of

FILE = """\
- name: A shelter wants to refuse because she will not give a statement
  day: 2026-03-02
  situation: {kind: help, service: shelter, is_given: false, grounds: [statement]}
  expect: broken
  remedy: drop_ground
"""


@dataclass(frozen=True)
class Line:
    """One line of an invented situation."""

    amount: int
    paid_on: date | None = None


@dataclass(frozen=True)
class Bill:
    """An invented situation with records inside."""

    lines: tuple[Line, ...] | None
    marks: frozenset[str]
    first: Line | None = None


class TestReading:
    def test_takes_a_file_in_order(self) -> None:
        good, bad = read_scenarios(FILE, "folder/R01.yaml")

        assert bad == []
        assert [(one.rule, one.place) for one in good] == [("R01", "folder/R01.yaml:1")]
        assert good[0].is_as_expected(good[0].found())

    def test_takes_the_rule_a_scenario_names(self) -> None:
        good, bad = read_scenarios(FILE + "  rule: R02\n", "mine.yaml")

        assert bad == [] and good[0].rule == "R02"
        assert not good[0].is_as_expected(good[0].found())

    @pytest.mark.parametrize(
        ("old", "new", "line", "says"),
        [
            ("  day:", "  dya:", 2, "dya is no known key. Write day."),
            ("  day: 2026-03-02\n", "", 1, "day is missing. Add it."),
            ("2026-03-02", "yesterday", 2, "Write a day, such as 2026-03-02."),
            ("2026-03-02", "2026-03-02 10:00:00", 2, "Write a day, such as 2026-03-02."),
            ("expect: broken", "expect: brokn", 4, "brokn is no answer. Write broken."),
            ("kind: help", "kind: hlep", 3, "No kind hlep. Write help."),
            ("kind: help, ", "", 3, "Say which kind of situation this is."),
            ("is_given: false", "is_givn: false", 3, "is_givn is no known key. Write is_given."),
            ("service: shelter, ", "", 3, "service is missing. Add it."),
            ("is_given: false", "is_given: perhaps", 3, "Write true or false, or null"),
            ("[statement]", "statement", 3, "Write a list, such as [one, two]."),
            ("A shelter wants to refuse because she will not give a statement", '""', 1, "plain"),
            ("- name", "- rule: R99\n  name", 1, "R99 is no rule."),
            ("- name", "name", 3, "This is not YAML"),
        ],
    )
    def test_refuses_a_fault_with_its_line_and_remedy(
        self, old: str, new: str, line: int, says: str
    ) -> None:
        assert old in FILE

        good, bad = read_scenarios(FILE.replace(old, new, 1), "R01.yaml")

        assert good == [] and len(bad) == 1
        assert bad[0].startswith(f"R01.yaml:{line}: ") or "not YAML" in bad[0]
        assert says in bad[0]

    def test_refuses_a_rule_that_nothing_asks_yet(self, monkeypatch: pytest.MonkeyPatch) -> None:
        waiting = {**registry.RULES, "R01": replace(registry.RULES["R01"], check=None)}
        monkeypatch.setattr("opennrm.rights.scenarios.RULES", waiting)

        good, bad = read_scenarios(FILE, "R01.yaml")

        assert good == [] and "R01 is registered and not enforced yet." in bad[0]

    def test_refuses_a_place_that_is_not_there(self) -> None:
        told = (
            "- name: Nowhere\n  day: 2026-03-02\n  expect: holds\n"
            "  situation: {kind: recovery, jurisdiction: QQ, told_on: 2026-03-02,"
            " from_on: 2026-03-02, until_on: 2026-04-02}\n"
        )

        _, bad = read_scenarios(told, "R25.yaml")

        assert bad[0].startswith("R25.yaml:4: These facts tell no situation: No jurisdiction QQ.")

    def test_goes_on_after_a_fault(self) -> None:
        good, bad = read_scenarios(FILE.replace("broken", "breaks") + FILE, "R01.yaml")

        assert (len(good), len(bad)) == (1, 1)

    def test_refuses_a_file_that_belongs_to_no_rule(self) -> None:
        _, bad = read_scenarios(FILE, "mine.yaml")

        assert "mine is no rule. Name the file for its rule" in bad[0]

    def test_makes_records_and_sets_as_the_fields_ask(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(scenarios, "SITUATIONS", {"bill": Bill})

        made = situation_of(
            {"kind": "bill", "lines": [{"amount": 3}], "marks": ["a"], "first": {"amount": 1}}
        )

        assert made == Bill((Line(3),), frozenset({"a"}), Line(1))
