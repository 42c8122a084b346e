"""The release desk: asked, drawn, checked, attacked, read by a second person, published."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from opennrm.casework.actors import Actor
from opennrm.rapporteur import ledger, request_book
from opennrm.rapporteur.history import require_no_subtraction
from opennrm.rapporteur.offices import may_release, needs_clearance, reading_by
from opennrm.rapporteur.releases import Release, Request
from opennrm.rapporteur.releasing import ReleaseRefused, require_full_years
from opennrm.rapporteur.request_book import NoSuchRequest
from opennrm.rapporteur.requests import ReleaseRequest, Step
from opennrm.rapporteur.sources import tally_of

NOT_DRAWN = "It is not drawn, checked and attacked yet. Wait until it is, then read it."
CLOSED = "This request is closed. Ask for a new release."


def ask_for_release(
    *, wanted: Request, actor: Actor, connection: Any, at: datetime
) -> ReleaseRequest:
    """Put a request on the desk; the machine draws, checks and attacks it by itself.

    :raises ReleaseRefused: when it could never go out; the message says why and what to do.
    """
    if not may_release(actor.roles):
        raise ReleaseRefused("Figures are asked for by the Rapporteur or her statistics officer.")
    _require_said(wanted)
    require_full_years(wanted.period, at=at)
    with transaction.atomic(using=connection.alias):
        ledger.lock(connection)
        _require_no_other(connection, wanted)
        tally = tally_of(connection, wanted.source, wanted.period)
        require_no_subtraction(connection, wanted, tally)
        return request_book.write_down(
            connection, wanted, actor=actor, needs_clearance=needs_clearance(actor), at=at
        )


def publish(*, request: UUID, actor: Actor, connection: Any, at: datetime) -> Release:
    """Publish what was drawn, as it was read by this person.

    A second person of the same office reads it; an office of one person reads alone, and the
    release says so. What others than the Rapporteur's office ask for, she clears by reading it.

    :raises ReleaseRefused: when it is not ready, or this person may not read it.
    """
    with transaction.atomic(using=connection.alias):
        ledger.lock(connection)
        asked = _open(connection, request)
        draft = request_book.draft_of(connection, asked)
        if draft is None or not asked.is_waiting_for_reader:
            raise ReleaseRefused(NOT_DRAWN)
        reading = reading_by(actor, asked)
        require_no_subtraction(connection, wanted_by(asked), draft.basis)
        release = ledger.keep(
            connection, request, at=at, reading=reading.value, read_by=actor.account
        )
        says = f"Release {release.number}"
        request_book.take(connection, request, Step.PUBLISHED, at=at, by=actor.account, says=says)
        return release


def send_back(
    *, request: UUID, reason: str, actor: Actor, connection: Any, at: datetime
) -> ReleaseRequest:
    """Close a request without publishing; the reason is kept with it.

    :raises ReleaseRefused: when there is no reason, or this person has no say in it.
    """
    with transaction.atomic(using=connection.alias):
        ledger.lock(connection)
        asked = _open(connection, request)
        if actor.account != asked.asked_by:
            reading_by(actor, asked)
        if not reason.strip():
            raise ReleaseRefused("Say why it does not go out, so that it can be asked for better.")
        request_book.take(
            connection, request, Step.SENT_BACK, at=at, by=actor.account, says=reason
        )
    return request_book.request_of(connection, request)


def wanted_by(asked: ReleaseRequest) -> Request:
    """What a request asks for."""
    return Request(
        asked.period, asked.purpose, asked.source, asked.rule, asked.revises, asked.reason
    )


def _open(connection: Any, request: UUID) -> ReleaseRequest:
    try:
        asked = request_book.request_of(connection, request)
    except NoSuchRequest as unknown:
        raise ReleaseRefused(str(unknown)) from unknown
    if asked.is_closed:
        raise ReleaseRefused(CLOSED)
    return asked


def _require_said(wanted: Request) -> None:
    if not wanted.purpose.strip():
        raise ReleaseRefused("A release needs a purpose. Write what the figures are for.")
    if (wanted.revises is None) != (not wanted.reason.strip()):
        raise ReleaseRefused(
            "A correction names the release that it corrects and says why. Give both, or neither."
        )


def _require_no_other(connection: Any, wanted: Request) -> None:
    for other in request_book.open_requests(connection):
        if other.source == wanted.source and other.period.overlaps(wanted.period):
            raise ReleaseRefused(
                "Another request for these years is on the desk. Publish it or send it back first."
            )
