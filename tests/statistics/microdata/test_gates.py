"""The gates close on planted leaks and on copies, and open for what is made under noise."""

import os
from dataclasses import replace

import numpy as np
import pytest

from opennrm.statistics.microdata import MicrodataRefused, attack, promise_of, rehearse
from opennrm.statistics.microdata.attacks import Copies, Tried
from opennrm.statistics.microdata.gates import adjusted
from opennrm.statistics.microdata.noise import scale_for
from opennrm.statistics.microdata.settings import SMALL
from tests.statistics.microdata.invented import EIGHT, SCHEMA, people

# bin/nightly makes 10,000 attacks of each kind.
SIZE = 10_000 if "OPENNRM_HISTORIES" in os.environ else 2_500
INSIDE, OUTSIDE, OTHERS = people(SIZE, 1), people(SIZE, 2), people(SIZE, 3)


def leaking(share: float) -> np.ndarray:
    """Other invented persons, among whom a share are word for word those inside."""
    leaked = int(SIZE * share)
    return np.concatenate([INSIDE[:leaked], OTHERS[leaked:]])


class TestAttack:
    @pytest.mark.parametrize("share", [0.05, 0.20])
    def test_finds_a_planted_leak(self, share):
        found = attack(INSIDE, OUTSIDE, leaking(share), SCHEMA)

        assert not found.passed
        assert "copied_rows" in {one.name for one in found.failures}

    def test_finds_nothing_where_nobody_leaked(self):
        found = attack(INSIDE, OUTSIDE, OTHERS, SCHEMA)

        assert found.failures == ()

    def test_finds_a_file_that_was_copied_whole_by_every_attack(self):
        failed = {one.name for one in attack(INSIDE, OUTSIDE, INSIDE, SCHEMA).failures}

        assert {"copied_rows", "membership", "linkability_1"} <= failed
        assert any(name.startswith("inference_") for name in failed)

    def test_refuses_an_attack_without_anybody(self):
        with pytest.raises(MicrodataRefused, match="rows kept out"):
            attack(INSIDE, OUTSIDE[:0], OTHERS, SCHEMA)


class TestChance:
    def test_does_not_explain_rare_rows_that_come_back_on_one_side_only(self):
        inside = np.repeat([True, False], 300)
        back = np.zeros(600, dtype=bool)
        back[[0, 1, 2, 3, 4, 5, 6]] = True
        alone = Tried(7, 0, 300, 300)

        found = Copies(alone, inside, back, np.zeros(600, np.int64))

        assert found.chance(np.random.default_rng(0)) < 0.02

    def test_explains_as_many_on_either_side(self):
        inside = np.repeat([True, False], 300)
        back = np.tile(np.arange(300) < 7, 2)
        alone = Tried(7, 7, 300, 300)

        found = Copies(alone, inside, back, np.zeros(600, np.int64))

        assert found.chance(np.random.default_rng(0)) > 0.4

    def test_of_one_test_among_several_is_counted_among_them_all(self):
        assert adjusted([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


class TestRehearse:
    def test_lets_through_what_is_made_under_noise(self, monkeypatch):
        # The same noise and the same draws each time, so that this test does not fail by chance.
        random = np.random.default_rng(0)

        def noisy(counts, **given):
            drawn = np.rint(random.normal(0, scale_for(**given), counts.shape))
            return counts + drawn.astype(np.int64)

        for where in ("measuring", "looking"):
            monkeypatch.setattr(f"opennrm.statistics.microdata.{where}.noisy", noisy)

        found, made = rehearse(
            people(20_000, 4)[:, :8], EIGHT, promise_of(1.0), replace(SMALL, seed=0)
        )

        assert found.failures == ()
        assert found.published == len(made.rows)
