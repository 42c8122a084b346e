"""Says what the open part of a fact may hold: codes, dates, moments, references and counts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

OpenValue = str | int | bool | None | list[str]

SHAPE = re.compile(r"\A[A-Za-z0-9_.:+-]{1,64}\Z")
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z]{2,8})*"
COUNTRY_OR_NONE = r"[A-Z]{2}|stateless|unknown"
INDICATOR = r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+"
CODE = r"[a-z0-9]+([_.-][a-z0-9]+)*"
WORD = r"[A-Za-z0-9]+([_.-][A-Za-z0-9]+)*"
SCOPE = r"D([1-9]|1[0-6])"
COMPARTMENT = r"D(([1-9]|1[0-5])S?|16)"
MONTH = r"[0-9]{4}-(0[1-9]|1[0-2])"
RULE = r"R[0-9]{2}"
# Terms are counted from days: one near the end of all calendars would leave nothing to count.
FIRST_YEAR, LAST_YEAR = 1900, 2199
REGION = r"[A-Z]{2}(-[A-Z0-9]{1,3})?|unknown"
JURISDICTION = r"[A-Z]{2,3}(-[A-Z]{3})?"


class FactMalformed(ValueError):
    """A fact does not have the form of its kind; the message names the field and the remedy."""

    def __init__(self, kind: str, field: str, fault: str) -> None:
        super().__init__(f"{kind}.{field}: {fault}")
        self.kind = kind
        self.field = field
        self.fault = fault


class Shape(StrEnum):
    """The few forms a value in an open part can take."""

    CODE = "code"
    DAY = "day"
    MOMENT_OR_DAY = "moment_or_day"
    REFERENCE = "reference"
    FLAG = "flag"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an open part: its shape, its closed list or pattern, one value or many."""

    shape: Shape
    codes: frozenset[str] = frozenset()
    pattern: str = ""
    many: bool = False
    required: bool = False

    def fault(self, value: OpenValue) -> str | None:
        """Say what is wrong with a value and what to give instead; None when it is right."""
        if value is None:
            return "is missing. Give a value" if self.required else None
        if not self.many:
            return self._fault_of_one(value)
        if not isinstance(value, list | tuple):
            return "must be a list"
        return next((fault for one in value if (fault := self._fault_of_one(one))), None)

    def _fault_of_one(self, value: object) -> str | None:
        if self.shape is Shape.FLAG:
            return None if isinstance(value, bool) else "must be true or false"
        if self.shape is Shape.COUNT:
            return None if _is_count(value) else "must be a whole number, 0 or more"
        if not isinstance(value, str) or not SHAPE.match(value):
            return "must be a code, a date or a reference. Put words in a sealed field"
        return self._fault_of_text(value)

    def _fault_of_text(self, value: str) -> str | None:
        if self.shape is Shape.DAY:
            return (
                None if _is_day(value) else "must be a day from 1900 to 2199 written as 2026-01-31"
            )
        if self.shape is Shape.MOMENT_OR_DAY:
            good = _is_day(value) or _is_moment(value)
            return None if good else "must be a day or a moment with its offset from UTC"
        if self.shape is Shape.REFERENCE:
            return None if _is_reference(value) else "must be a reference (UUID)"
        if self.codes:
            return None if value in self.codes else self._unknown()
        return None if re.fullmatch(self.pattern, value) else "is not a code of the right form"

    def _unknown(self) -> str:
        known = ", ".join(sorted(self.codes)[:30])
        return f"is not a known code. Use one of: {known}"


def must(field: Field) -> Field:
    """Make a field required."""
    return replace(field, required=True)


def code(*lists: Iterable[str]) -> Field:
    """Make a field that holds one code of the given closed lists."""
    return Field(Shape.CODE, codes=frozenset(str(one) for each in lists for one in each))


def codes(*lists: Iterable[str]) -> Field:
    """Make a field that holds several codes of the given closed lists."""
    return replace(code(*lists), many=True)


def some(field: Field) -> Field:
    """Make a field hold several of what it holds."""
    return replace(field, many=True)


def like(pattern: str) -> Field:
    """Make a field that holds one code of a form, where the list is kept elsewhere."""
    return Field(Shape.CODE, pattern=pattern)


def all_like(pattern: str) -> Field:
    """Make a field that holds several codes of a form."""
    return Field(Shape.CODE, pattern=pattern, many=True)


def day() -> Field:
    """Make a field that holds a calendar day."""
    return Field(Shape.DAY)


def moment_or_day() -> Field:
    """Make a field that holds a calendar day, or a moment with its offset from UTC."""
    return Field(Shape.MOMENT_OR_DAY)


def reference() -> Field:
    """Make a field that holds a reference to a fact, an organisation or an account."""
    return Field(Shape.REFERENCE)


def flag() -> Field:
    """Make a field that holds yes or no."""
    return Field(Shape.FLAG)


def count() -> Field:
    """Make a field that holds a whole number."""
    return Field(Shape.COUNT)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_day(value: str) -> bool:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return day.isoformat() == value and FIRST_YEAR <= day.year <= LAST_YEAR


def _is_moment(value: str) -> bool:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    return moment.tzinfo is not None and FIRST_YEAR <= moment.year <= LAST_YEAR


def _is_reference(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False
