"""Deadlines for a worker's own calendar, under a secret address: references and neutral words."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods
from icalendar import Calendar, Event

from opennrm.casework.outgoing import require_plain
from opennrm.records import queries
from opennrm.records.calendar_address import (
    close_address,
    make_address,
    opened_calendar,
    standing_address,
)
from opennrm.records.queries import AgendaEntry
from opennrm.records.sessions import Session
from opennrm.rights.jurisdictions import PresetRefused, presets
from opennrm.web.work import WorkRequest, open_to_all

# A calendar stands open on screens, phones and servers of others: nothing in it may say what the
# work is about (R48).
MAKER = "-//Tasks//EN"
ASK_AGAIN = "PT1H"
FILE = "tasks.ics"


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest) -> HttpResponse:
    """Show whether the viewer has an address; make, renew or close it."""
    shown = {"address": "", "was_closed": False}
    asked = request.POST.get("do", "")
    if asked == "make":
        path = reverse("calendar_feed", kwargs={"secret": make_address(request.work)})
        shown["address"] = request.build_absolute_uri(path)
    elif asked == "close":
        close_address(request.work)
        shown["was_closed"] = True
    stands = standing_address(request.work)
    return render(request, "calendar.html", {**shown, "stands": stands})


@open_to_all
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Send the deadlines of whoever made this address.

    :raises Http404: when nobody did, or it was closed.
    """
    at: datetime = request.at  # type: ignore[attr-defined]
    session = opened_calendar(secret, at=at)
    if session is None:
        raise Http404
    with translation.override(session.actor.language):
        written = calendar(queries.agenda(session), zone=_zone(session), at=at, secret=secret)
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return answer


def calendar(
    entries: Iterable[AgendaEntry], *, zone: ZoneInfo, at: datetime, secret: str
) -> bytes:
    """Write a calendar in which each entry keeps its name as long as it stands.

    :raises RuleBroken: when a word in it would tell what the work is about (R47, R48).
    """
    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("x-wr-calname", gettext("Tasks"))
    made.add("x-published-ttl", ASK_AGAIN)
    events = [_event(entry, zone, at, secret) for entry in entries]
    said = {str(event["summary"]) for event in events} | {FILE, str(made["x-wr-calname"])}
    require_plain(said, on=at.astimezone(zone).date())
    for event in events:
        made.add_component(event)
    written: bytes = made.to_ical()
    return written


def _event(entry: AgendaEntry, zone: ZoneInfo, at: datetime, secret: str) -> Event:
    event = Event()
    named = f"{secret}|{entry.kind}|{entry.fact_ref}".encode()
    event.add("uid", hashlib.sha256(named).hexdigest()[:40])
    event.add("dtstamp", at)
    event.add("summary", gettext("Task due: %(reference)s") % {"reference": entry.reference})
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    local = entry.due_at.astimezone(zone)
    if local.time() == time():
        # The end of a day is its last moment: what ends with a day is due on that day.
        day = local.date() - timedelta(days=1)
        event.add("dtstart", day)
        event.add("dtend", local.date())
    else:
        event.add("dtstart", entry.due_at)
    return event


def _zone(session: Session) -> ZoneInfo:
    try:
        return ZoneInfo(presets(session.actor.jurisdiction).zone)
    except PresetRefused:
        return ZoneInfo("UTC")
