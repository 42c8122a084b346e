"""The door to the statistics copy: its persons are counted on a snapshot, and nowhere else."""

from __future__ import annotations

from typing import Any

from opennrm.rapporteur import report_definitions
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.snapshots import Snapshot, snapshot_of_copy
from opennrm.statistics import Tally

ALIAS = "statistics"
NAMES = tuple(report_definitions.BREAKDOWNS)
_YEARS = "SELECT min(registered_year), max(registered_year) FROM statistics.person"


def persons(connection: Any, period: Period) -> Tally:
    """Count the persons of the copy in a period, by everything the catalogue may ask."""
    return persons_on(snapshot_of_copy(connection), period)


def persons_on(snapshot: Snapshot, period: Period) -> Tally:
    """Count the persons of a snapshot in a period, by everything the catalogue may ask."""
    counted: dict[tuple[Any, ...], int] = {}
    wanted = report_definitions.persons(period.from_year, period.until_year)
    for *answers, count in snapshot.counted(wanted):
        key = tuple(frozenset(one) if isinstance(one, list) else one for one in answers)
        counted[key] = counted.get(key, 0) + count
    return Tally(NAMES, counted)


def period_of_copy(connection: Any) -> Period | None:
    """The years the copy has persons in, to choose from; None while it has none."""
    with connection.cursor() as cursor:
        cursor.execute(_YEARS)
        first, last = cursor.fetchone()
    return None if first is None else Period(first, last)
