"""Takes rows of any sheet in from a table: all of them, or none with every fault named."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import IntegrityError, models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from opennrm.coordination.desk import ChangeRefused, because
from opennrm.exchange.questionnaires.uploaded import fault_of
from opennrm.exchange.questionnaires.workbook_back import Fault, WorkbookRefused
from opennrm.vocabulary import registry
from opennrm.web.coordination.said import title_of
from opennrm.web.coordination.sheets import Sheet
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest

LARGEST, MOST_ROWS, MOST_FAULTS = 5_000_000, 5_000, 200
NOTHING = str(UUID(int=0))
Table = list[list[Any]]


class FileForm(forms.Form):
    """Asks for the file, and why its rows are taken in."""

    file = forms.FileField(label=_("File (.xlsx or .csv)"))
    why = ask.word(_("Why?"), hint=_("Kept in the history."), required=True)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: the field of the form it fills, and how its cells are read."""

    place: int
    field: Any
    name: str


def import_page(sheet: Sheet) -> Any:
    """Make the page on which rows of a sheet are taken in from a file."""

    def page(request: WorkRequest) -> HttpResponse:
        if not sheet.may_add(request):
            raise Http404
        form = FileForm(request.POST or None, request.FILES or None, auto_id="op-%s")
        titles = [title_of(sheet.model, name) for name in sheet.asked_fields]
        shown = {"part": sheet, "form": form, "faults": (), "titles": titles}
        if request.method == "GET":
            return render(request, "coordination/import_rows.html", shown)
        if not form.is_valid():
            return render(request, "coordination/import_rows.html", shown, status=422)
        try:
            with because(form.cleaned_data["why"]):
                content = form.cleaned_data["file"].read()
                number = take_in(sheet, request, content, of=request.GET.get("of", ""))
        except WorkbookRefused as refused:
            shown["faults"] = refused.faults[:MOST_FAULTS]
            return render(request, "coordination/import_rows.html", shown, status=422)
        said = ngettext("%(num)s row was taken in.", "%(num)s rows were taken in.", number)
        messages.success(request, said % {"num": number})
        return HttpResponseRedirect(sheet.address(""))

    return page


def take_in(sheet: Sheet, request: WorkRequest, content: bytes, *, of: str = "") -> int:
    """Take the rows of a table in, each through the form of the sheet; tell how many.

    `of` is the entry that all rows belong to where no column names one.

    :raises WorkbookRefused: naming row, column and remedy of every fault; nothing is kept then.
    """
    head, *lines = read_table(content) or [[]]
    made = sheet.form_class()
    belongs = {sheet.parent: of} if sheet.parent and of else {}
    columns = _columns(sheet, made(request=request), head, given=belongs)
    faults: list[Fault] = []
    kept = []
    known = _Known()
    for number, cells in enumerate(lines, 2):
        if not any(str(cell).strip() for cell in cells):
            continue
        form = made(belongs | dict(_typed(columns, cells, known)), request=request)
        if form.is_valid() and sheet.may_write(request, form.instance):
            kept.append((number, form))
        else:
            faults.extend(_faults(form, number))
    if not kept and not faults:
        raise refused(gettext("There is no row below the names of the columns."))
    if faults:
        raise WorkbookRefused(tuple(faults))
    for number, form in kept:
        _save(sheet, request, form, number)
    return len(kept)


def _save(sheet: Sheet, request: WorkRequest, form: Any, number: int) -> None:
    try:
        sheet.save(form, request)
    except ChangeRefused as no:
        raise refused(str(no), number) from no
    except IntegrityError as twice:
        raise refused(gettext("Another row says this already."), number) from twice


def read_table(content: bytes) -> Table:
    """Read the first sheet of a workbook, or text with commas or semicolons between.

    :raises WorkbookRefused: when it is too large, has merged cells or cannot be read.
    """
    if len(content) > LARGEST:
        raise refused(gettext("The file is too large."))
    table = _workbook(content) if content[:2] == b"PK" else _text(content)
    if len(table) > MOST_ROWS + 1:
        raise refused(gettext("More than %(num)s rows. Send them in parts.") % {"num": MOST_ROWS})
    return table


def _workbook(content: bytes) -> Table:
    if says := fault_of(content):
        raise refused(says)
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    except CalamineError as error:
        says = gettext("This is no workbook that can be read. Save it as .xlsx.")
        raise refused(says) from error
    if sheet.merged_cell_ranges:
        raise refused(gettext("Merged cells hide whose value it is. Take them apart."))
    return sheet.to_python(skip_empty_area=False)


def _text(content: bytes) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(gettext("The text is not in UTF-8. Save it as CSV in UTF-8.")) from error
    first = text.partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else ","
    try:
        return [list(line) for line in csv.reader(StringIO(text), delimiter=mark)]
    except csv.Error as error:
        raise refused(gettext("This is no table that can be read. Save it anew.")) from error


def _columns(
    sheet: Sheet, form: Any, head: list[Any], *, given: Mapping[str, str]
) -> list[Column]:
    known = {title_of(sheet.model, name).casefold(): name for name in sheet.asked_fields}
    known |= {name.casefold(): name for name in sheet.asked_fields}
    found: list[Column] = []
    faults: list[Fault] = []
    for place, cell in enumerate(head):
        text = str(cell).strip()
        name = known.get(text.casefold(), "")
        if name and name not in {one.name for one in found}:
            found.append(Column(place, sheet.model._meta.get_field(name), name))
        elif text:
            says = gettext("No column has this name, or it stands there twice.")
            faults.append(Fault("", 1, text, says))
    here = {one.name for one in found} | set(given)
    for name, field in form.fields.items():
        if field.required and name not in here and name in sheet.asked_fields:
            says = gettext("This column is missing.")
            faults.append(Fault("", 1, title_of(sheet.model, name), says))
    if faults:
        raise WorkbookRefused(tuple(faults))
    return found


class _Known:
    """Rows that cells may name, read once for the whole table."""

    def __init__(self) -> None:
        self._rows: dict[type[models.Model], dict[str, str]] = {}

    def ref(self, model: type[models.Model], text: str) -> str:
        """Return the reference of the row that is called like this, or one of nothing."""
        if model not in self._rows:
            rows = model._default_manager.all()
            self._rows[model] = {str(one).casefold(): str(one.pk) for one in rows}
        return self._rows[model].get(text.casefold(), text and NOTHING)


def _typed(columns: list[Column], cells: list[Any], known: _Known) -> Iterator[tuple[str, Any]]:
    """Yield what a person would have typed into the form."""
    for column in columns:
        cell = cells[column.place] if column.place < len(cells) else ""
        if isinstance(column.field, models.DateField):
            yield from _day(column.name, cell)
        else:
            yield column.name, _said(column.field, _plain(cell), known)


def _day(name: str, cell: Any) -> Iterator[tuple[str, str]]:
    if isinstance(cell, str) and cell.strip():
        try:
            cell = date.fromisoformat(cell.strip())
        except ValueError:
            yield f"{name}-day", cell
            return
    if isinstance(cell, date | datetime):
        yield from ((f"{name}-{box}", str(getattr(cell, box))) for box in ("day", "month"))
        yield f"{name}-year", f"{cell.year:04d}"


def _plain(cell: Any) -> str:
    if isinstance(cell, bool):
        return "on" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _said(field: Any, text: str, known: _Known) -> Any:
    codes = getattr(field, "codes", "")
    if isinstance(field, models.BooleanField):
        return "on" if text.casefold() in _yes() else ""
    if field.many_to_many:
        return [known.ref(field.related_model, part) for part in _parts(text)]
    if field.is_relation:
        return known.ref(field.related_model, text)
    if codes and hasattr(field, "base_field"):
        return [_code(codes, part) for part in _parts(text)]
    return _code(codes, text) if codes else text


def _yes() -> set[str]:
    return {"on", "yes", "true", "1", gettext("Yes").casefold()}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _code(codes: str, text: str) -> str:
    """Return the code that a label names, in English or in the language of the page."""
    labels: Mapping[str, str] = registry.code_list(codes).labels()
    wanted = text.casefold()
    named = (
        code
        for code, label in labels.items()
        if wanted in (label.casefold(), gettext(label).casefold())
    )
    return next(named, text)


def _faults(form: Any, number: int) -> Iterator[Fault]:
    if form.is_valid():
        says = gettext("You may write only what belongs to your own organisation.")
        yield Fault("", number, "", says)
    for name, says in form.errors.items():
        field = form.fields.get(name)
        yield Fault("", number, str(field.label) if field else "", " ".join(says))


def refused(says: str, number: int = 0) -> WorkbookRefused:
    """Make the refusal of a whole file, for one of its rows where there is one."""
    return WorkbookRefused((Fault("", number, "", says),))
