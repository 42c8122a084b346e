"""From the words of a public layout to the coarse codes of our tables, losing nothing silently."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from opennrm.rapporteur.ctdc.layouts import Kind, Layout
from opennrm.rapporteur.ctdc.reading import Header, ImportRefused
from opennrm.rapporteur.dimensions import NONE_LISTED, UNKNOWN
from opennrm.vocabulary.countries import country

_GENDERS = {
    "Female": "female",
    "Woman": "female",
    "Male": "male",
    "Man": "male",
    "Transgender/NonConforming": "other",
    "Trans/Transgender/NonConforming": "other",
    "Transgender": "other",
}
_AGES = {
    "0--8": "child_0_8",
    "9--17": "child_9_17",
    "09--17": "child_9_17",
    "18--20": "adult_18_20",
    "21--23": "adult_21_23",
    "24--26": "adult_24_26",
    "27--29": "adult_27_29",
    "30--38": "adult_30_38",
    "39--47": "adult_39_47",
    "48+": "adult_48_plus",
}
_MAJORITIES = {"Minor": "child_age_unknown", "Adult": "adult_age_unknown"}
# Codes of countries that are no more, still found in older records.
_FORMER = {
    "AN": "caribbean", "ANT": "caribbean", "TP": "south_eastern_asia", "TMP": "south_eastern_asia",
    "YU": "southern_europe", "YUG": "southern_europe", "CS": "southern_europe",
    "SCG": "southern_europe", "ZR": "middle_africa", "ZAR": "middle_africa",
    "TB": UNKNOWN, "Y1": UNKNOWN, "Y2": UNKNOWN, "Y3": UNKNOWN,
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_REMEDIES = {
    Kind.YEAR: "Write a year with four digits, or leave it missing.",
    Kind.GENDER: "Use a gender of the public code list.",
    Kind.AGE: "Use an age band of the public code list, such as 18--20.",
    Kind.MAJORITY: "Write Adult or Minor, or leave it missing.",
    Kind.COUNTRY: "Use an ISO 3166 code of two or three letters.",
    Kind.BINARY: "Write 1, or 0 where the layout has it, or leave it missing.",
}


@dataclass(frozen=True)
class Coarse:
    """One row in our coarse codes, with all it said in the words of its source."""

    year: int | None
    sex: str
    age: str
    citizenship: str
    forms: tuple[str, ...]
    scope: str
    source: str


class Mapper:
    """Maps rows of one file; equal rows are mapped once."""

    def __init__(self, header: Header) -> None:
        """Choose how each column of this header is read."""
        self.header = header
        self.layout = header.layout
        self.readers = [(name, reader_of(self.layout, name)) for name in header.columns]

    def map(self, values: tuple[str, ...], row: int) -> Coarse:
        """One row in coarse codes.

        :raises ImportRefused: naming row, column and remedy.
        """
        read: dict[str, str | None] = {}
        for (name, reader), value in zip(self.readers, values, strict=True):
            try:
                read[name] = reader(value.strip())
            except (ValueError, KeyError) as error:
                raise ImportRefused(
                    f"{value[:40]!r} is not a value of this column.",
                    _REMEDIES[self.layout.columns[name]],
                    row=row,
                    column=name,
                ) from error
        return self._coarse(read, values)

    def _coarse(self, read: Mapping[str, str | None], values: tuple[str, ...]) -> Coarse:
        said = {n: v for n, v in zip(self.header.columns, values, strict=True) if v}
        year = read.get("yearOfRegistration")
        citizen, place = read.get("citizenship"), read.get("CountryOfExploitation")
        return Coarse(
            int(year) if year else None,
            read.get("gender") or UNKNOWN,
            read.get("ageBroad") or read.get("majorityStatus") or UNKNOWN,
            region_of(citizen),
            self._forms(read),
            _scope(citizen, place),
            json.dumps(said, separators=(",", ":"), ensure_ascii=False),
        )

    def _forms(self, read: Mapping[str, str | None]) -> tuple[str, ...]:
        """The forms said yes to; 'none of them' only where each was said no to."""
        asked = {
            form: read[column] for column, form in self.layout.forms.items() if column in read
        }
        found = tuple(sorted(form for form, said in asked.items() if said == "1"))
        if found:
            return found
        denied = bool(asked) and all(said == "0" for said in asked.values())
        return (NONE_LISTED,) if denied else (UNKNOWN,)


def reader_of(layout: Layout, column: str) -> Callable[[str], str | None]:
    """How a column's values are read: a code, or None for missing; anything else raises."""
    read = _READERS[layout.columns[column]]
    missing = layout.missing
    if layout.columns[column] is Kind.BINARY:
        allowed = {"1": "1", "0": "0"} if layout.says_no else {"1": "1"}
        return lambda value: None if value in missing else allowed[value]
    if layout.columns[column] is Kind.COUNTRY and layout.says_no:
        missing = missing | {"0"}
    return lambda value: None if value in missing else read(value)


def region_of(code: str | None) -> str:
    """The UN subregion of a country code, two letters or three; NA is Namibia."""
    if code is None:
        return UNKNOWN
    found = country(code)
    return found.subregion if found else _FORMER[code]


def _year(value: str) -> str:
    if not (value.isascii() and value.isdigit() and _FIRST_YEAR <= int(value) <= _LAST_YEAR):
        raise ValueError(value)
    return value


def _country(value: str) -> str:
    found = country(value)
    if found:
        return found.alpha_2
    _FORMER[value]
    return value


def _scope(citizen: str | None, place: str | None) -> str:
    if citizen is None or place is None:
        return UNKNOWN
    return "internal" if citizen == place else "cross_border"


_READERS: Mapping[Kind, Callable[[str], str]] = {
    Kind.YEAR: _year,
    Kind.GENDER: lambda value: _GENDERS[value],
    Kind.AGE: lambda value: _AGES[value],
    Kind.MAJORITY: lambda value: _MAJORITIES[value],
    Kind.COUNTRY: _country,
    Kind.BINARY: str,
    Kind.TEXT: str,
}
