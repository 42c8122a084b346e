"""Short ways to say columns and filters of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opennrm.accounts.models import Account
from opennrm.coordination.models.fields import CodeField
from opennrm.web.coordination.listing import Column, Filter, Listing
from opennrm.web.coordination.said import said
from opennrm.web.forms.fields import listed


def columns(model: Any, *names: str) -> tuple[Column, ...]:
    """Make columns that say fields of a model; the first one links to the page of the row.

    Their titles stay lazy: each page says them in its own language.
    """
    fields = [(name, model._meta.get_field(name).verbose_name) for name in names]
    return tuple(
        Column(name, title, _saying(name), order=name, links=number == 0)
        for number, (name, title) in enumerate(fields)
    )


def column(name: str, title: Any, *, order: str = "", links: bool = False) -> Column:
    """Make a column that says one field of a row."""
    return Column(name, title, _saying(name), order=order, links=links)


def by_code(name: str, title: Any, codes: str) -> Filter:
    """Make a filter by a code of one field."""
    return Filter(name, title, lambda: listed(codes), lambda value: Q(**{name: value}))


def by_one_of(name: str, title: Any, codes: str) -> Filter:
    """Make a filter by a code among those that a field holds."""
    return Filter(
        name, title, lambda: listed(codes), lambda value: Q(**{f"{name}__contains": [value]})
    )


def completed(listing: Listing, model: type[models.Model]) -> Listing:
    """Let a list that names no fields to search, or no choices, be narrowed by what it shows."""
    known = {field.name: field for field in model._meta.fields}
    shown = [known[one.name] for one in listing.columns if one.name in known]
    texts = (path for field in shown for path in _texts(field))
    codes = [one for one in shown if isinstance(one, CodeField) and one.codes]
    rows = [one for one in shown if isinstance(one, models.ForeignKey)]
    # Who works in another house is that house's to tell: nobody chooses among all accounts.
    rows = [one for one in rows if one.related_model is not Account]
    narrowed = [by_code(one.name, one.verbose_name, one.codes) for one in codes]
    narrowed = narrowed or [_by_row(one) for one in rows[:1]]
    filters = listing.filters or tuple(narrowed)
    return replace(
        listing,
        searched=listing.searched or tuple(texts),
        filters=filters,
        days=listing.days or (None if filters else _days(shown)),
    )


def _days(shown: list[Any]) -> tuple[str, str] | None:
    """Name the days by which rows of a period are kept: the first that is shown."""
    day = next((one.name for one in shown if type(one) is models.DateField), "")
    return (day, day) if day else None


def _by_row(field: Any) -> Filter:
    """Make a filter by the row that a field names."""

    def rows() -> list[tuple[str, str]]:
        return [(str(one.pk), str(one)) for one in field.related_model._default_manager.all()]

    return Filter(field.name, field.verbose_name, rows, lambda value: Q(**{field.attname: value}))


def _texts(field: Any) -> Iterator[str]:
    """Yield the texts by which a field is found; another row is found by its name or title."""
    if isinstance(field, models.ForeignKey):
        related: Any = field.related_model
        names = {one.name for one in related._meta.fields} & {"name", "title", "display_name"}
        yield from (f"{field.name}__{name}" for name in sorted(names))
    elif isinstance(field, models.CharField | models.TextField) and not hasattr(field, "codes"):
        yield field.name


NOTHING_YET = _("Nothing is kept here yet.")


def _saying(name: str) -> Any:
    return lambda row: said(row, name)
