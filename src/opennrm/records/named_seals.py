"""Seals bytes to one named person, whose key nobody else holds, and opens them for her."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connections

from opennrm.records.sealing import SealBroken, seal, unseal
from opennrm.records.statements import PUBLIC_KEY_OF_ACCOUNT

if TYPE_CHECKING:
    from opennrm.records.sessions import Session


def sealed_to(account: UUID, plain: bytes, *, purpose: bytes) -> bytes:
    """Seal bytes to the key of an account; the purpose must be named again to open them."""
    with connections["default"].cursor() as cursor:
        cursor.execute(PUBLIC_KEY_OF_ACCOUNT, [account])
        (public,) = cursor.fetchone()
    return seal(plain, bytes(public), purpose)


def opened_by(session: Session, sealed: bytes, *, purpose: bytes) -> bytes:
    """Open bytes that were sealed to who is signed in.

    :raises SealBroken: when they were sealed to somebody else, or her keys are closed.
    """
    if session.keyring is None:
        raise SealBroken("The keys of this session are closed.")
    return unseal(sealed, session.keyring.own, purpose)
