"""Sits a signed-in person at her desk: one transaction in which one use case does its work."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max, QuerySet

from opennrm.accounts.models import Account, Organisation
from opennrm.casework import ports
from opennrm.casework.actors import Actor
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused, Refused
from opennrm.records import statements
from opennrm.records.abroad.hand_overs import RecordedHandOvers
from opennrm.records.cases import RecordedCases
from opennrm.records.partners import RecordedPartners
from opennrm.records.places import RecordedPlaces
from opennrm.records.sessions import (
    AlreadySent,
    Session,
    SignInRefused,
    bind,
    note_refusal,
    open_front_door,
    reading,
)
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.roles import Role

__all__ = ["AlreadySent", "at_work", "described", "with_agreements"]


@contextmanager
def at_work(
    session: Session, *, at: datetime, form_key: UUID | None = None
) -> Iterator[ports.Desk]:
    """Open the transaction in which a use case loads, asks, acts and records.

    A form's key is used up in the same transaction, so a form takes effect once or not at all.

    :raises SignedOut: when the session has ended.
    :raises AlreadySent: when the form's key was used before.
    :raises Refused: when a use case is refused; that it was, and why, is in the journal.
    """
    try:
        with _seated(session, at=at, form_key=form_key) as desk:
            yield desk
    except Refused as refused:
        note_refusal(session.token, refused.finding.reason)
        raise


@contextmanager
def _seated(session: Session, *, at: datetime, form_key: UUID | None) -> Iterator[ports.Desk]:
    with reading(session.token, "recorder", form=form_key) as cursor:
        cases = RecordedCases(cursor, session, at)
        yield _desk(cursor, session, at, cases)
        cases.list_begun()


def _desk(cursor: Any, session: Session, at: datetime, cases: RecordedCases) -> ports.Desk:
    return ports.Desk(
        cases=cases,
        directory=RecordedDirectory(cursor),
        notifications=RecordedNotifications(cursor, session),
        places=RecordedPlaces(cursor),
        partners=RecordedPartners(cursor),
        hand_overs=RecordedHandOvers(cursor, session, at, write_first=cases.send),
        presets=presets,
        front_door=partial(_front_door, cursor, session, at, cases),
    )


@contextmanager
def _front_door(
    cursor: Any, session: Session, at: datetime, own: RecordedCases
) -> Iterator[tuple[Actor, ports.Desk]]:
    """Let the front door do one act in this transaction; whose desk it was goes on after it.

    The journal of the depositor says that she did, and of no case.

    :raises MoveRefused: when this installation has no front door.
    """
    try:
        door = open_front_door(at=at)
    except SignInRefused as refusal:
        raise MoveRefused(found("no_front_door")) from refusal
    own.send()
    bind(cursor, door.token)
    cases = RecordedCases(cursor, door, at)
    yield door.actor, _desk(cursor, door, at, cases)
    cases.list_begun()
    bind(cursor, session.token)
    cursor.execute(statements.JOURNAL, ["deposit_referral", None, []])


class RecordedDirectory:
    """The directory of organisations and of those who hold their roles."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._known: dict[UUID, ports.Organisation] = {}
        self._houses: dict[str, list[Organisation]] = {}

    def organisation(self, ref: UUID) -> ports.Organisation | None:
        """Find an organisation."""
        if ref not in self._known:
            self._cursor.execute(statements.ORGANISATION, [ref])
            row = self._cursor.fetchone()
            if row is None:
                return None
            self._known[ref] = _of_row(row)
        return self._known[ref]

    def holders(self, organisation: UUID, role: Role) -> tuple[UUID, ...]:
        """List the accounts that hold a role in an organisation."""
        accounts = Account.objects.filter(
            organisation_id=organisation, memberships__role=role.value, is_active=True
        )
        return tuple(accounts.order_by("display_name").values_list("ref", flat=True))

    def with_role(self, role: Role, jurisdiction: str) -> tuple[UUID, ...]:
        """List the organisations of a jurisdiction that act in a role, by name."""
        if jurisdiction not in self._houses:
            houses = Organisation.objects.filter(jurisdiction=jurisdiction).order_by("name")
            self._houses[jurisdiction] = list(houses)
        return tuple(one.ref for one in self._houses[jurisdiction] if role.value in one.roles)


class RecordedNotifications:
    """Where anonymous notifications are kept for the competent authority."""

    def __init__(self, cursor: Any, session: Session) -> None:
        self._cursor, self._session = cursor, session

    def send(self, notification: ports.Notification) -> UUID:
        """Keep a notification, which holds coarse codes and nothing else."""
        ref = uuid4()
        content = json.dumps(asdict(notification))
        jurisdiction = self._session.actor.jurisdiction
        self._cursor.execute(statements.NOTIFICATION, [ref, jurisdiction, content])
        return ref


def _of_row(row: Sequence[Any]) -> ports.Organisation:
    ref, name, kind, roles, until, jurisdiction, is_enforcement, is_partner = row
    return ports.Organisation(
        organisation=ref,
        name=name,
        kind=kind,
        roles=frozenset(map(Role, roles)),
        agreement_until=until,
        jurisdiction=jurisdiction,
        is_enforcement=is_enforcement,
        is_partner=is_partner,
    )


def with_agreements() -> QuerySet[Organisation]:
    """Ask for organisations with the day until which their newest agreement is in force."""
    return Organisation.objects.annotate(agreed_until=Max("agreements__in_force_until"))


def described(organisation: Any) -> ports.Organisation:
    """Describe an organisation, asked for with its agreements, as the use cases see it."""
    return ports.Organisation(
        organisation=organisation.ref,
        name=organisation.name,
        kind=organisation.kind,
        roles=frozenset(Role(code) for code in organisation.roles),
        agreement_until=organisation.agreed_until,
        jurisdiction=organisation.jurisdiction,
        is_enforcement=organisation.is_enforcement,
    )
