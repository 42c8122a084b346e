"""The secret address of a person's calendar: made, renewed, closed, and opened for one reading."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from datetime import datetime

from opennrm.records import sessions
from opennrm.records.sealing import branch
from opennrm.records.sessions import Session, reading
from opennrm.records.sql_text import READER

TOKEN = b"opennrm calendar token 1"


@dataclass(frozen=True, slots=True)
class StandingAddress:
    """An address that can be asked: since when, and when it was asked last."""

    made_at: datetime
    read_at: datetime | None


def make_address(viewer: Session) -> str:
    """Make a new secret for the viewer's calendar and return it, once; an older one stops."""
    secret = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
    with reading(viewer.token) as cursor:
        cursor.execute(READER.make_calendar_address, [secret])
    return secret


def close_address(viewer: Session) -> None:
    """Close the viewer's address; who asks it hears that there is nothing."""
    with reading(viewer.token) as cursor:
        cursor.execute(READER.close_calendar_address)


def standing_address(viewer: Session) -> StandingAddress | None:
    """Return whether the viewer has an address, without its secret, which nobody keeps."""
    with reading(viewer.token) as cursor:
        cursor.execute(READER.calendar_address_stands)
        row = cursor.fetchone()
    return StandingAddress(*row) if row else None


def opened_calendar(secret: str, *, at: datetime) -> Session | None:
    """Open a session of one minute and without keys for whoever made this secret, if it stands."""
    token = branch(secret.encode(), TOKEN).hex()
    return sessions.open_for_calendar(secret, token, at=at)
