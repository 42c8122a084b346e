"""What the fields of a register hold, read from the form and the table; and values to and fro."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db import models

from opennrm.coordination.models.fields import MoneyField, WordsField
from opennrm.coordination.registers import FieldKind, RegisterField
from opennrm.vocabulary.redress import minor_digits
from opennrm.web.coordination.asking import MoneyAsked, WordsAsked
from opennrm.web.coordination.said import fields_of
from opennrm.web.coordination.sheets import Sheet
from opennrm.web.forms.days import DayField

# Of the form, not of the entry: the reason and the version go beside the entry.
BESIDE = frozenset({"seen", "why"})
ASKED: tuple[tuple[type[forms.Field], FieldKind], ...] = (
    (WordsAsked, FieldKind.WORDS),
    (MoneyAsked, FieldKind.FIGURE),
    (forms.DecimalField, FieldKind.FIGURE),
    (forms.IntegerField, FieldKind.NUMBER),
    (DayField, FieldKind.DAY),
    (forms.BooleanField, FieldKind.YES),
    (forms.ModelMultipleChoiceField, FieldKind.ENTRIES),
    (forms.ModelChoiceField, FieldKind.ENTRY),
    (forms.MultipleChoiceField, FieldKind.WORDS),
    (forms.Field, FieldKind.TEXT),
)
HELD: tuple[tuple[type[models.Field[Any, Any]], FieldKind], ...] = (
    (WordsField, FieldKind.WORDS),
    (MoneyField, FieldKind.FIGURE),
    (models.DecimalField, FieldKind.FIGURE),
    (models.DateTimeField, FieldKind.MOMENT),
    (models.DateField, FieldKind.DAY),
    (models.IntegerField, FieldKind.NUMBER),
    (models.BooleanField, FieldKind.YES),
    (models.ManyToManyField, FieldKind.ENTRIES),
    (models.ForeignKey, FieldKind.ENTRY),
    (models.Field, FieldKind.TEXT),
)


def asked_fields(sheet: Sheet) -> tuple[RegisterField, ...]:
    """Return the fields that the form of a list asks for."""
    if not sheet.may_be_written:
        return ()
    fields = sheet.form_class().base_fields
    return tuple(_asked(name, one) for name, one in fields.items() if name not in BESIDE)


def shown_fields(sheet: Sheet) -> tuple[RegisterField, ...]:
    """Return the fields that the page of an entry shows, and the days that steps set."""
    set_by_steps = [
        one.name
        for one in sheet.model._meta.fields
        if isinstance(one, models.DateField) and not one.editable
    ]
    pages = sheet.shown_fields or fields_of(sheet.model)
    names = dict.fromkeys((*pages, *sheet.asked_fields, *set_by_steps))
    return tuple(_held(sheet.model._meta.get_field(name)) for name in names)


def held(row: Any, name: str) -> Any:
    """Return what a field of an entry holds, as JSON says it."""
    field = row._meta.get_field(name)
    if field.many_to_many:
        return [one.pk for one in getattr(row, name).all()]
    value = getattr(row, field.attname)
    if value is not None and isinstance(field, MoneyField):
        digits = minor_digits(currency) if (currency := _currency(row)) else 2
        return f"{value / 10**digits:.{digits}f}"
    return str(value) if value is not None and isinstance(field, models.DecimalField) else value


def typed(form: Any, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a person would have typed: what stands in a form, with other values in places."""
    for name, field in form.fields.items():
        if name not in BESIDE:
            value = values[name] if name in values else form.get_initial_for_field(field, name)
            yield from _typed(name, field, value)


def _typed(name: str, field: Any, value: Any) -> Iterator[tuple[str, Any]]:
    if value is None or value is False:
        return
    if isinstance(value, date) and isinstance(field, DayField):
        yield from ((f"{name}-{box}", str(getattr(value, box))) for box in ("day", "month"))
        yield f"{name}-year", f"{value.year:04d}"
    elif isinstance(value, list):
        yield name, [str(getattr(one, "pk", one)) for one in value]
    else:
        yield name, str(getattr(value, "pk", value))


def _currency(row: Any) -> str:
    """Return the currency of a row, or of the grant that a payment is of."""
    owner = row.grant if hasattr(row, "grant_id") else row
    return getattr(owner, "currency", "") or ""


def _asked(name: str, field: Any) -> RegisterField:
    kind = next(kind for made, kind in ASKED if isinstance(field, made))
    is_from_table = isinstance(field, forms.ModelChoiceField)
    choices = () if is_from_table else getattr(field, "choices", ())
    return RegisterField(
        name,
        str(field.label),
        kind,
        codes=tuple(str(code) for code, _label in choices if code),
        is_needed=field.required,
    )


def _held(field: Any) -> RegisterField:
    kind = next(kind for made, kind in HELD if isinstance(field, made))
    return RegisterField(field.name, str(field.verbose_name), kind)
