"""What the page of rules and redress shows: one subject, one year, its protected tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from opennrm.rapporteur.drawing import Drawn, draw
from opennrm.rapporteur.releasing import ReleaseRefused, last_full_year
from opennrm.rapporteur.rule_counts import NoSuchSubject, Subject, subject, subjects
from opennrm.rapporteur.showing import Note, Row, ShownTable, day_of
from opennrm.rapporteur.table_page import Choice
from opennrm.statistics import AuditFailed, Dimension, ProtectedTable


@dataclass(frozen=True)
class RulePage:
    """Everything the page shows; without tables, the message says why."""

    subjects: tuple[Choice, ...]
    title: str
    year: int
    last_year: int
    tables: tuple[ShownTable, ...]
    message: str


def rule_page(name: str, year: int | None, *, connection: Any, at: datetime) -> RulePage:
    """Prepare the page; anything odd that was asked counts as not asked."""
    chosen, last = _subject(name), last_full_year(at)
    asked = last if year is None else year
    tables: tuple[ShownTable, ...] = ()
    message = ""
    try:
        drawn = draw(chosen, asked, connection=connection, at=at)
        tables = tuple(_tables(chosen, asked, drawn))
    except ReleaseRefused:
        message = _(
            "Only years that are over are shown, because a later look could be compared with "
            "this one. Choose %(year)d or an earlier year."
        ) % {"year": last}
    except AuditFailed:
        message = _("In these tables a number that must stay hidden could be worked out.")
    choices = tuple(Choice(one.name, _(one.title), one is chosen) for one in subjects())
    return RulePage(choices, _(chosen.title), asked, last, tables, message)


def _subject(name: str) -> Subject:
    try:
        return subject(name)
    except NoSuchSubject:
        return subjects()[0]


def _tables(chosen: Subject, year: int, drawn: Drawn) -> Iterator[ShownTable]:
    for shape, title in zip(chosen.shapes, chosen.titles, strict=True):
        table = drawn.tables[shape.name]
        first, *rest = table.shape.dimensions
        yield ShownTable(
            name=shape.name,
            caption=f"{_(title)}, {year}",
            row_headings=(_(first.label),),
            column_heading=_(rest[0].label) if rest else _("Number"),
            columns=tuple(words for _code, words in _levels(rest[0])) if rest else (_("All"),),
            rows=tuple(_rows(table, first, rest[0] if rest else None)),
            share_headings=(),
            notes=tuple(_notes(chosen, table, drawn)),
            is_released=True,
            unit=chosen.unit,
        )


def _levels(dimension: Dimension) -> Iterator[tuple[str | None, str]]:
    yield None, _("Total")
    for level in dimension.levels:
        yield level.code, _(level.label)


def _rows(table: ProtectedTable, first: Dimension, across: Dimension | None) -> Iterator[Row]:
    columns = [{across.name: code} for code, _words in _levels(across)] if across else [{}]
    for code, words in _levels(first):
        yield Row(
            headings=(words,),
            depth=0,
            is_total=code is None,
            persons=tuple(table.value(**{first.name: code}, **one) for one in columns),
            of_all=None,
            of_known=None,
        )


def _notes(chosen: Subject, table: ProtectedTable, drawn: Drawn) -> Iterator[Note]:
    rule = table.parameters.rule
    yield Note(_("Counting unit"), _(chosen.says))
    yield Note(
        _("Method"),
        _(
            "[c] stands for fewer than %(threshold)d, none included, or for a larger number that "
            "is hidden so that a small one cannot be worked out; it is never to be read as zero. "
            "Checked by exact algebra and by linear programming: from all that is shown, each "
            "hidden number can be at least %(width)d apart. %(count)d cells are hidden."
        )
        % {
            "threshold": rule.threshold,
            "width": rule.minimum_width,
            "count": table.suppressed,
        },
    )
    yield Note(
        _("Standing"),
        _(
            "Drawn on %(day)s, number %(number)d of this year. It stands until at least "
            "%(threshold)d of what is counted has changed."
        )
        % {
            "day": day_of(drawn.drawn_at),
            "number": drawn.number,
            "threshold": rule.threshold,
        },
    )
    yield Note(_("Software"), f"OpenNRM {table.software_version}")
