"""What waits past its day in the co-ordination: for whose it is to do, and for who sees to all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from opennrm.casework.actors import Actor
from opennrm.coordination.models import (
    Decision,
    FieldReport,
    Recommendation,
    ReportPart,
    SignatoryCheck,
    StandardsCheck,
)
from opennrm.coordination.permissions import Area, May, may

Rows = QuerySet[Any, Any]
MOST = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row whose day has come."""

    row: Any
    due_on: date


@dataclass(frozen=True, slots=True)
class Kind:
    """What can wait: its rows, the field of its day, and whose it is to do."""

    area: Area
    rows: Callable[[], Rows]
    day: str
    house: str


def _unanswered() -> Rows:
    return Recommendation.objects.filter(status="open", answers=None)


def _last_checks(model: Any, *of: str) -> Rows:
    """Return the checks that no later one of the same kind follows."""
    same = {name: OuterRef(name) for name in of}
    later = model.objects.filter(**same, checked_on__gt=OuterRef("checked_on"))
    rows: Rows = model.objects.filter(~Exists(later))
    return rows


KINDS = (
    Kind(
        Area.STRUCTURES,
        lambda: Decision.objects.filter(status="open"),
        "due_on",
        "entry__member_id",
    ),
    Kind(Area.RECOMMENDATIONS, _unanswered, "answer_due_on", "entry__member_id"),
    Kind(
        Area.REPORTS,
        lambda: ReportPart.objects.filter(sent_at=None, report__approved_at=None),
        "due_on",
        "house_id",
    ),
    Kind(
        Area.DIRECTORY,
        lambda: _last_checks(StandardsCheck, "entry", "standard").filter(entry__left_on=None),
        "next_on",
        "entry__member_id",
    ),
    Kind(
        Area.BUSINESS,
        lambda: _last_checks(SignatoryCheck, "signatory").filter(signatory__left_on=None),
        "next_on",
        "",
    ),
    Kind(
        Area.FIELD_DESK,
        lambda: FieldReport.objects.filter(status__in=("open", "arranged")),
        "follow_up_on",
        "house_id",
    ),
)


def waiting_for(actor: Actor, *, on: date) -> list[Waiting]:
    """List what waits for an actor's house, or for her who writes all of it, the longest first."""
    found = [
        Waiting(row, getattr(row, kind.day))
        for kind in KINDS
        if may(actor, kind.area, May.READ)
        for row in _rows(kind, actor, on)
    ]
    return sorted(found, key=lambda one: one.due_on)[:MOST]


def _rows(kind: Kind, actor: Actor, on: date) -> Rows:
    rows = kind.rows().filter(**{f"{kind.day}__lte": on})
    if not may(actor, kind.area, May.WRITE):
        rows = rows.filter(Q(**{kind.house: actor.organisation})) if kind.house else rows.none()
    return rows.order_by(kind.day)[:MOST]
