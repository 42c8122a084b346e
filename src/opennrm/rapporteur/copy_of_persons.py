"""The only door to the statistics copy: where its columns are named, and nowhere else."""

from __future__ import annotations

from typing import Any

from opennrm.rapporteur.catalogue import OWN_DIMENSIONS, Period
from opennrm.rapporteur.dimensions import ADULT_AGE_UNKNOWN, CHILD_AGE_UNKNOWN, UNKNOWN
from opennrm.statistics import Tally

ALIAS = "statistics"
NAMES = (*OWN_DIMENSIONS, "year")

# A person known to be a child or an adult, but no more than that, has a level of its own.
_AGE = f"""CASE WHEN age_group NOT IN ('child', 'adult', 'unknown') THEN age_group
    WHEN 'child' IN (age_group, majority) THEN '{CHILD_AGE_UNKNOWN}'
    WHEN 'adult' IN (age_group, majority) THEN '{ADULT_AGE_UNKNOWN}' ELSE '{UNKNOWN}' END"""
_COLUMNS = {
    "sex": "sex",
    "age": _AGE,
    "citizenship": "citizenship_group",
    "form": "forms",
    "scope": "scope",
    "status": "status",
    "entity": "reporting_entity",
    "help": "assistance",
    "year": "registered_year::text",
}
_SELECT = ", ".join(f"{_COLUMNS[name]} AS {name}_" for name in NAMES)
_TALLY = f"""SELECT {_SELECT}, count(*) FROM statistics.person
    WHERE registered_year BETWEEN %s AND %s
    GROUP BY {", ".join(f"{name}_" for name in NAMES)}"""  # noqa: S608 - columns are ours
_YEARS = "SELECT min(registered_year), max(registered_year) FROM statistics.person"


def persons(connection: Any, period: Period) -> Tally:
    """Count the persons of the copy in a period, by everything the catalogue may ask."""
    counted: dict[tuple[Any, ...], int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, [period.from_year, period.until_year])
        for *answers, count in cursor.fetchall():
            key = tuple(frozenset(one) if isinstance(one, list) else one for one in answers)
            counted[key] = counted.get(key, 0) + count
    return Tally(NAMES, counted)


def period_of_copy(connection: Any) -> Period | None:
    """The years the copy has persons in; None while it has none."""
    with connection.cursor() as cursor:
        cursor.execute(_YEARS)
        first, last = cursor.fetchone()
    return None if first is None else Period(first, last)
