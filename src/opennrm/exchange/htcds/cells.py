"""Reads single cells: texts, dates, countries, list values, telephone numbers, yes and no."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import phonenumbers

from opennrm.exchange.htcds.imported import Phone
from opennrm.exchange.htcds.problems import Problem
from opennrm.exchange.htcds.standard import country_codes, plain
from opennrm.vocabulary.countries import STATELESS, UNKNOWN, country, country_names

Value = object
ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(T.*| .*)?")
PARTS_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
DAY_ZERO, DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
FIRST_SERIAL, LAST_SERIAL = 61, 73_050
YEARS = range(1900, 2101)
EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)
DIGITS_KEPT = 10**15
MOST_VALUES = 60
YES, NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


class CellRefused(Exception):
    """A cell cannot be read; the row is left out."""

    def __init__(self, kind: Problem) -> None:
        super().__init__(kind.label)
        self.kind = kind


@dataclass(frozen=True)
class Kept:
    """A value that was kept although there is something to say about it."""

    value: object
    kind: Problem


@dataclass(frozen=True)
class Setting:
    """What a cell's reading depends on: the calendar, the latest day, the region of phones."""

    from_1904: bool = False
    latest: date = LATEST
    region: str | None = None


def is_empty(value: Value) -> bool:
    """Tell whether a cell says nothing."""
    return value is None or (isinstance(value, str) and not value.strip(" \t\r\n\u00a0\u200b"))


def read_text(value: Value, limit: int) -> str:
    """Return a text; a whole number that was typed as a number becomes its digits.

    :raises CellRefused: when the cell holds a date or a yes or no, or is too long.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = _digits(value)
    if not isinstance(value, str):
        raise CellRefused(Problem.NOT_TEXT)
    text = value.strip(" \t\r\n\u00a0\u200b").replace("\x00", "")
    if len(text) > limit:
        raise CellRefused(Problem.TOO_LONG)
    return text


def read_name(value: Value, limit: int = 200) -> str:
    """Return a name, which is never a number.

    :raises CellRefused: when the cell holds something else than a text.
    """
    if not isinstance(value, str):
        raise CellRefused(Problem.NOT_TEXT)
    return read_text(value, limit)


def read_yes_no(value: Value) -> bool:
    """Return yes or no.

    :raises CellRefused: when the cell says neither.
    """
    word = plain(_digits(value) if isinstance(value, float) else str(value))
    if word not in YES | NO:
        raise CellRefused(Problem.NOT_YES_OR_NO)
    return word in YES


def read_date(value: Value, setting: Setting) -> date:
    """Return a day from a date cell, a day number or a text that can mean one day only.

    :raises CellRefused: when it is no date, can mean two days, or is out of range.
    """
    if isinstance(value, bool):
        raise CellRefused(Problem.NOT_A_DATE)
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, (int, float)):
        found = _date_of_serial(value, setting)
    elif isinstance(value, str):
        found = _date_of_text(value.strip())
    else:
        raise CellRefused(Problem.NOT_A_DATE)
    if not EARLIEST <= found <= setting.latest:
        raise CellRefused(Problem.DATE_OUT_OF_RANGE)
    return found


def read_country(text: str) -> str:
    """Return the two-letter code of a country, or that someone is stateless or not known.

    :raises CellRefused: when the text names no country.
    """
    word = plain(text)
    if word in (STATELESS, UNKNOWN):
        return word
    found = country(text)
    code = country_codes().get(word) or (found.alpha_2 if found else None) or _cldr().get(word)
    if not code:
        raise CellRefused(Problem.NOT_A_COUNTRY)
    return code


def read_several(text: str, known: Mapping[str, str], *, blank_separated: bool) -> list[str]:
    """Return the codes of one or more list values in a cell, each once.

    Values stand apart by semicolons; a label that holds a semicolon itself is still found. In
    answers of the form, codes stand apart by blanks.

    :raises CellRefused: when a part is not in the list.
    """
    pieces = [piece for piece in text.split(";") if piece.strip()]
    if len(pieces) > MOST_VALUES:
        raise CellRefused(Problem.TOO_LONG)
    found = _matched(pieces, known)
    if found is None and blank_separated:
        found = _matched(text.replace(";", " ").split(), known)
    if not found:
        raise CellRefused(Problem.NOT_IN_LIST)
    return list(dict.fromkeys(found))


def split_countries(text: str, *, blank_separated: bool) -> list[str]:
    """Return the countries of a cell, each once.

    :raises CellRefused: when one of them is not a country.
    """
    pieces = [piece.strip() for piece in text.split(";") if piece.strip()]
    if blank_separated and len(pieces) == 1 and all(len(p) == 2 for p in text.split()):
        pieces = text.split()
    return list(dict.fromkeys(read_country(piece) for piece in pieces))


def read_phone(value: Value, setting: Setting) -> Phone | Kept:
    """Return a telephone number, kept as typed when it cannot be read.

    :raises CellRefused: when the cell holds a date or a yes or no.
    """
    typed = read_text(value, 60)
    number = isinstance(value, (int, float))
    for attempt in _attempts(typed, number=number):
        found = _international(attempt, setting.region)
        if found:
            return Phone(typed, found)
    return Kept(Phone(typed), Problem.PHONE_NOT_READ)


def read_email(value: Value) -> str | Kept:
    """Return an e-mail address, kept as typed when it does not look like one.

    :raises CellRefused: when the cell holds something else than a text.
    """
    text = read_name(value, 320)
    return text if EMAIL.fullmatch(text) else Kept(text, Problem.EMAIL_NOT_READ)


def _digits(value: float) -> str:
    if not math.isfinite(value) or value != int(value) or abs(value) >= DIGITS_KEPT:
        raise CellRefused(Problem.NOT_TEXT)
    return str(int(value))


def _date_of_serial(value: float, setting: Setting) -> date:
    if not FIRST_SERIAL <= value <= LAST_SERIAL or int(value) in YEARS:
        raise CellRefused(Problem.NOT_A_DATE)
    start = DAY_ZERO_1904 if setting.from_1904 else DAY_ZERO
    return start + timedelta(days=int(value))


def _date_of_text(text: str) -> date:
    iso = ISO_DATE.fullmatch(text)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    parts = PARTS_DATE.fullmatch(text)
    if not parts:
        raise CellRefused(Problem.NOT_A_DATE)
    first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
    if parts[2] == "." or first > 12 or first == second:
        return _day(year, second, first)
    if second > 12:
        return _day(year, first, second)
    raise CellRefused(Problem.DATE_AMBIGUOUS)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise CellRefused(Problem.NOT_A_DATE) from problem


def _matched(pieces: list[str], known: Mapping[str, str]) -> list[str] | None:
    """Match the longest runs of pieces first, since a label may hold the separator."""
    if not pieces:
        return []
    for end in range(len(pieces), 0, -1):
        code = known.get(plain(";".join(pieces[:end])))
        if code:
            rest = _matched(pieces[end:], known)
            return None if rest is None else [code, *rest]
    return None


def _attempts(typed: str, *, number: bool) -> list[str]:
    if typed.startswith("00"):
        return ["+" + typed[2:], typed]
    return [typed, "+" + typed] if number else [typed]


def _international(text: str, region: str | None) -> str | None:
    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@cache
def _cldr() -> dict[str, str]:
    return {plain(name): code for code, name in country_names().items()}
