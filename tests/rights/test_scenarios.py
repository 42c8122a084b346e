"""Every scenario written in plain sentences is answered as expected; every rule has all three."""

from pathlib import Path

import pytest

from opennrm.rights.findings import Answer
from opennrm.rights.registry import ENFORCED
from opennrm.rights.scenarios import Scenario, read_scenarios

FOLDER = Path(__file__).parents[2] / "src" / "opennrm" / "rights" / "told"


def scenarios() -> tuple[list[Scenario], list[str]]:
    """Read all scenarios, each with the rule its file is named for, and what is wrong."""
    good: list[Scenario] = []
    bad: list[str] = []
    for file in sorted(FOLDER.glob("*.yaml")):
        found, faults = read_scenarios(file.read_text(encoding="utf-8"), file.name)
        good.extend(found)
        bad.extend(faults)
    return good, bad


SCENARIOS, FAULTS = scenarios()


class TestScenarios:
    def test_are_all_in_order(self) -> None:
        assert FAULTS == []

    @pytest.mark.parametrize("scenario", SCENARIOS, ids=[f"{s.rule}: {s.name}" for s in SCENARIOS])
    def test_are_answered_as_expected(self, scenario: Scenario) -> None:
        finding = scenario.found()

        assert finding.answer == scenario.expect
        assert finding.rule == scenario.rule
        assert scenario.is_as_expected(finding), finding

    @pytest.mark.parametrize("rule", list(ENFORCED))
    def test_of_every_rule_show_all_three_answers(self, rule: str) -> None:
        expected = {scenario.expect for scenario in SCENARIOS if scenario.rule == rule}

        assert expected == {answer.value for answer in Answer}

    def test_belong_to_an_enforced_rule(self) -> None:
        assert {scenario.rule for scenario in SCENARIOS} == set(ENFORCED)

    def test_that_do_not_hold_say_why_and_what_to_do(self) -> None:
        for scenario in SCENARIOS:
            finding = scenario.found()
            if not finding.holds:
                assert finding.reason and finding.remedy, scenario.name
                assert finding.says.endswith("."), scenario.name
