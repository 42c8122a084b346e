"""What is asked of one case costs the same, however many other cases there are."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from opennrm.records import statements
from opennrm.records.sql_text import READER
from tests import cast, stories
from tests.database import as_administrator, signed_in

POLICE = cast.POLICE_OFFICER
OTHERS, FEW = 2_000, 200
# As many rows of access, wraps and facts of other cases as a small State makes in some years.
CROWD = (
    "SET LOCAL session_replication_role = replica",
    "INSERT INTO nrm.access (access_ref, case_ref, organisation, role, compartment, mode, state, "
    "basis_fact, opens_at, until) "
    "SELECT gen_random_uuid(), gen_random_uuid(), organisation, role, compartment, mode, state, "
    "basis_fact, opens_at, until FROM nrm.access, "
    f"generate_series(1, {OTHERS}) WHERE case_ref = %(case)s AND compartment = 'D2'",
    "INSERT INTO nrm.wrap SELECT access_ref, 1, '' FROM nrm.access "
    "WHERE access_ref NOT IN (SELECT access_ref FROM nrm.wrap)",
    f"INSERT INTO nrm.fact SELECT gen_random_uuid(), gen_random_uuid(), position, compartment, "
    f"sequence, kind, at, recorded_at, actor, organisation, basis, corrects, open, sealed, "
    f"key_version, open_salt, sealed_salt, open_digest, sealed_digest, previous, hash "
    f"FROM nrm.fact, generate_series(1, {OTHERS}) WHERE fact_ref = %(fact)s",
    "SET LOCAL session_replication_role = origin",
)
FIRST_FACT = "SELECT fact_ref FROM nrm.fact WHERE case_ref = %s AND position = 1"
READ = (
    "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables "
    "WHERE relname IN ('access', 'wrap', 'fact', 'scope_key')"
)


@pytest.fixture
def crowded() -> Iterator[tuple[Any, UUID, UUID]]:
    """Lay many other cases beside one, in a transaction that is never kept."""
    case = stories.contact(POLICE)
    stories.described(POLICE, case, names="Arta Example")
    with as_administrator() as connection:
        fact = connection.execute(FIRST_FACT, [case]).fetchone()[0]
        for statement in CROWD:
            connection.execute(statement, {"case": case, "fact": fact})
        connection.execute(READER.bind, [signed_in(POLICE).token])
        yield connection, case, fact
        connection.rollback()


class TestACaseAmongManyOthers:
    """How many rows are read to answer."""

    @pytest.mark.parametrize(
        ("role", "asked"),
        [
            ("opennrm_recorder", statements.OWN_WRAPS),
            ("opennrm_definer", "SELECT nrm.versions(%s, %s)"),
            ("opennrm_recorder", "SELECT nrm.needs_new_key(%s, 'D2')"),
        ],
        ids=["wraps", "versions", "new_key"],
    )
    def test_is_not_looked_for_among_them(
        self, crowded: tuple[Any, UUID, UUID], role: str, asked: str
    ):
        connection, case, fact = crowded
        connection.execute(f"SET LOCAL ROLE {role}")
        before = connection.execute(READ).fetchone()[0]

        connection.execute(asked, [case, fact][: asked.count("%s")]).fetchall()

        assert connection.execute(READ).fetchone()[0] - before < FEW
