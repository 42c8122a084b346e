"""Sends the answers of the notification form from the field: once each, by the same checks."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from opennrm.casework.notification import notify_without_identity
from opennrm.casework.permissions import require
from opennrm.casework.ports import Notification
from opennrm.exchange.field_forms.notified import coarse_answers
from opennrm.exchange.sheets.table import read_table
from opennrm.records.desk import AlreadySent, at_work
from opennrm.records.sessions import Session
from opennrm.rights.jurisdictions import presets


@dataclass(slots=True)
class Sent:
    """How many were sent, were sent before, and which answers of which rows cannot be read."""

    sent: int = 0
    known: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)


def send_notifications(path: Path, session: Session, *, at: datetime) -> Sent:
    """Send every answer of a file that can be read; the number a telephone gave it counts once.

    :raises WorkbookRefused: when the file as a whole is no good; nothing is sent then.
    :raises Refused: when the account may send none, or a rule refuses one.
    """
    require("notify_without_identity", actor=session.actor, at=at)
    table = read_table(path.read_bytes())
    regions = tuple(presets(session.actor.jurisdiction).regions.items())
    done = Sent()
    for number, cells in table.rows:
        row = dict(zip((_bare(header) for header in table.headers), cells, strict=False))
        try:
            answers = coarse_answers(row, regions)
            key = UUID(str(row.get("_uuid") or "").removeprefix("uuid:"))
        except ValueError as fault:
            done.faults.append((number, _named(fault)))
            continue
        _send(Notification(**asdict(answers)), key, session, done, at)
    return done


def _send(told: Notification, key: UUID, session: Session, done: Sent, at: datetime) -> None:
    try:
        with at_work(session, at=at, form_key=key) as desk:
            notify_without_identity(
                case_ref=None, notification=told, actor=session.actor, at=at, desk=desk
            )
    except AlreadySent:
        done.known += 1
    else:
        done.sent += 1


def _named(fault: ValueError) -> str:
    return str(fault) if str(fault).isidentifier() else "_uuid"


def _bare(header: str) -> str:
    return header.rsplit("/", 1)[-1]
