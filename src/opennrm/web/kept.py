"""Keeps what was typed when a session ends midway, for the account that typed it and no other.

The page carries the text locked; the key stays with the server, under that account, for an hour.
Neither opens anything alone, and whoever signs in with another account gets nothing.
"""

import base64
import json
import os
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest

from opennrm.records.sealing import SealBroken, lock, unlock

LASTS_SECONDS = 60 * 60
UNKEPT = frozenset({"csrfmiddlewaretoken"})


def typed_in(request: HttpRequest) -> list[list[str]]:
    """Return what a form sent, name by name, without its token and any passphrase."""
    return [
        [name, str(value)]
        for name, values in request.POST.lists()
        for value in values
        if name not in UNKEPT and "passphrase" not in name
    ]


def locked_for(account: UUID, typed: list[list[str]]) -> str:
    """Lock what was typed so that only this account gets it back, within the hour."""
    secret = cache.get_or_set(_name(account), os.urandom(32).hex, LASTS_SECONDS)
    key = bytes.fromhex(str(secret))
    locked = lock(json.dumps(typed).encode(), key, account.bytes)
    return base64.urlsafe_b64encode(locked).decode()


def opened_for(account: UUID, kept: str) -> list[list[str]]:
    """Give back what this account had typed; nothing for another one, or for nonsense."""
    key = cache.get(_name(account))
    if not key or not kept:
        return []
    try:
        locked = base64.urlsafe_b64decode(kept.encode())
        found = json.loads(unlock(locked, bytes.fromhex(key), account.bytes))
    except (SealBroken, ValueError):
        return []
    return _pairs(found)


def _pairs(found: Any) -> list[list[str]]:
    if not isinstance(found, list):
        return []
    return [pair for pair in found if isinstance(pair, list) and len(pair) == 2]


def _name(account: UUID) -> str:
    return f"kept-{account}"
