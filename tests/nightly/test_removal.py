"""A sample of the removal test: the whole of it, rule by rule, is run by bin/nightly."""

import re
import subprocess
import sys

from opennrm.rights.registry import ENFORCED
from tests.house.tree import ROOT
from tests.nightly.recording import plain
from tests.nightly.removal import STRUCTURAL, first_difference

SAMPLE = ("R01", "R16", "R25", "R34", "R43", "R61")
SITUATIONS = [
    f"tests/casework/test_{name}.py"
    for name in ("service", "decision", "child_acts", "abroad", "hand_over")
]


class TestRemoval:
    def test_of_any_rule_of_a_sample_changes_what_a_use_case_does(self) -> None:
        answer = subprocess.run(
            [sys.executable, "-m", "tests.nightly.removal", *SAMPLE, "--battery", *SITUATIONS],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

        told = dict(re.findall(r"^(R\d\d)  (.*)$", answer.stdout, flags=re.MULTILINE))
        assert set(told) >= set(SAMPLE), answer.stdout[-2000:] + answer.stderr[-2000:]
        assert not [rule for rule, words in told.items() if "CHANGES NOTHING" in words]
        assert answer.returncode == 0

    def test_leaves_out_only_rules_that_are_kept_by_the_structure(self) -> None:
        assert set(STRUCTURAL) <= set(ENFORCED)
        assert all(reason.endswith(".") for reason in STRUCTURAL.values())


class TestDifference:
    def test_is_the_first_step_that_ends_otherwise(self) -> None:
        kept = [("recorded",), ("refused", "R25"), ("recorded",)]

        assert first_difference(kept, [("recorded",), ("recorded",)]) == (
            ("refused", "R25"),
            ("recorded",),
        )

    def test_is_a_step_more_than_before(self) -> None:
        assert first_difference([], [("recorded",)]) == (None, ("recorded",))

    def test_is_nothing_where_a_situation_only_breaks_off(self) -> None:
        assert first_difference([("recorded",), ("refused", "R25")], [("recorded",)]) is None

    def test_does_not_see_references(self) -> None:
        one, other = "9d1f1f6c-7f5b-4a0e-8f5e-0a4b8c1d2e3f", "00000000-0000-4000-8000-000000000000"

        assert plain({"to": one, "role": "CM"}) == plain({"to": other, "role": "CM"})
