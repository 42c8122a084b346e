"""The sources figures may come from, each behind its own small module, seen as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opennrm.rapporteur import copy_of_persons, external
from opennrm.rapporteur.catalogue import OWN_DIMENSIONS, Period
from opennrm.rapporteur.releases import OWN, OWN_COPY, Source
from opennrm.rapporteur.snapshots import snapshot_of_copy
from opennrm.statistics import Dimension, Tally


class NoSuchSource(LookupError):
    """A data set that is not there."""


def sources(connection: Any) -> list[Source]:
    """The own copy, then every external data set."""
    listed = external.data_sets(connection)
    return [OWN_COPY, *(Source(str(one.data_set), one.name) for one in listed)]


def source(connection: Any, key: str) -> Source:
    """One source by its key.

    :raises NoSuchSource: when there is none.
    """
    for one in sources(connection):
        if one.key == key:
            return one
    raise NoSuchSource("This data set is not here. Choose one from the list.")


def dimensions_of(connection: Any, chosen: Source) -> Mapping[str, Dimension]:
    """The break-downs that a source has answers for."""
    if chosen.key == OWN:
        return OWN_DIMENSIONS
    return external.dimensions(connection, chosen.key)


def tally_of(connection: Any, chosen: Source, period: Period) -> Tally:
    """Count the persons of a source in a period."""
    return tally_and_where(connection, chosen, period)[0]


def tally_and_where(connection: Any, chosen: Source, period: Period) -> tuple[Tally, str]:
    """Count the persons of a source in a period; say too on which rows they were counted."""
    if chosen.key == OWN:
        snapshot = snapshot_of_copy(connection)
        return copy_of_persons.persons_on(snapshot, period), snapshot.named
    counted_on = f"file {external.data_set(connection, chosen.key).checksum[:16]}"
    return external.persons(connection, chosen.key, period), counted_on


def period_of(connection: Any, chosen: Source) -> Period | None:
    """The years a source has rows in."""
    if chosen.key == OWN:
        return copy_of_persons.period_of_copy(connection)
    return external.period_of(connection, chosen.key)
