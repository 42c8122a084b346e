"""What was published stays as it was, whoever asks."""

import psycopg
import pytest

from tests import database


class TestLedgerTables:
    """The database keeps the promise by itself."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE statistics.release SET purpose = 'x'",
            "DELETE FROM statistics.release",
            "TRUNCATE statistics.release_basis",
        ],
    )
    @pytest.mark.parametrize("role", ["opennrm_statistics", "opennrm_owner"])
    def test_lets_no_role_change_or_remove_a_release(self, statement, role):
        with database.as_role(role) as connection:
            connection.execute(
                "INSERT INTO statistics.release VALUES (1000000, 'v', 's', 's', 2000, 2000, 'p', "
                "NULL, now(), 'v', 'c', '{}')"
            )
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()

    def test_is_closed_to_the_pages_role(self):
        with (
            database.as_role("opennrm_app") as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("SELECT * FROM statistics.release")


class TestStatisticsRole:
    """The desk's own role reads the copy, adds releases and data sets, and does nothing else."""

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT 1 FROM nrm.fact",
            "SELECT 1 FROM nrm.statistics_link",
            "SELECT 1 FROM accounts_account",
            "UPDATE statistics.person SET sex = 'unknown'",
            "DELETE FROM statistics.external_row",
            "UPDATE statistics.external_data_set SET terms = 'none'",
        ],
    )
    def test_may_do_no_more(self, statement):
        with (
            database.as_role("opennrm_statistics") as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)
