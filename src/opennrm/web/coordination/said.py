"""Says what stands in a field of a row, whatever its kind, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import get_language, gettext

from opennrm.coordination.models.fields import CodeField, CodesField, LanguagesField, MoneyField
from opennrm.coordination.models.kept import Kept
from opennrm.vocabulary.languages import language_name
from opennrm.web import money, words


def said(row: models.Model, name: str) -> Any:
    """Say what stands in one field of a row."""
    field: Any = row._meta.get_field(name)
    if field.many_to_many:
        return ", ".join(str(one) for one in getattr(row, name).all())
    return said_as(field, getattr(row, name), currency=getattr(row, "currency", "") or "")


def said_as(field: Any, value: Any, *, currency: str = "") -> Any:
    """Say a value the way its field is read."""
    if value is None or value in ("", []):
        return ""
    if isinstance(field, CodeField):
        return words.label(value, field.codes) if field.codes else value
    if isinstance(value, list):
        return ", ".join(_each(field, value))
    return _plain(field, value, currency)


def _plain(field: Any, value: Any, currency: str) -> Any:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return words.moment(value)
    if isinstance(value, date):
        return words.day(value)
    if isinstance(field, MoneyField) and currency:
        return money.said(value, currency)
    return value


def _each(field: Any, values: list[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(field, CodesField) and field.codes:
            yield words.label(value, field.codes)
        elif isinstance(field, LanguagesField):
            yield language_name(value, get_language() or "en")
        else:
            yield str(value)


def title_of(model: type[models.Model], name: str) -> str:
    """Name a field as people call it."""
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def pairs_of(row: Kept, names: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """Return the fields of a row that hold something, each with its name."""
    wanted = names or fields_of(type(row))
    told = ((title_of(type(row), name), said(row, name)) for name in wanted)
    return [(title, text) for title, text in told if text != ""]


def fields_of(model: type[models.Model]) -> tuple[str, ...]:
    """Name the fields of a model that people fill in, in their order."""
    every = (*model._meta.fields, *model._meta.many_to_many)
    return tuple(field.name for field in every if field.editable and not field.primary_key)
