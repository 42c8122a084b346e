"""Asks the rights before figures go out: every break-down (R66), and no child shown (R40)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from opennrm.rapporteur.catalogue import Period
from opennrm.rights.publicity import PublicSituation
from opennrm.rights.registry import stopped_by
from opennrm.rights.system import FiguresSituation
from opennrm.statistics import ProtectedSet, ProtectedTable

CHILD = "child"
AGE = "age"


class ReleaseRefused(ValueError):
    """A release that would expose someone or mislead; the message says what to do instead."""


def last_full_year(at: datetime) -> int:
    """Name the last year that is over: rows can still come into a later one."""
    return at.year - 1


def require_full_years(period: Period, *, at: datetime) -> None:
    """Refuse years that are not over: a release stands for good and covers its years once.

    :raises ReleaseRefused: when the period reaches beyond the last full year.
    """
    last = last_full_year(at)
    if period.until_year > last or period.from_year > period.until_year:
        raise ReleaseRefused(
            f"Only years that are over can be published, since a release stands for good. "
            f"Choose years up to {last}, the first not after the last."
        )


def require_publishable(found: ProtectedSet, *, on: date) -> None:
    """Refuse tables without a break-down that must be had, or with a figure of a few children.

    :raises ReleaseRefused: when a rule stops it; the message says what to do instead.
    """
    for table in found.tables:
        _require("R66", figures_situation(table, found.tables), on, table)
        _require("R40", children_situation(table), on, table)


def figures_situation(table: ProtectedTable, beside: Iterable[ProtectedTable]) -> FiguresSituation:
    """Say which break-downs a table has, which stand beside it, and what is hidden."""
    return FiguresSituation(
        breakdowns=_names(table),
        beside=frozenset(name for other in beside for name in _names(other)),
        suppressed=table.suppressed,
        is_explained=bool(table.caveats),
    )


def children_situation(table: ProtectedTable) -> PublicSituation:
    """Say what the smallest figure of children in a table is, zero left out."""
    shown = [value for value in _of_children(table) if value]
    return PublicSituation(
        is_child=True, shows_person=False, smallest_cell=min(shown, default=None)
    )


def _of_children(table: ProtectedTable) -> Iterator[int | None]:
    for cell, value in table.cells.items():
        age = dict(cell).get(AGE)
        if age is not None and age.startswith(CHILD):
            yield value


def _names(table: ProtectedTable) -> frozenset[str]:
    return frozenset(one.name for one in table.shape.dimensions)


def _require(rule: str, situation: object, on: date, table: ProtectedTable) -> None:
    finding = stopped_by(rule, situation, on)
    if finding is not None:
        raise ReleaseRefused(f"{table.shape.name}: {finding.says}")
