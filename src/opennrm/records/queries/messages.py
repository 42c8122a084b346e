"""Lists what other organisations have told the viewer's: notices and anonymous notifications."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading

NEWEST = 200
ASK_TO_DELETE = frozenset({"consent_withdrawn", "legal_duty_ended"})


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A word from another organisation about a reference the viewer's already knows."""

    kind: str
    about: str
    from_organisation: str
    at: datetime
    case_ref: UUID | None
    reference: str | None
    notice_ref: UUID
    answer: str | None

    @property
    def asks(self) -> bool:
        """Tell whether it asks to delete or return what was received, and nobody answered yet."""
        return self.kind in ASK_TO_DELETE and self.answer is None


@dataclass(frozen=True, slots=True)
class NotificationLine:
    """An anonymous notification: coarse codes and nothing else."""

    notification_ref: UUID
    coarse: Mapping[str, str]


def notices(viewer: Session) -> list[NoticeLine]:
    """List the notices to the viewer's organisation and roles: open requests, then the newest.

    A notice leads to a case only while what it is about is open to the viewer.
    """
    with reading(viewer.token) as cursor:
        cursor.execute(
            "SELECT notice.kind, notice.about, own.name, notice.at, "
            "coalesce((SELECT case_ref FROM nrm.fact WHERE fact_ref = notice.about), "
            "(SELECT case_ref FROM nrm.worklist WHERE offer_fact = notice.about LIMIT 1)), "
            "notice.notice_ref, answer.how "
            "FROM nrm.notice LEFT JOIN nrm.notice_answer AS answer USING (notice_ref) "
            "JOIN accounts_organisation AS own ON own.ref = notice.from_organisation "
            "ORDER BY (answer.how IS NULL AND notice.kind = ANY(%s)) DESC, notice.at DESC "
            "LIMIT %s",
            [list(ASK_TO_DELETE), NEWEST],
        )
        return [
            NoticeLine(
                kind,
                reference(about),
                name,
                at,
                case_ref,
                reference(case_ref) if case_ref else None,
                notice_ref,
                answer,
            )
            for kind, about, name, at, case_ref, notice_ref, answer in cursor.fetchall()
        ]


def notifications(viewer: Session) -> list[NotificationLine]:
    """List the anonymous notifications of the viewer's jurisdiction, if she is its authority.

    Newest month first; within a month in no order that tells which came when.
    """
    with reading(viewer.token) as cursor:
        cursor.execute(
            "SELECT notification_ref, coarse FROM nrm.notification "
            "ORDER BY coarse ->> 'month' DESC, notification_ref LIMIT %s",
            [NEWEST],
        )
        return [NotificationLine(ref, json.loads(coarse)) for ref, coarse in cursor.fetchall()]
