"""Who changed what, when and why: in one entry, and in a whole list, removed entries too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from opennrm.coordination.desk import changes_in, changes_of, names_of
from opennrm.coordination.models import Change
from opennrm.web.coordination.said import said_as, title_of
from opennrm.web.coordination.sheets import Sheet
from opennrm.web.work import WorkRequest

PER_PAGE = 50


def history_of(row: Any) -> Iterator[dict[str, Any]]:
    """Say who changed what in a row, when and why, the newest first."""
    yield from _said(type(row), changes_of(row))


def history_page(sheet: Sheet) -> Callable[..., HttpResponse]:
    """Make the page of all changes in a list."""

    def page(request: WorkRequest) -> HttpResponse:
        changes = changes_in(sheet.model, before=_number(request), most=PER_PAGE + 1)
        rows = sheet.rows(sheet, request).filter(pk__in={one.row for one in changes})
        there = {row.pk: str(row) for row in rows}
        entries = [
            told | _about(sheet, change, there)
            for change, told in zip(changes, _said(sheet.model, changes), strict=True)
        ]
        shown = {
            "part": sheet,
            "history": entries[:PER_PAGE],
            "before": changes[PER_PAGE - 1].pk if len(changes) > PER_PAGE else 0,
        }
        return render(request, "coordination/history.html", shown)

    return page


def _number(request: WorkRequest) -> int:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _about(sheet: Sheet, change: Change, there: Mapping[UUID, str]) -> dict[str, Any]:
    """Name the entry that was changed: as it is called now, or as it was when it was removed."""
    if change.row in there:
        return {"what": there[change.row], "address": sheet.address("one", change.row)}
    held = {**(change.before or {}), **(change.after or {})}
    texts = (
        held.get(field.attname)
        for field in sheet.model._meta.fields
        if isinstance(field, models.CharField | models.TextField) and not hasattr(field, "codes")
    )
    return {"what": next((text for text in texts if text), ""), "address": ""}


def _said(model: Any, changes: Sequence[Change]) -> Iterator[dict[str, Any]]:
    names = names_of(changes)
    for change in changes:
        who = names.get(change.account) if change.account else gettext("The operator")
        house = names.get(change.organisation, "") if change.organisation else ""
        yield {
            "at": change.at,
            "who": who,
            "house": house,
            "why": change.why,
            "act": change.act,
            "fields": list(_fields(model, change)) if change.act != "insert" else [],
            "what": "",
            "address": "",
        }


def _fields(model: Any, change: Change) -> Iterator[tuple[str, Any, Any]]:
    was, became = change.before or {}, change.after or {}
    by_column = {field.attname: field for field in model._meta.fields}
    for column in dict.fromkeys((*was, *became)):
        field = by_column.get(column)
        if field is None or field.primary_key or isinstance(field, models.JSONField):
            continue
        told = [_value(field, side.get(column)) for side in (was, became)]
        yield title_of(model, field.name), *told


def _value(field: Any, value: Any) -> Any:
    """Say what stood in a field; another row by its name, where it is still there."""
    if value and field.is_relation:
        return field.related_model._default_manager.filter(pk=value).first() or value
    return said_as(field, value)
