"""Reads the machine-readable lines of a passport, card or visa, and checks that they add up.

Source: ICAO Doc 9303, parts 3 to 6. A library was looked for: the living ones read pictures, and
the one that reads lines is under a licence that would bind this program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEIGHTS = (7, 3, 1)
SHAPES = ((3, 30), (2, 36), (2, 44))
NOT_OF_LINES = re.compile(r"[^0-9A-Z<]")
OLDEST = 100


class Fault(StrEnum):
    """What of the lines is not in order."""

    SHAPE = "shape"
    LETTERS = "letters"
    NUMBER = "number"
    BIRTH = "birth"
    EXPIRY = "expiry"
    WHOLE = "whole"


class LinesRefused(ValueError):
    """The lines cannot be read, or do not add up; `fault` says which part to look at again."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class TravelDocument:
    """What the lines say; a day of birth that the document leaves open is None."""

    kind: str
    issuer: str
    number: str
    surname: str
    given: str
    nationality: str
    born_on: date | None
    sex: str
    until_on: date

    def has_run_out(self, on: date) -> bool:
        """Tell whether the document is no longer valid on a day; its last day is included."""
        return self.until_on < on


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of the lines by their meaning, each with the digit that checks it."""

    head: str
    number: str
    number_check: str
    birth: str
    expiry: str
    sex: str
    nationality: str
    names: str
    whole: str


def read_lines(text: str, *, on: date) -> TravelDocument:
    """Read the lines as somebody typed them; spaces and small letters do not matter.

    >>> read_lines(
    ...     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\n"
    ...     "L898902C36UTO7408122F1204159ZE184226B<<<<<10", on=date(2026, 1, 1)
    ... ).number
    'L898902C3'

    :raises LinesRefused: when they have another shape or do not add up.
    """
    parts = _parts(_typed(text))
    _require(parts.number, parts.number_check, Fault.NUMBER)
    _require(parts.birth[:6], parts.birth[6], Fault.BIRTH)
    _require(parts.expiry[:6], parts.expiry[6], Fault.EXPIRY)
    if parts.whole:
        _require(parts.whole[:-1], parts.whole[-1], Fault.WHOLE)
    surname, _two, given = parts.names.partition("<<")
    return TravelDocument(
        kind=parts.head[:2].strip("<"),
        issuer=parts.head[2:5].strip("<"),
        number=parts.number.strip("<"),
        surname=_words(surname),
        given=_words(given),
        nationality=parts.nationality.strip("<"),
        born_on=_born(parts.birth[:6], on),
        sex=parts.sex.strip("<"),
        until_on=_until(parts.expiry[:6]),
    )


def check_digit(text: str) -> str:
    """Return the digit that checks a part: letters count from ten, weighed 7, 3, 1.

    >>> check_digit("L898902C3")
    '6'
    """
    values = ("0" if one == "<" else one for one in text)
    return str(sum(int(one, 36) * WEIGHTS[place % 3] for place, one in enumerate(values)) % 10)


def _typed(text: str) -> list[str]:
    lines = ["".join(line.split()).upper() for line in text.splitlines() if line.strip()]
    if any(NOT_OF_LINES.search(line) for line in lines):
        raise LinesRefused(Fault.LETTERS)
    if (len(lines), len(lines[0]) if lines else 0) not in SHAPES:
        raise LinesRefused(Fault.SHAPE)
    if len({len(line) for line in lines}) != 1:
        raise LinesRefused(Fault.SHAPE)
    return lines


def _parts(lines: list[str]) -> _Parts:
    return _of_card(*lines) if len(lines) == 3 else _of_page(*lines)


def _of_page(first: str, second: str) -> _Parts:
    """Read two lines: a passport, a larger card, or a visa, which has no digit over the whole."""
    end = len(second) - 1
    is_visa = first[0] == "V"
    whole = second[:10] + second[13:20] + second[21:end] + second[end]
    return _Parts(
        head=first[:5],
        number=second[:9],
        number_check=second[9],
        birth=second[13:20],
        expiry=second[21:28],
        sex=second[20],
        nationality=second[10:13],
        names=first[5:],
        whole="" if is_visa else whole,
    )


def _of_card(first: str, second: str, third: str) -> _Parts:
    """Read three lines; a number longer than nine goes on where the card keeps other data."""
    number, check = first[5:14], first[14]
    if check == "<":
        rest = first[15:].split("<", maxsplit=1)[0]
        number, check = number + rest[:-1], rest[-1:] or "<"
    return _Parts(
        head=first[:5],
        number=number,
        number_check=check,
        birth=second[:7],
        expiry=second[8:15],
        sex=second[7],
        nationality=second[15:18],
        names=third,
        whole=first[5:30] + second[:7] + second[8:15] + second[18:29] + second[29],
    )


def _require(text: str, digit: str, fault: Fault) -> None:
    if check_digit(text) != digit:
        raise LinesRefused(fault)


def _words(text: str) -> str:
    return " ".join(part for part in text.split("<") if part)


def _born(text: str, on: date) -> date | None:
    """Return the day of birth; the lines leave the century open, and nobody is born tomorrow."""
    if "<" in text:
        return None
    if not text.isdecimal():
        raise LinesRefused(Fault.BIRTH)
    year = on.year - on.year % 100 + int(text[:2])
    born = _day(year, text, Fault.BIRTH)
    return _day(year - OLDEST, text, Fault.BIRTH) if born > on else born


def _until(text: str) -> date:
    if not text.isdecimal():
        raise LinesRefused(Fault.EXPIRY)
    return _day(2000 + int(text[:2]), text, Fault.EXPIRY)


def _day(year: int, text: str, fault: Fault) -> date:
    try:
        return date(year, int(text[2:4]), int(text[4:6]))
    except ValueError as error:
        raise LinesRefused(fault) from error
