"""The machine's part of the desk: draws, checks and attacks what was asked, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from opennrm.rapporteur import ledger, request_book
from opennrm.rapporteur.catalogue import shapes_for
from opennrm.rapporteur.history import history_of, require_no_subtraction
from opennrm.rapporteur.publishing import wanted_by
from opennrm.rapporteur.releases import content_of
from opennrm.rapporteur.releasing import ReleaseRefused, require_publishable
from opennrm.rapporteur.requests import ReleaseRequest, Step
from opennrm.rapporteur.sources import dimensions_of, tally_and_where
from opennrm.statistics import (
    AuditFailed,
    Cell,
    CountRefused,
    Inconsistent,
    ProtectedSet,
    TableShape,
    Tally,
    UnknownCode,
    draw_next,
    relate,
    release_set,
)

_TRY = "SELECT pg_try_advisory_lock(hashtext('statistics.release_request'))"
_LET_GO = "SELECT pg_advisory_unlock(hashtext('statistics.release_request'))"


def work_on_requests(*, connection: Any, at: datetime) -> int:
    """Draw, check and attack everything that waits for it; say how many were worked on.

    One process works at a time. What was broken off is begun anew: nothing is kept of a request
    before it was attacked, but the steps that tell how far it came.
    """
    with _the_only_one(connection) as is_mine:
        if not is_mine:
            return 0
        waiting = [
            one for one in request_book.open_requests(connection) if one.is_waiting_for_work
        ]
        for asked in waiting:
            _work_on(connection, asked, at)
        return len(waiting)


def draw_release(*, asked: ReleaseRequest, connection: Any, at: datetime) -> None:
    """Count and hide, ask rules and history, attack what would be printed, and keep it.

    :raises ReleaseRefused: when a rule or an earlier release stops it.
    :raises AuditFailed: when a hidden figure could be worked out.
    """
    shapes = shapes_for(dimensions_of(connection, asked.source), asked.period)
    tally, counted_on = tally_and_where(connection, asked.source, asked.period)
    found = _drawn(connection, asked, shapes, tally)
    says = f"{tally.size} persons in {len(shapes)} tables, counted on {counted_on}"
    _told(connection, asked, Step.DRAWN, at, says)
    require_no_subtraction(connection, wanted_by(asked), tally)
    require_publishable(found, on=at.date())
    _told(connection, asked, Step.CHECKED, at, "")
    attacked = _attacked(found, shapes, asked)
    _keep(connection, asked, attacked, tally, at)


def _drawn(
    connection: Any, asked: ReleaseRequest, shapes: Sequence[TableShape], tally: Tally
) -> ProtectedSet:
    """Draw exact figures with every earlier release of these years in view, cell by cell.

    :raises ReleaseRefused: when an earlier release stands instead; it says which and why.
    """
    earlier = history_of(connection, asked.source, asked.period)
    exact_figures = replace(asked.rule, rounding=None)
    drawn = draw_next(shapes, tally, earlier, exact_figures, exact=False)
    if drawn.found is None:
        raise ReleaseRefused(drawn.why)
    return drawn.found


def _work_on(connection: Any, asked: ReleaseRequest, at: datetime) -> None:
    try:
        draw_release(asked=asked, connection=connection, at=at)
    except (ReleaseRefused, AuditFailed, CountRefused, Inconsistent, UnknownCode) as refused:
        request_book.take(
            connection, asked.request, Step.REFUSED, at=at, by=None, says=str(refused)
        )


def _attacked(
    found: ProtectedSet, shapes: Sequence[TableShape], asked: ReleaseRequest
) -> ProtectedSet:
    """Solve for every hidden cell from the shown ones alone, and only then round them."""
    cells: dict[Cell, int | None] = {}
    for table in found.tables:
        cells |= table.cells
    return release_set(relate(shapes), shapes, cells, asked.rule, exact=True)


def _keep(
    connection: Any, asked: ReleaseRequest, attacked: ProtectedSet, tally: Tally, at: datetime
) -> None:
    hidden = len(attacked.audit.intervals)
    with transaction.atomic(using=connection.alias):
        ledger.lock(connection)
        request_book.keep_draft(connection, asked.request, content_of(attacked), tally, at=at)
        _told(connection, asked, Step.ATTACKED, at, f"{hidden} hidden figures, none found")


def _told(connection: Any, asked: ReleaseRequest, step: Step, at: datetime, says: str) -> None:
    """Tell how far a request has come, once, however often it is begun anew."""
    if not request_book.request_of(connection, asked.request).has(step):
        request_book.take(connection, asked.request, step, at=at, by=None, says=says)


@contextmanager
def _the_only_one(connection: Any) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute(_TRY)
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute(_LET_GO)
