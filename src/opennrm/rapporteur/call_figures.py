"""Tables of the calls to helplines, protected together, so that none gives another away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from opennrm.casework.actors import Actor
from opennrm.lifecycle.calendars import local_day
from opennrm.statistics import (
    Answer,
    Dimension,
    Level,
    ProtectedTable,
    TableShape,
    Tally,
    protect,
)
from opennrm.vocabulary import registry
from opennrm.vocabulary.roles import Role

LISTS = {
    "situation": "call_situation",
    "caller": "asked_by",
    "topic": "call_topic",
    "danger": "risk_level",
    "outcome": "call_outcome",
}
COUNTED_BY = ("outcome", "situation", "topic", "caller")
COUNTERS = frozenset({Role.HL, Role.NR, Role.SO})


@dataclass(frozen=True, slots=True)
class CountedTable:
    """Calls by the answers to one question; a number that is hidden is none."""

    title: str
    total: int | None
    rows: tuple[tuple[str, int | None], ...]


def months_counted(actor: Actor, at: datetime) -> tuple[date, date]:
    """Return the months somebody may count: they are over, and no two looks can be subtracted.

    A helpline sees its last twelve months; who reports for the State the last whole year.
    """
    until = local_day(actor.jurisdiction, at).replace(day=1)
    if Role.HL not in actor.roles:
        until = until.replace(month=1)
    return until.replace(year=until.year - 1), until


def tables(counted: list[tuple[Mapping[str, str], int]]) -> list[CountedTable]:
    """Protect one table for each question together, so that none gives another away."""
    dimensions = [_dimension(name) for name in COUNTED_BY]
    shapes = [TableShape(one.name, (one,)) for one in dimensions]
    rows: dict[tuple[Answer, ...], int] = {}
    for answers, number in counted:
        key = tuple(answers.get(name) or "unknown" for name in COUNTED_BY)
        rows[key] = rows.get(key, 0) + number
    found = protect(shapes, Tally(COUNTED_BY, rows), exact=False)
    return [_table(one) for one in found.tables]


def _table(table: ProtectedTable) -> CountedTable:
    dimension = table.shape.dimensions[0]
    return CountedTable(
        gettext(dimension.label),
        table.value(),
        tuple(
            (gettext(level.label), table.value(**{dimension.name: level.code}))
            for level in dimension.levels
        ),
    )


def _dimension(name: str) -> Dimension:
    listed = registry.code_list(LISTS[name])
    levels = [Level(code, text) for code, text in listed.labels().items()]
    if "unknown" not in listed.labels():
        levels.append(Level("unknown", "Not known"))
    return Dimension(name, listed.title, tuple(levels))
