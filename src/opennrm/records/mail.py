"""Tells members by mail or text message that there is something new, at hours they choose."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.db import connections, transaction
from django.utils.translation import gettext, override

from opennrm.casework.outgoing import require_plain
from opennrm.records import text_messages
from opennrm.records.sealing import SealBroken
from opennrm.records.server_keys import factor_keys
from opennrm.records.sessions import Session, reading
from opennrm.rights.jurisdictions import PresetRefused, presets

KEEP = "SELECT nrm.keep_mail_wish(%s, %s, %s, %s)"
DROP = "SELECT nrm.drop_mail_wish()"
OWN = "SELECT locked_address, pace, quiet_from, quiet_until FROM nrm.own_mail_wish()"
WAITING = (
    "SELECT account, locked_address, pace, quiet_from, quiet_until, mailed_at, language, "
    "jurisdiction, newest_at, kinds FROM nrm.mail_waiting()"
)
NOTE = "SELECT nrm.note_mailed(%s, %s, %s)"
# What cannot wait for the morning: a child is missing, somebody asks for help or is forced, an
# emergency.
URGENT = frozenset(
    {
        *("child_missing_reported", "help_asked", "emergency_asked", "emergency_opened"),
        "page_opened_under_pressure",
    }
)
DAILY = timedelta(hours=20)
MAIL, TEXT = "mail", "text message"
log = logging.getLogger("opennrm.mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWish:
    """Where mail goes, at which pace, and from which hour to which it is quiet."""

    address: str = field(repr=False)
    pace: str
    quiet_from: int
    quiet_until: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whom no mail told yet of what is new."""

    account: UUID
    locked_address: bytes = field(repr=False)
    pace: str
    quiet_from: int
    quiet_until: int
    mailed_at: datetime | None
    language: str
    jurisdiction: str
    newest_at: datetime
    kinds: list[str]


def keep_wish(viewer: Session, wish: MailWish) -> None:
    """Keep where and when the viewer wishes mail; the address stands locked."""
    locked = factor_keys().lock(wish.address.encode(), purpose(viewer.actor.account))
    with reading(viewer.token) as cursor:
        cursor.execute(KEEP, [locked, wish.pace, wish.quiet_from, wish.quiet_until])


def drop_wish(viewer: Session) -> None:
    """Send the viewer no more mail."""
    with reading(viewer.token) as cursor:
        cursor.execute(DROP)


def own_wish(viewer: Session) -> MailWish | None:
    """Return where and when the viewer wishes mail."""
    with reading(viewer.token) as cursor:
        cursor.execute(OWN)
        row = cursor.fetchone()
    if row is None:
        return None
    address = factor_keys().unlock(bytes(row[0]), purpose(viewer.actor.account)).decode()
    return MailWish(address=address, pace=row[1], quiet_from=row[2], quiet_until=row[3])


def purpose(account: UUID) -> bytes:
    """Name what a locked address is for, so that it opens for no other account."""
    return f"opennrm mail address 1|{account}".encode()


def is_due(one: Waiting, *, at: datetime) -> bool:
    """Tell whether mail goes now: urgent things always, others by pace and not in quiet hours."""
    if URGENT.intersection(one.kinds):
        return True
    if _is_quiet(one, at):
        return False
    rested = one.mailed_at is None or at - one.mailed_at >= DAILY
    return one.pace == "at_once" or rested


def send_due(*, at: datetime) -> int:
    """Send what is due and return how many were told; nothing where neither way is set up."""
    if not (settings.EMAIL_HOST or settings.OPENNRM_TEXT_GATEWAY):
        return 0
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        cursor.execute(WAITING)
        due = [one for one in (Waiting(*row) for row in cursor.fetchall()) if is_due(one, at=at)]
        return sum(1 for _sent in _sent_to(due, cursor, at))


def _sent_to(due: list[Waiting], cursor: Any, at: datetime) -> Iterator[UUID]:
    """Send one by one; a way that fails is left for this time, and the other goes on."""
    shut = {way for way, is_on in ((MAIL, settings.EMAIL_HOST), (TEXT, _gateway())) if not is_on}
    for one in due:
        try:
            address = _address(one)
            way = TEXT if text_messages.is_number(address) else MAIL
            if way in shut:
                continue
            _send(one, address, at)
        except (SMTPRecipientsRefused, SealBroken) as fault:
            # An address that cannot be reached is its owner's; the others are still told.
            log.warning("A mail was not taken: %s", type(fault).__name__)
            continue
        except (OSError, SMTPException, text_messages.NotTaken) as fault:
            log.warning("No %s could be sent: %s", way, type(fault).__name__)
            shut.add(way)
            continue
        cursor.execute(NOTE, [one.account, one.newest_at, at])
        yield one.account


def _gateway() -> str:
    return str(settings.OPENNRM_TEXT_GATEWAY)


def _address(one: Waiting) -> str:
    return factor_keys().unlock(bytes(one.locked_address), purpose(one.account)).decode()


def _send(one: Waiting, address: str, at: datetime) -> None:
    with override(one.language):
        subject, body = gettext("Something new"), gettext("There is something new for you.")
    require_plain((subject, body, settings.DEFAULT_FROM_EMAIL.rpartition("@")[0]), on=at.date())
    if text_messages.is_number(address):
        text_messages.send(address, body)
    else:
        send_mail(subject, body, None, [address])


def _is_quiet(one: Waiting, at: datetime) -> bool:
    hour, start, end = at.astimezone(_zone(one.jurisdiction)).hour, one.quiet_from, one.quiet_until
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def _zone(jurisdiction: str) -> ZoneInfo:
    try:
        return ZoneInfo(presets(jurisdiction).zone)
    except PresetRefused:
        return ZoneInfo("UTC")
