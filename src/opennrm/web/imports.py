"""Imports of rows from other systems: a file, its columns, what is wrong with it, and going on."""

import csv
from typing import Any
from uuid import UUID

from django import forms
from django.db.utils import DatabaseError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.casework.permissions import require
from opennrm.casework.refusals import PermissionMissing
from opennrm.exchange.htcds.refusals import WorkbookRefused
from opennrm.exchange.sheets.table import read_table
from opennrm.records.importing import MarksImpossible
from opennrm.records.imports.going_on import (
    ImportRefused,
    Undone,
    check_anew,
    choose_columns,
    go_on,
    start,
    undo,
)
from opennrm.records.imports.waiting import Import, begin, give_up, one_import, own_imports
from opennrm.records.sessions import sqlstate
from opennrm.web import import_rows
from opennrm.web.import_columns import choices, chosen_in, suggested
from opennrm.web.work import WorkRequest

SECONDS = 6.0
STATES = {
    "columns": _("Say what the columns hold"),
    "checking": _("Being checked"),
    "checked": _("Checked; nothing is recorded yet"),
    "importing": _("Being recorded"),
    "done": _("Recorded"),
    "undone": _("Taken back"),
}


class FileForm(forms.Form):
    """The spreadsheet that somebody sends."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("Excel (.xlsx), OpenDocument (.ods) or CSV in UTF-8, 25 MB at most."),
        error_messages={"required": _("choose a file"), "empty": _("the file is empty")},
    )


@require_http_methods(["GET", "POST"])
def imports(request: WorkRequest) -> HttpResponse:
    """List the imports of the viewer's organisation; a POST lets the rows of a file wait."""
    _require(request)
    form = FileForm(request.POST or None, request.FILES or None, auto_id="op-%s")
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            import_ref = begin(request.work, read_table(form.cleaned_data["file"].read()))
            return _at(import_ref)
        except (WorkbookRefused, MarksImpossible) as refused:
            refusal = gettext(str(refused))
    shown = {"form": form, "rows": [_line(one) for one in _known(request)], "refusal": refusal}
    status = 422 if form.errors or refusal else 200
    return render(request, "imports.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def one(request: WorkRequest, import_ref: UUID) -> HttpResponse:
    """Show one import where it stands; a POST takes it one step on."""
    _require(request)
    found = _found(request, import_ref)
    if request.method == "GET":
        return _shown(request, found)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    try:
        return step(request, found) or _at(import_ref)
    except ImportRefused as refused:
        return _shown(request, found, refusal=gettext(str(refused)), status=422)
    except DatabaseError as fault:
        if sqlstate(fault) != "NR409":
            raise
        return _shown(
            request,
            _found(request, import_ref),
            refusal=gettext("Somebody moved this import on meanwhile. It stands as shown."),
            status=409,
        )


@require_http_methods(["GET"])
def problems(request: WorkRequest, import_ref: UUID) -> HttpResponse:
    """Hand out what has to be put right, by row and column, without what stood there."""
    _require(request)
    found = _found(request, import_ref)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="problems.csv"'
    writer = csv.writer(answer)
    writer.writerow(
        [
            gettext(word)
            for word in ("Row", "Column", "Problem", "What to do", "What becomes of it")
        ]
    )
    for fault in import_rows.every_fault(request.work, found):
        writer.writerow([fault.row, fault.column, fault.says, fault.remedy, fault.becomes])
    return answer


def _columns(request: WorkRequest, found: Import) -> None:
    choose_columns(request.work, found, chosen_in(request.POST, found))


def _go_on(request: WorkRequest, found: Import) -> None:
    go_on(request.work, found, at=request.at, seconds=SECONDS)


def _start(request: WorkRequest, found: Import) -> None:
    start(request.work, found, _known(request), at=request.at)


def _fix(request: WorkRequest, found: Import) -> None:
    part, row = import_rows.put_right(request.work, found, request.POST)
    check_anew(request.work, found, part, row, request.at)


def _give_up(request: WorkRequest, found: Import) -> HttpResponse:
    give_up(request.work, found)
    return HttpResponseRedirect(reverse("imports"))


def _undo(request: WorkRequest, found: Import) -> HttpResponse:
    undone = undo(request.work, found, at=request.at, seconds=SECONDS)
    return _shown(request, _found(request, found.import_ref), undone=undone)


STEPS: dict[str, Any] = {
    "columns": _columns,
    "go_on": _go_on,
    "start": _start,
    "fix": _fix,
    "give_up": _give_up,
    "undo": _undo,
}


def _require(request: WorkRequest) -> None:
    try:
        require("take_in", actor=request.work.actor, at=request.at)
    except PermissionMissing:
        raise Http404 from None


def _known(request: WorkRequest) -> list[Import]:
    try:
        return own_imports(request.work)
    except MarksImpossible:
        return []


def _found(request: WorkRequest, import_ref: UUID) -> Import:
    try:
        found = one_import(request.work, import_ref)
    except MarksImpossible:
        found = None
    if found is None:
        raise Http404
    return found


def _at(import_ref: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("import", kwargs={"import_ref": import_ref}))


def _line(found: Import) -> dict[str, Any]:
    return {"ref": found.import_ref, "begun_at": found.begun_at, "state": STATES[found.state],
            "total": found.total}  # fmt: skip


def _shown(
    request: WorkRequest,
    found: Import,
    *,
    refusal: str = "",
    undone: Undone | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {
        "one": found,
        "state": STATES[found.state],
        "refusal": refusal,
        "columns": suggested(request.work, found) if found.state == "columns" else [],
        "choices": choices(),
        "far": found.checked if found.state == "checking" else found.gone_through,
        "good": found.total - found.faulty,
        "rows": import_rows.to_put_right(request.work, found) if found.state == "checked" else [],
        "may_undo": found.may_be_undone(request.at),
        "undone": _said(undone) if undone else [],
        "goes_on": undone is not None and undone.waiting > 0,
    }
    return render(request, "import.html", page, status=status)


def _said(undone: Undone) -> list[str]:
    said = [
        ngettext("%(n)s case was taken back.", "%(n)s cases were taken back.", undone.gone)
        % {"n": undone.gone}
    ]
    if undone.waiting:
        said.append(
            ngettext("%(n)s case waits.", "%(n)s cases wait.", undone.waiting)
            % {"n": undone.waiting}
        )
    if undone.worked_on:
        said.append(
            ngettext(
                "%(n)s case stays: somebody has worked on it since, or the day is over.",
                "%(n)s cases stay: somebody has worked on them since, or the day is over.",
                undone.worked_on,
            )
            % {"n": undone.worked_on}
        )
    return said
