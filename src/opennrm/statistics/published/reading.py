"""Reads a published table from a CSV file line by line, and says what cannot be right in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from opennrm.statistics.dimensions import Cell
from opennrm.statistics.published.columns import Columns, Entry, columns_of
from opennrm.statistics.published.figures import (
    Figure,
    FileUnusable,
    Published,
    Range,
    promise_of,
    whole,
)
from opennrm.statistics.published.wanted import Wanted

LONGEST_LINE = 100_000
MOST_FIGURES = 500_000


def read_published(stream: BinaryIO, file: str, wanted: Wanted | None = None) -> Published:
    """Read the figures of a file.

    :raises FileUnusable: with the line, the column and the remedy.
    """
    reader = _Reader(file, wanted or Wanted())
    rows = csv.reader(_lines(stream, file), strict=True)
    try:
        header = next(rows, [])
        columns = columns_of(header, reader.wanted, file)
        for row in rows:
            if any(one.strip() for one in row):
                for entry in columns.entries(row, rows.line_num):
                    reader.take(entry)
    except csv.Error as reason:
        raise FileUnusable(
            f"{file} line {rows.line_num}: {reason}. Save the table as CSV with commas, with "
            "quotation marks closed."
        ) from reason
    return reader.end(columns)


def _lines(stream: BinaryIO, file: str) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise FileUnusable(f"{file} line {number} is too long for a table in CSV.")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as reason:
            raise FileUnusable(f"{file} line {number} is not UTF-8. Save it as UTF-8.") from reason


@dataclass(slots=True)
class _Reader:
    """The figures so far, and what was seen of masks, totals and groups."""

    file: str
    wanted: Wanted
    figures: dict[Cell, Figure] = field(default_factory=dict)
    masks: dict[str, Figure] = field(default_factory=dict)
    totals: dict[str, dict[str, int]] = field(default_factory=dict)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Keep one figure.

        :raises FileUnusable: when it is no count, no known mask, or a cell that came before.
        """
        cell = self._cell(entry)
        mask = None if whole(entry.text) is not None else entry.text
        column = entry.column if entry.is_cross else None
        figure = Figure(self.file, entry.line, column, cell, self._range(entry), mask)
        before = self.figures.setdefault(cell, figure)
        if before is not figure:
            raise FileUnusable(
                f"{before.place} and {figure.place} are the same cell ({figure.name}). Delete "
                "one, keep the rows that belong together with --only COLUMN=VALUE, or do not "
                "--ignore the column that tells them apart."
            )
        if mask is not None:
            self.masks.setdefault(mask, figure)
        if len(self.figures) > MOST_FIGURES:
            raise FileUnusable(
                f"{self.file} has more than {MOST_FIGURES:,} figures. Audit it in parts that are "
                "not added up with one another: --only year=2020."
            )

    def end(self, columns: Columns) -> Published:
        """Hand out what was read, when all of it can be used together."""
        self._require_one_meaning()
        for column, words in self.totals.items():
            if len(words) > 1:
                said = " and ".join(f"“{word}” (line {line})" for word, line in words.items())
                raise FileUnusable(
                    f"{self.file}, column {column}: {said} are two words for a total. Say which "
                    "one is: --total WORD."
                )
        if not self.figures:
            raise FileUnusable(f"{self.file} holds no figures. Check --only and the file.")
        return Published(
            self.file,
            tuple(self.figures.values()),
            columns.dimensions,
            self.groups,
            frozenset(self.totals),
            columns.header,
        )

    def _cell(self, entry: Entry) -> Cell:
        levels = dict(entry.levels)
        for group, column in self.wanted.groups:
            name = levels.pop(group, "")
            if column in levels and not self.wanted.is_total(levels[column]):
                levels[column] = f"{name}: {levels[column]}"
                self.groups.setdefault(column, {})[levels[column]] = name
        fixed = []
        for column, level in levels.items():
            if self.wanted.is_total(level):
                self.totals.setdefault(column, {}).setdefault(level, entry.line)
            else:
                fixed.append((column, level))
        return tuple(sorted(fixed))

    def _range(self, entry: Entry) -> Range:
        shown, rounding = whole(entry.text), self.wanted.rounding
        if shown is None:
            return self._promised(entry)
        if rounding is None:
            return Range(shown, shown)
        if shown % rounding.base:
            raise FileUnusable(
                f"{entry.place(self.file)}: {shown} is no multiple of {rounding.base}. Figures "
                "rounded in different ways cannot be audited in one run: give the base that all "
                "share, leave these rows out with --only, or leave --rounding out."
            )
        return rounding.behind(shown)

    def _promised(self, entry: Entry) -> Range:
        found = self.wanted.masks.get(entry.text, promise_of(entry.text))
        if found is None:
            said = f"“{entry.text}”" if entry.text else "an empty cell"
            raise FileUnusable(
                f"{entry.place(self.file)}: {said} is neither a count nor a mask known here. If "
                f"it hides a count, say which: --mask '{entry.text}=1..9' (or =hidden, =zero). If "
                "it is a percentage, a rate or a note, leave its rows out (--only unit=Counts) or "
                "delete the note."
            )
        return found

    def _require_one_meaning(self) -> None:
        """Two masks may hide different things; what each hides has to be said, not guessed."""
        silent = [mask for mask in self.masks if mask not in self.wanted.masks]
        if len(self.masks) > 1 and silent:
            said = ", ".join(f"“{mask}” ({one.place})" for mask, one in self.masks.items())
            ready = " ".join(f"--mask '{mask}={_typed(promise_of(mask))}'" for mask in silent)
            raise FileUnusable(
                f"{self.file} has several masks: {said}. Say what each hides, for example {ready}"
            )


def _typed(promised: Range | None) -> str:
    if promised is None or promised.high is None:
        return "hidden"
    return f"{promised.low}..{promised.high}"
