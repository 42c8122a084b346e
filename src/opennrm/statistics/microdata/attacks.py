"""Attacks on microdata: what can be learnt of those inside but not of those kept outside.

Singling out, linking and inferring after Giomi, Boenisch, Wehmeyer and Tasnadi (2022); copied
rows and membership of our own. In each an empty value is a value: the pattern of what is not
known can give somebody away. Each attack is made on rows that went in (`inside`) and on as many
that did not (`outside`); only the difference is a risk.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy.stats import hypergeom, norm  # type: ignore[import-untyped]

from opennrm.statistics.microdata.schema import Codes

ATTACKS = 10_000
_COLUMNS_KNOWN = 4
_BLOCK = 500
_FEW = 2
_CLOSE = (1, 3, 8)
_DEALS = 20_000
_LEAST_RATE = 0.01
_HIGHEST_NUMBER = 2**62
_MOST_GROUPS = 200
_MOST_ROWS = 20_000
Numbers = npt.NDArray[np.int64]
Likeness = npt.NDArray[np.float32]
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True)
class Tried:
    """How often an attack succeeded inside and outside, out of how many tries on either side."""

    inside: int
    outside: int
    tries: int
    tries_outside: int

    def __add__(self, other: Tried) -> Tried:
        """Both attempts together."""
        return Tried(
            self.inside + other.inside,
            self.outside + other.outside,
            self.tries + other.tries,
            self.tries_outside + other.tries_outside,
        )

    @property
    def within(self) -> float:
        """The share of tries inside that succeeded."""
        return self.inside / max(self.tries, 1)

    @property
    def without(self) -> float:
        """The share of tries outside that succeeded."""
        return self.outside / max(self.tries_outside, 1)

    @property
    def excess(self) -> float:
        """How much more often it succeeds on those inside."""
        return self.within - self.without

    @property
    def ratio(self) -> float:
        """How many times as often it succeeds on those inside; 1 where it never does."""
        if not self.outside:
            return 1.0 if not self.inside else math.inf
        return self.within / self.without

    @property
    def chance(self) -> float:
        """How often chance alone puts so many successes inside, if who was inside plays no part.

        Fisher's exact test, one-sided: the rows were dealt to the two sides at random.
        """
        among, hits = self.tries + self.tries_outside, self.inside + self.outside
        return float(hypergeom.sf(self.inside - 1, among, hits, self.tries))

    @property
    def highest(self) -> float:
        """The upper limit of the risk, at 95 percent of certainty.

        The risk is the excess as a share of what was left to be found out.
        """
        first, width = _wilson(self.inside, self.tries)
        second, beside = _wilson(self.outside, self.tries_outside)
        left = max(1 - second, 1e-9)
        slope = (first - 1) / left**2
        spread = math.hypot(width / left, slope * beside)
        return float(min(1.0, max(0.0, (first - second) / left + spread)))


@dataclass(frozen=True)
class Copies:
    """Rows that hardly anybody shares: whose they are, and whether they came back word for word.

    `kind` puts rows together that chance alone brings back about as often.
    """

    alone: Tried
    inside: npt.NDArray[np.bool_]
    back: npt.NDArray[np.bool_]
    kind: Numbers

    def __add__(self, other: Copies) -> Copies:
        """Both attempts together."""
        return Copies(
            self.alone + other.alone,
            np.concatenate([self.inside, other.inside]),
            np.concatenate([self.back, other.back]),
            np.concatenate([self.kind, other.kind]),
        )

    def chance(self, random: np.random.Generator) -> float:
        """How often chance alone would bring back so many of those inside.

        A permutation test: within each kind, who was inside is dealt anew. A row that seldom
        comes back by chance counts for more.
        """
        found, dealt = 0.0, np.zeros(_DEALS)
        for kind in np.unique(self.kind):
            these = self.kind == kind
            inside, back = self.inside[these], self.back[these]
            weight = 1 / (back.mean() + _LEAST_RATE)
            came = int(back.sum()), int((~back).sum())
            found += weight * int((inside & back).sum())
            dealt += weight * random.hypergeometric(*came, int(inside.sum()), _DEALS)
        return float((1 + (dealt >= found - 1e-9).sum()) / (1 + _DEALS))


def singling_out(
    inside: Codes, outside: Codes, published: Codes, random: np.random.Generator
) -> Tried:
    """Describe a published row by four values that no other has; succeed if one person fits.

    Rows that are alike count once on every side, and no description is tried twice.
    """
    inside, outside, published = (np.unique(one, axis=0) for one in (inside, outside, published))
    width = published.shape[1]
    known = min(_COLUMNS_KNOWN, width)
    groups = _groups(width, known, random)
    found = [_alone(group, published, inside, outside) for group in groups]
    outcomes = _sample(np.concatenate(found), ATTACKS, random)
    return Tried(int(outcomes[:, 0].sum()), int(outcomes[:, 1].sum()), *[len(outcomes)] * 2)


def linking(
    inside: Codes,
    outside: Codes,
    published: Codes,
    known: tuple[Sequence[int], Sequence[int]],
    neighbours: int,
    random: np.random.Generator,
) -> Tried:
    """Know a person's answers in two files apart; succeed when the same row is next to both."""
    published = _sample(published, _MOST_ROWS, random)
    tries = min(ATTACKS // 2, len(inside), len(outside))
    hits = []
    for people in (inside, outside):
        chosen = _sample(people, tries, random)
        first, second = (
            np.concatenate(list(_nearest(chosen[:, part], published[:, part], neighbours)))
            for part in known
        )
        hits.append(sum(not set(a).isdisjoint(b) for a, b in zip(first, second, strict=True)))
    return Tried(hits[0], hits[1], tries, tries)


def inferring(
    inside: Codes, outside: Codes, published: Codes, secret: int, random: np.random.Generator
) -> Tried:
    """Know all other answers of a person; guess the secret one from the row next to her."""
    published = _sample(published, _MOST_ROWS, random)
    others = [at for at in range(inside.shape[1]) if at != secret]
    tries = min(ATTACKS, len(inside), len(outside))
    hits = []
    for people in (inside, outside):
        chosen = _sample(people, tries, random)
        nearest = np.concatenate(list(_nearest(chosen[:, others], published[:, others], 1)))
        hits.append(int((published[nearest[:, 0], secret] == chosen[:, secret]).sum()))
    return Tried(hits[0], hits[1], tries, tries)


def copied(inside: Codes, outside: Codes, published: Codes, random: np.random.Generator) -> Copies:
    """Look for rows that one or two persons have: whether they come back word for word."""
    keys = _keys(inside, outside, published)
    number = max(int(one.max()) for one in keys) + 1
    persons = np.bincount(np.concatenate(keys[:2]), minlength=number)
    came = np.bincount(keys[2], minlength=number) > 0
    alone = [one[persons[one] == 1] for one in keys[:2]]
    tried = Tried(*(int(came[one].sum()) for one in alone), *(len(one) for one in alone))
    near, sides = _sample(published, _MOST_ROWS, random), []
    for people, key in zip((inside, outside), keys[:2], strict=True):
        few = _sample(np.flatnonzero(persons[key] <= _FEW), ATTACKS // 2, random)
        close = np.concatenate(
            [_close(block, people.shape[1]) for block in _likenesses(people[few], near)]
        )
        sides.append((came[key[few]], persons[key[few]] * (len(_CLOSE) + 1) + close))
    return Copies(
        tried,
        np.repeat([True, False], [len(back) for back, _kind in sides]),
        np.concatenate([back for back, _kind in sides]),
        np.concatenate([kind for _back, kind in sides]),
    )


def membership(
    inside: Codes, outside: Codes, published: Codes, random: np.random.Generator
) -> tuple[Likeness, Likeness]:
    """How many answers a person shares with the published row next to her: inside, and outside."""
    published = _sample(published, _MOST_ROWS, random)
    of_in, of_out = (
        np.concatenate(list(_likeness(_sample(people, ATTACKS // 2, random), published)))
        for people in (inside, outside)
    )
    return of_in, of_out


def _groups(width: int, known: int, random: np.random.Generator) -> Sequence[tuple[int, ...]]:
    """Which columns somebody may know together: all sets of them, or two hundred at random."""
    if math.comb(width, known) <= _MOST_GROUPS:
        return list(combinations(range(width), known))
    drawn = (random.choice(width, known, replace=False) for _ in range(_MOST_GROUPS))
    return list({tuple(sorted(int(at) for at in one)) for one in drawn})


def _close(likenesses: npt.NDArray[np.float32], width: int) -> Numbers:
    """How many published rows differ from each row in one answer, in four steps."""
    differ_in_one = (likenesses == width - 1).sum(axis=1)
    steps = np.searchsorted(_CLOSE, differ_in_one, side="right")
    return np.asarray(steps, dtype=np.int64)


def _alone(
    columns: Sequence[int], published: Codes, inside: Codes, outside: Codes
) -> npt.NDArray[np.bool_]:
    """For each published row that no other is like in these columns: who fits exactly one."""
    keys = _keys(*(one[:, list(columns)] for one in (published, inside, outside)))
    number = max(int(one.max()) for one in keys) + 1
    made, *people = (np.bincount(one, minlength=number) for one in keys)
    return np.column_stack([one[made == 1] == 1 for one in people])


def _sample(rows: npt.NDArray[Kind], size: int, random: np.random.Generator) -> npt.NDArray[Kind]:
    return rows if len(rows) <= size else rows[random.choice(len(rows), size, replace=False)]


def _keys(*parts: Codes) -> list[Numbers]:
    """A number for each row of each part, alike where the rows are alike."""
    rows = np.concatenate(parts)
    numbers, span = np.zeros(len(rows), np.int64), 1
    for column in rows.T:
        size = int(column.max()) + 1
        if span * size > _HIGHEST_NUMBER:
            numbers = _counted(numbers)
            span = int(numbers.max()) + 1
        numbers, span = numbers * size + column, span * size
    return np.split(_counted(numbers), np.cumsum([len(one) for one in parts[:-1]]))


def _counted(numbers: Numbers) -> Numbers:
    """The same numbers from zero on, without gaps."""
    return np.unique(numbers, return_inverse=True)[1].ravel()


def _nearest(sought: Codes, among: Codes, number: int) -> Iterator[Numbers]:
    """The published rows next to each row, a block of rows at a time."""
    for block in _likenesses(sought, among):
        if number == 1:
            yield block.argmax(axis=1)[:, None]
        else:
            yield np.argpartition(-block, number, axis=1)[:, :number]


def _likeness(sought: Codes, among: Codes) -> Iterator[npt.NDArray[np.float32]]:
    yield from (block.max(axis=1) for block in _likenesses(sought, among))


def _likenesses(sought: Codes, among: Codes) -> Iterator[npt.NDArray[np.float32]]:
    """How many answers each two rows share, a block of rows at a time."""
    sizes = np.maximum(sought.max(axis=0), among.max(axis=0)) + 1
    right = _spelled(among, sizes)
    for start in range(0, len(sought), _BLOCK):
        yield _spelled(sought[start : start + _BLOCK], sizes) @ right.T


def _spelled(rows: Codes, sizes: npt.NDArray[np.int16]) -> npt.NDArray[np.float32]:
    """A one for each value that a row has."""
    starts = np.concatenate([[0], np.cumsum(sizes[:-1], dtype=np.int64)])
    spelled = np.zeros((len(rows), int(sizes.sum(dtype=np.int64))), np.float32)
    spelled[np.arange(len(rows))[:, None], rows + starts] = 1
    return spelled


def _wilson(hits: int, tries: int) -> tuple[float, float]:
    """The middle and half width of the interval of Wilson (1927), at 95 percent."""
    z = float(norm.ppf(0.975))
    share = hits / max(tries, 1)
    below = 1 + z * z / max(tries, 1)
    middle = (share + z * z / (2 * max(tries, 1))) / below
    spread = share * (1 - share) / max(tries, 1) + (z / (2 * max(tries, 1))) ** 2
    return middle, z * math.sqrt(spread) / below
