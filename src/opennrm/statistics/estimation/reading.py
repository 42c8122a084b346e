"""Reads a table of lists from a CSV file of any size, line by line, and says what is wrong.

One column of zeros and ones for each list, and a column `count`. Nothing but the counts of the
combinations is kept in memory; the first line that cannot be right ends the reading.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from opennrm.statistics.estimation.subsets import spelled
from opennrm.statistics.estimation.tables import ListTable, TableRefused, used_lists

COUNT = "count"
LONGEST_LINE = 10_000
MOST_LINES = 100_000
MOST_STRATA = 100
_WHOLE = re.compile(r"(\d{1,15})(\.0*)?")
_BELOW_ZERO = re.compile(r"-\s*\d+(\.\d*)?")
_LONG_NUMBER = re.compile(r"\d{16,}")


@dataclass(frozen=True)
class Read:
    """What a file held: the table of everyone, and one per stratum when strata were asked for."""

    table: ListTable
    strata: dict[str, ListTable]


@dataclass(slots=True)
class _Columns:
    """Where the lists, the count and the stratum stand in a line."""

    lists: tuple[str, ...]
    places: tuple[int, ...]
    count: int
    stratum: int | None
    width: int


@dataclass(slots=True)
class _Sum:
    """Counts so far, and the line of each combination."""

    counts: dict[int, int] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)


def read_table(stream: BinaryIO, *, by: str | None = None) -> Read:
    """Read the table of a file, and one per value of a column when it is named.

    :raises TableRefused: with the line and what to put right.
    """
    lines = _lines(stream)
    first = next(lines, None)
    if first is None:
        raise TableRefused("The file is empty.")
    columns = _columns(first[1], by)
    strata: dict[str, _Sum] = {}
    for number, values in lines:
        _add(strata, columns, number, values)
    if not strata:
        raise TableRefused("The file has a heading and no line below it.")
    return _read(columns, strata)


def _read(columns: _Columns, strata: dict[str, _Sum]) -> Read:
    together: dict[int, int] = {}
    for one in strata.values():
        for mask, count in one.counts.items():
            together[mask] = together.get(mask, 0) + count
    table = _table(columns.lists, together)
    if columns.stratum is None:
        return Read(table, {})
    return Read(
        table, {name: used_lists(columns.lists, one.counts) for name, one in strata.items()}
    )


def _table(lists: tuple[str, ...], counts: dict[int, int]) -> ListTable:
    kept = {mask: count for mask, count in counts.items() if count}
    return ListTable(lists, tuple(kept), tuple(kept.values()))


def _lines(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    for number in range(1, MOST_LINES + 2):
        raw = stream.readline(LONGEST_LINE + 1)
        if not raw:
            return
        if len(raw) > LONGEST_LINE:
            raise TableRefused(f"Line {number} is longer than {LONGEST_LINE} signs.")
        values = _split(raw, number)
        if any(values):
            yield number, values
    raise TableRefused(
        f"The file has more than {MOST_LINES} lines. A table has one line for each combination "
        "of lists, with the number of people in the column `count`."
    )


def _split(raw: bytes, number: int) -> list[str]:
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        values = next(csv.reader([text], strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        raise TableRefused(f"Line {number} is not text in UTF-8 with commas between.") from None
    return [value.strip() for value in values]


def _columns(heading: list[str], by: str | None) -> _Columns:
    named = [name.casefold() for name in heading]
    if named.count(COUNT) != 1:
        raise TableRefused(
            "The first line names the columns: one for each list, and one called `count`, with "
            f"commas between. It reads: {','.join(heading)[:80]}"
        )
    if by is not None and (by not in heading or by.casefold() == COUNT):
        raise TableRefused(f"There is no column {by}.")
    stratum = None if by is None else heading.index(by)
    count = named.index(COUNT)
    places = tuple(place for place in range(len(heading)) if place not in (count, stratum))
    lists = tuple(heading[place] for place in places)
    ListTable(lists, ((1 << len(lists)) - 1,), (1,))
    return _Columns(lists, places, count, stratum, len(heading))


def _add(strata: dict[str, _Sum], columns: _Columns, number: int, values: list[str]) -> None:
    if len(values) != columns.width:
        raise TableRefused(
            f"Line {number} has {len(values)} values; the first line names {columns.width}."
        )
    mask = sum(
        1 << list_number
        for list_number, place in enumerate(columns.places)
        if _on_list(values[place], number, columns.lists[list_number])
    )
    count = _count(values[columns.count], number)
    if not mask and count:
        raise TableRefused(
            f"Line {number} counts people who are on no list. They are what is estimated: take "
            "the line out."
        )
    name = "" if columns.stratum is None else values[columns.stratum]
    own = strata.setdefault(name, _Sum())
    if len(strata) > MOST_STRATA:
        raise TableRefused(f"There are more than {MOST_STRATA} strata.")
    if mask in own.lines:
        raise TableRefused(
            f"Lines {own.lines[mask]} and {number} are both for the combination "
            f"{spelled(mask, columns.lists)}. Add them up, or take out the one that is there by "
            "mistake."
        )
    own.counts[mask], own.lines[mask] = count, number


def _on_list(value: str, number: int, name: str) -> bool:
    if value not in ("0", "1"):
        raise TableRefused(
            f"Line {number}, column {name}: “{value[:20]}” is neither 0 (not on the list) nor 1 "
            "(on it)."
        )
    return value == "1"


def _count(value: str, number: int) -> int:
    # Spreadsheets write whole numbers as 12.0.
    if whole := _WHOLE.fullmatch(value):
        return int(whole[1])
    if _BELOW_ZERO.fullmatch(value):
        raise TableRefused(f"Line {number}: the count {value[:20]} is below zero.")
    if _LONG_NUMBER.fullmatch(value):
        raise TableRefused(f"Line {number}: the count is larger than the number of all people.")
    raise TableRefused(
        f"Line {number}: the count “{value[:20]}” is not a whole number. A hidden or rounded cell "
        "cannot be used: ask the owner of the lists for the counts themselves."
    )
