"""The survey of 2005/06 is found again, figure by figure, from invented replies."""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from opennrm.coordination.surveys.published_2006 import FOUND, Survey, published, rebuilt
from opennrm.coordination.surveys.rebuilt_2006 import Verdict, beside_each_other
from opennrm.exchange.questionnaires.answer import Reply

LINES = beside_each_other(published(), rebuilt())
SOURCE = Path(__file__).parents[3] / "shared/reference/osce/survey-2006-results.csv"


class TestTheFigures:
    @pytest.mark.parametrize("line", LINES, ids=lambda line: line.result.number)
    def test_agree_with_the_published_or_stay_open(self, line: object) -> None:
        assert line.verdict in (Verdict.AGREES, Verdict.OPEN)  # type: ignore[attr-defined]

    def test_are_all_thirty_five_and_six_stay_open(self) -> None:
        still_open = [line.result.number for line in LINES if line.verdict is Verdict.OPEN]

        assert len(LINES) == 35
        assert still_open == ["S14", "S15", "S18", "S30", "S31", "S32"]
        assert set(FOUND) == {line.result.number for line in LINES} - set(still_open)

    def test_are_those_of_the_reference(self) -> None:
        if not SOURCE.exists():
            pytest.skip("the reference is not beside this checkout")
        with SOURCE.open(encoding="utf-8", newline="") as file:
            kept = {row["id"]: row["count"] for row in csv.DictReader(file)}

        ours = {one.number: str(one.count or "") for one in published()}

        assert ours == kept

    def test_follow_the_replies_and_not_the_published_table(self) -> None:
        survey = rebuilt()
        changed = tuple(
            _without_crime(one) if one.ref == "State 01" else one for one in survey.every
        )

        lines = beside_each_other(published(), Survey(changed, survey.questionnaire))

        (line,) = [one for one in lines if one.result.number == "S10"]
        assert line.figure is not None and line.figure.value == Decimal(42)
        assert line.verdict is Verdict.DIFFERS

    def test_differ_where_only_the_base_differs(self) -> None:
        survey = rebuilt()

        lines = beside_each_other(
            [replace(one, base=17) for one in published() if one.number == "S35"], survey
        )

        assert lines[0].verdict is Verdict.DIFFERS


def _without_crime(reply: Reply) -> Reply:
    answer = reply.answers["C1"]
    kept = tuple(code for code in answer.choices if code != "organised_crime")
    assert kept != answer.choices
    return replace(reply, answers={**reply.answers, "C1": replace(answer, choices=kept)})
