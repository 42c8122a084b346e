"""Carries a report from the asking of parts to its approval, each step by whom it belongs to."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from opennrm.casework.actors import Actor
from opennrm.coordination.desk import ChangeRefused, because
from opennrm.coordination.models import Report, ReportPart
from opennrm.coordination.permissions import Area, May, may


def send_part(*, part: ReportPart, actor: Actor, at: datetime) -> None:
    """Send a part to who puts the report together; others read it in the draft from now on.

    :raises ChangeRefused: when it is another body's part, or nothing is written.
    """
    _require_house(part, actor)
    _require_open(part.report)
    if not part.text.strip():
        raise ChangeRefused(gettext("Write the part before you send it."))
    part.sent_at, part.note = at, ""
    part.save()


def return_part(*, part: ReportPart, note: str, actor: Actor) -> None:
    """Return a part with what is to be looked at again.

    :raises ChangeRefused: when the actor does not put the report together, or says nothing.
    """
    _require_lead(part.report, actor)
    _require_open(part.report)
    if not note.strip():
        raise ChangeRefused(gettext("Say what is to be looked at again."))
    with because(note):
        part.sent_at, part.note = None, note.strip()
        part.save()


def missing(report: Report) -> list[ReportPart]:
    """List the parts that were asked for and not sent yet, the most urgent first."""
    waiting = report.reportparts.filter(sent_at=None).select_related("house")
    return list(waiting.order_by("due_on", "title"))


def approve(*, report: Report, actor: Actor, at: datetime) -> None:
    """Approve a report as a whole; after that nothing in it is changed.

    :raises ChangeRefused: when a part is missing, or the actor may not decide.
    """
    _require_lead(report, actor)
    _require_open(report)
    if not may(actor, Area.REPORTS, May.DECIDE):
        raise ChangeRefused(gettext("Who signs for the body approves its report."))
    waiting = missing(report)
    if waiting:
        says = gettext("%(part)s was not sent yet. Wait for it, or take it out of the report.")
        raise ChangeRefused(says % {"part": waiting[0].title})
    report.approved_at, report.approved_by = at, actor.account
    report.save()


def _require_house(part: ReportPart, actor: Actor) -> None:
    if part.house_id != actor.organisation:
        raise ChangeRefused(gettext("Only the body that was asked writes and sends its part."))


def _require_lead(report: Report, actor: Actor) -> None:
    if report.organisation_id != actor.organisation:
        raise ChangeRefused(gettext("Only who puts the report together does this."))


def _require_open(report: Report) -> None:
    if report.approved_at is not None:
        raise ChangeRefused(gettext("This report is approved; nothing in it is changed any more."))
