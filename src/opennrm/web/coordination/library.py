"""The library with its words, laws side by side, events with their calendar, and projects."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from icalendar import Calendar
from icalendar import Event as Entry

from opennrm.coordination.library import laws_on, with_words
from opennrm.coordination.models import Event, EventVoice, LibraryItem, Project
from opennrm.coordination.permissions import Area
from opennrm.lifecycle.calendars import local_day
from opennrm.vocabulary import registry
from opennrm.web import words
from opennrm.web.coordination.columns import NOTHING_YET, by_code, by_one_of, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.register import house_of_entry
from opennrm.web.coordination.sheets import Children, Sheet
from opennrm.web.work import WorkRequest

LIBRARY = Sheet(
    "library",
    Area.LIBRARY,
    LibraryItem,
    _("Document"),
    Listing(
        "library",
        _("Library"),
        columns(LibraryItem, "title", "kind", "state", "language", "issued_on", "topics"),
        (
            by_code("kind", _("Kind"), "library_kind"),
            by_one_of("topics", _("Topic"), "library_topic"),
        ),
        ("title",),
        order="title",
        intro=_(
            "Laws, judgments, reports, material. Words are found in any form their language"
            " gives them; put words that belong together into quotation marks."
        ),
        empty=NOTHING_YET,
        finds=with_words,
    ),
)
VOICES = Sheet(
    "event-voices",
    Area.EVENTS,
    EventVoice,
    _("What was said afterwards"),
    Listing(
        "event-voices",
        _("What organisations said afterwards"),
        columns(EventVoice, "entry", "event", "useful", "used", "missed"),
        searched=("entry__name", "used", "missed"),
        order="entry",
        empty=_("Nobody has said anything yet."),
    ),
    owner=house_of_entry,
    parent="event",
    is_listed=False,
)
EVENTS = Sheet(
    "events",
    Area.EVENTS,
    Event,
    _("Event"),
    Listing(
        "events",
        _("Events"),
        columns(Event, "title", "from_on", "until_on", "place", "kind", "entry", "participants"),
        (by_code("kind", _("Kind"), "event_kind"),),
        ("title", "place", "about", "entry__name"),
        order="-from_on",
        empty=NOTHING_YET,
        days=("from_on", "until_on"),
    ),
    owner=house_of_entry,
    children=(Children(VOICES, "event"),),
)
PROJECTS = Sheet(
    "projects",
    Area.EVENTS,
    Project,
    _("Project"),
    Listing(
        "projects",
        _("Who does what where"),
        columns(
            Project, "title", "entry", "areas", "pillar", "groups", "status", "from_on", "amount"
        ),
        (
            by_code("pillar", _("Pillar"), "pillar"),
            by_code("status", _("Status"), "project_status"),
            by_one_of("groups", _("For whom"), "group_at_risk"),
        ),
        ("title", "entry__name", "areas", "money_from"),
        order="title",
        empty=NOTHING_YET,
    ),
    owner=house_of_entry,
)
SHEETS = (LIBRARY, EVENTS, VOICES, PROJECTS)


@require_GET
@within(Area.LIBRARY)
def side_by_side(request: WorkRequest) -> HttpResponse:
    """Show the laws of States on one topic as they stand on a day."""
    labels = registry.code_list("library_topic").labels()
    topic = request.GET.get("topic", "")
    today = local_day(request.work.actor.jurisdiction, request.at)
    on = _day(request.GET.get("on", "")) or today
    shown = {
        "topics": [
            {"value": code, "text": words.label(code, "library_topic"), "selected": code == topic}
            for code in labels
        ],
        "on": on,
        "topic": words.label(topic, "library_topic") if topic in labels else "",
        "compared": laws_on(topic, on=on) if topic in labels else (),
        "part": LIBRARY,
    }
    return render(request, "coordination/laws_side_by_side.html", shown)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_GET
@within(Area.EVENTS)
def calendar(request: WorkRequest) -> HttpResponse:
    """Send the events as a calendar file."""
    made = Calendar()
    made.add("prodid", "-//Calendar//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", gettext("Events"))
    for row in Event.objects.all():
        made.add_component(_entry(row, request))
    answer = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="events.ics"'
    return answer


def _entry(row: Any, request: WorkRequest) -> Entry:
    entry = Entry()
    entry.add("uid", str(row.pk))
    entry.add("dtstamp", request.at)
    entry.add("summary", row.title)
    entry.add("location", row.place)
    entry.add("dtstart", row.from_on)
    # The end of a calendar entry is excluded.
    entry.add("dtend", row.until_on + timedelta(days=1))
    return entry


def addresses() -> list[URLPattern]:
    """List the addresses of these pages."""
    return [
        path("coordination/laws/", side_by_side, name="laws_side_by_side"),
        path("coordination/events.ics", calendar, name="events_calendar"),
    ]
