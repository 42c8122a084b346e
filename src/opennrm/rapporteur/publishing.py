"""Publishing a table: the only way out for figures of the own copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from opennrm.rapporteur import ledger
from opennrm.rapporteur.catalogue import Period, declared, shapes_for, tables_for
from opennrm.rapporteur.releases import Release, Request, content_of
from opennrm.rapporteur.releasing import ReleaseRefused, require_publishable
from opennrm.rapporteur.sources import dimensions_of, tally_of
from opennrm.statistics import Tally, protect
from opennrm.vocabulary.roles import Role

__all__ = [
    "RELEASERS",
    "ReleaseRefused",
    "changed_persons",
    "last_full_year",
    "may_release",
    "publish_table",
    "require_full_years",
]

# The release of figures is the Rapporteur's and her statistics officer's (R67; roles reference 2).
RELEASERS = frozenset({Role.NR, Role.SO})


def may_release(roles: Iterable[Role]) -> bool:
    """Tell whether somebody with these roles decides on a release."""
    return not RELEASERS.isdisjoint(roles)


def publish_table(*, request: Request, connection: Any, at: datetime) -> Release:
    """Publish a declared table, protected together with all tables linked to it.

    Asked again over unchanged rows, or over rows of which fewer persons changed than the
    threshold, the earlier release stands and is returned: nothing is ever drawn twice.

    :raises NotInCatalogue: when the table was not declared.
    :raises ReleaseRefused: when it cannot go out; the message says why and what to do.
    :raises AuditFailed: when a suppressed cell could be worked out.
    """
    dimensions = dimensions_of(connection, request.source)
    if declared(request.table) not in tables_for(dimensions):
        raise ReleaseRefused(
            f"{request.source.name} has no answers for the table {request.table}. "
            "Choose another table."
        )
    _require_purpose(request)
    with transaction.atomic(using=connection.alias):
        ledger.lock(connection)
        tally = tally_of(connection, request.source, request.period)
        earlier = _standing(connection, request, tally)
        if earlier is not None:
            return earlier
        shapes = shapes_for(dimensions, request.period)
        found = protect(shapes, tally, request.rule)
        require_publishable(found, on=at.date())
        return ledger.keep(connection, request, content_of(found), tally, at)


def last_full_year(at: datetime) -> int:
    """Name the last year that is over: rows can still come into a later one."""
    return at.year - 1


def require_full_years(period: Period, *, at: datetime) -> None:
    """Refuse years that are not over: a release stands for good and covers its years once.

    :raises ReleaseRefused: when the period reaches beyond the last full year.
    """
    last = last_full_year(at)
    if period.until_year > last or period.from_year > period.until_year:
        raise ReleaseRefused(
            f"Only years that are over can be published, since a release stands for good. "
            f"Choose years up to {last}, the first not after the last."
        )


def changed_persons(before: Tally, after: Tally) -> int:
    """How many persons were added, removed or changed between two counts, at least."""
    kinds = before.persons.keys() | after.persons.keys()
    change = [after.persons.get(kind, 0) - before.persons.get(kind, 0) for kind in kinds]
    added = sum(one for one in change if one > 0)
    removed = -sum(one for one in change if one < 0)
    return max(added, removed)


def _standing(connection: Any, request: Request, tally: Tally) -> Release | None:
    """The earlier release that still stands for this request, if there is one."""
    for earlier in ledger.releases_of(connection, request.source):
        rule = next(iter(earlier.tables.values())).parameters.rule
        same = earlier.period == request.period
        if same and rule == request.rule:
            changed = changed_persons(ledger.basis_of(connection, earlier.number), tally)
            return earlier if changed < max(request.rule.threshold, 1) else None
        if request.source.is_own and earlier.period.overlaps(request.period):
            raise ReleaseRefused(_overlap(earlier, same_period=same))
    return None


def _overlap(earlier: Release, *, same_period: bool) -> str:
    years = _years(earlier.period)
    if same_period:
        return (
            f"Release {earlier.number} covers {years} by another rule; comparing the two could "
            "expose someone. Publish by the rule of that release."
        )
    return (
        f"Release {earlier.number} covers {years}; subtracting one period from the other could "
        f"expose someone. Choose {years} again, or years that it does not cover."
    )


def _years(period: Period) -> str:
    if period.from_year == period.until_year:
        return str(period.from_year)
    return f"{period.from_year} to {period.until_year}"


def _require_purpose(request: Request) -> None:
    if not request.purpose.strip():
        raise ReleaseRefused("A release needs a purpose. Write what the figures are for.")
