"""A real database for tests: set up once a worker, with the cast enrolled and their keys."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import django
import psycopg

os.environ["DJANGO_SETTINGS_MODULE"] = "opennrm.config.settings"
os.environ["OPENNRM_DATABASE"] = "test_" + os.environ.get("PYTEST_XDIST_WORKER", "alone")
os.environ["OPENNRM_FRONT_DOOR"] = "front-door"
django.setup()

from opennrm.config.databases import server  # noqa: E402
from opennrm.config.preparing import prepare_database  # noqa: E402
from opennrm.records import sessions  # noqa: E402
from opennrm.records.enrolment import (  # noqa: E402
    NewAccount,
    NewOrganisation,
    enrol_front_door,
    enrol_organisation,
)
from opennrm.records.sealing import Cost  # noqa: E402
from opennrm.vocabulary.roles import Role  # noqa: E402
from tests import cast  # noqa: E402

CHEAP = Cost(memory_kib=64, passes=1)
NOW = datetime.now(UTC)  # noqa: TID251 - a test's own clock
DATABASE = os.environ["OPENNRM_DATABASE"]
# A copy from before anybody was enrolled: another installation of a test begins with it.
EMPTY = "_empty"
_opened: dict[str, sessions.OpenedSession] = {}


def prepared() -> None:
    """Make the database of this worker anew, once, and enrol the cast in it."""
    if _opened or server().has_database(DATABASE):
        return
    prepare_database()
    server().create_database(f"{DATABASE}{EMPTY}", template=DATABASE)
    for organisation in cast.ORGANISATIONS:
        people = [m for m in cast.MEMBERS if m.organisation is organisation]
        enrolled = enrol_organisation(
            _new(organisation),
            [_person(m) for m in people if not m.actor.is_front_door],
            cost=CHEAP,
        )
        for door in people:
            if door.actor.is_front_door:
                enrol_front_door(enrolled, "front-door", ref=door.account)


def another(name: str) -> None:
    """Make a database that is set up, and in which nobody is enrolled."""
    prepared()
    server().create_database(name, template=f"{DATABASE}{EMPTY}")


def sign_in_name(member: cast.Member) -> str:
    """Return the name under which a person of the cast signs in."""
    return str(member.account)[:8]


def passphrase(member: cast.Member) -> str:
    """Return the passphrase of a person of the cast."""
    return f"words of {member.account}"


def signed_in(member: cast.Member) -> sessions.Session:
    """Sign a person of the cast in, once for the whole run."""
    if member.actor.is_front_door:
        return sessions.open_front_door(at=NOW)
    name = sign_in_name(member)
    if name not in _opened:
        # A run may take longer than a person may stay idle.
        _opened[name] = sessions.open_session(
            name, passphrase(member), at=NOW, idle=sessions.LASTS
        )
    return _opened[name].session


def stay_awake() -> None:
    """Keep the cast signed in through a run that outlasts a session."""
    with as_administrator() as connection:
        connection.execute(
            "UPDATE nrm.sign_in SET seen_at = now() "
            "WHERE ended_at IS NULL AND idle_for > interval '6 minutes'"
        )


@contextmanager
def as_role(role: str) -> Iterator[psycopg.Connection[Any]]:
    """Connect as one of the database's own roles, past all of our code."""
    with psycopg.connect(**server().dsn(role, DATABASE)) as connection:
        yield connection


@contextmanager
def as_administrator() -> Iterator[psycopg.Connection[Any]]:
    """Connect as the server's administrator, who passes every policy."""
    with psycopg.connect(**server().admin_dsn(DATABASE)) as connection:
        yield connection


def _new(organisation: Any) -> NewOrganisation:
    under_agreement = organisation.agreement_until is not None
    return NewOrganisation(
        name=organisation.name,
        kind=organisation.kind,
        jurisdiction=organisation.jurisdiction,
        roles=tuple(sorted(role.value for role in organisation.roles)),
        agreement_from=date(2020, 1, 1) if under_agreement else None,
        agreement_until=organisation.agreement_until,
        is_enforcement=organisation.is_enforcement,
        receives_public=Role.HL in organisation.roles,
        ref=organisation.organisation,
    )


def _person(member: cast.Member) -> NewAccount:
    return NewAccount(
        sign_in_name=sign_in_name(member),
        display_name="A person of the cast " + sign_in_name(member),
        roles=tuple(sorted(role.value for role in member.actor.roles)),
        passphrase=passphrase(member),
        training=tuple(member.actor.training),
        is_invented=True,
        ref=member.account,
    )
