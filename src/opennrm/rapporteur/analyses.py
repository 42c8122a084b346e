"""Answers a saved question from a release: one table, narrowed, under one definition or two.

Nothing is counted anew: every figure is a cell of the release or a sum of such cells, so an answer
tells nothing that was not published. A sum with a hidden part is hidden.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opennrm.rapporteur import ledger
from opennrm.rapporteur.catalogue import CATALOGUE, OWN_DIMENSIONS, Period
from opennrm.rapporteur.releases import OWN_COPY, Release
from opennrm.rapporteur.table_csv import safe
from opennrm.rapporteur.table_html import SUPPRESSED
from opennrm.statistics import Dimension, ProtectedTable

MOST_DEFINITIONS = 2
LABELS = {name: one.label for name, one in OWN_DIMENSIONS.items()}


class CannotBeAnswered(ValueError):
    """A question that no release answers; the message says what to choose instead."""


@dataclass(frozen=True)
class Counted:
    """A definition: whom it counts, as codes of one break-down."""

    name: str
    dimension: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Question:
    """What is asked: a table, one level of some of its break-downs, and up to two definitions."""

    table: str
    only: Mapping[str, str]
    definitions: tuple[Counted, ...] = ()


@dataclass(frozen=True)
class Answered:
    """An answer: one line for each level of what makes the rows, the total first."""

    release: int
    period: Period
    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[int | None, ...]], ...]


def release_for(connection: Any, table: str) -> Release:
    """Find the newest release that stands and holds a table.

    :raises CannotBeAnswered: when there is none.
    """
    for one in ledger.standing_releases(connection, OWN_COPY):
        if table in one.tables:
            return one
    raise CannotBeAnswered(
        _("No release that stands holds this table. Ask the release desk for one first.")
    )


def answer(question: Question, release: Release) -> Answered:
    """Answer a question from one release.

    :raises CannotBeAnswered: when the table is not broken down by what is asked.
    """
    table = release.table(question.table)
    free = _free(question, table)
    first = free[0] if free else None
    columns = _columns(question, table, free[1] if len(free) > 1 else None)
    lines = tuple(
        (words, tuple(_figure(table, {**question.only, **row}, one) for one in columns))
        for words, row in _levels(first)
    )
    return Answered(release.number, release.period, tuple(one.head for one in columns), lines)


def as_text(answered: Answered) -> str:
    """Write an answer as CSV, so that it is kept as it was given."""
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\n")
    writer.writerow(["", *(safe(one) for one in answered.columns)])
    for words, figures in answered.lines:
        shown = (SUPPRESSED if one is None else one for one in figures)
        writer.writerow([safe(words), *shown])
    return kept.getvalue()


def from_text(kept: str) -> tuple[list[str], list[list[str]]]:
    """Read a kept answer: the heads of its columns, and its lines."""
    lines = list(csv.reader(io.StringIO(kept)))
    return lines[0], lines[1:]


def require_answerable(question: Question) -> None:
    """Refuse a question that no release can answer, before it is kept.

    :raises CannotBeAnswered: naming the break-down that the table does not have.
    """
    declared = next(one for one in CATALOGUE if one.name == question.table)
    fixed = [*question.only, *(one.dimension for one in question.definitions)]
    for name in fixed:
        if name not in declared.dimensions:
            raise CannotBeAnswered(
                _("“%(table)s” is not broken down by this: %(name)s. Choose another table.")
                % {"table": _(declared.title), "name": _(LABELS[name])}
            )
    dimensions = {one.dimension for one in question.definitions}
    if len(dimensions) > 1 or dimensions & set(question.only):
        raise CannotBeAnswered(
            _("No table holds both together. Compare definitions of the same kind.")
        )


def _free(question: Question, table: ProtectedTable) -> list[Dimension]:
    """The break-downs that are not yet fixed, in the order of the table."""
    fixed = {*question.only, *(one.dimension for one in question.definitions)}
    return [one for one in table.shape.dimensions if one.name not in fixed]


@dataclass(frozen=True)
class _Column:
    """The head of a column, the level that it fixes, and whom it counts."""

    head: str
    level: Mapping[str, str]
    among: Counted | None = None


def _columns(
    question: Question, table: ProtectedTable, across: Dimension | None
) -> Sequence[_Column]:
    if not question.definitions:
        return [_Column(words, level) for words, level in _levels(across)]
    return [_Column(one.name, {}, one) for one in _sides(question.definitions)]


def _sides(definitions: Sequence[Counted]) -> Iterator[Counted]:
    yield from definitions
    if len(definitions) == MOST_DEFINITIONS:
        first, second = definitions
        for name, codes in (
            (_("Under both"), first.codes & second.codes),
            (_("Under the first only"), first.codes - second.codes),
            (_("Under the second only"), second.codes - first.codes),
        ):
            yield Counted(name, first.dimension, codes)


def _levels(dimension: Dimension | None) -> Iterator[tuple[str, dict[str, str]]]:
    yield _("Total"), {}
    for level in dimension.levels if dimension else ():
        yield _(level.label), {dimension.name: level.code} if dimension else {}


def _figure(table: ProtectedTable, fixed: Mapping[str, str], column: _Column) -> int | None:
    if column.among is None:
        return table.value(**fixed, **column.level)
    name, codes = column.among.dimension, sorted(column.among.codes)
    return _added([table.value(**fixed, **{name: code}) for code in codes])


def _added(parts: Iterable[int | None]) -> int | None:
    whole = 0
    for one in parts:
        if one is None:
            return None
        whole += one
    return whole
