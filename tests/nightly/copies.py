"""Copies whole cases in SQL, chains and keys with them, so that many are there in minutes.

A copy has facts, access, keys and projections under references of its own, and its chain verifies;
only its sealed parts, which are bound to the case they were sealed for, open for nobody.
"""

from typing import Any

import psycopg
from django.db import connections, transaction

from opennrm.records import projecting
from opennrm.records.standing import standing
from tests.database import as_administrator

OWN = ("case_ref", "fact_ref", "access_ref", "basis_fact", "offer_fact", "corrects")
TABLES = ("case_head", "fact", "access", "scope_key", "wrap")
TOGETHER = 200
COLUMNS = (
    "SELECT attname FROM pg_attribute WHERE attrelid = ('nrm.' || %s)::regclass "
    "AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)
TRIGGERS = (
    "SELECT tgname FROM pg_trigger WHERE tgrelid = 'nrm.fact'::regclass AND NOT tgisinternal"
)
# The references that an open part names are those of the copy's own facts.
NAMED = """
CREATE FUNCTION pg_temp.named(told jsonb, copied uuid, n bigint) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE one uuid; words text := told::text;
BEGIN
    FOR one IN SELECT fact_ref FROM nrm.fact WHERE case_ref = copied LOOP
        words := replace(words, one::text, (md5(one::text || n)::uuid)::text);
    END LOOP;
    RETURN words::jsonb;
END $$
"""
COPIES = (
    "CREATE TEMP TABLE copy AS SELECT n, pattern.case_ref, md5(pattern.case_ref::text || n)::uuid "
    "AS made FROM (SELECT case_ref, row_number() OVER () - 1 AS place, count(*) OVER () AS of "
    "FROM nrm.case_head) AS pattern, generate_series(1, %s) AS n WHERE n %% of = place"
)
DIGESTS = (
    "UPDATE nrm.fact SET open_digest = nrm.open_digest_of(fact) "
    "WHERE case_ref IN (SELECT made FROM copy)"
)
LINK = """
UPDATE nrm.fact SET previous = before.hash, hash = nrm.chain_hash(
    jsonb_populate_record(fact, jsonb_build_object('previous', before.hash)))
FROM (SELECT case_ref, position, hash FROM nrm.fact UNION ALL
      SELECT made, 0, ''::bytea FROM copy) AS before
WHERE fact.case_ref IN (SELECT made FROM copy) AND fact.position = %s
  AND before.case_ref = fact.case_ref AND before.position = fact.position - 1
"""
ENDS = (
    "UPDATE nrm.case_head AS head SET hash = fact.hash FROM nrm.fact "
    "WHERE fact.case_ref = head.case_ref AND fact.position = head.length "
    "AND head.case_ref IN (SELECT made FROM copy)"
)


def copy_cases(number: int) -> None:
    """Copy the cases that are there, in turn, so many times in all, and project the copies."""
    with as_administrator() as connection:
        connection.execute(COPIES, [number])
        connection.execute(NAMED)
        # Copies are not facts: the checks on what may be recorded are for those.
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER USER")
        for table in TABLES:
            connection.execute(_copying(connection, table))
        _chain(connection)
        for (trigger,) in connection.execute(TRIGGERS).fetchall():
            connection.execute(f"ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER {trigger}")
        made = [ref for (ref,) in connection.execute("SELECT made FROM copy").fetchall()]
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
    with connections["recorder"].cursor() as cursor:
        for begin in range(0, len(made), TOGETHER):
            with transaction.atomic(using="recorder"):
                for one in standing(cursor, made[begin : begin + TOGETHER]):
                    projecting.refresh(cursor, one.case, one.jurisdiction)


def _copying(connection: psycopg.Connection[Any], table: str) -> str:
    names = [name for (name,) in connection.execute(COLUMNS, [table]).fetchall()]
    values = ", ".join(_value(name) for name in names)
    is_below = table == "wrap"
    above = "JOIN nrm.access USING (access_ref) " if is_below else ""
    return (
        f"INSERT INTO nrm.{table} ({', '.join(names)}) SELECT {values} "
        f"FROM nrm.{table} AS pattern {above}"
        f"JOIN copy ON copy.case_ref = {'access' if is_below else 'pattern'}.case_ref"
    )


def _value(name: str) -> str:
    if name in OWN:
        return f"md5(pattern.{name}::text || copy.n)::uuid"
    if name == "open":
        return "pg_temp.named(pattern.open, pattern.case_ref, copy.n)"
    return f"pattern.{name}"


def _chain(connection: psycopg.Connection[Any]) -> None:
    connection.execute(DIGESTS)
    longest = connection.execute("SELECT max(length) FROM nrm.case_head").fetchone()
    assert longest is not None
    for position in range(1, longest[0] + 1):
        connection.execute(LINK, [position])
    connection.execute(ENDS)
