"""Reading a public file row by row, with bounds on everything and errors that name the place."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from opennrm.rapporteur.ctdc.layouts import Layout, recognised

LONGEST_LINE = 20_000
LARGEST_TEXT = 2_000_000_000
_HEADER_WITHIN = 10
_FEWEST_COLUMNS = 3
_GZIP = b"\x1f\x8b"


class ImportRefused(ValueError):
    """A file that cannot be imported: which row, which column, and what to do about it."""

    def __init__(self, problem: str, remedy: str, *, row: int = 0, column: str = "") -> None:
        """Keep the place beside the words."""
        self.row, self.column, self.remedy = row, column, remedy
        place = f"Row {row}" if row else "The file"
        place += f", column {column}" if column else ""
        super().__init__(f"{place}: {problem} {remedy} Nothing was imported.")


@dataclass(frozen=True)
class Header:
    """What the first rows of a file say: its layout, the columns to read, words to keep."""

    layout: Layout
    columns: tuple[str, ...]
    places: tuple[int, ...]
    width: int
    row: int
    words: tuple[str, ...]


class Rows:
    """The rows of an opened file, numbered as a person would count them in it."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Read the header.

        :raises ImportRefused: when no known layout is found.
        """
        self._lines = _lines(stream)
        self._reader = csv.reader(self._lines, strict=True)
        self.header = self._header()

    def __iter__(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row with its number, in the order of the header's columns."""
        header = self.header
        every = header.places == tuple(range(header.width))
        while (row := self._next()) is not None:
            if len(row) != header.width:
                if not row:
                    continue
                raise ImportRefused(
                    f"it has {len(row)} values where the header has {header.width} columns.",
                    "Download the file again, or repair this row.",
                    row=self._reader.line_num,
                )
            values = row if every else [row[place] for place in header.places]
            yield self._reader.line_num, tuple(values)

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise ImportRefused(
                f"it is not well-formed CSV ({error}).",
                "Look for a quotation mark that is opened and not closed.",
                row=self._reader.line_num,
            ) from error

    def _header(self) -> Header:
        """The first row that holds column names; what stands before it is kept as words."""
        words: list[str] = []
        for number in range(1, _HEADER_WITHIN + 1):
            row = self._next()
            if row is None:
                break
            columns = [_column(text) for text in row]
            known = [name for name in columns if name]
            if len(known) >= _FEWEST_COLUMNS or (number == 1 and known):
                return _read_header(row, columns, number, words)
            words += [text.strip() for text in row if text.strip()]
        raise ImportRefused(
            "no header of a known public layout was found.",
            "Use a CSV or CSV.GZ file of the k-anonymised (2017 to 2021) or synthetic (2021, "
            "2024, 2025) data sets with its first row.",
        )


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, compressed or not, judged by its first bytes."""
    with path.open("rb") as raw:
        start = raw.read(len(_GZIP))
        raw.seek(0)
        if start != _GZIP:
            yield raw
            return
        with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
            yield unpacked  # type: ignore[misc]


def _column(text: str) -> str:
    """The column a header cell names; disclaimers appended to it are left away."""
    first = text.strip().removeprefix("\ufeff").split(maxsplit=1)
    name = first[0].strip(",;:\"'") if first else ""
    return name if recognised(frozenset({name})) else ""


def _read_header(row: list[str], columns: list[str], number: int, words: list[str]) -> Header:
    for text, name in zip(row, columns, strict=True):
        if not name and text.strip() and " " not in text.strip():
            raise ImportRefused(
                f"the column {text.strip()[:60]!r} is in no public layout.",
                "Remove it, or correct its name.",
                row=number,
                column=text.strip()[:60],
            )
    places = tuple(place for place, name in enumerate(columns) if name)
    named = tuple(columns[place] for place in places)
    _refuse_doubles(named, number)
    layout = recognised(frozenset(named))
    if layout is None:
        raise ImportRefused(
            "its columns belong to different public layouts.",
            "Import each published file by itself.",
            row=number,
        )
    appended = [
        text.strip() for text, name in zip(row, columns, strict=True) if text.strip() != name
    ]
    said = tuple(" ".join(text.split())[:500] for text in (*words, *appended) if text)
    return Header(layout, named, places, len(row), number, said)


def _refuse_doubles(named: tuple[str, ...], number: int) -> None:
    doubled = next((name for name in named if named.count(name) > 1), None)
    if doubled:
        raise ImportRefused(
            "this column is there twice.", "Remove one of the two.", row=number, column=doubled
        )


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """The lines of a file as text, never one too long and never too many."""
    number = size = 0
    while line := _line(stream, number + 1):
        number += 1
        size += len(line)
        if len(line) > LONGEST_LINE or size > LARGEST_TEXT:
            raise ImportRefused(
                "the file is larger than any public data set.",
                "Check that this is the published file.",
                row=number,
            )
        yield _text(line, number)


def _line(stream: IO[bytes], number: int) -> bytes:
    try:
        return stream.readline(LONGEST_LINE + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ImportRefused(
            "the compressed file is damaged or cut short here.",
            "Download the file again.",
            row=number,
        ) from error


def _text(line: bytes, number: int) -> str:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise ImportRefused(
            "it holds characters that are not UTF-8.", "Save the file as UTF-8.", row=number
        ) from error
    if "\x00" in text:
        raise ImportRefused(
            "it holds a zero byte, so it is no text file.", "Choose the CSV file.", row=number
        )
    return text
