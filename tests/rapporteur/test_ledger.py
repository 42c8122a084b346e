"""What was published stays as it was, and nothing is published past the desk, whoever asks."""

from uuid import UUID, uuid4

import psycopg
import pytest

from tests import database

REQUEST = (
    "INSERT INTO statistics.release_request VALUES (%s, 'v', 's', 's', 2000, 2000, 'p', '{}', "
    "NULL, '', %s, %s, %s, now())"
)
STEP = "INSERT INTO statistics.release_step VALUES (%s, %s, %s, now(), NULL, '')"
DRAFT = "INSERT INTO statistics.release_draft VALUES (%s, now(), 'v', 'c', '{}', '{}')"
RELEASE = (
    "INSERT INTO statistics.release VALUES (1000000, 'v', 's', 's', 2000, 2000, 'p', NULL, now(), "
    "'v', %s, '{}', %s, now(), NULL, '', %s, %s)"
)
ASKER, READER = uuid4(), uuid4()
WHOLE = ("drawn", "checked", "attacked")


def planted(connection, *, steps=WHOLE, draft=True, needs_clearance=False) -> UUID:
    """A request with these steps, written past all of our code."""
    request = uuid4()
    connection.execute(REQUEST, [request, needs_clearance, ASKER, uuid4()])
    if draft:
        connection.execute(DRAFT, [request])
    for nth, step in enumerate(steps, 1):
        connection.execute(STEP, [request, nth, step])
    return request


def release(connection, request, *, checksum="c", reading="second_person", read_by=READER):
    connection.execute(RELEASE, [checksum, request, reading, read_by])


class TestLedgerTables:
    """The database keeps the promise by itself."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE statistics.release SET purpose = 'x'",
            "DELETE FROM statistics.release",
            "TRUNCATE statistics.release_basis",
            "UPDATE statistics.release_request SET purpose = 'x'",
            "DELETE FROM statistics.release_step",
            "UPDATE statistics.release_draft SET content = '{}'",
            "TRUNCATE statistics.cell_question",
        ],
    )
    @pytest.mark.parametrize("role", ["opennrm_statistics", "opennrm_owner"])
    def test_let_no_role_change_or_remove_what_stands(self, statement, role):
        with database.as_role(role) as connection:
            release(connection, planted(connection))
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)

    @pytest.mark.parametrize("role", ["opennrm_statistics", "opennrm_owner"])
    def test_take_no_release_past_the_desk(self, role):
        with database.as_role(role) as connection, refused("drawn, checked and attacked"):
            release(connection, None)

    @pytest.mark.parametrize("missing", WHOLE)
    def test_take_no_release_that_lacks_a_step(self, missing):
        steps = [one for one in WHOLE if one != missing]
        with database.as_role("opennrm_statistics") as connection:
            request = planted(connection, steps=steps)
            with refused("drawn, checked and attacked"):
                release(connection, request)

    @pytest.mark.parametrize("closed", ["refused", "sent_back"])
    def test_take_no_release_that_was_refused_or_sent_back(self, closed):
        with database.as_role("opennrm_statistics") as connection:
            request = planted(connection, steps=(*WHOLE, closed))
            with refused("drawn, checked and attacked"):
                release(connection, request)

    def test_take_no_step_after_the_end(self):
        with database.as_role("opennrm_statistics") as connection:
            request = planted(connection, steps=("refused",), draft=False)
            with refused("closed"):
                connection.execute(STEP, [request, 2, "drawn"])

    def test_take_nothing_but_what_was_drawn(self):
        with database.as_role("opennrm_statistics") as connection:
            request = planted(connection)
            with refused("what was drawn and read"):
                release(connection, request, checksum="another")

    @pytest.mark.parametrize(
        ("reading", "read_by"),
        [("second_person", ASKER), ("alone", READER), (None, READER), ("second_person", None)],
    )
    def test_take_no_release_that_nobody_else_read(self, reading, read_by):
        with database.as_role("opennrm_statistics") as connection:
            request = planted(connection)
            with refused("read by a second person"):
                release(connection, request, reading=reading, read_by=read_by)

    def test_let_an_office_of_one_person_say_so_but_not_where_clearance_is_needed(self):
        with database.as_role("opennrm_statistics") as connection:
            release(connection, planted(connection), reading="alone", read_by=ASKER)
            connection.rollback()
            request = planted(connection, needs_clearance=True)
            with refused("read by a second person"):
                release(connection, request, reading="alone", read_by=ASKER)


def refused(words: str):
    """The database says no, in these words."""
    return pytest.raises(psycopg.errors.InsufficientPrivilege, match=words)
