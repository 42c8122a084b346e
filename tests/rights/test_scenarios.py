"""Every scenario written in plain sentences is answered as expected; every rule has all three."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from opennrm.rights.findings import Answer
from opennrm.rights.registry import ENFORCED, ask
from opennrm.rights.scenarios import situation_of

FOLDER = Path(__file__).parent / "scenarios"


def scenarios() -> list[tuple[str, dict[str, Any]]]:
    """Read all scenarios, each with the rule its file is named for."""
    return [
        (file.stem, scenario)
        for file in sorted(FOLDER.glob("*.yaml"))
        for scenario in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


SCENARIOS = scenarios()


class TestScenarios:
    @pytest.mark.parametrize(
        ("rule", "scenario"), SCENARIOS, ids=[f"{r}: {s['name']}" for r, s in SCENARIOS]
    )
    def test_are_answered_as_expected(self, rule: str, scenario: dict[str, Any]) -> None:
        finding = ask(rule, situation_of(scenario["situation"]), scenario["day"])

        assert finding.answer == scenario["expect"]
        assert finding.rule == rule
        assert finding.remedy == scenario.get("remedy", finding.remedy)

    @pytest.mark.parametrize("rule", list(ENFORCED))
    def test_of_every_rule_show_all_three_answers(self, rule: str) -> None:
        expected = {scenario["expect"] for name, scenario in SCENARIOS if name == rule}

        assert expected == {answer.value for answer in Answer}

    def test_belong_to_an_enforced_rule(self) -> None:
        assert {name for name, _ in SCENARIOS} == set(ENFORCED)

    def test_that_do_not_hold_say_why_and_what_to_do(self) -> None:
        for rule, scenario in SCENARIOS:
            finding = ask(rule, situation_of(scenario["situation"]), scenario["day"])
            if not finding.holds:
                assert finding.reason and finding.remedy, scenario["name"]
                assert finding.says.endswith("."), scenario["name"]
