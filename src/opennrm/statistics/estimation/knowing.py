"""Lists from the record, by how each organisation came to know of the person.

An overlap made by a referral is not a second, independent sighting. From the same sightings two
tables are made: by own detection only, and by any knowledge; both are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opennrm.statistics.estimation.panel import run_panel
from opennrm.statistics.estimation.results import Panel, Refusal, Settings
from opennrm.statistics.estimation.tables import (
    ListTable,
    TableRefused,
    used_lists,
)
from opennrm.vocabulary.contact import KnowledgeRoute

INDEPENDENT = frozenset(
    {
        KnowledgeRoute.OWN_DETECTION,
        KnowledgeRoute.SELF,
        KnowledgeRoute.RELATIVE_OR_OTHER,
        KnowledgeRoute.HELPLINE,
    }
)
"""Ways of coming to know of a person that another list did not cause."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One person on one list, and how the organisation of the list came to know of her."""

    person: int
    on_list: str
    known_by: KnowledgeRoute
    refused_research: bool = False


@dataclass(frozen=True)
class BothWays:
    """The panel by own detection and by any knowledge; each, or why it could not be run."""

    own: Panel | Refusal
    any_knowledge: Panel | Refusal
    referred: int
    unknown: int
    refused: int


def table_of_sightings(
    lists: Sequence[str], sightings: Iterable[Sighting], *, own_only: bool
) -> ListTable:
    """Count people by the lists they are on; own only: by independent sightings alone.

    Whoever refused research use is on no list here.

    :raises TableRefused: when nobody is left.
    """
    sightings = tuple(sightings)
    refused = _refused(sightings)
    place = {name: number for number, name in enumerate(lists)}
    masks: dict[int, int] = {}
    for one in sightings:
        if one.person not in refused and (not own_only or one.known_by in INDEPENDENT):
            masks[one.person] = masks.get(one.person, 0) | 1 << place[one.on_list]
    counted: dict[int, int] = {}
    for mask in masks.values():
        counted[mask] = counted.get(mask, 0) + 1
    return used_lists(lists, counted)


def run_both_ways(
    lists: Sequence[str], sightings: Sequence[Sighting], settings: Settings | None = None
) -> BothWays:
    """Run the panel on independent sightings, and on all."""
    referred = sum(one.known_by is KnowledgeRoute.REFERRED for one in sightings)
    unknown = sum(one.known_by is KnowledgeRoute.UNKNOWN for one in sightings)
    own, every = (
        _panel(lists, sightings, settings, own_only=own_only) for own_only in (True, False)
    )
    return BothWays(own, every, referred, unknown, len(_refused(sightings)))


def _refused(sightings: Iterable[Sighting]) -> frozenset[int]:
    return frozenset(one.person for one in sightings if one.refused_research)


def _panel(
    lists: Sequence[str],
    sightings: Sequence[Sighting],
    settings: Settings | None,
    *,
    own_only: bool,
) -> Panel | Refusal:
    try:
        return run_panel(table_of_sightings(lists, sightings, own_only=own_only), settings)
    except TableRefused as reason:
        return Refusal("no_table", str(reason))
