"""Where levels and figures stand in a published file: one figure to a row, or a cross table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opennrm.statistics.published.figures import FileUnusable
from opennrm.statistics.published.wanted import Wanted

VALUES = ("value", "obs_value", "txtvalue", "count", "number", "persons", "n", "observation")
ACROSS = "column"


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as it stands: its levels, its text, its line and its column."""

    levels: tuple[tuple[str, str], ...]
    text: str
    line: int
    column: str
    is_cross: bool

    def place(self, file: str) -> str:
        """Say where it stands."""
        return f"{file} line {self.line}, column {self.column}"


@dataclass(frozen=True)
class Columns:
    """The columns of a file: those that hold levels, and those that hold figures."""

    file: str
    header: tuple[str, ...]
    levels: tuple[int, ...]
    figures: tuple[int, ...]
    across: str | None
    only: tuple[tuple[str, str], ...]
    dimensions: tuple[str, ...]

    def entries(self, row: Sequence[str], line: int) -> Iterator[Entry]:
        """Return the figures of one row.

        :raises FileUnusable: when it is longer or shorter than the first line, or lacks a level.
        """
        if len(row) != len(self.header):
            raise FileUnusable(
                f"{self.file} line {line} has {len(row)} columns, the first line has "
                f"{len(self.header)}. Give every row the same columns; quote values with commas."
            )
        if not self._is_wanted(row):
            return
        for place in self.figures:
            yield Entry(
                tuple(self._levels(row, place, line)),
                row[place].strip(),
                line,
                self.header[place],
                self.across is not None,
            )

    def _is_wanted(self, row: Sequence[str]) -> bool:
        said = dict(zip(self.header, (one.strip() for one in row), strict=True))
        named = {column for column, _ in self.only if column in said}
        return all((column, said[column]) in self.only for column in named)

    def _levels(self, row: Sequence[str], place: int, line: int) -> Iterator[tuple[str, str]]:
        for one in self.levels:
            level = row[one].strip()
            if not level:
                raise FileUnusable(
                    f"{self.file} line {line}, column {self.header[one]} is empty. Write the "
                    "level into every row, or leave the column out: "
                    f"--ignore '{self.header[one]}'."
                )
            yield self.header[one], level
        if self.across:
            yield self.across, self.header[place]


def columns_of(first: Sequence[str], wanted: Wanted, file: str) -> Columns:
    """Read the first line: a column of values makes a long table, none a cross table.

    :raises FileUnusable: when it has no names, or not those that were asked for.
    """
    header = tuple(one.strip() for one in first)
    _require_names(header, wanted, file)
    value = _value_column(header, wanted)
    figures: tuple[int, ...]
    across: str | None
    grouped = {group for group, _ in wanted.groups}
    if value is not None:
        levels = [p for p, n in enumerate(header) if p != value and n not in wanted.ignored]
        figures, across = (value,), None
    else:
        levels = [p for p in range(wanted.labels) if header[p] not in wanted.ignored]
        behind = range(wanted.labels, len(header))
        figures = tuple(p for p in behind if header[p] not in wanted.ignored)
        across = wanted.across or ACROSS
    if not levels or not figures:
        raise FileUnusable(
            f"{file} needs at least one column of levels and one of figures. Name the column of "
            "figures with --value, or give the columns of labels with --labels."
        )
    names = [header[place] for place in levels if header[place] not in grouped]
    dimensions = (*names, *((across,) if across else ()))
    return Columns(file, header, tuple(levels), figures, across, wanted.only, dimensions)


def _value_column(header: Sequence[str], wanted: Wanted) -> int | None:
    if wanted.value in header:
        return header.index(wanted.value)
    if wanted.across:
        return None
    known = (p for p, name in enumerate(header) if name.casefold() in VALUES)
    return next(known, None)


def _require_names(header: Sequence[str], wanted: Wanted, file: str) -> None:
    if len(header) < 2:
        raise FileUnusable(
            f"{file} has no table: its first line must name at least two columns, with commas."
        )
    for place, name in enumerate(header, 1):
        if not name or name in header[: place - 1]:
            said = f"a second column {name}" if name else "no name"
            raise FileUnusable(
                f"{file} line 1, column {place} has {said}. Give each column a name of its own."
            )
    for name in () if wanted.is_one_of_several else wanted.names():
        if name not in header:
            raise FileUnusable(f"{file} has no column {name}. It has: {', '.join(header)}.")
