"""The keys of this installation, and those of its focal points, sealed to their group."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from opennrm.casework.reasons import found
from opennrm.casework.refusals import PermissionMissing
from opennrm.exchange.crossborder.keys import (
    PrivateKeys,
    PublicKeys,
    new_keys,
    private_keys,
    public_keys,
)
from opennrm.records.sealing import SealBroken, branch, seal, unseal
from opennrm.records.server_keys import secret_in
from opennrm.records.sessions import Session, reading

SIGN, SEAL = b"opennrm partner sign 1", b"opennrm partner seal 1"
ROLE = "TF"
OWN = "SELECT key_ref, public, sealed FROM nrm.own_hand_over_keys()"
KEEP = "SELECT nrm.keep_hand_over_key(%s, %s::jsonb, %s)"
PUBLIC = "SELECT public FROM nrm.hand_over_key WHERE organisation = %s AND ended_at IS NULL"
SEAL_AGAIN = "SELECT nrm.seal_hand_over_key_again(%s, %s)"


def server_keys() -> PrivateKeys:
    """Return the keys of this installation, made of one secret that only it can read."""
    return _derived(str(settings.OPENNRM_PARTNER_KEY))


@cache
def _derived(path: str) -> PrivateKeys:
    secret = secret_in(Path(path))
    sign = Ed25519PrivateKey.from_private_bytes(branch(secret, SIGN))
    opening = X25519PrivateKey.from_private_bytes(branch(secret, SEAL))
    return private_keys({"sign": _jwk("Ed25519", sign), "seal": _jwk("X25519", opening)})


def make_house_keys(viewer: Session) -> PublicKeys:
    """Make the keys of the viewer's focal point; its partners then need its new card.

    :raises PermissionMissing: when the viewer holds no key of the group.
    """
    keys, ref = new_keys(), uuid4()
    house = viewer.actor.organisation
    sealed = seal(json.dumps(keys.told()).encode(), _group_public(viewer), purpose(house, ref))
    with reading(viewer.token) as cursor:
        cursor.execute(KEEP, [ref, json.dumps(keys.public.told()), sealed])
    return keys.public


def house_keys(cursor: Any, viewer: Session) -> list[PrivateKeys]:
    """Open the keys of the viewer's focal point, the newest first.

    :raises PermissionMissing: when there are none, or the viewer cannot open them.
    """
    house = viewer.actor.organisation
    private = viewer.keyring.groups.get((house, ROLE)) if viewer.keyring else None
    cursor.execute(OWN)
    rows = cursor.fetchall() if private else []
    if not rows or private is None:
        raise PermissionMissing(found("keys_missing"))
    return [_opened(bytes(sealed), private, house, ref) for ref, _public, sealed in rows]


def seal_house_keys_again(cursor: Any, house: UUID, old: bytes, public: bytes) -> None:
    """Seal the keys of a focal point to the new key of its group."""
    cursor.execute(OWN)
    for ref, _public, sealed in cursor.fetchall():
        plain = unseal(bytes(sealed), old, purpose(house, ref))
        cursor.execute(SEAL_AGAIN, [ref, seal(plain, public, purpose(house, ref))])


def public_of_house(cursor: Any, house: UUID) -> PublicKeys | None:
    """Return the keys others write to, of a focal point of this installation."""
    cursor.execute(PUBLIC, [house])
    row = cursor.fetchone()
    return public_keys(_json(row[0])) if row else None


def purpose(house: UUID, ref: UUID) -> bytes:
    """Name what a sealed key of a focal point is for."""
    return f"opennrm focal point key 1|{house}|{ref}".encode()


def _opened(sealed: bytes, private: bytes, house: UUID, ref: UUID) -> PrivateKeys:
    try:
        return private_keys(json.loads(unseal(sealed, private, purpose(house, ref))))
    except SealBroken as broken:
        raise PermissionMissing(found("keys_missing")) from broken


def _group_public(viewer: Session) -> bytes:
    house = viewer.actor.organisation
    with reading(viewer.token) as cursor:
        cursor.execute(
            "SELECT public_key FROM nrm.group_key WHERE organisation = %s AND role = %s",
            [house, ROLE],
        )
        row = cursor.fetchone()
    if row is None:
        raise PermissionMissing(found("role_not_allowed"))
    return bytes(row[0])


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _jwk(curve: str, key: Ed25519PrivateKey | X25519PrivateKey) -> dict[str, str]:
    return {
        "kty": "OKP",
        "crv": curve,
        "x": _b64(key.public_key().public_bytes_raw()),
        "d": _b64(key.private_bytes_raw()),
    }


def _b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
