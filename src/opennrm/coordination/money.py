"""Counts how long the money of a service lasts, and warns before a recovery period outlives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from opennrm.coordination.models import Grant
from opennrm.rights.jurisdictions import presets
from opennrm.rights.recovery import least_until

# No grant is counted further: a date that far says no more than "long enough".
FAR = 36_500


@dataclass(frozen=True, slots=True)
class Cover:
    """The money of one service in one currency: granted, paid, and until when it pays.

    `until` is the first day that is not paid for. `outlived_by` is a day up to which people are
    promised rest there although the money ends before: by the law for who begins today, or by
    the periods of those who live there.
    """

    service: UUID
    name: str
    kind: str
    currency: str
    granted: int
    paid: int
    cost_a_day: int
    until: date
    days_left: int
    outlived_by: date | None


def covers(
    *, on: date, jurisdiction: str, recovery_ends: Mapping[UUID, date]
) -> tuple[Cover, ...]:
    """Return how long the money of each service lasts, the shortest first."""
    grants = Grant.objects.select_related("service__entry").prefetch_related("payments")
    by_service: dict[tuple[UUID, str], list[Grant]] = defaultdict(list)
    for one in grants.filter(from_on__lte=on, until_on__gt=on):
        by_service[one.service_id, one.currency].append(one)
    promised = rest_promised(jurisdiction, on)
    found = (_cover(each, on, promised, recovery_ends) for each in by_service.values())
    return tuple(sorted(found, key=lambda cover: (cover.days_left, cover.name)))


def rest_promised(jurisdiction: str, on: date) -> date:
    """Return the day until which the law promises rest to whoever begins on a day."""
    return least_until(on, presets(jurisdiction).value("recovery_period_min", on))


def _cover(
    grants: list[Grant], on: date, promised: date, recovery_ends: Mapping[UUID, date]
) -> Cover:
    newest = max(grants, key=lambda one: one.from_on)
    service = newest.service
    paid = sum(one.amount for each in grants for one in each.payments.all() if one.paid_on <= on)
    until = paid_until(
        begins=min(one.from_on for one in grants),
        ends=max(one.until_on for one in grants),
        paid=paid,
        cost_a_day=newest.cost_a_day,
    )
    return Cover(
        service=service.ref,
        name=service.entry.name,
        kind=service.service,
        currency=newest.currency,
        granted=sum(one.amount for one in grants),
        paid=paid,
        cost_a_day=newest.cost_a_day,
        until=until,
        days_left=max(0, (until - on).days),
        outlived_by=_outlived(until, (promised, recovery_ends.get(service.ref))),
    )


def paid_until(*, begins: date, ends: date, paid: int, cost_a_day: int) -> date:
    """Return the first day that is not paid for, never after the grants end."""
    return min(ends, begins + timedelta(days=min(paid // cost_a_day, FAR)))


def _outlived(until: date, promised: Iterable[date | None]) -> date | None:
    latest = max(day for day in promised if day is not None)
    return latest if latest > until else None
