"""Outreach, places and money for those who inspect, the field desk, prevention, firms, feeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from opennrm.coordination.field_desk import for_the_police, tell_police
from opennrm.coordination.models import (
    CodeSignatory,
    DataFeed,
    FieldReport,
    MoneyTraced,
    Observation,
    OutreachVisit,
    PreventionProgramme,
    SceneReport,
    SignatoryCheck,
)
from opennrm.coordination.permissions import Area
from opennrm.lifecycle.calendars import local_day
from opennrm.web.coordination.columns import NOTHING_YET, by_code, by_one_of, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.register import house_of_entry
from opennrm.web.coordination.said import fields_of, said, title_of
from opennrm.web.coordination.sheets import Children, OwnSheet, Sheet
from opennrm.web.coordination.steps import Step, Taken
from opennrm.web.coordination.trials import ObserverForm
from opennrm.web.work import WorkRequest

VISITS = Sheet(
    "outreach-visits",
    Area.OUTREACH,
    OutreachVisit,
    _("Visit"),
    Listing(
        "outreach-visits",
        _("Visits of outreach teams"),
        columns(
            OutreachVisit,
            *("went_on", "entry", "place", "area", "met", "told_rights", "led_to_screening"),
        ),
        (by_code("place", _("Kind of place"), "outreach_place"),),
        ("area", "entry__name", "says"),
        order="-went_on",
        intro=_("Where teams went and how many they spoke with. Nobody is described."),
        empty=NOTHING_YET,
    ),
    owner=house_of_entry,
)
SCENES = Sheet(
    "scenes",
    Area.SCENES,
    SceneReport,
    _("Signs at a place"),
    Listing(
        "scenes",
        _("Signs of the crime at places"),
        columns(SceneReport, "seen_on", "place", "area", "sector", "signs", "outcome"),
        (
            by_code("place", _("Kind of place"), "outreach_place"),
            by_one_of("signs", _("Sign"), "scene_sign"),
        ),
        ("area", "says"),
        order="-seen_on",
        intro=_("For those who inspect and investigate: about places, never about persons."),
        empty=NOTHING_YET,
    ),
)
MONEY = Sheet(
    "money-traced",
    Area.SCENES,
    MoneyTraced,
    _("Money traced"),
    Listing(
        "money-traced",
        _("Money traced, frozen, passed on"),
        columns(MoneyTraced, "taken_on", "step", "kind", "amount", "to_victims", "authority"),
        (by_code("step", _("Step"), "money_step"),),
        ("kind", "authority", "says"),
        order="-taken_on",
        empty=NOTHING_YET,
    ),
)


def _may_tell_police(row: Any, request: WorkRequest) -> bool:
    return row.police_told_on is None and FIELD_REPORTS.may_write(request, row)


def _tell_police(taken: Taken) -> None:
    actor = taken.request.work.actor
    tell_police(taken.row, on=local_day(actor.jurisdiction, taken.request.at), why=taken.why)


def _for_police(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    told = for_the_police(row)
    month = told.pop("month")
    names = ("where", "majority", "forms", "signs")
    return {
        "for_police": [
            *((title_of(FieldReport, name), said(row, name)) for name in names),
            (_("Month"), month),
        ]
    }


FIELD_REPORTS = OwnSheet(
    "field-reports",
    Area.FIELD_DESK,
    FieldReport,
    _("Report of the field"),
    Listing(
        "field-reports",
        _("Field desk"),
        columns(FieldReport, "told_on", "where", "majority", "consent", "status", "follow_up_on"),
        (by_code("status", _("Status"), "field_status"),),
        order="-told_on",
        intro=_(
            "Staff tell the person designated what worries them. Only your organisation reads"
            " it; it has no place for a name, and only what she wants is followed up."
        ),
        empty=NOTHING_YET,
    ),
    form=ObserverForm,
    owner=lambda row: row.house_id,
    more=_for_police,
    shown_fields=(*fields_of(FieldReport), "police_told_on"),
    template="coordination/field_report.html",
    steps=(
        Step(
            "tell-police",
            _("Say that the police were told"),
            _(
                "Without her consent the police get what stands on the page of the report, and"
                " nothing by which she could be found."
            ),
            _may_tell_police,
            _tell_police,
            _("The day is kept."),
        ),
    ),
)
PROGRAMMES = Sheet(
    "prevention-programmes",
    Area.PREVENTION,
    PreventionProgramme,
    _("Programme"),
    Listing(
        "prevention-programmes",
        _("Programmes for people at risk"),
        columns(
            PreventionProgramme,
            *("title", "entry", "kind", "groups", "people", "found_work", "still_there"),
        ),
        (
            by_code("kind", _("Gives"), "prevention_kind"),
            by_one_of("groups", _("For whom"), "group_at_risk"),
        ),
        ("title", "entry__name", "areas", "partner_abroad"),
        order="title",
        empty=NOTHING_YET,
    ),
    owner=house_of_entry,
)
OBSERVATIONS = Sheet(
    "observations",
    Area.PREVENTION,
    Observation,
    _("Observation"),
    Listing(
        "observations",
        _("How bodies treat people: observations and answers"),
        columns(Observation, "body", "entry", "observed_on", "finding", "answer_due_on", "answer"),
        searched=("body__name", "entry__name", "finding", "answer"),
        order="-observed_on",
        empty=NOTHING_YET,
    ),
    owner=house_of_entry,
)
CHECKS = Sheet(
    "signatory-checks",
    Area.BUSINESS,
    SignatoryCheck,
    _("Check of a firm"),
    Listing(
        "signatory-checks",
        _("Checks of firms"),
        columns(SignatoryCheck, "checked_on", "signatory", "checked_by", "result", "next_on"),
        (by_code("result", _("Result"), "check_result"),),
        ("signatory__name", "says"),
        order="-checked_on",
        empty=NOTHING_YET,
    ),
    parent="signatory",
)
SIGNATORIES = Sheet(
    "code-signatories",
    Area.BUSINESS,
    CodeSignatory,
    _("Firm"),
    Listing(
        "code-signatories",
        _("Firms that signed a code of conduct"),
        columns(CodeSignatory, "name", "sector", "code", "signed_on", "staff", "trained"),
        (by_code("sector", _("Sector"), "sector"),),
        ("name", "code"),
        order="name",
        empty=NOTHING_YET,
    ),
    children=(Children(CHECKS, "signatory"),),
)
FEEDS = Sheet(
    "data-feeds",
    Area.GUARANTEES,
    DataFeed,
    _("Data owed to the Rapporteur"),
    Listing(
        "data-feeds",
        _("Data owed to the Rapporteur"),
        columns(DataFeed, "what", "entry", "level", "forms", "every_months", "last_on"),
        (by_code("level", _("For"), "feed_level"),),
        ("what", "entry__name"),
        order="what",
        intro=_("Which body delivers what, how often, and when it did; written by her office."),
        empty=NOTHING_YET,
    ),
)
OUTREACH = (VISITS,)
INSPECTING = (SCENES, MONEY)
FIELD = (FIELD_REPORTS,)
PREVENTION = (PROGRAMMES, OBSERVATIONS)
BUSINESS = (SIGNATORIES, CHECKS)
FEEDS_OWED = (FEEDS,)
