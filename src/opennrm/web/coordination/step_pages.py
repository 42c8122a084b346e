"""The pages on which a step of a row is taken, and which steps are offered now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from opennrm.coordination.desk import ChangeRefused
from opennrm.web.coordination.sheets import Sheet
from opennrm.web.coordination.steps import Step, StepForm, Taken
from opennrm.web.work import WorkRequest


def step_page(sheet: Sheet, step: Step) -> Callable[..., HttpResponse]:
    """Make the page of a step."""

    def page(request: WorkRequest, ref: UUID) -> HttpResponse:
        row = sheet.rows(sheet, request).filter(pk=ref).first()
        if row is None or not step.is_offered(row, request):
            raise Http404
        typed = request.POST if request.method == "POST" else None
        form = StepForm(typed, asks_day=step.asks_day)
        shown = {"part": sheet, "step": step, "row": row, "form": form, "problem": ""}
        if typed is None:
            return render(request, "coordination/step.html", shown)
        if not form.is_valid():
            return render(request, "coordination/step.html", shown, status=422)
        try:
            given = form.cleaned_data
            step.take(Taken(row, request, given["why"], given.get("day")))
        except ChangeRefused as refused:
            shown["problem"] = str(refused)
            return render(request, "coordination/step.html", shown, status=422)
        messages.success(request, gettext(str(step.done)))
        return HttpResponseRedirect(sheet.address("one", row))

    return page


def offered(sheet: Sheet, row: Any, request: WorkRequest) -> Iterator[tuple[Any, str]]:
    """Yield the steps that can be taken now, each with its address."""
    for step in sheet.steps:
        if step.is_offered(row, request):
            yield step.title, sheet.address(step.name, row)
