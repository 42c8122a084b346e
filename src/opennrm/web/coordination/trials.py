"""Observed trials: the rights of a hearing on one page, filing it, findings, the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from opennrm.coordination import trials
from opennrm.coordination.desk import ChangeRefused
from opennrm.coordination.models import Hearing, HearingFinding, Publication, Trial
from opennrm.coordination.permissions import Area, May, may
from opennrm.lifecycle.calendars import local_day
from opennrm.vocabulary.trials import TrialRight
from opennrm.web import words
from opennrm.web.coordination.columns import NOTHING_YET, by_code, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.pages import row_of, within
from opennrm.web.coordination.said import fields_of
from opennrm.web.coordination.sheets import Children, OwnSheet, SheetForm
from opennrm.web.coordination.steps import Step, Taken
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest, open_to_all


class ObserverForm(SheetForm):
    """Asks for a row of the observers; it belongs to the organisation of who writes it."""

    def prepare(self) -> None:
        """Name the organisation before the row is checked against who may write it."""
        self.instance.house_id = self.request.work.actor.organisation


def _house(row: Any) -> UUID | None:
    found: UUID | None = row.house_id
    return found


FINDINGS = OwnSheet(
    "hearing-findings",
    Area.TRIALS,
    HearingFinding,
    _("Finding"),
    Listing(
        "hearing-findings",
        _("How rights stood"),
        columns(HearingFinding, "right", "stands", "says", "hearing"),
        (
            by_code("right", _("Right"), "trial_right"),
            by_code("stands", _("How it stood"), "right_stands"),
        ),
        ("hearing__trial__court", "says"),
        order="right",
        empty=_("The list is not filled in yet."),
    ),
    may_be_written=False,
    owner=_house,
    parent="hearing",
)


def _may_file(row: Any, request: WorkRequest) -> bool:
    return row.filed_on is None and HEARINGS.may_write(request, row)


def _file(taken: Taken) -> None:
    today = local_day(taken.request.work.actor.jurisdiction, taken.request.at)
    trials.file_hearing(taken.row, on=today, why=taken.why)


def _more(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    return {"may_fill_in": _may_file(row, request)}


HEARINGS = OwnSheet(
    "hearings",
    Area.TRIALS,
    Hearing,
    _("Hearing"),
    Listing(
        "hearings",
        _("Hearings observed"),
        columns(Hearing, "held_on", "trial", "kind", "access", "outcome", "filed_on"),
        (by_code("kind", _("Kind"), "hearing_kind"),),
        ("trial__court", "trial__public_number", "says"),
        order="-held_on",
        intro=_("What your organisation saw. Nobody else reads it; nothing private belongs here."),
        empty=NOTHING_YET,
    ),
    form=ObserverForm,
    owner=_house,
    parent="trial",
    more=_more,
    shown_fields=(*fields_of(Hearing), "filed_on"),
    template="coordination/hearing.html",
    children=(Children(FINDINGS, "hearing"),),
    may_change=lambda row: row.filed_on is None,
    steps=(
        Step(
            "file",
            _("File this hearing"),
            _("What was seen stays as it is, and counts in the findings."),
            _may_file,
            _file,
            _("The hearing is filed."),
        ),
    ),
)
TRIALS = OwnSheet(
    "trials",
    Area.TRIALS,
    Trial,
    _("Trial"),
    Listing(
        "trials",
        _("Trials observed"),
        columns(Trial, "court", "public_number", "charge", "form", "began_on", "ended_on"),
        (by_code("charge", _("What it is about"), "charge_kind"),),
        ("court", "public_number", "outcome"),
        order="court",
        intro=_("By what courts make public: no names, no file of a case."),
        empty=NOTHING_YET,
    ),
    form=ObserverForm,
    owner=_house,
    children=(Children(HEARINGS, "trial"),),
)
SHEETS = (TRIALS, HEARINGS, FINDINGS)


class RightsForm(forms.Form):
    """Asks how each right of the list stood, with a remark where one is needed."""

    def __init__(self, *args: Any, kept: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "op-%s")
        super().__init__(*args, **kwargs)
        for right in TrialRight:
            stands, says = kept.get(right.value, ("", ""))
            self.fields[right.value] = ask.one_of(
                ask.translated(right.label),
                ask.listed("right_stands"),
                required=False,
                initial=stands,
            )
            self.fields[f"{right.value}_says"] = ask.word(_("Remark"), longest=300)
            self.fields[f"{right.value}_says"].initial = says

    def answers(self) -> dict[str, tuple[str, str]]:
        """Return what was typed, by right."""
        typed = self.cleaned_data
        return {
            right.value: (typed.get(right.value) or "", typed.get(f"{right.value}_says") or "")
            for right in TrialRight
        }


@require_http_methods(["GET", "POST"])
@within(Area.TRIALS)
def fill_in(request: WorkRequest, ref: UUID) -> HttpResponse:
    """Show the list of rights of a hearing on one page, and keep what is filled in."""
    row = row_of(HEARINGS, request, ref)
    kept = {one.right: (one.stands, one.says) for one in row.findings.all()}
    form = RightsForm(request.POST if request.method == "POST" else None, kept=kept)
    shown = {"row": row, "form": form, "problem": "", "rights": [one.value for one in TrialRight]}
    if request.method == "GET":
        return render(request, "coordination/hearing_rights.html", shown)
    if not form.is_valid():
        return render(request, "coordination/hearing_rights.html", shown, status=422)
    try:
        trials.fill_in(
            row, form.answers(), house=row.house_id, why=gettext("Filled in on the list")
        )
    except ChangeRefused as refused:
        shown["problem"] = str(refused)
        return render(request, "coordination/hearing_rights.html", shown, status=422)
    messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(HEARINGS.address("one", row))


@require_http_methods(["GET", "POST"])
@within(Area.TRIALS)
def findings(request: WorkRequest) -> HttpResponse:
    """Show the findings by right and court; observers publish a year that has ended."""
    year = _year(request.POST.get("year", "") or request.GET.get("year", ""))
    may_publish = may(request.work.actor, Area.TRIALS, May.WRITE)
    problem = ""
    if request.method == "POST" and may_publish and year is not None:
        try:
            _publish(request, year)
            messages.success(request, gettext("Everybody can read the report now."))
            return HttpResponseRedirect(reverse("public_trials"))
        except ChangeRefused as refused:
            problem = str(refused)
    shown = _found(year) | {"problem": problem, "year": year, "may_publish": may_publish}
    return render(
        request, "coordination/trial_findings.html", shown, status=422 if problem else 200
    )


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None


def _publish(request: WorkRequest, year: int) -> None:
    trials.publish_report(
        request.work.actor.organisation,
        year=year,
        title=gettext("Trials observed in %(year)s") % {"year": year},
        at=request.at,
        why=gettext("Published"),
    )


def _found(year: int | None) -> dict[str, Any]:
    seen = trials.seen_in(year)
    by_court = {
        court: [one for one in seen if one.court == court]
        for court in sorted({one.court for one in seen})
    }
    return {
        "rights": _rights([_counts(one) for one in trials.rows(seen)]),
        "courts": [
            (court, _rights([_counts(one) for one in trials.rows(inside)]))
            for court, inside in by_court.items()
        ],
        "years_offered": [
            {"value": str(one.year), "text": str(one.year), "selected": one.year == year}
            for one in Hearing.objects.dates("held_on", "year", order="DESC")
        ],
    }


def _counts(row: trials.Row) -> dict[str, Any]:
    return {
        "right": row.right,
        "base": row.base,
        "kept": row.kept,
        "in_part": row.in_part,
        "not_kept": row.not_kept,
    }


def _rights(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one | {"right": words.label(one["right"], "trial_right")} for one in told]


@open_to_all
@require_GET
def public(request: Any) -> HttpResponse:
    """Show what observers published, the newest year first."""
    found = Publication.objects.filter(kind=trials.KIND)
    reports = sorted(found, key=lambda one: one.content["year"], reverse=True)
    shown = [
        {
            "title": one.title,
            "at": one.at,
            **one.content,
            "rights": _rights(one.content["rights"]),
        }
        for one in reports
    ]
    return render(request, "coordination/public_trials.html", {"reports": shown})


def addresses() -> list[URLPattern]:
    """List the addresses of these pages."""
    return [
        path("coordination/hearings/<uuid:ref>/rights/", fill_in, name="hearing_rights"),
        path("coordination/trial-findings/", findings, name="trial_findings"),
        path("public/trials/", public, name="public_trials"),
    ]
