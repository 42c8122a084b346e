"""Seals the record: a signed root over everything in it, and proofs that others can check.

Whoever keeps a seal elsewhere can later tell whether anything before it was changed or removed.
Source: RFC 6962 (the tree), RFC 8032 (the signature).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.db import connections, transaction

from opennrm.records import merkle

FORMAT = "opennrm-seal-1"
INCLUSION, CONSISTENCY = "opennrm-inclusion-1", "opennrm-consistency-1"
DIGESTS = "SELECT digest FROM nrm.sealed_entry WHERE place < %s ORDER BY place"
SEALS = "SELECT number, size, root, at, public_key, signature FROM nrm.seal ORDER BY number"
PLACE = "SELECT place, digest FROM nrm.sealed_entry WHERE what = 'fact' AND ref = %s"


class NotSealed(LookupError):
    """What was asked for has no seal yet; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One signed root: how many entries it covers, when it was made, by which key."""

    number: int
    size: int
    root: bytes
    at: datetime
    public_key: bytes
    signature: bytes

    @property
    def statement(self) -> bytes:
        """Return what the signature signs."""
        moment = self.at.astimezone(UTC).isoformat(timespec="seconds")
        return f"{FORMAT}\n{self.size}\n{self.root.hex()}\n{moment}\n".encode()

    @property
    def is_signed(self) -> bool:
        """Tell whether the signature is of the key the seal names."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(
                self.signature, self.statement
            )
        except InvalidSignature:
            return False
        return True

    def told(self) -> dict[str, object]:
        """Return the seal as others get it."""
        return {
            "format": FORMAT,
            "number": self.number,
            "size": self.size,
            "root": self.root.hex(),
            "at": self.at.astimezone(UTC).isoformat(timespec="seconds"),
            "key": self.public_key.hex(),
            "signature": self.signature.hex(),
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """Something sealed that is not what it was: where in the list, what, and how."""

    place: int | None
    what: str
    how: str


def seal_record(signer: Ed25519PrivateKey, *, at: datetime) -> Seal:
    """Give everything new its place, and sign the root over all there is."""
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        cursor.execute("SELECT nrm.place_entries()")
        size = int(cursor.fetchone()[0])
        root = merkle.root_of(_leaves(cursor, size))
        key = signer.public_key().public_bytes_raw()
        unsigned = Seal(0, size, root, at.replace(microsecond=0), key, b"")
        signature = signer.sign(unsigned.statement)
        cursor.execute(
            "SELECT nrm.keep_seal(%s, %s, %s, %s, %s)", [size, root, unsigned.at, key, signature]
        )
        number = int(cursor.fetchone()[0])
    return Seal(number, size, root, unsigned.at, key, signature)


def seals() -> tuple[Seal, ...]:
    """Return every seal, oldest first."""
    with connections["recorder"].cursor() as cursor:
        cursor.execute(SEALS)
        return tuple(
            Seal(number, size, bytes(root), at, bytes(key), bytes(signature))
            for number, size, root, at, key, signature in cursor.fetchall()
        )


def newest_seal() -> Seal | None:
    """Return the newest seal; None where the record was never sealed."""
    with connections["recorder"].cursor() as cursor:
        cursor.execute(f"{SEALS} DESC LIMIT 1")
        row = cursor.fetchone()
    if row is None:
        return None
    number, size, root, at, key, signature = row
    return Seal(number, size, bytes(root), at, bytes(key), bytes(signature))


def seal_numbered(number: int) -> Seal:
    """Return one seal.

    :raises NotSealed: when there is no seal of this number.
    """
    for seal in seals():
        if seal.number == number:
            return seal
    raise NotSealed(f"There is no seal {number}. Make one with ./run seal.")


def proof_of_fact(fact_ref: UUID) -> dict[str, object]:
    """Prove that a fact stands in the record as the newest seal covers it.

    :raises NotSealed: when the fact is newer than the newest seal, or there is none.
    """
    newest = (seals() or (None,))[-1]
    with connections["recorder"].cursor() as cursor:
        cursor.execute(PLACE, [str(fact_ref)])
        row = cursor.fetchone()
        if newest is None or row is None or row[0] >= newest.size:
            raise NotSealed("This fact is under no seal yet. Make one with ./run seal.")
        path = merkle.inclusion_proof(_leaves(cursor, newest.size), row[0])
    return {
        "format": INCLUSION,
        "entry": bytes(row[1]).hex(),
        "place": row[0],
        "path": [step.hex() for step in path],
        "seal": newest.told(),
    }


def proof_of_growth(earlier: int, later: int) -> dict[str, object]:
    """Prove that a later seal only adds to an earlier one.

    :raises NotSealed: when one of them does not exist.
    :raises merkle.ProofImpossible: when the first is empty or covers more.
    """
    first, second = seal_numbered(earlier), seal_numbered(later)
    with connections["recorder"].cursor() as cursor:
        path = merkle.consistency_proof(_leaves(cursor, second.size), first.size)
    return {
        "format": CONSISTENCY,
        "earlier": first.told(),
        "seal": second.told(),
        "path": [step.hex() for step in path],
    }


def faults(known: Iterable[Mapping[str, object]] = ()) -> tuple[Fault, ...]:
    """Find what is not as it was sealed: entries changed or gone, roots, signatures, seals.

    Seals kept elsewhere can be handed in; they are looked for among those in the record.
    """
    kept = seals()
    with connections["recorder"].cursor() as cursor:
        cursor.execute("SELECT place, what, how FROM nrm.changed_entries()")
        found = [Fault(*row) for row in cursor.fetchall()]
        leaves = _leaves(cursor, kept[-1].size if kept else 0)
    for seal in kept:
        if not seal.is_signed:
            found.append(Fault(None, f"seal {seal.number}", "signature_wrong"))
        if merkle.root_of(leaves[: seal.size]) != seal.root or len(leaves) < seal.size:
            found.append(Fault(None, f"seal {seal.number}", "root_changed"))
    here = {(seal.size, seal.root.hex()) for seal in kept}
    found += [
        Fault(None, f"seal {one.get('number')} kept elsewhere", "not_in_this_record")
        for one in known
        if (one.get("size"), one.get("root")) not in here
    ]
    return tuple(found)


def _leaves(cursor: object, size: int) -> list[bytes]:
    cursor.execute(DIGESTS, [size])  # type: ignore[attr-defined]
    return [merkle.leaf_hash(bytes(row[0])) for row in cursor.fetchall()]  # type: ignore[attr-defined]
