"""Lets a form take effect once, however often its button is pressed."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import transaction

KEPT_SECONDS = 24 * 60 * 60


class AlreadySent(Exception):
    """This very form has taken effect before."""


def new_key() -> str:
    """Give a form its own key."""
    return uuid4().hex


@contextmanager
def claimed(key: str, account: UUID) -> Iterator[None]:
    """Take the key for the length of a block; a refusal inside gives it back.

    Of two forms sent at the same moment the second waits for the first, because the shared
    database cache lets one of them insert the key.

    :raises AlreadySent: when a form with this key has taken effect before.
    """
    with transaction.atomic():
        if not cache.add(_name(key, account), 1, KEPT_SECONDS):
            raise AlreadySent
        yield


def _name(key: str, account: UUID) -> str:
    return f"form:{account.hex}:{key[:64]}"
