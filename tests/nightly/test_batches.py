"""Batches are kept as they end: a night cut short is gone on with, a whole one begins anew."""

import pytest

from tests.nightly import batches
from tests.nightly.batches import in_batches


def ran(size, seed):
    return {"steps": size, "by": seed}


class TestBatches:
    def test_are_gone_on_with_after_one_that_failed(self, tmp_path, monkeypatch):
        monkeypatch.setattr(batches, "AT_ONCE", 1)

        def fails_once(size, seed):
            if size == 3:
                raise ValueError
            return ran(size, seed)

        with pytest.raises(ValueError):
            in_batches(tmp_path / "kept", [1, 2, 3], fails_once)
        assert (tmp_path / "kept").exists()

        again: list[int] = []
        done = in_batches(
            tmp_path / "kept", [1, 2, 3], lambda size, seed: again.append(size) or ran(size, seed)
        )

        assert again == [3]
        assert [one["steps"] for one in done] == [1, 2, 3]
        assert len({one["seed"] for one in done}) == 3

    def test_begin_anew_once_all_were_run(self, tmp_path):
        in_batches(tmp_path / "kept", [1, 2], ran)

        assert not (tmp_path / "kept").exists()

    def test_are_not_begun_after_the_time_is_over(self, tmp_path, monkeypatch):
        monkeypatch.setattr(batches, "MINUTES", -1)

        assert in_batches(tmp_path / "kept", [1, 2], ran) == []
