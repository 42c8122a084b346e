"""Keys of installations and organisations: one that signs (Ed25519), one that opens (X25519)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

CURVES = {"sign": "Ed25519", "seal": "X25519"}
PUBLIC_PARTS = frozenset({"kty", "crv", "x"})
PRIVATE_PARTS = PUBLIC_PARTS | {"d"}


class KeyMalformed(ValueError):
    """This is no key of the kind that is wanted."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others know: with which key one signs, to which key one is written."""

    sign: Mapping[str, str]
    seal: Mapping[str, str]

    @property
    def sign_id(self) -> str:
        """Return the fingerprint of the signing key (RFC 7638)."""
        return thumbprint(self.sign)

    @property
    def seal_id(self) -> str:
        """Return the fingerprint of the opening key (RFC 7638)."""
        return thumbprint(self.seal)

    def told(self) -> dict[str, dict[str, str]]:
        """Return both keys as JSON Web Keys."""
        return {"sign": dict(self.sign), "seal": dict(self.seal)}


@dataclass(frozen=True, slots=True)
class PrivateKeys:
    """What only the owner holds."""

    sign: Mapping[str, str] = field(repr=False)
    seal: Mapping[str, str] = field(repr=False)

    @property
    def public(self) -> PublicKeys:
        """Return what others may know of them."""
        return PublicKeys(_public(self.sign), _public(self.seal))

    def told(self) -> dict[str, dict[str, str]]:
        """Return both keys with their private parts, to be sealed at once."""
        return {"sign": dict(self.sign), "seal": dict(self.seal)}


def new_keys() -> PrivateKeys:
    """Make a fresh pair of keys."""
    made = {use: OKPKey.generate_key(curve) for use, curve in CURVES.items()}  # type: ignore[arg-type]
    return private_keys({use: key.as_dict(private=True) for use, key in made.items()})


def private_keys(told: object) -> PrivateKeys:
    """Read keys with their private parts.

    :raises KeyMalformed: when one is missing or of another kind.
    """
    return PrivateKeys(**{use: _checked(told, use, PRIVATE_PARTS) for use in CURVES})


def public_keys(told: object) -> PublicKeys:
    """Read the keys of somebody else.

    :raises KeyMalformed: when one is missing, of another kind, or would give a private part away.
    """
    return PublicKeys(**{use: _checked(told, use, PUBLIC_PARTS) for use in CURVES})


def imported(key: Mapping[str, str]) -> OKPKey:
    """Return a key as the library uses it.

    :raises KeyMalformed: when it is none.
    """
    try:
        return OKPKey.import_key(dict(key))
    except (JoseError, ValueError, TypeError, KeyError) as fault:
        raise KeyMalformed("This key cannot be read.") from fault


def thumbprint(key: Mapping[str, str]) -> str:
    """Return the fingerprint of a key (RFC 7638)."""
    return imported(_public(key)).thumbprint()


def _public(key: Mapping[str, str]) -> dict[str, str]:
    return {name: key[name] for name in sorted(PUBLIC_PARTS)}


def _checked(told: object, use: str, parts: frozenset[str]) -> dict[str, str]:
    key: Any = told.get(use) if isinstance(told, Mapping) else None
    if not isinstance(key, Mapping) or not parts <= set(key):
        raise KeyMalformed("A key is missing.")
    kept = {name: key[name] for name in sorted(parts)}
    fits = all(isinstance(value, str) for value in kept.values()) and kept["kty"] == "OKP"
    if not fits or kept["crv"] != CURVES[use] or ("d" in key) != ("d" in parts):
        raise KeyMalformed("A key is of another kind than it should be.")
    imported(kept)
    return kept
