"""National and local structures with seats, meetings, decisions and guarantees."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.feeds import check_feeds
from opennrm.coordination.models import Decision, Guarantee, Meeting, Seat, Structure
from opennrm.coordination.permissions import Area
from opennrm.coordination.structures import check_structure, guarantees_not_given
from opennrm.lifecycle.calendars import local_day
from opennrm.web.coordination.columns import NOTHING_YET, by_code, column, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.sheets import Children, Sheet
from opennrm.web.work import WorkRequest

DECISIONS = Sheet(
    "decisions",
    Area.STRUCTURES,
    Decision,
    _("Decision"),
    Listing(
        "decisions",
        _("Decisions"),
        (
            column("number", _("Number"), order="number", links=True),
            column("text", _("Decision")),
            column("entry", _("Who sees to it"), order="entry__name"),
            column("due_on", _("Due on"), order="due_on"),
            column("status", _("Status"), order="status"),
            column("followed_up", _("What came of it")),
        ),
        (by_code("status", _("Status"), "decision_status"),),
        ("text", "entry__name", "number"),
        order="due_on",
        intro=_("What was decided, who sees to it, by when, and what came of it."),
        empty=NOTHING_YET,
    ),
    parent="meeting",
)
MEETINGS = Sheet(
    "meetings",
    Area.STRUCTURES,
    Meeting,
    _("Meeting"),
    Listing(
        "meetings",
        _("Meetings"),
        columns(Meeting, "held_on", "structure", "place", "minutes_approved_on"),
        searched=("structure__name", "agenda", "minutes"),
        order="-held_on",
        empty=NOTHING_YET,
    ),
    parent="structure",
    children=(Children(DECISIONS, "meeting"),),
)
SEATS = Sheet(
    "seats",
    Area.STRUCTURES,
    Seat,
    _("Seat"),
    Listing(
        "seats",
        _("Seats"),
        columns(Seat, "entry", "structure", "holder", "function", "from_on", "until_on"),
        order="entry",
        empty=_("No seat is named yet."),
    ),
    parent="structure",
    is_listed=False,
)
GUARANTEES = Sheet(
    "guarantees",
    Area.GUARANTEES,
    Guarantee,
    _("Guarantee"),
    Listing(
        "guarantees",
        _("Guarantees of independence"),
        columns(Guarantee, "kind", "structure", "stands", "says", "since_on"),
        order="kind",
        empty=NOTHING_YET,
    ),
    parent="structure",
    is_listed=False,
)


def _checked(row: Any, request: WorkRequest) -> dict[str, Any]:
    today = local_day(request.work.actor.jurisdiction, request.at)
    missing = guarantees_not_given(row) if row.kind == "rapporteur" else ()
    owed = check_feeds(on=today) if row.kind == "rapporteur" else []
    return {
        "findings": [*check_structure(row, on=today), *owed],
        "missing": [gettext(kind.label) for kind in missing],
    }


STRUCTURES = Sheet(
    "structures",
    Area.STRUCTURES,
    Structure,
    _("Structure"),
    Listing(
        "structures",
        _("National and local structures"),
        columns(Structure, "name", "kind", "area", "entry", "established_on", "term_until"),
        (by_code("kind", _("Kind"), "structure_kind"),),
        ("name", "mandate", "area"),
        order="name",
        intro=_("Commission, committees, co-ordinator, Rapporteur: mandate, seats, meetings."),
        empty=NOTHING_YET,
    ),
    more=_checked,
    children=(
        Children(SEATS, "structure"),
        Children(MEETINGS, "structure"),
        Children(GUARANTEES, "structure"),
    ),
    template="coordination/structure.html",
)
SHEETS = (STRUCTURES, MEETINGS, DECISIONS, SEATS, GUARANTEES)
