"""The pages of every sheet: the list, one row with its history, adding, changing, removing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from opennrm.coordination.desk import (
    ChangeRefused,
    at_coordination,
    because,
    changes_of,
    looked_at,
)
from opennrm.coordination.permissions import Area, May, may
from opennrm.coordination.registers import EntryChanged
from opennrm.web.coordination import listing
from opennrm.web.coordination.history import history_of, history_page
from opennrm.web.coordination.importing import import_page
from opennrm.web.coordination.said import pairs_of
from opennrm.web.coordination.sheets import Children, Sheet
from opennrm.web.coordination.step_pages import offered, step_page
from opennrm.web.work import WorkRequest

View = Callable[..., HttpResponse]


def within(area: Area, *acts: May) -> Callable[[View], View]:
    """Let only those in who may do one of these acts, bound to the database while they do.

    :raises Http404: when the viewer may not; what is closed and what never was look the same.
    """

    def wrapped(view: View) -> View:
        @wraps(view)
        def answered(request: WorkRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.work.actor, area, *(acts or (May.READ,))):
                raise Http404
            with at_coordination(request.work):
                return view(request, *args, **kwargs)

        return answered

    return wrapped


def sheet_pages(sheet: Sheet) -> Iterator[URLPattern]:
    """Yield the addresses of the pages of a sheet."""
    at, name = f"coordination/{sheet.name}/", f"coordination_{sheet.name}"
    inside = within(sheet.area)
    yield path(at, inside(require_GET(_list(sheet))), name=name)
    yield path(f"{at}history/", inside(require_GET(history_page(sheet))), name=f"{name}_history")
    yield path(f"{at}<uuid:ref>/", inside(require_GET(_one(sheet))), name=f"{name}_one")
    if sheet.may_be_written:
        either = require_http_methods(["GET", "POST"])
        yield path(f"{at}add/", inside(either(_add(sheet))), name=f"{name}_add")
        yield path(f"{at}take-in/", inside(either(import_page(sheet))), name=f"{name}_take_in")
        yield path(
            f"{at}<uuid:ref>/change/", inside(either(_change(sheet))), name=f"{name}_change"
        )
        yield path(
            f"{at}<uuid:ref>/remove/", inside(either(_remove(sheet))), name=f"{name}_remove"
        )
    for step in sheet.steps:
        taking = inside(require_http_methods(["GET", "POST"])(step_page(sheet, step)))
        yield path(f"{at}<uuid:ref>/{step.name}/", taking, name=f"{name}_{step.name}")


def _list(sheet: Sheet) -> View:
    def page(request: WorkRequest) -> HttpResponse:
        asked = listing.asked_of(sheet.listing, request)
        rows = listing.found(sheet.listing, sheet.rows(sheet, request), asked)
        sent = listing.exported(sheet.listing, rows, request.GET.get("as", ""))
        if sent is not None:
            return sent
        shown = listing.shown(sheet.listing, rows, asked)
        shown |= {"part": sheet, "may_add": sheet.may_add(request)}
        return render(request, "coordination/list.html", shown)

    return page


def _one(sheet: Sheet) -> View:
    def page(request: WorkRequest, ref: UUID) -> HttpResponse:
        row = row_of(sheet, request, ref)
        shown = {
            "part": sheet,
            "row": row,
            "told": pairs_of(row, sheet.shown_fields),
            "may_write": sheet.may_write(request, row),
            "children": [_children(each, row, request) for each in sheet.children],
            "history": list(history_of(row)),
            "findings": (),
            "steps": list(offered(sheet, row, request)),
        }
        return render(request, sheet.template, shown | dict(sheet.more(row, request)))

    return page


def _add(sheet: Sheet) -> View:
    def page(request: WorkRequest) -> HttpResponse:
        if not sheet.may_add(request):
            raise Http404
        made = sheet.form_class()
        if request.method == "GET":
            given = {sheet.parent: request.GET.get("of", "")} if sheet.parent else {}
            return _asking(sheet, request, made(request=request, initial=given))
        return _kept(sheet, request, made(request.POST, request=request), None)

    return page


def _change(sheet: Sheet) -> View:
    def page(request: WorkRequest, ref: UUID) -> HttpResponse:
        row = row_of(sheet, request, ref)
        if not sheet.may_write(request, row):
            raise Http404
        made = sheet.form_class()
        if request.method == "GET":
            seen = {"seen": newest(row)}
            return _asking(sheet, request, made(request=request, instance=row, initial=seen), row)
        form = made(request.POST, request=request, instance=row)
        try:
            looked_at(row, _number(request.POST.get("seen", "")))
        except EntryChanged:
            says = gettext("Somebody changed this meanwhile. Look at it again before you save.")
            return _asking(sheet, request, form, row, problem=says, status=409)
        return _kept(sheet, request, form, row)

    return page


def _remove(sheet: Sheet) -> View:
    def page(request: WorkRequest, ref: UUID) -> HttpResponse:
        row = row_of(sheet, request, ref)
        if not sheet.may_write(request, row):
            raise Http404
        why = request.POST.get("why", "").strip()
        shown = {"part": sheet, "row": row, "problem": ""}
        if request.method == "GET":
            return render(request, "coordination/remove.html", shown)
        if not why:
            shown["problem"] = gettext("Say why it is removed. The reason is kept.")
            return render(request, "coordination/remove.html", shown, status=422)
        try:
            with because(why):
                row.delete()
        except ProtectedError:
            shown["problem"] = gettext("Other entries rest on this one. Remove those first.")
            return render(request, "coordination/remove.html", shown, status=422)
        except ChangeRefused as refused:
            shown["problem"] = str(refused)
            return render(request, "coordination/remove.html", shown, status=422)
        messages.success(request, gettext("Removed. The history keeps what stood here."))
        return HttpResponseRedirect(sheet.address(""))

    return page


def row_of(sheet: Sheet, request: WorkRequest, ref: UUID) -> Any:
    """Find one row of a sheet.

    :raises Http404: when there is none that is open to who asks.
    """
    row = sheet.rows(sheet, request).filter(pk=ref).first()
    if row is None:
        raise Http404
    return row


def _number(text: str) -> int:
    """Read the version that a form says its reader had seen; odd ones are older than any."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def newest(row: Any) -> str:
    """Name the newest change of a row, so that a form knows what its reader had seen."""
    changed = changes_of(row, least=1)
    return str(changed[0].pk) if changed else ""


def _children(each: Children, row: Any, request: WorkRequest) -> dict[str, Any]:
    sheet = each.sheet
    rows = sheet.rows(sheet, request).filter(**{each.through: row.pk})
    shown = listing.shown(
        sheet.listing, rows, listing.Asked(text="", sort=sheet.listing.order, page=1, chosen={})
    )
    more = {"part": sheet, "may_add": sheet.may_add(request), "of": row.pk}
    return shown | more | {"come_by_file": each.come_by_file}


def _kept(sheet: Sheet, request: WorkRequest, form: Any, row: Any) -> HttpResponse:
    if not form.is_valid():
        return _asking(sheet, request, form, row, status=422)
    if not sheet.may_write(request, form.instance):
        says = gettext("You may write only what belongs to your own organisation.")
        return _asking(sheet, request, form, row, problem=says, status=422)
    try:
        with because(form.cleaned_data.get("why", "")):
            made = sheet.save(form, request)
    except ChangeRefused as refused:
        return _asking(sheet, request, form, row, problem=str(refused), status=422)
    messages.success(request, gettext("Saved."))
    return HttpResponseRedirect(sheet.address("one", made))


def _asking(
    sheet: Sheet,
    request: WorkRequest,
    form: Any,
    row: Any = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = {"part": sheet, "form": form, "row": row, "problem": problem}
    return render(request, "coordination/write.html", shown, status=status)
