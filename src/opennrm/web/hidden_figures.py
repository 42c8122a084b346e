"""The page on which anyone who is signed in may ask for a hidden figure, and learns the rule."""

from typing import Any

from django import forms
from django.db import connections
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.rapporteur import ledger
from opennrm.rapporteur.questions import Answered, ask_for_figure
from opennrm.rapporteur.releases import Release
from opennrm.rapporteur.releasing import ReleaseRefused
from opennrm.statistics import Dimension, ProtectedTable, cell
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest


class AskedFor(forms.Form):
    """Which table of which release; anything odd in the address is no such page."""

    number = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    table = forms.CharField(max_length=64)


class FigureForm(forms.Form):
    """Which figure of a table is wanted, and for whom."""

    asked_for = ask.word(
        _("For whom you ask"),
        hint=_("An office, such as a ministry. It is written down with the question."),
        required=True,
    )

    def __init__(self, table: ProtectedTable, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named = {one.name: _one_of(one) for one in table.shape.dimensions}
        self.fields = {**named, **self.fields}
        self.wanted = tuple(named)


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest) -> HttpResponse:
    """Take a question for one figure; a hidden one is answered with its rule, and logged.

    :raises Http404: when there is no such table.
    """
    release, table = _found(request)
    if request.method == "GET":
        return _page(request, release, table, FigureForm(table, auto_id="op-%s"))
    form = FigureForm(table, request.POST, auto_id="op-%s")
    if not form.is_valid():
        return _page(request, release, table, form, status=422)
    typed = form.cleaned_data
    try:
        answered = ask_for_figure(
            number=release.number,
            table=table.shape.name,
            cell=cell(**{name: typed[name] or None for name in form.wanted}),
            asked_for=typed["asked_for"],
            actor=request.work.actor,
            connection=connections["statistics"],
            at=request.at,
        )
    except ReleaseRefused as refused:
        return _page(request, release, table, form, status=422, problem=str(refused))
    return _page(request, release, table, form, answered=answered)


def _found(request: WorkRequest) -> tuple[Release, ProtectedTable]:
    form = AskedFor(request.GET)
    if not form.is_valid():
        raise Http404
    try:
        release = ledger.release(connections["statistics"], form.cleaned_data["number"])
    except ledger.NoSuchRelease as unknown:
        raise Http404 from unknown
    if form.cleaned_data["table"] not in release.tables:
        raise Http404
    return release, release.table(form.cleaned_data["table"])


def _one_of(dimension: Dimension) -> forms.ChoiceField:
    levels = [(level.code, gettext(level.label)) for level in dimension.levels]
    return forms.ChoiceField(
        label=gettext(dimension.label),
        choices=[("", gettext("Total")), *levels],
        required=False,
    )


def _page(
    request: WorkRequest,
    release: Release,
    table: ProtectedTable,
    form: FigureForm,
    *,
    status: int = 200,
    problem: str = "",
    answered: Answered | None = None,
) -> HttpResponse:
    shown = {
        "form": form,
        "problem": problem,
        "answered": answered,
        "number": release.number,
    }
    return render(request, "hidden_figure.html", shown, status=status)
