"""Draws samples of a table, the very same samples as R draws for the same seed.

A published interval can then be checked to the last digit by anyone with another program. The
sources: the Mersenne Twister (Matsumoto, Nishimura 1998), seeded as R seeds it; binomial numbers
by inversion where the mean is below 30 and by algorithm BTPE above (Kachitvichyanukul, Schmeiser
1988, Communications of the ACM 31:216); multinomial numbers as one binomial after another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, repeat

import numpy as np
import numpy.typing as npt

from opennrm.statistics.estimation.subsets import Floats
from opennrm.statistics.estimation.tables import ListTable

_FIRST_SEED_ROUNDS = 50
_WORDS = 624
_STEP = 69069
_WORD = 0xFFFFFFFF
_TO_UNIT = 2.3283064365386963e-10
_BLOCK = 8192
_MEAN_OF_INVERSION = 30
_LONGEST_INVERSION = 110
_NEAR = 20

Uniform = Callable[[], float]


def uniform_numbers(seed: int) -> Uniform:
    """Give numbers between 0 and 1, as R's default generator gives them for this seed."""
    generator = np.random.MT19937()
    generator.state = {
        "bit_generator": "MT19937",
        "state": {"key": np.array(_words(seed), dtype=np.uint32), "pos": _WORDS},
    }
    blocks = (_unit(generator.random_raw(_BLOCK)) for _ in repeat(None))
    return chain.from_iterable(blocks).__next__


def samples_of(table: ListTable, times: int, seed: int) -> Floats:
    """Draw that many samples of as many people, each person by the shares observed."""
    uniform = uniform_numbers(seed)
    shares = [count / table.people for count in table.counts]
    chances = _chances(shares)
    drawn = np.zeros((times, 1 << len(table.lists)))
    places = list(table.masks)
    for sample in drawn:
        sample[places] = multinomial(table.people, chances, uniform)
    return drawn


def multinomial(people: int, chances: Sequence[float], uniform: Uniform) -> list[int]:
    """Share people over cells; each chance is that of a cell among those not yet done."""
    drawn = [0] * len(chances)
    left = people
    for place, chance in enumerate(chances):
        drawn[place] = binomial(left, chance, uniform) if chance < 1 else left
        left -= drawn[place]
        if not left:
            break
    return drawn


def binomial(trials: int, chance: float, uniform: Uniform) -> int:
    """Draw how many of the trials succeed."""
    rare = min(chance, 1 - chance)
    inverted = trials * rare < _MEAN_OF_INVERSION
    drawn = (_by_inversion if inverted else _by_rejection)(trials, rare, uniform)
    return trials - drawn if chance > 0.5 else drawn


def _by_inversion(trials: int, rare: float, uniform: Uniform) -> int:
    odds = rare / (1 - rare)
    growth = odds * (trials + 1)
    none = (1 - rare) ** trials
    while True:
        left, drawn, share = uniform(), 0, none
        while left >= share and drawn <= _LONGEST_INVERSION:
            left -= share
            drawn += 1
            share *= growth / drawn - odds
        if drawn <= _LONGEST_INVERSION:
            return drawn


@dataclass(slots=True)
class _Hat:
    """The shape under which BTPE throws: a triangle, two strips beside it, two tails."""

    trials: int
    rare: float

    def throw(self, uniform: Uniform) -> int:
        """Throw until one throw lies under the binomial curve."""
        self._measure()
        while True:
            across, up = uniform() * self.with_right, uniform()
            if across <= self.half:
                return int(self.middle - self.half * up + across)
            drawn, height = self._beside(across, up)
            if height > 0 and 0 <= drawn <= self.trials and self._under(drawn, height):
                return drawn

    mode: int = 0
    middle: float = 0.0
    half: float = 0.0
    spread: float = 0.0
    left: float = 0.0
    right: float = 0.0
    left_rate: float = 0.0
    right_rate: float = 0.0
    strip: float = 0.0
    with_strips: float = 0.0
    with_left: float = 0.0
    with_right: float = 0.0

    def _measure(self) -> None:
        usual = 1 - self.rare
        mean = self.trials * self.rare
        peak = mean + self.rare
        self.mode = int(peak)
        self.spread = mean * usual
        self.half = int(2.195 * math.sqrt(self.spread) - 4.6 * usual) + 0.5
        self.middle = self.mode + 0.5
        self.left, self.right = self.middle - self.half, self.middle + self.half
        self.strip = 0.134 + 20.5 / (15.3 + self.mode)
        self.left_rate = _rate((peak - self.left) / (peak - self.left * self.rare))
        self.right_rate = _rate((self.right - peak) / (self.right * usual))
        self.with_strips = self.half * (1 + self.strip + self.strip)
        self.with_left = self.with_strips + self.strip / self.left_rate
        self.with_right = self.with_left + self.strip / self.right_rate

    def _beside(self, across: float, up: float) -> tuple[int, float]:
        """Where a throw beside the triangle landed, and how high; height 0 is a miss."""
        if across <= self.with_strips:
            place = self.left + (across - self.half) / self.strip
            height = up * self.strip + 1 - abs(self.middle - place) / self.half
            return int(place), height if height <= 1 else 0.0
        if across > self.with_left:
            drawn = int(self.right - math.log(up) / self.right_rate)
            return drawn, up * (across - self.with_left) * self.right_rate
        drawn = int(self.left + math.log(up) / self.left_rate)
        return drawn, up * (across - self.with_strips) * self.left_rate

    def _under(self, drawn: int, height: float) -> bool:
        """Whether a throw lies under the curve, by the cheapest test that settles it."""
        away = abs(drawn - self.mode)
        if away <= _NEAR or away >= self.spread / 2 - 1:
            return height <= self._ratio(drawn)
        log_height = math.log(height)
        slack = (away / self.spread) * (
            (away * (away / 3 + 0.625) + 0.1666666666666) / self.spread + 0.5
        )
        normal = -away * away / (2 * self.spread)
        if log_height < normal - slack:
            return True
        return log_height <= normal + slack and log_height <= self._log_ratio(drawn)

    def _ratio(self, drawn: int) -> float:
        """The chance of a number over that of the most likely one, factor by factor."""
        odds = self.rare / (1 - self.rare)
        growth = odds * (self.trials + 1)
        low, high = sorted((self.mode, drawn))
        ratio = 1.0
        for number in range(low + 1, high + 1):
            factor = growth / number - odds
            ratio = ratio * factor if drawn > self.mode else ratio / factor
        return ratio

    def _log_ratio(self, drawn: int) -> float:
        """The same by Stirling's series, with the signs of the paper."""
        up, top = drawn + 1.0, self.mode + 1.0
        rest, down = self.trials + 1.0 - self.mode, self.trials - drawn + 1.0
        return (
            self.middle * math.log(top / up)
            + (self.trials - self.mode + 0.5) * math.log(rest / down)
            + (drawn - self.mode) * math.log(down * self.rare / (up * (1 - self.rare)))
            + sum(_stirling(one) for one in (top, rest, up, down))
        )


def _by_rejection(trials: int, rare: float, uniform: Uniform) -> int:
    return _Hat(trials, rare).throw(uniform)


def _rate(slope: float) -> float:
    return slope * (1 + 0.5 * slope)


def _stirling(number: float) -> float:
    square = number * number
    series = 13860 - (462 - (132 - (99 - 140 / square) / square) / square) / square
    return series / number / 166320


def _chances(shares: Sequence[float]) -> list[float]:
    """The chance of each cell among the cells not yet done, exactly, then rounded once."""
    left = sum(map(Fraction, shares), Fraction(0))
    chances = []
    for share in shares[:-1]:
        chances.append(float(Fraction(share) / left))
        left -= Fraction(share)
    return [*chances, 1.0]


def _words(seed: int) -> list[int]:
    word = seed & _WORD
    for _ in range(_FIRST_SEED_ROUNDS):
        word = (_STEP * word + 1) & _WORD
    words = []
    for _ in range(_WORDS + 1):
        word = (_STEP * word + 1) & _WORD
        words.append(word)
    return words[1:]


def _unit(words: npt.NDArray[np.uint64]) -> list[float]:
    numbers = words.astype(float) * _TO_UNIT
    inside: list[float] = np.clip(numbers, 0.5 * _TO_UNIT, 1.0 - 0.5 * _TO_UNIT).tolist()
    return inside
