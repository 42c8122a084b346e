"""Says on every page that the agreement of one's house ends soon, or what its end closed."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle.calendars import local_day
from opennrm.records.sessions import Session
from opennrm.web.words import last_day

SOON = timedelta(days=30)
ENDS = _(
    "The agreement of your organisation ends after %(day)s. Without a new one its cases close."
    " Ask the national co-ordinator."
)
ENDED = _(
    "The agreement of your organisation ended on %(day)s. Nothing new is shared with you. Until"
    " %(closed)s you can hand over the cases you hold."
)
CLOSED = _(
    "The agreement of your organisation ended on %(day)s, and its cases are closed to you. They"
    " open again with a new one. Ask the national co-ordinator."
)


def is_closed(session: Session, at: datetime) -> bool:
    """Tell whether no agreement binds the viewer's house, and its cases are wound up."""
    until = session.actor.bound_until
    return until is not None and local_day(session.actor.jurisdiction, at) >= until


def said(session: Session, at: datetime) -> str:
    """Say how the agreement of the viewer's house stands, where that is worth saying."""
    until, closing = session.actor.agreement_until, session.actor.bound_until
    today = local_day(session.actor.jurisdiction, at)
    if until is None or closing is None or session.actor.is_front_door or today < until - SOON:
        return ""
    says = ENDS if today < until else CLOSED if is_closed(session, at) else ENDED
    return str(says) % {"day": last_day(until), "closed": last_day(closing)}
