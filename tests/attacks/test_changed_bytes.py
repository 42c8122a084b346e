"""One byte changed anywhere in a fact, by somebody who may do everything, is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest

from opennrm.records.verifying import verify
from tests import cast, stories
from tests.database import as_administrator

POLICE = cast.POLICE_OFFICER
LENGTH = 5
PLACES = (3, LENGTH)
OTHER = "(SELECT {0} FROM {1} AS other WHERE other.{0} <> fact.{2} ORDER BY {0} LIMIT 1)"
BYTES = (
    "sealed",
    "open_salt",
    "sealed_salt",
    "open_digest",
    "sealed_digest",
    "previous",
    "hash",
)
CHANGES = {name: f"set_byte({name}, 0, get_byte({name}, 0) # 1)" for name in BYTES} | {
    "fact_ref": "gen_random_uuid()",
    # Into a case too short to have a fact in this place: the database itself refuses the others.
    "case_ref": "(SELECT case_ref FROM nrm.case_head WHERE length < 3 ORDER BY case_ref LIMIT 1)",
    "position": "position + 100",
    "compartment": "'D11'",
    "sequence": "sequence + 100",
    "kind": OTHER.format("kind", "nrm.fact_kind", "kind"),
    "at": "at + interval '1 microsecond'",
    "recorded_at": "recorded_at - interval '1 microsecond'",
    "actor": OTHER.format("ref", "public.accounts_account", "actor"),
    "organisation": OTHER.format("ref", "public.accounts_organisation", "organisation"),
    "basis": "basis || 'x'",
    "corrects": "gen_random_uuid()",
    "open": """open || '{"sex": "male"}'""",
    "key_version": "key_version + 1",
}
REWRITE = """
DO $$
DECLARE fact nrm.fact; before bytea := '';
BEGIN
    FOR fact IN SELECT * FROM nrm.fact WHERE case_ref = '{0}' ORDER BY position LOOP
        fact.open_digest := nrm.open_digest_of(fact);
        fact.previous := before;
        fact.hash := nrm.chain_hash(fact);
        before := fact.hash;
        UPDATE nrm.fact AS old SET open_digest = fact.open_digest, previous = fact.previous,
            hash = fact.hash WHERE old.fact_ref = fact.fact_ref;
    END LOOP;
    UPDATE nrm.case_head SET hash = before WHERE case_ref = '{0}';
END $$
"""


@pytest.fixture(scope="module")
def case_ref() -> Iterator[UUID]:
    stories.contact(POLICE)
    made = stories.contact(POLICE)
    for number in range(LENGTH - 1):
        stories.described(POLICE, made, names=f"Fatime Bala {number}", sex="female")
    with as_administrator() as connection:
        for table in ("fact", "case_head"):
            connection.execute(f"CREATE TABLE public.kept_{table} AS TABLE nrm.{table}")
    yield made
    with as_administrator() as connection:
        connection.execute("DROP TABLE public.kept_fact, public.kept_case_head")


@contextmanager
def by_force() -> Iterator[psycopg.Connection[Any]]:
    """Let the administrator write past every trigger; they stand again afterwards."""
    with as_administrator() as connection:
        connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER ALL")
        yield connection
        connection.execute("ALTER TABLE nrm.fact ENABLE TRIGGER ALL")
        for trigger in ("only_added", "never_emptied"):
            connection.execute(f"ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER {trigger}")


@contextmanager
def altered(*statements: str) -> Iterator[set[str]]:
    """Change facts by force, name what `verify` finds, and put everything back as it was."""
    with by_force() as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
    try:
        yield {link.what for link in verify().broken}
    finally:
        with by_force() as connection:
            connection.execute("DELETE FROM nrm.fact")
            connection.execute("INSERT INTO nrm.fact TABLE public.kept_fact")
            connection.execute(
                "UPDATE nrm.case_head SET length = kept.length, hash = kept.hash "
                "FROM public.kept_case_head AS kept WHERE kept.case_ref = case_head.case_ref"
            )


class TestAnUntouchedRecord:
    """The control, and what the table of changes covers."""

    def test_is_found_whole(self, case_ref):
        found = verify()

        assert found.broken == ()
        assert found.facts > LENGTH

    def test_has_no_column_that_is_not_tried(self, case_ref):
        with as_administrator() as connection:
            columns = connection.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'nrm.fact'::regclass "
                "AND attnum > 0 AND NOT attisdropped"
            ).fetchall()

        assert {name for (name,) in columns} == set(CHANGES)


class TestAChangedFact:
    """Every column, one at a time, in the middle of a chain and at its end."""

    @pytest.mark.parametrize("place", PLACES)
    @pytest.mark.parametrize("column", CHANGES)
    def test_is_found(self, case_ref, column, place):
        change = (
            f"UPDATE nrm.fact SET {column} = {CHANGES[column]} "
            f"WHERE case_ref = '{case_ref}' AND position = {place}"
        )

        with altered(change) as found:
            assert found
        assert verify().broken == ()


class TestAChangedChain:
    """Facts taken out, put in, or put elsewhere."""

    @pytest.mark.parametrize("place", (1, 3, LENGTH))
    def test_is_found_when_a_fact_is_gone(self, case_ref, place):
        taken = f"DELETE FROM nrm.fact WHERE case_ref = '{case_ref}' AND position = {place}"

        with altered(taken) as found:
            assert found

    def test_is_found_when_the_last_ones_are_gone(self, case_ref):
        with altered(
            f"DELETE FROM nrm.fact WHERE case_ref = '{case_ref}' AND position > 2"
        ) as found:
            assert "end_of_chain_changed" in found

    def test_is_found_when_all_of_them_are_gone(self, case_ref):
        with altered(f"DELETE FROM nrm.fact WHERE case_ref = '{case_ref}'") as found:
            assert "end_of_chain_changed" in found

    def test_is_found_when_two_facts_change_places(self, case_ref):
        move = "UPDATE nrm.fact SET position = {} WHERE case_ref = '{}' AND position = {}"
        places = ((99, 2), (2, 3), (3, 99))

        with altered(*(move.format(to, case_ref, place) for to, place in places)) as found:
            assert found

    def test_is_found_when_two_facts_change_what_they_hold(self, case_ref):
        held = "open, sealed, open_salt, sealed_salt, open_digest, sealed_digest"
        swap = (
            f"UPDATE nrm.fact SET ({held}) = (SELECT {held} FROM public.kept_fact AS other "
            f"WHERE other.case_ref = '{case_ref}' AND other.position = 5 - fact.position) "
            f"WHERE case_ref = '{case_ref}' AND position IN (2, 3)"
        )

        with altered(swap) as found:
            assert found

    def test_is_found_when_a_fact_is_put_in(self, case_ref):
        columns = ", ".join(CHANGES)
        values = columns.replace("fact_ref", "gen_random_uuid()").replace("position", "6")
        values = values.replace("sequence", "sequence + 100")
        put_in = (
            f"INSERT INTO nrm.fact ({columns}) SELECT {values} FROM nrm.fact "
            f"WHERE case_ref = '{case_ref}' AND position = {LENGTH}"
        )

        with altered(put_in) as found:
            assert found

    @pytest.mark.parametrize("change", ("length = length + 1", "hash = set_byte(hash, 0, 7)"))
    def test_is_found_when_its_head_is_changed(self, case_ref, change):
        with altered(f"UPDATE nrm.case_head SET {change} WHERE case_ref = '{case_ref}'") as found:
            assert found == {"end_of_chain_changed"}


class TestTheLimit:
    """What no chain alone can find; the decision record says so, and this keeps it honest."""

    def test_is_a_chain_written_anew_with_its_head(self, case_ref):
        change = (
            """UPDATE nrm.fact SET open = open || '{"sex": "male"}' """
            f"WHERE case_ref = '{case_ref}' AND position = 3"
        )

        with altered(change, REWRITE.format(case_ref)) as found:
            assert found == set()

    def test_is_a_chain_cut_off_together_with_its_head(self, case_ref):
        cut = f"DELETE FROM nrm.fact WHERE case_ref = '{case_ref}' AND position = {LENGTH}"
        head = (
            f"UPDATE nrm.case_head SET length = {LENGTH - 1}, hash = (SELECT hash FROM nrm.fact "
            f"WHERE case_ref = '{case_ref}' AND position = {LENGTH - 1}) "
            f"WHERE case_ref = '{case_ref}'"
        )

        with altered(cut, head) as found:
            assert found == set()
