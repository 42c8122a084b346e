"""The page of security figures says what was measured and nothing else."""

import pytest

from tests.nightly import security
from tests.nightly.figures import FIGURES, PAGE, kept, page
from tests.nightly.security import KILLED, PARTS, Failed


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


class TestKills:
    """Counted in homes of their own, each kept as it ends."""

    def kills(self, monkeypatch, tmp_path, **found: int) -> dict[str, int]:
        none = {"lost": 0, "half": 0, "broken_links": 0}
        whole = {**dict.fromkeys(KILLED, 25), "slowest_start_s": 2, **none, **found}
        monkeypatch.setattr(security, "ROOT", tmp_path)
        monkeypatch.setattr(security, "SHARE", 0.1)
        monkeypatch.setattr(security, "machine", lambda words: whole)
        return security.kills()["kills"]

    def test_are_added_up(self, monkeypatch, tmp_path):
        told = self.kills(monkeypatch, tmp_path)

        assert (told["kills_of_worker"], told["homes"], told["slowest_start_s"]) == (50, 2, 2)

    @pytest.mark.parametrize("what", ["lost", "half", "broken_links"])
    def test_that_lost_something_did_not_hold(self, monkeypatch, tmp_path, what):
        with pytest.raises(Failed):
            self.kills(monkeypatch, tmp_path, **{what: 1})
