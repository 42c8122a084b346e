"""The page of state diagrams is drawn from the table of moves and is current."""

import runpy
import sys
from pathlib import Path

import pytest

from opennrm.lifecycle.diagrams import state_diagrams
from opennrm.lifecycle.moves import MOVES
from opennrm.lifecycle.tracks import TRACKS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "state-diagrams.md"


class TestStateDiagrams:
    def test_are_current(self) -> None:
        renew = "python -m opennrm.lifecycle.diagrams > docs/reference/state-diagrams.md"

        assert PAGE.read_text(encoding="utf-8") == state_diagrams(), f"Renew it: {renew}"

    def test_name_every_move_and_every_state(self) -> None:
        page = state_diagrams()

        assert all(move.label in page for move in MOVES)
        assert all(state.replace("-", "_") in page for t in TRACKS for state in t.states)

    def test_hold_no_label_that_breaks_a_diagram(self) -> None:
        drawn = [line for line in state_diagrams().splitlines() if "-->" in line]

        assert drawn
        assert not [line for line in drawn if line.count(":") > 1 or ";" in line]

    def test_are_printed_by_the_module(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delitem(sys.modules, "opennrm.lifecycle.diagrams")

        runpy.run_module("opennrm.lifecycle.diagrams", run_name="__main__")

        assert capsys.readouterr().out == state_diagrams()
