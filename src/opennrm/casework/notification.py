"""Use case of the anonymous notification, built from an allow-list of coarse fields."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notification
from opennrm.casework.writing import new_fact

BASIS = "public_task"


def notify_without_identity(
    *,
    case_ref: UUID | None,
    notification: Notification,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Send a notification from which no person can be recognised, with or without a case."""
    require("notify_without_identity", actor=actor, at=at)
    fact = new_fact("notification_sent", notification, within=frozenset({"D1"}), basis=BASIS)
    if case_ref is not None:
        desk.cases.load(case_ref)
        change = Change(facts=(fact,), expected=expected)
        audit = Entry("notify_without_identity", actor.account, at)
        desk.cases.append(case_ref, change, audit=audit)
    return desk.notifications.send(notification)
