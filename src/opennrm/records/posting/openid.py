"""Asks a directory (OpenID Connect) who it is that comes: the code flow with PKCE, and its checks.

What is believed is the subject of an ID token that the directory signed for this installation and
this try. What else it says (names, addresses, groups) is not read.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from opennrm.records.posting import calling

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
DESCRIBED_AT = "/.well-known/openid-configuration"
# Clocks of two servers may be so many seconds apart.
APART = 60
LONGEST_SUBJECT = 255


class NotProven(Exception):
    """The directory did not answer, or what it answered does not prove who comes."""


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory of an organisation, as the settings of this installation name it."""

    key: str
    title: str
    issuer: str
    client: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Try:
    """What belongs to one try to sign in: it goes with the browser, and back."""

    state: str
    nonce: str
    verifier: str = field(repr=False)


def directories() -> list[Directory]:
    """Return the directories of this installation; most have none."""
    return [Directory(key=key, **one) for key, one in settings.OPENNRM_DIRECTORIES.items()]


def new_try() -> Try:
    """Begin a try, with words nobody can guess."""
    return Try(*(secrets.token_urlsafe(32) for _ in range(3)))


def address_of(directory: Directory, tried: Try, back: str) -> str:
    """Return where the browser goes so that the directory asks who comes.

    :raises NotProven: when the directory does not say where that is.
    """
    goal = _described(directory, "authorization_endpoint")
    digest = hashlib.sha256(tried.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "scope": "openid",
        "client_id": directory.client,
        "redirect_uri": back,
        "state": tried.state,
        "nonce": tried.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{goal}{'&' if '?' in goal else '?'}{urlencode(asked)}"


def subject(directory: Directory, tried: Try, code: str, back: str, *, at: datetime) -> str:
    """Take what the browser brought back, and return by which word the directory knows who comes.

    :raises NotProven: when it does not prove who comes.
    """
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": directory.client,
        "code_verifier": tried.verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    if directory.secret:
        pair = f"{quote(directory.client, safe='')}:{quote(directory.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    goal = _described(directory, "token_endpoint")
    told = _told(goal, urlencode(sent).encode(), headers)
    keys = _told(_described(directory, "jwks_uri"))
    return _checked(directory, tried, told.get("id_token"), keys, at=at)


def _checked(
    directory: Directory, tried: Try, token: Any, keys: Mapping[str, Any], *, at: datetime
) -> str:
    wanted = jwt.JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=APART,
        iss={"essential": True, "value": directory.issuer},
        aud={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": tried.nonce},
        sub={"essential": True},
    )
    try:
        signed = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=ALGORITHMS)  # type: ignore[arg-type]
        wanted.validate(signed.claims)
    except (JoseError, ValueError, TypeError, LookupError, AttributeError) as fault:
        raise NotProven("The word of the directory does not hold.") from fault
    found, audience = signed.claims["sub"], signed.claims["aud"]
    # A token made for others too could have been taken from them.
    if audience not in (directory.client, [directory.client]):
        raise NotProven("The word of the directory was given to somebody else.")
    if not isinstance(found, str) or not 0 < len(found) <= LONGEST_SUBJECT:
        raise NotProven("The directory does not say who comes.")
    return found


def _described(directory: Directory, what: str) -> str:
    """Return an address that the directory names in the description of itself.

    :raises NotProven: when it describes somebody else, or names none that may be called.
    """
    described = _told(f"{directory.issuer.rstrip('/')}{DESCRIBED_AT}")
    named = described.get(what)
    if described.get("issuer") != directory.issuer or not isinstance(named, str):
        raise NotProven("The directory describes another one than the settings name.")
    try:
        calling.require_callable(named)
    except calling.AddressRefused as refused:
        raise NotProven(str(refused)) from refused
    return named


def _told(
    address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    try:
        answer = (
            calling.get(address) if body is None else calling.post(address, body, headers or {})
        )
        told = json.loads(answer.body) if answer.status == 200 else None
    except (calling.NotReached, calling.AddressRefused, ValueError) as fault:
        raise NotProven("The directory did not answer as it should.") from fault
    if not isinstance(told, dict):
        raise NotProven("The directory did not answer as it should.")
    return told
