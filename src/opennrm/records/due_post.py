"""Sends everything that is due, whoever it is for."""

from datetime import datetime

from opennrm.records.abroad.sending import send_due


def post_due(*, at: datetime) -> int:
    """Send what is due and return how much of it was taken."""
    return send_due(at=at).taken
