"""Fills a scratch database with copies of invented cases, in SQL, for measuring only.

A copy has the rows of its pattern under references of its own: facts, access rows, deadlines,
work-list rows and what was seen. It has no keys, its sealed bytes are shortened and open for
nobody, and its chain would not verify; what is measured by opening stays with the patterns, which
were made through the use cases and stand among the copies.
"""

import os
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from opennrm.records import search
from opennrm.records.sessions import Session

OWN = ("case_ref", "fact_ref", "access_ref", "entry_ref", "basis_fact", "offer_fact", "corrects")
SHORT = {"sealed": 120}
MOVED = ("next_due_at", "last_fact_at", "due_at")
TABLES = ("case_head", "fact", "access", "worklist", "deadline")
TRIGGERS = (
    "SELECT tgname FROM pg_trigger WHERE tgrelid = 'nrm.fact'::regclass AND NOT tgisinternal"
)
GIVEN = ("Мира", "Leyla", "Besa", "Zorica", "Amina", "Ѓулсен", "Drita", "Elif", "Ana", "Sanije")
FAMILY = ("Петрова", "Demir", "Hoxha", "Николова", "Deniz", "Krasniqi", "Горска", "Kaya")
LETTERS = "bdfgijlqrstuvwyz"


def fill(
    connection: psycopg.Connection[Any], number: int, *, houses: int, everywhere: UUID
) -> None:
    """Copy the cases that are there until there are `number` of them, and analyse.

    The copies are spread over as many houses of each kind, but one house is on all its cases.
    """
    connection.execute(
        "CREATE TEMP TABLE pattern_case AS SELECT case_ref, row_number() OVER () "
        "AS place FROM nrm.case_head"
    )
    there = connection.execute("SELECT count(*) FROM pattern_case").fetchone()
    assert there is not None
    connection.execute(
        "CREATE TEMP TABLE copy AS SELECT n, case_ref FROM generate_series(1, %s) AS n "
        "JOIN pattern_case ON place = 1 + n %% %s",
        [number - there[0], there[0]],
    )
    # Copies are not facts: the checks on what may be recorded are for those.
    connection.execute("SET LOCAL session_replication_role = replica")
    connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER USER")
    for table in TABLES:
        connection.execute(_copying(connection, table, houses, everywhere))
    for trigger in connection.execute(TRIGGERS).fetchall():
        connection.execute(f"ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER {trigger[0]}")
    connection.execute(
        "INSERT INTO nrm.seen (account, case_ref, at) SELECT account.ref, work.case_ref, now() "
        "FROM nrm.worklist AS work JOIN public.accounts_account AS account "
        "ON account.organisation_id = work.organisation JOIN public.accounts_membership AS held "
        "ON held.account_id = account.ref AND held.role = work.role "
        "WHERE get_byte(uuid_send(work.case_ref), 0) < 230 ON CONFLICT DO NOTHING"
    )
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")


def keep_names(connection: psycopg.Connection[Any], session: Session) -> int:
    """Keep a search entry of an invented name for cases whose identity is open to this person."""
    open_to = connection.execute(
        "SELECT DISTINCT fact.case_ref, fact.compartment, fact.fact_ref FROM nrm.fact "
        "JOIN nrm.access ON access.case_ref = fact.case_ref AND state = 'open' "
        "AND access.compartment = fact.compartment AND closed_at IS NULL "
        "WHERE access.organisation = %s AND kind = 'person_described' AND length(sealed) <= 120",
        [session.actor.organisation],
    ).fetchall()
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY nrm.search_entry (entry_ref, organisation, case_ref, compartment, sealed) "
            "FROM STDIN"
        ) as copying,
    ):
        for row in _entries(session, open_to):
            copying.write_row(row)
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE nrm.search_entry")
    return len(open_to)


def _entries(
    session: Session, open_to: list[tuple[UUID, str, UUID]]
) -> Iterator[tuple[object, ...]]:
    draw = Random(1)  # noqa: S311 - invented names
    assert session.keyring is not None and session.keyring.search is not None
    for case_ref, part, fact_ref in open_to:
        ending = "".join(draw.choices(LETTERS, k=4))
        name = f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}{ending}"
        entry = search.SearchEntry(case_ref, fact_ref, (name,))
        sealed = search.sealed_entry(session, session.keyring.search, entry)
        yield UUID(bytes=os.urandom(16)), session.actor.organisation, case_ref, part, sealed


def _copying(
    connection: psycopg.Connection[Any], table: str, houses: int, everywhere: UUID
) -> str:
    columns = [
        name
        for (name,) in connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = ('nrm.' || %s)::regclass "
            "AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [table],
        ).fetchall()
    ]
    house = (
        f"CASE WHEN pattern.organisation = '{everywhere}' OR copy.n % {houses} = 0 "
        f"THEN pattern.organisation "
        f"ELSE md5(pattern.organisation::text || copy.n % {houses})::uuid END"
    )
    values = ", ".join(house if name == "organisation" else _value(name) for name in columns)
    return (
        f"INSERT INTO nrm.{table} ({', '.join(columns)}) SELECT {values} "
        f"FROM nrm.{table} AS pattern JOIN copy ON copy.case_ref = pattern.case_ref"
    )


def _value(name: str) -> str:
    if name in OWN:
        return f"md5(pattern.{name}::text || copy.n)::uuid"
    if name in SHORT:
        return f"substr(pattern.{name}, 1, {SHORT[name]})"
    if name in MOVED:
        return f"pattern.{name} + (hashint4(copy.n) % 8640000) * interval '1 second'"
    if name == "reference":
        letters = "translate(upper(md5(pattern.case_ref::text || copy.n)), 'ILOU', 'JMPV')"
        return f"substr({letters}, 1, 4) || '-' || substr({letters}, 5, 4)"
    return f"pattern.{name}"
