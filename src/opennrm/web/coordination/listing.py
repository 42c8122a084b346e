"""Lists that filter, sort, page and export, from one declaration each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse

from opennrm.web.exporting import sheet_csv, sheet_xlsx
from opennrm.web.work import WorkRequest

PER_PAGE = 50
PERIOD = ("since", "until")
LONGEST_TEXT = 100
Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands in its cells, and by which field it is sorted (none: not at all)."""

    name: str
    title: Any
    said: Callable[[Any], Any]
    order: str = ""
    links: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to keep fewer rows: its choices, and the condition a choice stands for."""

    name: str
    title: Any
    choices: Callable[[], Iterable[tuple[str, Any]]]
    keeps: Callable[[str], Q]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its columns, its filters, the fields searched, what it says when it is empty.

    `finds` looks for a text in a way of its own instead of in the fields searched. `days` names
    the fields of the first and the last day by which rows of a period are kept.
    """

    name: str
    title: Any
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    searched: tuple[str, ...] = ()
    order: str = ""
    intro: Any = ""
    empty: Any = ""
    per_page: int = PER_PAGE
    finds: Callable[[str], Q] | None = None
    days: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a list; anything odd in the address counts as not asked."""

    text: str
    sort: str
    page: int
    chosen: Mapping[str, str]

    def address(self, **other: Any) -> str:
        """Return the query of the same list with something else asked."""
        wanted = {"text": self.text, "sort": self.sort, **self.chosen, **other}
        return "?" + urlencode({name: value for name, value in wanted.items() if value})


def asked_of(listing: Listing, request: WorkRequest) -> Asked:
    """Read what is wanted from the address."""
    given = request.GET
    chosen = {one.name: given.get(one.name, "") for one in listing.filters}
    known = {
        one.name: chosen[one.name]
        for one in listing.filters
        if chosen[one.name] in {str(value) for value, _label in one.choices()}
    }
    sort, page = given.get("sort", ""), given.get("page", "")
    known |= {name: given.get(name, "") for name in PERIOD if listing.days and _day(given, name)}
    return Asked(
        text=given.get("text", "").replace("\x00", "")[:LONGEST_TEXT].strip(),
        sort=sort if sort.removeprefix("-") in _sorted_by(listing) else listing.order,
        page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
        chosen=known,
    )


def found(listing: Listing, rows: Rows, asked: Asked) -> Rows:
    """Return the rows that are wanted, in the order that is wanted."""
    for one in listing.filters:
        if value := asked.chosen.get(one.name):
            rows = rows.filter(one.keeps(value))
    rows = _in_period(listing, rows, asked)
    if asked.text:
        rows = rows.filter((listing.finds or _anywhere(listing))(asked.text))
    fields = _sorted_by(listing).get(asked.sort.removeprefix("-"))
    if fields:
        back = "-" if asked.sort.startswith("-") else ""
        rows = rows.order_by(f"{back}{fields}", "pk")
    return rows


def _in_period(listing: Listing, rows: Rows, asked: Asked) -> Rows:
    """Keep the rows of which a day lies in the period asked for, both of its ends included."""
    if listing.days is None:
        return rows
    first, last = listing.days
    since, until = (_day(asked.chosen, name) for name in PERIOD)
    if since:
        rows = rows.filter(**{f"{last}__gte": since})
    return rows.filter(**{f"{first}__lte": until}) if until else rows


def _day(given: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(given.get(name, ""))
    except ValueError:
        return None


def _anywhere(listing: Listing) -> Callable[[str], Q]:
    """Look for a text in any of the fields that are searched."""

    def found(text: str) -> Q:
        anywhere = Q()
        for field in listing.searched:
            anywhere |= Q(**{f"{field}__icontains": text})
        return anywhere

    return found


def exported(listing: Listing, rows: Iterable[Model], form: str) -> HttpResponse | None:
    """Send the rows as a file, where one of the known forms is asked for."""
    makers = {"csv": sheet_csv, "xlsx": sheet_xlsx}
    if form not in makers:
        return None
    return makers[form](listing.name, list(_lines(listing, rows)))


def shown(listing: Listing, rows: Rows, asked: Asked) -> dict[str, Any]:
    """Prepare one page of a list for its template."""
    total = rows.count()
    pages = max(1, -(-total // listing.per_page))
    page = min(asked.page, pages)
    start = (page - 1) * listing.per_page
    return {
        "listing": listing,
        "asked": asked,
        "total": total,
        "page": page,
        "pages": pages,
        "heads": [_head(column, asked) for column in listing.columns],
        "filters": [_filter(one, asked) for one in listing.filters],
        "rows": [_row(listing, row) for row in rows[start : start + listing.per_page]],
    }


def _sorted_by(listing: Listing) -> dict[str, str]:
    return {column.name: column.order for column in listing.columns if column.order}


def _head(column: Column, asked: Asked) -> dict[str, Any]:
    is_sorted = asked.sort.removeprefix("-") == column.name
    falls = asked.sort.startswith("-")
    other = column.name if not is_sorted or falls else f"-{column.name}"
    return {
        "title": column.title,
        "address": asked.address(sort=other) if column.order else "",
        "sorted": ("descending" if falls else "ascending") if is_sorted else "none",
    }


def _filter(one: Filter, asked: Asked) -> dict[str, Any]:
    kept = asked.chosen.get(one.name, "")
    choices = (("", ""), *one.choices())
    items = [
        {"value": value, "text": label, "selected": str(value) == kept} for value, label in choices
    ]
    return {"name": one.name, "title": one.title, "items": items}


def _row(listing: Listing, row: Any) -> dict[str, Any]:
    cells = [(column.title, column.said(row), column.links) for column in listing.columns]
    return {"ref": row.pk, "cells": cells}


def _lines(listing: Listing, rows: Iterable[Model]) -> Iterator[list[str]]:
    yield [str(column.title) for column in listing.columns]
    for row in rows:
        yield [str(column.said(row)) for column in listing.columns]
