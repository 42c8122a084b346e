"""Use case of the anonymous notification, built from an allow-list of coarse fields."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk, Notification


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
    raise NotImplementedError
