"""Records to be compared, and what each two of them agree on, field by field.

A folded name lives as long as one comparison of a set of records and is never stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import IntEnum

from opennrm.vocabulary.names.comparing import ALIKE, likeness
from opennrm.vocabulary.names.folding import fold


class Agreement(IntEnum):
    """How far two answers to one field agree."""

    NONE = 0
    NEAR = 1
    FULL = 2


@dataclass(frozen=True)
class Record:
    """What one record says of a person; an empty field was not given and tells nothing.

    `born` is YYYY-MM-DD, or YYYY where only the year is known.
    """

    key: str
    given: str = ""
    family: str = ""
    born: str = ""
    sex: str = ""
    nationality: str = ""
    place: str = ""
    document: str = ""
    mother: str = ""


FIELDS = tuple(one.name for one in fields(Record) if one.name != "key")
Pattern = tuple[Agreement | None, ...]
"""The agreement of each field, in order; nothing where a record does not say."""


class Comparer:
    """Compares records of one run; remembers names already compared while it lives."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Agreement] = {}

    def pattern(self, first: Record, second: Record) -> Pattern:
        """What two records agree on."""
        return tuple(self._field(name, first, second) for name in FIELDS)

    def _field(self, name: str, first: Record, second: Record) -> Agreement | None:
        left, right = getattr(first, name), getattr(second, name)
        if name in ("given", "family") and self._is_turned(first, second):
            return Agreement.NEAR
        if not left or not right:
            return None
        return self._measure(name)(left, right)

    def _measure(self, name: str) -> Callable[[str, str], Agreement]:
        measures: Mapping[str, Callable[[str, str], Agreement]] = {
            "given": self._names,
            "family": self._names,
            "mother": self._names,
            "place": self._names,
            "born": dates,
            "document": documents,
        }
        return measures.get(name, codes)

    def _names(self, left: str, right: str) -> Agreement:
        pair = (left, right) if left <= right else (right, left)
        if pair not in self._known:
            self._known[pair] = names(*pair)
        return self._known[pair]

    def _is_turned(self, first: Record, second: Record) -> bool:
        """Whether given and family name stand the other way round."""
        crossed = (first.given, second.family), (first.family, second.given)
        if not all(left and right for left, right in crossed):
            return False
        straight = self._names(first.given, second.given) if first.given and second.given else 0
        return not straight and all(self._names(*pair) for pair in crossed)


def names(left: str, right: str) -> Agreement:
    """The same name in any script or spelling, one much like it, or another."""
    if fold(left) == fold(right):
        return Agreement.FULL
    return Agreement.NEAR if likeness(left, right) >= ALIKE else Agreement.NONE


def dates(left: str, right: str) -> Agreement:
    """The same day; one that clerks and false papers make of it; or another.

    Near are: day and month changed about, the same year with the first of January or no day in
    one of them, one digit wrong, and years one apart.
    """
    if left == right:
        return Agreement.FULL
    first, second = left.split("-"), right.split("-")
    near = (
        sorted(first) == sorted(second)
        or (first[0] == second[0] and (_is_rough(first) or _is_rough(second)))
        or sum(a != b for a, b in zip(left, right, strict=False)) + abs(len(left) - len(right))
        <= 1
        or (first[1:] == second[1:] and abs(_year(first) - _year(second)) <= 1)
    )
    return Agreement.NEAR if near else Agreement.NONE


def documents(left: str, right: str) -> Agreement:
    """The same number, one with one sign wrong, or another; blanks and hyphens do not count."""
    first, second = (one.upper().replace(" ", "").replace("-", "") for one in (left, right))
    if first == second:
        return Agreement.FULL
    alike = len(first) == len(second) >= 5 and _wrong(first, second) <= 1
    return Agreement.NEAR if alike else Agreement.NONE


def codes(left: str, right: str) -> Agreement:
    """The same code or another."""
    return Agreement.FULL if left == right else Agreement.NONE


def _wrong(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=True))


def _is_rough(date: list[str]) -> bool:
    return len(date) < 3 or date[1:] == ["01", "01"]


def _year(date: list[str]) -> int:
    return int(date[0]) if date[0].isdecimal() else 0
