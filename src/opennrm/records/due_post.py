"""Sends everything that is due, whoever it is for."""

from datetime import datetime

from django.conf import settings

from opennrm.records import hooks, mail
from opennrm.records.abroad.sending import send_due


def post_due(*, at: datetime) -> int:
    """Send what is due, abroad, to systems and to members; return how much was taken.

    From an installation for training nothing is sent.
    """
    if settings.OPENNRM_PRACTICE:
        return 0
    return send_due(at=at).taken + hooks.send_due(at=at) + mail.send_due(at=at)
