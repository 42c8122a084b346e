"""Short ways to say columns and filters of a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opennrm.web.coordination.listing import Column, Filter
from opennrm.web.coordination.said import said, title_of
from opennrm.web.forms.fields import listed


def columns(model: Any, *names: str) -> tuple[Column, ...]:
    """Make columns that say fields of a model; the first one links to the page of the row."""
    return tuple(
        Column(name, title_of(model, name), _saying(name), order=name, links=number == 0)
        for number, name in enumerate(names)
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


NOTHING_YET = _("Nothing is kept here yet.")


def _saying(name: str) -> Any:
    return lambda row: said(row, name)
