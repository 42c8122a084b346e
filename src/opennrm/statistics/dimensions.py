"""What a table can be broken down by: closed lists of levels, nested or several at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

Answer = str | frozenset[str] | None
"""One coded answer: a level, several levels where the dimension allows it, or nothing."""

Cell = tuple[tuple[str, str], ...]
"""A cell: the dimensions that are fixed and their level, in name order; a total fixes none."""


class Missing(Enum):
    """Why a level says nothing about the person; none of these is a zero."""

    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


class UnknownCode(ValueError):
    """A coded answer that the dimension's closed list does not hold."""


@dataclass(frozen=True)
class Level:
    """One value of a dimension; `within` names the level it is a part of, if any."""

    code: str
    label: str
    missing: Missing | None = None
    within: str | None = None


@dataclass(frozen=True)
class Dimension:
    """A closed list of levels; with `multiple`, one person may stand in several of them.

    `finer` is the full list that a coarser one was cut from; answers are given in its codes.
    """

    name: str
    label: str
    levels: tuple[Level, ...]
    multiple: bool = False
    finer: Dimension | None = None

    def __post_init__(self) -> None:
        """Refuse lists that could not be counted."""
        if len(self.by_code) != len(self.levels):
            raise UnknownCode(f"{self.name}: a level is listed twice; list each code once.")
        parents = {level.within for level in self.levels if level.within}
        if parents - self.by_code.keys():
            raise UnknownCode(f"{self.name}: {sorted(parents - self.by_code.keys())} not listed.")
        if parents and self.multiple:
            raise UnknownCode(f"{self.name}: levels cannot be both nested and overlapping.")

    @cached_property
    def by_code(self) -> dict[str, Level]:
        """The levels by their code."""
        return {level.code: level for level in self.levels}

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The codes a person can be given: levels that no other level is a part of."""
        parents = {level.within for level in self.levels}
        return tuple(level.code for level in self.levels if level.code not in parents)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The codes that mean that nothing is known."""
        return tuple(level.code for level in self.levels if level.missing)

    def parts_of(self, code: str | None) -> tuple[str, ...]:
        """The levels that add up to this one (to the total, for None)."""
        return tuple(level.code for level in self.levels if level.within == code)

    def groups(self) -> Iterator[str | None]:
        """Every level that is the sum of others, the total first."""
        yield None
        yield from (level.code for level in self.levels if self.parts_of(level.code))

    def path(self, code: str) -> tuple[str, ...]:
        """The level and everything it is a part of, without the total."""
        level = self.by_code[code]
        return (code, *self.path(level.within)) if level.within else (code,)

    def coarse(self) -> Dimension:
        """The same dimension, cut to its outermost levels."""
        top = tuple(level for level in self.levels if level.within is None)
        return Dimension(self.name, self.label, top, self.multiple, finer=self)

    def limited_to(self, codes: frozenset[str]) -> Dimension:
        """The same dimension with only these levels, and those they are a part of."""
        keep = {step for code in codes & self.by_code.keys() for step in self.path(code)}
        levels = tuple(level for level in self.levels if level.code in keep)
        return Dimension(self.name, self.label, levels, self.multiple)

    def reached_by(self, answer: Answer) -> tuple[str, ...]:
        """The levels, without the total, in which a person with this answer is counted.

        :raises UnknownCode: when the answer is not on the closed list.
        """
        if answer is None or answer == frozenset():
            answer = self._unknown()
        codes = (answer,) if isinstance(answer, str) else tuple(sorted(answer))
        if not self.multiple and len(codes) > 1:
            raise UnknownCode(f"{self.name}: several answers, but only one is possible.")
        codes = self._without_missing(codes)
        return tuple(level for code in codes for level in self._known_path(code))

    def _unknown(self) -> str:
        """The level of persons of whom this is not known."""
        for level in self.levels:
            if level.missing is Missing.UNKNOWN:
                return level.code
        raise UnknownCode(f"{self.name}: an answer is empty; give the code for unknown.")

    def _without_missing(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Drop 'unknown' where something is known beside it; never count it twice."""
        known = tuple(code for code in codes if code not in self.missing)
        return known or codes[:1]

    def _known_path(self, code: str) -> tuple[str, ...]:
        """The path of a code, or a refusal that says what to do."""
        if self.finer:
            return tuple(step for step in self.finer._known_path(code) if step in self.by_code)
        if code not in self.by_code:
            raise UnknownCode(f"{self.name}: {code!r} is not on its list; add it or recode it.")
        return self.path(code)


@dataclass(frozen=True)
class TableShape:
    """A table by name: its dimensions, each with its total, and so all its margins."""

    name: str
    dimensions: tuple[Dimension, ...]

    def dimension(self, name: str) -> Dimension:
        """One dimension of this table by name."""
        return next(one for one in self.dimensions if one.name == name)


def cell(**levels: str | None) -> Cell:
    """Name a cell by its fixed levels.

    >>> cell(sex="female", age=None)
    (('sex', 'female'),)
    """
    return tuple(sorted((name, code) for name, code in levels.items() if code is not None))
