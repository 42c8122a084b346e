"""The page of security figures says what was measured and nothing else."""

from tests.nightly.figures import FIGURES, PAGE, kept, page
from tests.nightly.security import PARTS


class TestThePageOfFigures:
    def test_is_what_was_kept(self):
        """Run `python -m tests.nightly.security` to renew it."""
        assert PAGE.read_text(encoding="utf-8") == page()

    def test_says_not_run_of_all_that_was_not(self):
        lines = PAGE.read_text(encoding="utf-8").splitlines()
        silent = [one for one in FIGURES if one.name not in kept()]

        for figure in silent:
            assert any(figure.title in line and "| not run |" in line for line in lines)

    def test_holds_nothing_that_failed(self):
        assert [name for name, entry in kept().items() if not entry["held"]] == []

    def test_has_parts_to_run(self):
        assert {"attacker", "power", "kills", "canaries"} <= set(PARTS)
