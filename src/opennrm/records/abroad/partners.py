"""Focal points of other States: proposed with a card, trusted by a second person, stopped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.utils import DatabaseError

from opennrm.accounts.models import Account, Organisation
from opennrm.exchange.crossborder.card import Card, read_card, same_fingerprint
from opennrm.records.abroad.keys import public_of_house, server_keys
from opennrm.records.sessions import Session, reading, sqlstate

PROPOSE = "SELECT nrm.propose_partner(%s, %s, %s, %s, %s::jsonb)"
DECIDE = "SELECT nrm.decide_partner(%s, %s, %s)"
LIST = (
    "SELECT organisation, card, status, changed_at, proposed_by FROM nrm.partner "
    "ORDER BY card ->> 'state', card ->> 'name'"
)
ALL = "SELECT organisation FROM nrm.partner"
REFUSALS = {
    "NR409": "No agreement with this partner is in force. Bring one into force in the "
    "co-ordination first.",
    "NR428": "Show your second factor again first.",
    "23505": "Another organisation has this name or these keys already.",
}


class PartnerRefused(Exception):
    """A partner is not proposed, trusted or stopped like this; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A focal point of another State, as it is known here."""

    organisation: UUID
    card: Card
    status: str
    changed_at: datetime
    agreed_until: date | None
    was_proposed_by_viewer: bool


def own_card(viewer: Session) -> Card | None:
    """Return the card of the viewer's focal point; None where it has no keys yet."""
    house = Organisation.objects.get(ref=viewer.actor.organisation)
    with reading(viewer.token) as cursor:
        keys = public_of_house(cursor, house.ref)
    if keys is None:
        return None
    people = Account.objects.filter(
        organisation=house, memberships__role="TF", is_active=True
    ).order_by("display_name")
    return Card(
        organisation=house.ref,
        name=house.name,
        state=house.jurisdiction[:2],
        focal_points=tuple(people.values_list("display_name", flat=True)),
        address=settings.OPENNRM_ADDRESS,
        server=server_keys().public,
        house=keys,
    )


def propose(viewer: Session, text: str, fingerprint: str) -> Card:
    """Propose the focal point of a card whose fingerprint was heard from itself.

    :raises CardRefused: when the file is no card.
    :raises PartnerRefused: when the fingerprint is another's, or the viewer may not.
    """
    card = read_card(text)
    if not same_fingerprint(fingerprint, card):
        raise PartnerRefused(
            "This is not the fingerprint of this card. Do not use the card; call the focal point "
            "under a number you know, and let it read the fingerprint out."
        )
    if card.state == viewer.actor.jurisdiction[:2]:
        raise PartnerRefused("This focal point is of your own State. Refer to it as usual.")
    values = [card.organisation, card.name, card.state, card.server.sign_id]
    _ask(viewer, PROPOSE, [*values, json.dumps(card.told())])
    return card


def decide(viewer: Session, partner: UUID, status: str, *, sign_key: str = "") -> None:
    """Trust a partner, or stop it; whoever trusts it says which key she trusts.

    :raises PartnerRefused: when the viewer may not, or no agreement is in force.
    """
    _ask(viewer, DECIDE, [partner, status, sign_key])


def partners(viewer: Session) -> list[Partner]:
    """List the focal points of other States that are known here."""
    with reading(viewer.token) as cursor:
        cursor.execute(LIST)
        rows = cursor.fetchall()
    ends = {
        one.ref: max((held.in_force_until for held in one.agreements.all()), default=None)
        for one in Organisation.objects.filter(ref__in=[row[0] for row in rows]).prefetch_related(
            "agreements"
        )
    }
    return [
        Partner(
            organisation,
            card_of(card),
            status,
            changed_at,
            ends.get(organisation),
            proposed_by == viewer.actor.account,
        )
        for organisation, card, status, changed_at, proposed_by in rows
    ]


def known_partners(viewer: Session) -> frozenset[UUID]:
    """Return the organisations that are focal points of other States."""
    with reading(viewer.token) as cursor:
        cursor.execute(ALL)
        return frozenset(ref for (ref,) in cursor.fetchall())


def card_of(kept: Any) -> Card:
    """Read a card as the database keeps it."""
    return read_card(kept if isinstance(kept, str) else json.dumps(kept))


def _ask(viewer: Session, statement: str, values: list[Any]) -> None:
    try:
        with reading(viewer.token) as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        state = sqlstate(error)
        if state in REFUSALS:
            raise PartnerRefused(REFUSALS[state]) from error
        if state == "NR403":
            raise PartnerRefused(str(error).splitlines()[0]) from error
        raise
