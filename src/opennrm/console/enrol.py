"""`./run enrol FILE.yaml`: organisations and people for real use, each with a new passphrase."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opennrm.accounts.models import Account, Organisation
from opennrm.console.demonstration.enrolling import holds_demonstration
from opennrm.console.enrol_services import (
    Entry,
    EntryRefused,
    gaps_in_words,
    keep_entries,
    read_entries,
)
from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.records.enrolment import (
    EnrolmentRefused,
    NewAccount,
    NewOrganisation,
    enrol_front_door,
    enrol_organisation,
)
from opennrm.records.one_time import new_passphrase
from opennrm.records.services import ServiceRefused
from opennrm.vocabulary.organisations import OrganisationKind
from opennrm.vocabulary.roles import Role, TrainingTag

LISTS = ("organisations", "services")


class FileRefused(Exception):
    """The file cannot be used; the message says where and what to write instead."""


@dataclass(frozen=True, slots=True)
class Enrolling:
    """One organisation of the file with its people."""

    organisation: NewOrganisation
    people: tuple[NewAccount, ...]


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Enrol everything the file names, or nothing of it, and print each passphrase once."""
    try:
        if holds_demonstration():
            raise FileRefused(
                "This installation holds the demonstration, whose passphrases everybody knows. "
                "Name another folder in OPENNRM_HOME for real use."
            )
        content = read_content(Path(given.file))
        wanted, services = enrolling(content), read_entries(content)
        with transaction.atomic(using="owner"):
            for one in wanted:
                _enrol(one)
            keep_entries(services)
    except (FileRefused, EnrolmentRefused, EntryRefused, ServiceRefused) as refused:
        say(str(refused), to=sys.stderr)
        return 1
    _tell(wanted)
    _warn(services)
    return 0


def read_content(path: Path) -> Mapping[str, Any]:
    """Read a file that lists organisations, services, or both.

    :raises FileRefused: when it is not in order; nothing has been enrolled then.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise FileRefused(f"{path} cannot be read as YAML: {fault}") from fault
    lists = [content.get(name) for name in LISTS] if isinstance(content, Mapping) else []
    if not any(isinstance(one, list) for one in lists):
        raise FileRefused(
            f"{path} has no list of organisations. See docs/how-to/administrator.md."
        )
    return dict(content)


def enrolling(content: Mapping[str, Any]) -> tuple[Enrolling, ...]:
    """Read the organisations and people of a file.

    :raises FileRefused: when an entry is not in order.
    """
    entries = content.get("organisations") or []
    return tuple(_enrolling(entry, f"organisation {n}") for n, entry in enumerate(entries, 1))


def _enrolling(entry: Any, where: str) -> Enrolling:
    roles = _codes(entry, "roles", where, Role)
    agreement = entry.get("agreement") or {}
    organisation = NewOrganisation(
        name=_text(entry, "name", where),
        kind=_codes(entry, "kind", where, OrganisationKind)[0],
        jurisdiction=_text(entry, "jurisdiction", where),
        roles=roles,
        agreement_from=_day(agreement, "from", where),
        agreement_until=_day(agreement, "until", where),
        is_enforcement=bool(entry.get("immigration_enforcement", False)),
        receives_public=bool(entry.get("front_door", False)),
        combination=str(entry.get("combination", "")),
    )
    people = entry.get("people") or []
    told = f"{where} ({organisation.name})"
    return Enrolling(organisation, tuple(_person(one, told) for one in people))


def _person(entry: Any, where: str) -> NewAccount:
    return NewAccount(
        sign_in_name=_text(entry, "sign_in_name", where),
        display_name=_text(entry, "name", where),
        roles=_codes(entry, "roles", where, Role),
        passphrase=new_passphrase(),
        training=_codes(entry, "training", where, TrainingTag, required=False),
        training_until=_day(entry, "training_until", where) or date(9999, 1, 1),
        language=str(entry.get("language", "en")),
        is_officer=bool(entry.get("officer", False)),
    )


def _text(entry: Any, name: str, where: str) -> str:
    value = entry.get(name) if isinstance(entry, Mapping) else None
    if not isinstance(value, str) or not value.strip():
        raise FileRefused(f"{where}: write its {name}.")
    return value.strip()


def _codes(
    entry: Any, name: str, where: str, known: Any, *, required: bool = True
) -> tuple[str, ...]:
    given = entry.get(name) or []
    values = given.split() if isinstance(given, str) else [str(one) for one in given]
    allowed = {code.value for code in known}
    for value in values:
        if value not in allowed:
            raise FileRefused(f"{where}: {value} is no {name}. One of: {', '.join(allowed)}.")
    if required and not values:
        raise FileRefused(f"{where}: write its {name}. One of: {', '.join(sorted(allowed))}.")
    return tuple(values)


def _day(entry: Mapping[str, Any], name: str, where: str) -> date | None:
    value = entry.get(name)
    if value is not None and not isinstance(value, date):
        raise FileRefused(f"{where}: write the day '{name}' as 2027-12-31.")
    return value


def _enrol(one: Enrolling) -> None:
    name = one.organisation.name
    if Organisation.objects.using("owner").filter(name=name).exists():
        raise FileRefused(f"{name} is enrolled already. Leave it out of the file.")
    for person in one.people:
        if (
            Account.objects.using("owner")
            .filter(sign_in_name__iexact=person.sign_in_name)
            .exists()
        ):
            raise FileRefused(f"The sign-in name {person.sign_in_name} is taken. Choose another.")
    enrolled = enrol_organisation(one.organisation, one.people)
    if one.organisation.receives_public:
        if Account.objects.using("owner").filter(is_front_door=True).exists():
            raise FileRefused(f"{name}: another organisation keeps the front door already.")
        enrol_front_door(enrolled, settings.OPENNRM_FRONT_DOOR)


def _warn(services: tuple[Entry, ...]) -> None:
    """Say which groups have nowhere to go, once anything was said of services."""
    for line in gaps_in_words(on=timezone.localdate()) if services else ():
        say(f"Gap: {line}")


def _tell(wanted: tuple[Enrolling, ...]) -> None:
    if not wanted:
        return
    say("Enrolled. Each passphrase is shown here once and kept nowhere: hand it over in person.")
    say("A lost passphrase cannot be restored, because it opens the keys.")
    for one in wanted:
        say()
        say(f"{one.organisation.name} ({', '.join(one.organisation.roles)})")
        for person in one.people:
            say(f"  {person.sign_in_name:<20} {person.passphrase}   {person.display_name}")
