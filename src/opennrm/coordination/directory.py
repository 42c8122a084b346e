"""Reads the directory as matching sees it: what services say of themselves, never an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Func, IntegerField, QuerySet
from django.db.models.functions import Coalesce
from django.utils.text import slugify

from opennrm.accounts.models import Agreement
from opennrm.casework.matching import Listed
from opennrm.coordination.models import ServiceProvided, StandardsCheck
from opennrm.records.queries.places import FREE_PLACES, Taken

NOBODY = Taken(0, 0)
Rows = QuerySet[Any, Any]


def listed_services(
    taken: Mapping[UUID, Taken], *, on: date, service: str = "", house: UUID | None = None
) -> Iterator[Listed]:
    """Yield the services of the directory, of one kind or of one house, where that is asked."""
    rows = ServiceProvided.objects.filter(entry__left_on=None).select_related("entry")
    if service:
        rows = rows.filter(service=service)
    if house:
        rows = rows.filter(entry__member_id=house)
    checks = _newest_checks()
    until = _agreements(on)
    for row in rows:
        yield _listed(row, taken, checks, until)


def with_free_places(rows: Rows) -> Rows:
    """Say beside each service how many places are free: counted here, or by hand."""
    counted = Func(F("ref"), function=FREE_PLACES, output_field=IntegerField())
    shown: Rows = rows.annotate(
        free=Coalesce(counted, F("places_free"), output_field=IntegerField())
    )
    return shown


def areas() -> list[str]:
    """List the areas that services or their organisations name."""
    found: set[str] = set()
    rows = ServiceProvided.objects.filter(entry__left_on=None).select_related("entry")
    for row in rows:
        found.update(row.areas or row.entry.areas)
    return sorted(found, key=str.casefold)


@dataclass(frozen=True, slots=True)
class AreaHelp:
    """How many services name an area, and which kinds of help are offered, but not there.

    The area is empty for services that name none; those may be anywhere, and so miss nowhere.
    """

    area: str
    services: int
    missing: tuple[str, ...] = ()


def by_area(given: Iterable[tuple[str, Sequence[str]]]) -> list[AreaHelp]:
    """Count services, each with its kind and its areas, by area."""
    named: dict[str, list[str]] = {}
    anywhere: list[str] = []
    for service, areas_named in given:
        for area in set(areas_named):
            named.setdefault(area, []).append(service)
        if not areas_named:
            anywhere.append(service)
    offered = {kind for kinds in named.values() for kind in kinds} - set(anywhere)
    found = [
        AreaHelp(area, len(kinds), tuple(sorted(offered - set(kinds))))
        for area, kinds in sorted(named.items(), key=lambda one: one[0].casefold())
    ]
    return [*found, AreaHelp("", len(anywhere))] if found and anywhere else found


def help_by_area() -> list[AreaHelp]:
    """Count every service of the directory by the areas that it or its organisation names."""
    rows = ServiceProvided.objects.filter(entry__left_on=None).select_related("entry")
    return by_area((row.service, row.areas or row.entry.areas) for row in rows)


def area_code(area: str) -> str:
    """Return the code of an area, by which a gap is counted."""
    return slugify(area)[:64]


def _listed(
    row: ServiceProvided,
    taken: Mapping[UUID, Taken],
    checks: Mapping[UUID, StandardsCheck],
    until: Mapping[UUID, date],
) -> Listed:
    held = taken.get(row.ref, NOBODY)
    free = (row.places or 0) - held.held if row.is_given_here else row.places_free
    check = checks.get(row.entry_id)
    member = row.entry.member_id
    return Listed(
        ref=row.ref,
        entry=row.entry_id,
        organisation=member,
        name=row.entry.name,
        service=row.service,
        groups=frozenset(row.groups),
        forms_left_out=frozenset(row.forms),
        languages=frozenset(row.languages or row.entry.languages),
        areas=tuple(row.areas or row.entry.areas),
        access=frozenset(row.access),
        hours=frozenset(row.hours),
        places=row.places,
        free=free,
        counted_on=None if row.is_given_here else row.counted_on,
        waiting=held.waiting,
        check=check.result if check else "",
        checked_on=check.checked_on if check else None,
        next_check_on=check.next_on if check else None,
        agreement_until=until.get(member) if member else None,
    )


def _newest_checks() -> dict[UUID, StandardsCheck]:
    return {one.entry_id: one for one in StandardsCheck.objects.order_by("checked_on")}


def _agreements(on: date) -> dict[UUID, date]:
    """Return until when each member is bound by an agreement that is in force on a day."""
    rows = Agreement.objects.filter(in_force_from__lte=on, in_force_until__gt=on)
    ordered = rows.order_by("in_force_until").values_list("organisation_id", "in_force_until")
    return dict(ordered)
