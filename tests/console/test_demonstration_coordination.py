"""The demonstration holds a State's plan, its commission and the register with agreements."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import yaml

from opennrm.config.databases import server
from opennrm.console.demonstration.registers import LIST
from tests import database
from tests.console.running import command

REGISTERS: dict[str, list[Any]] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
NAME = "test_demonstration_plan_" + os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="module", autouse=True)
def _made() -> Iterator[None]:
    """Make the demonstration without cases, twice: the second time nothing is left to make."""
    database.another(NAME)
    for _again in range(2):
        done = command("make-cases", "--cases", "0", "--years", "0", OPENNRM_DATABASE=NAME)
        assert done.returncode == 0, done.stderr
    yield
    server().drop_database(NAME)


def count(statement: str) -> Any:
    """Ask the database of the demonstration as its administrator."""
    with psycopg.connect(**server().admin_dsn(NAME)) as connection:
        row = connection.execute(statement).fetchone()
    return row[0] if row else None


class TestTheDemonstration:
    def test_holds_a_plan_of_at_least_forty_actions(self) -> None:
        assert count("SELECT count(*) FROM coordination_plan WHERE status = 'adopted'") == 1
        assert count("SELECT count(*) FROM coordination_action") >= 40
        assert count("SELECT count(DISTINCT status) FROM coordination_action") == 5
        assert count("SELECT count(*) FROM coordination_action_commitments") >= 20
        assert count("SELECT count(*) FROM coordination_progressreport") >= 30

    def test_holds_thirty_organisations_that_signed(self) -> None:
        signed = (
            "SELECT count(DISTINCT party.entry_id) FROM coordination_party AS party "
            "JOIN coordination_signature AS signed ON signed.party_id = party.ref "
            "JOIN coordination_agreement AS made ON made.ref = party.agreement_id "
            "WHERE made.status = 'in_force'"
        )

        assert count(signed) >= 30

    def test_holds_a_commission_with_seats_and_decisions(self) -> None:
        assert count("SELECT count(*) FROM coordination_seat") == 11
        assert count("SELECT count(*) FROM coordination_decision") == 4

    def test_shows_what_keeps_its_commitments_and_answers_recommendations(self) -> None:
        assert count("SELECT count(*) FROM coordination_evidence") == 5
        assert count("SELECT count(*) FROM coordination_recommendation") == 25 + 3
        assert count("SELECT count(*) FROM coordination_answer") == 2

    @pytest.mark.parametrize("table", sorted(REGISTERS))
    def test_holds_invented_rows_of_every_smaller_register(self, table: str) -> None:
        kept = count(f"SELECT count(*) FROM coordination_{table.lower()}")

        assert kept == len(REGISTERS[table])

    def test_lets_everybody_check_offers_against_its_registers(self) -> None:
        published = "SELECT count(*) FROM coordination_publication WHERE kind = 'job_register'"

        assert count(published) == 3

    def test_names_no_place_of_a_safe_house(self) -> None:
        published = "SELECT content::text FROM coordination_publication WHERE kind = 'directory'"

        assert count("SELECT count(*) FROM coordination_registerentry WHERE is_safe_place") == 2
        assert "Post box 12" in count(published)
        assert count("SELECT string_agg(address, '') FROM coordination_registerentry") == ""
