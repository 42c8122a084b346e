"""The sealed register of conduct: its readers, its reports, its figures for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from opennrm.coordination import conduct
from opennrm.coordination.desk import ChangeRefused
from opennrm.coordination.models import ConductReader, ConductReport
from opennrm.coordination.permissions import Area
from opennrm.coordination.publishing import published
from opennrm.web import words
from opennrm.web.coordination.columns import by_code, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.plan import today
from opennrm.web.coordination.said import fields_of
from opennrm.web.coordination.sheets import OwnSheet, SheetForm
from opennrm.web.coordination.steps import Step
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest, open_to_all


def _house(row: Any) -> UUID | None:
    found: UUID | None = row.house_id
    return found


class ReaderForm(SheetForm):
    """Asks whom to name; only colleagues of one's own house."""

    def prepare(self) -> None:
        """Narrow the accounts to one's own house."""
        here = self.request.work.actor.organisation
        self.instance.house_id = here
        field: Any = self.fields["account"]
        field.queryset = field.queryset.filter(organisation_id=here, is_active=True)


class ReportForm(SheetForm):
    """Asks for a report; what is told is sealed before it is kept."""

    told = ask.text(_("What was told"), hint=_("Sealed to the readers of this register."))

    def prepare(self) -> None:
        """Name the house, and open what was told before."""
        self.instance.house_id = self.request.work.actor.organisation
        if not self.instance._state.adding:
            self.initial["told"] = _opened(self.instance, self.request)


def _opened(row: Any, request: WorkRequest) -> str:
    try:
        return conduct.opened(request.work, row)
    except ChangeRefused as refused:
        return str(refused)


def _name(form: Any, request: WorkRequest) -> Any:
    if not form.instance._state.adding:
        raise ChangeRefused(gettext("Remove this reader and name another."))
    conduct.name_reader(
        request.work,
        form.cleaned_data["account"].pk,
        on=today(request),
        why=gettext("Named as a reader"),
    )
    return ConductReader.objects.get(account=form.cleaned_data["account"])


def _write(form: Any, request: WorkRequest) -> Any:
    return conduct.write_report(request.work, form.save(commit=False), form.cleaned_data["told"])


def _told(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    return {"sealed_text": _opened(row, request)}


def _may_close(row: Any, request: WorkRequest) -> bool:
    return row.closed_on is None and REPORTS.may_write(request, row)


READERS = OwnSheet(
    "conduct-readers",
    Area.CONDUCT,
    ConductReader,
    _("Reader of the register"),
    Listing(
        "conduct-readers",
        _("Readers of the register of conduct"),
        columns(ConductReader, "account", "named_on"),
        order="named_on",
        intro=_("The first names herself, then readers name readers. Two or three, never one."),
        empty=_("Nobody is named yet."),
    ),
    form=ReaderForm,
    save=_name,
    owner=_house,
)
REPORTS = OwnSheet(
    "conduct-reports",
    Area.CONDUCT,
    ConductReport,
    _("Report on conduct"),
    Listing(
        "conduct-reports",
        _("Register of conduct of international staff"),
        columns(ConductReport, "received_on", "kind", "told_head_on", "outcome", "closed_on"),
        (by_code("kind", _("About"), "conduct_kind"),),
        order="-received_on",
        intro=_("Apart from everything else, sealed to its readers (R78)."),
        empty=_("Nothing is open to you here."),
    ),
    form=ReportForm,
    save=_write,
    owner=_house,
    more=_told,
    shown_fields=(*fields_of(ConductReport), "closed_on"),
    template="coordination/conduct_report.html",
    may_change=lambda row: row.closed_on is None,
    steps=(
        Step(
            "close",
            _("Close this report"),
            _("The head of the organisation was told, and it is known what came of it."),
            _may_close,
            lambda taken: conduct.close_conduct_report(
                taken.row, on=today(taken.request), why=taken.why
            ),
            _("The report is closed."),
        ),
    ),
)
SHEETS = (REPORTS, READERS)


@require_http_methods(["GET", "POST"])
@within(Area.CONDUCT)
def figures(request: WorkRequest) -> HttpResponse:
    """Show the figures of a year to readers, who publish them once it has ended.

    :raises Http404: when who asks is no reader of the register.
    """
    if not ConductReader.objects.filter(account_id=request.work.actor.account).exists():
        raise Http404
    year = _year(request.POST.get("year", "") or request.GET.get("year", ""), request)
    problem = ""
    if request.method == "POST":
        try:
            _publish(request, year)
            messages.success(request, gettext("Everybody can read the figures now."))
            return HttpResponseRedirect(reverse("public_conduct"))
        except ChangeRefused as refused:
            problem = str(refused)
    found = conduct.content_of(conduct.conduct_figures(year, on=today(request)))
    shown = {"problem": problem, "one": _said(found), "year": year}
    return render(
        request, "coordination/conduct_figures.html", shown, status=422 if problem else 200
    )


def _year(text: str, request: WorkRequest) -> int:
    is_year = text.isascii() and text.isdecimal() and len(text) == 4
    return int(text) if is_year else request.at.year - 1


def _publish(request: WorkRequest, year: int) -> None:
    conduct.publish_figures(
        request.work.actor.organisation,
        year=year,
        at=request.at,
        on=today(request),
        why=gettext("Published"),
    )


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **content,
        "kinds": [(words.label(k, "conduct_kind"), n) for k, n in content["kinds"].items()],
        "outcomes": [
            (words.label(k, "conduct_outcome"), n) for k, n in content["outcomes"].items()
        ],
    }


@open_to_all
@require_GET
def public(request: Any) -> HttpResponse:
    """Show the figures on conduct that were published, the newest year first."""
    years = sorted(published(conduct.KIND), key=lambda one: one.content["year"], reverse=True)
    shown = [_said(one.content) | {"title": one.title} for one in years]
    return render(request, "coordination/public_conduct.html", {"years": shown})


def addresses() -> list[URLPattern]:
    """List the addresses of these pages."""
    return [
        path("coordination/conduct-figures/", figures, name="conduct_figures"),
        path("public/conduct/", public, name="public_conduct"),
    ]
