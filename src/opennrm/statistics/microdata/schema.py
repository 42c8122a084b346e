"""The columns of microdata and their public code lists: the domain is never read from the data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from opennrm.statistics.dimensions import Dimension

Codes = npt.NDArray[np.int16]
NOT_KNOWN = ""
MOST_ROWS = 5_000_000
MOST_COLUMNS = 40
MOST_CODES = 1_000
_TOGETHER = 20_000
_LONGEST_LINE = 100_000


class MicrodataRefused(ValueError):
    """Rows, columns or code lists that cannot be used; the message names them and the remedy."""


@dataclass(frozen=True)
class Column:
    """One column: its code list in order, without the empty value, which is always possible.

    `htcds` and `ctdc` are its names in the case data standard and in the public data sets.
    """

    name: str
    codes: tuple[str, ...]
    label: str = ""
    labels: Mapping[str, str] | None = None
    htcds: str = ""
    ctdc: str = ""

    @property
    def size(self) -> int:
        """How many values there are, the empty one included."""
        return len(self.codes) + 1

    @cached_property
    def place(self) -> dict[str, int]:
        """The number of each code; nothing known is 0."""
        return {NOT_KNOWN: 0, **{code: number for number, code in enumerate(self.codes, 1)}}

    @classmethod
    def of(cls, dimension: Dimension, *, htcds: str = "", ctdc: str = "") -> Column:
        """The column of a break-down; levels that say nothing about the person become empty."""
        known = tuple(code for code in dimension.leaves if code not in dimension.missing)
        labels = {code: dimension.by_code[code].label for code in known}
        return cls(dimension.name, known, dimension.label, labels, htcds, ctdc)


@dataclass(frozen=True)
class Schema:
    """The columns of one file of microdata."""

    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        """Refuse code lists that cannot be measured."""
        names = [one.name for one in self.columns]
        if len(set(names)) != len(names) or not 2 <= len(names) <= MOST_COLUMNS:
            raise MicrodataRefused(f"Microdata have 2 to {MOST_COLUMNS} columns, each named once.")
        for one in self.columns:
            if not one.codes or len(set(one.codes)) != len(one.codes) or NOT_KNOWN in one.codes:
                raise MicrodataRefused(
                    f"{one.name}: list each code once, and leave the empty value out."
                )
            if len(one.codes) > MOST_CODES:
                raise MicrodataRefused(
                    f"{one.name} has {len(one.codes):,} codes; group them, to at most "
                    f"{MOST_CODES:,}."
                )

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many values each column has."""
        return tuple(one.size for one in self.columns)

    def coded(self, rows: Iterable[Sequence[str]]) -> Codes:
        """Rows of codes, in the order of the columns, as numbers.

        :raises MicrodataRefused: naming the row and column of a code that is on no list.
        """
        blocks, waiting = [np.zeros((0, len(self.columns)), np.int16)], enumerate(rows, 1)
        while block := list(islice(waiting, _TOGETHER)):
            if block[-1][0] > MOST_ROWS:
                raise MicrodataRefused(f"More than {MOST_ROWS:,} rows; split them by year.")
            blocks.append(np.array([self._coded(row, at) for at, row in block], np.int16))
        return np.concatenate(blocks)

    def written(self, codes: Codes) -> Iterator[tuple[str, ...]]:
        """Numbers as rows of codes again."""
        words = [np.array([NOT_KNOWN, *one.codes], dtype=object) for one in self.columns]
        spelled = np.column_stack([word[codes[:, place]] for place, word in enumerate(words)])
        yield from (tuple(row) for row in spelled)

    def _coded(self, row: Sequence[str], at: int) -> list[int]:
        if len(row) != len(self.columns):
            raise MicrodataRefused(
                f"Row {at} has {len(row)} values for {len(self.columns)} columns; put it right."
            )
        try:
            return [one.place[value] for one, value in zip(self.columns, row, strict=True)]
        except KeyError:
            wrong = next(
                one.name for one, v in zip(self.columns, row, strict=True) if v not in one.place
            )
            raise MicrodataRefused(
                f"Row {at}: the value of {wrong} is not on its code list. Correct the row, or "
                "add the code to the list if it is public."
            ) from None


def read_rows(stream: BinaryIO, schema: Schema) -> Codes:
    """Read a CSV file with a header, column by column in any order; others are left out.

    Memory stays bounded by the number of rows allowed, whatever the size of the file.

    :raises MicrodataRefused: naming what is missing or wrong.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="strict", newline="")
    try:
        lines = csv.reader(_lines(text), delimiter=_delimiter(stream))
        header = next(lines, [])
        missing = [one.name for one in schema.columns if one.name not in header]
        if missing:
            raise MicrodataRefused(f"The file has no column {', '.join(missing)}.")
        places = [header.index(one.name) for one in schema.columns]
        return schema.coded(_chosen(lines, places))
    except UnicodeDecodeError:
        raise MicrodataRefused("The file is not in UTF-8; save it so.") from None
    except csv.Error as reason:
        raise MicrodataRefused(f"The file cannot be read as CSV: {reason}.") from None
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines of bounded length, so that a file without line ends does not fill the memory."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise MicrodataRefused(f"A line has {_LONGEST_LINE:,} signs or more; is it CSV?")
        yield line


def _chosen(lines: Iterable[list[str]], places: Sequence[int]) -> Iterator[list[str]]:
    for at, line in enumerate(lines, 1):
        if not line:
            continue
        if len(line) <= max(places):
            raise MicrodataRefused(f"Row {at} is shorter than the header; put it right.")
        yield [line[place].strip() for place in places]


def _delimiter(stream: BinaryIO) -> str:
    start = stream.read(65_536)
    stream.seek(0)
    first = start.split(b"\n", 1)[0]
    return max(",;\t", key=lambda mark: first.count(mark.encode()))
