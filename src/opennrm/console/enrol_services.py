"""Reads whom services take out of an enrolment file, and says which groups have nowhere to go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from opennrm.accounts.models import Organisation
from opennrm.casework.services_taken import gaps
from opennrm.records.services import NewService, keep_service, services_of
from opennrm.vocabulary.assistance import ServiceKind
from opennrm.vocabulary.exploitation import ExploitationForm
from opennrm.vocabulary.person import Gender, Sex

CODES: Mapping[str, frozenset[str]] = {
    "service": frozenset(ServiceKind),
    "leaves_out_forms": frozenset(ExploitationForm),
    "leaves_out_sexes": frozenset(Sex) | frozenset(Gender),
}


class EntryRefused(Exception):
    """An entry of the list of services is not in order; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list of services."""

    organisation: str
    new: NewService


def read_entries(content: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Read the list of services of a file; a file without one has none.

    :raises EntryRefused: when an entry is not in order.
    """
    given = content.get("services") or []
    if not isinstance(given, list):
        raise EntryRefused("services: write a list of services.")
    return tuple(_entry(one, f"service {n}") for n, one in enumerate(given, 1))


def keep_entries(entries: Iterable[Entry]) -> None:
    """Keep what the entries say.

    :raises ServiceRefused: when an organisation or somebody who agreed is not enrolled.
    """
    for entry in entries:
        keep_service(entry.organisation, entry.new)


def gaps_in_words(*, on: date) -> list[str]:
    """Say for every place which groups a service leaves out, as the rules see it."""
    houses = Organisation.objects.using("owner")
    names = dict(houses.values_list("ref", "name"))
    places = sorted(set(houses.values_list("jurisdiction", flat=True)))
    return [
        f"{names[gap.of.organisation]}, {gap.of.service}: {gap.finding.says} ({gap.finding.rule})"
        for place in places
        for gap in gaps(services_of(place, using="owner"), on=on)
    ]


def _entry(entry: Any, where: str) -> Entry:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("organisation"), str):
        raise EntryRefused(f"{where}: write the name of its organisation.")
    service = _codes(entry, "service", where)
    if len(service) != 1:
        raise EntryRefused(f"{where}: write its service.")
    return Entry(
        organisation=entry["organisation"].strip(),
        new=NewService(
            service=service[0],
            leaves_out_forms=_codes(entry, "leaves_out_forms", where),
            leaves_out_sexes=_codes(entry, "leaves_out_sexes", where),
            agreed_by=_several(entry.get("agreed_by")),
        ),
    )


def _codes(entry: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    values = _several(entry.get(name))
    for value in values:
        if value not in CODES[name]:
            known = ", ".join(sorted(CODES[name]))
            raise EntryRefused(f"{where}: {value} is no {name}. One of: {known}.")
    return values


def _several(given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    return tuple(str(one) for one in (given if isinstance(given, list) else [given]))
