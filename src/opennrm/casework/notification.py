"""Use case of the anonymous notification, built from an allow-list of coarse fields."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.asking import require_rule
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notification
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.rights.privacy import NotificationSituation

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
    """Send a notification from which no person can be recognised, with or without a case.

    :raises RuleBroken: when its region is not one of the large regions of this place (R44).
    """
    require("notify_without_identity", actor=actor, at=at)
    is_coarse = desk.presets(actor.jurisdiction).is_region(notification.place_region)
    told = NotificationSituation(frozenset(asdict(notification)), is_coarse)
    require_rule("R44", told, local_day(actor.jurisdiction, at))
    fact = new_fact("notification_sent", notification, within=frozenset({"D1"}), basis=BASIS)
    if case_ref is not None:
        desk.cases.load(case_ref)
        change = Change(facts=(fact,), expected=expected)
        audit = Entry("notify_without_identity", actor.account, at)
        desk.cases.append(case_ref, change, audit=audit)
    return desk.notifications.send(notification)
