"""Answers who asks for a hidden figure with the rule and its reason, and logs the question."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from opennrm.casework.actors import Actor
from opennrm.rapporteur import ledger
from opennrm.rapporteur.ledger import as_json
from opennrm.rapporteur.releases import Release
from opennrm.rapporteur.releasing import ReleaseRefused
from opennrm.statistics import Cell, ProtectedTable

_KEEP = (
    "INSERT INTO statistics.cell_question (question, number, table_name, cell, asked_by, office, "
    "asked_for, asked_at, answer) VALUES (%s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s)"
)
_NEWEST = (
    "SELECT number, table_name, cell, asked_by, asked_for, asked_at "
    "FROM statistics.cell_question ORDER BY asked_at DESC, question LIMIT %s"
)


@dataclass(frozen=True)
class Answered:
    """What was answered: the figure where it is published anyway, else the rule and its reason."""

    value: int | None
    says: str


@dataclass(frozen=True)
class Question:
    """A question for a hidden figure as it was logged."""

    number: int
    table: str
    cell: Cell
    asked_by: UUID
    asked_for: str
    asked_at: datetime


def ask_for_figure(
    *, number: int, table: str, cell: Cell, asked_for: str, actor: Actor, connection: Any,
    at: datetime,
) -> Answered:  # fmt: skip
    """Answer a question for one figure of a release; one for a hidden figure is logged.

    :raises NoSuchRelease: when the ledger does not hold the release.
    :raises ReleaseRefused: when there is no such figure, or nobody is named who wants it.
    """
    release = ledger.release(connection, number)
    found = _table(release, table)
    if cell not in found.cells:
        raise ReleaseRefused("This table has no such figure. Choose one from its lists.")
    if not asked_for.strip():
        raise ReleaseRefused("Say for whom you ask; it is written down with the question.")
    value = found.cells[cell]
    if value is not None:
        return Answered(value, _("This figure is published: %(value)d.") % {"value": value})
    says = answer_for(release)
    row = [uuid4(), number, table, json.dumps(cell), actor.account, actor.organisation]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [*row, asked_for, at, says])
    return Answered(None, says)


def answer_for(release: Release) -> str:
    """The answer that everyone gets, without telling a small figure from one hidden beside it."""
    return _(
        "This figure is hidden, and nobody is told it, whoever asks. Rule: figures of fewer than "
        "%(threshold)d persons are hidden, and further ones, so that from all that is published "
        "each hidden figure can be at least %(width)d apart. Reason: a small number in a table "
        "can tell a trafficker who went to the police. It may be zero, small, or large. The "
        "Rapporteur publishes on her own word (R67); nobody can instruct her to show it. What "
        "you can use: the totals, or a release over more years together."
    ) % {"threshold": release.rule.threshold, "width": release.rule.minimum_width}


def newest_questions(connection: Any, *, most: int = 50) -> list[Question]:
    """The newest questions for hidden figures, for the office that answers for the rule."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [most])
        rows = cursor.fetchall()
    return [
        Question(number, table, _cell(as_json(cell)), by, whom, at)
        for number, table, cell, by, whom, at in rows
    ]


def _table(release: Release, name: str) -> ProtectedTable:
    if name not in release.tables:
        raise ReleaseRefused("This release has no such table. Choose one from its list.")
    return release.table(name)


def _cell(kept: list[list[str]]) -> Cell:
    return tuple((name, code) for name, code in kept)
