"""What a report is made of: chapters of paragraphs, lists, tables and charts, with footnotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

NO_CHART = Markup("")
NOTE = re.compile(r"\s*\[\^([^\]]{1,500})\]")
BULLET = re.compile(r"^\s*[-*]\s+")


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text with the footnote that stands behind it, if any."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    runs: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of points."""

    items: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption, what must be read with it, and a chart where there is one.

    ``chart`` is SVG that shows the first number of each row; the table says the same.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    chart: Markup = NO_CHART


Block = Paragraph | Items | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, or an annex."""

    title: str
    sections: tuple[Section, ...]
    is_annex: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report; a draft says on every page that it is one.

    ``runs_on`` is a short one: without contents, its chapters on the same page.
    """

    title: str
    body: str
    period_from: date
    period_until: date
    language: str
    chapters: tuple[Chapter, ...]
    is_draft: bool = True
    runs_on: bool = False

    def notes(self) -> list[str]:
        """List the footnotes in the order in which they are read."""
        return [run.note for run in self._runs() if run.note]

    def _runs(self) -> Iterator[Words]:
        for chapter in self.chapters:
            for section in chapter.sections:
                for block in section.blocks:
                    yield from runs_of(block)


def runs_of(block: Block) -> Iterator[Words]:
    """Yield the runs of text of a block."""
    if isinstance(block, Paragraph):
        yield from block.runs
    elif isinstance(block, Items):
        for item in block.items:
            yield from item


def blocks_of(text: str) -> tuple[Block, ...]:
    """Read typed text: an empty line begins a paragraph, a dash a point, [^...] a footnote."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if not lines:
            continue
        if all(BULLET.match(line) for line in lines):
            points = (BULLET.sub("", line) for line in lines)
            found.append(Items(tuple(runs_in(point) for point in points)))
        else:
            found.append(Paragraph(runs_in(" ".join(lines))))
    return tuple(found)


def runs_in(text: str) -> tuple[Words, ...]:
    """Cut a line of text at its footnotes."""
    runs, start = [], 0
    for found in NOTE.finditer(text):
        runs.append(Words(text[start : found.start()], found[1].strip()))
        start = found.end()
    rest = text[start:]
    if rest or not runs:
        runs.append(Words(rest))
    return tuple(runs)


def grid(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    """Make a table of texts."""
    return Grid(caption, tuple(head), tuple(tuple(row) for row in rows))
