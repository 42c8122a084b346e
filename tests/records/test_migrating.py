"""Migration of a record that has cases in it: nothing recorded under older rules is lost."""

import json
import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from opennrm.config.databases import server
from opennrm.config.preparing import _definer_lent
from tests.database import NOW

NAME = "test_migrating_" + os.environ.get("PYTEST_XDIST_WORKER", "alone")
OLD = ("records", "0001_the_record")
HOUSE, PERSON, CASE = uuid4(), uuid4(), uuid4()
BEGUN = (
    ("contact_recorded", "D1", {"jurisdiction": "MK"}),
    (
        "reasonable_grounds_decided",
        "D14",
        {"outcome": "negative", "standard": "signs", "decided_on": "2026-01-05"},
    ),
)
FACT = "INSERT INTO nrm.fact SELECT (jsonb_populate_record(NULL::nrm.fact, %s::jsonb)).*"


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A database as the first release left it, with a no that no second person signed."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    server().ensure_database(NAME)
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = NAME
    try:
        yield NAME
    finally:
        for alias, name in before.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        server().drop_database(NAME)


def migrated(*place: str) -> None:
    """Migrate as the owner, with what is lent to it for that."""
    with _definer_lent():
        call_command("migrate", *place, database="owner", interactive=False, verbosity=0)
    connections["owner"].close()


def as_administrator() -> Any:
    return psycopg.connect(**server().admin_dsn(NAME))


def old_case() -> None:
    """Put a case into the record as it was written before."""
    with as_administrator() as connection:
        connection.execute(
            "INSERT INTO nrm.fact_kind VALUES ('contact_recorded', 'D1', 'write'), "
            "('reasonable_grounds_decided', 'D14', 'write')"
        )
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "INSERT INTO nrm.case_head (case_ref, jurisdiction, organisation, length) "
            "VALUES (%s, 'MK', %s, %s)",
            [CASE, HOUSE, len(BEGUN)],
        )
        for place, (kind, part, content) in enumerate(BEGUN, start=1):
            connection.execute(FACT, [json.dumps(_fact(place, kind, part, content))])


def _fact(place: int, kind: str, part: str, content: dict[str, str]) -> dict[str, Any]:
    empty = dict.fromkeys(
        ("open_salt", "sealed_salt", "open_digest", "sealed_digest", "previous", "hash"), "\\x00"
    )
    return {
        "fact_ref": str(uuid4()),
        "case_ref": str(CASE),
        "position": place,
        "compartment": part,
        "sequence": 1,
        "kind": kind,
        "at": NOW.isoformat(),
        "recorded_at": NOW.isoformat(),
        "actor": str(PERSON),
        "organisation": str(HOUSE),
        "basis": "public_task",
        "open": content,
        "key_version": 0,
    } | empty


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with as_administrator() as connection:
        return connection.execute(statement, values).fetchall()


@pytest.fixture(scope="module", autouse=True)
def brought_up(database: str) -> list[tuple[Any, ...]]:
    """Bring the old record to the newest form; return how its facts stood before."""
    migrated(*OLD)
    old_case()
    before = rows("SELECT fact::text FROM nrm.fact ORDER BY position")
    migrated()
    return before


class TestARecordWithCasesInIt:
    def test_keeps_every_fact_as_it_was(self, brought_up: list[tuple[Any, ...]]) -> None:
        assert rows("SELECT fact::text FROM nrm.fact ORDER BY position") == brought_up
        assert len(brought_up) == len(BEGUN)

    def test_takes_no_new_no_without_a_second_person(self) -> None:
        _kind, part, content = BEGUN[1]
        another = _fact(3, BEGUN[1][0], part, content) | {"sequence": 2}

        with as_administrator() as connection, pytest.raises(psycopg.Error) as refused:
            connection.execute(FACT, [json.dumps(another)])

        assert refused.value.sqlstate == "NR403"

    def test_leaves_the_functions_of_rights_with_the_definer(self) -> None:
        owners = rows(
            "SELECT DISTINCT pg_get_userbyid(proowner) FROM pg_proc "
            "WHERE pronamespace = 'nrm'::regnamespace AND prosecdef"
        )
        lent = rows(
            "SELECT has_schema_privilege('opennrm_definer', 'nrm', 'CREATE'), "
            "has_function_privilege('opennrm_owner', 'nrm.check_new_fact()', 'EXECUTE')"
        )

        assert owners == [("opennrm_definer",)]
        assert lent == [(False, False)]
