"""Programs: let in, bound to steps, parts and an end, and of no use anywhere else."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from opennrm.records import programs, sessions
from opennrm.web.work import cookie_name
from tests import cast, database, stories
from tests.api.calling import contact, let_in
from tests.web.browsing import browser

POLICE = cast.POLICE_OFFICER


class TestAProgram:
    def test_says_for_whom_and_for_what_it_works(self):
        told = let_in(POLICE, steps=("read",), parts=("D1",)).get("/me").json()

        assert told["organisation"] == str(POLICE.organisation.organisation)
        assert (told["purpose"], told["steps"], told["parts"]) == ("assistance", ["read"], ["D1"])

    @pytest.mark.parametrize("secret", ["", "nrm_", "nrm_" + "x" * 43, "x" * 5000, "\u0161"])
    def test_is_not_let_in_with_a_made_up_secret(self, secret: str):
        program = let_in(POLICE)
        program.secret = secret

        answer = program.get("/cases")

        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["reason"] == "not_admitted"

    def test_is_shut_out_at_once(self):
        program, viewer = let_in(POLICE), database.signed_in(POLICE)
        newest = programs.own_programs(viewer)[0]

        programs.shut_out(viewer, newest.program_ref)

        assert program.get("/me").status_code == 401
        assert programs.own_programs(viewer)[0].ended_at is not None

    def test_ends_by_itself_when_its_time_is_over(self):
        program, viewer = let_in(POLICE), database.signed_in(POLICE)
        newest = programs.own_programs(viewer)[0]
        assert program.get("/me").status_code == 200
        with database.as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.sign_in SET expires_at = now() - interval '1 second' WHERE "
                "token_hash = (SELECT token_hash FROM nrm.program WHERE program_ref = %s)",
                [newest.program_ref],
            )

        answer = program.get("/me")

        assert (answer.status_code, answer.json()["reason"]) == (401, "not_admitted")

    def test_is_not_shut_out_by_somebody_else(self):
        program = let_in(POLICE)
        newest = programs.own_programs(database.signed_in(POLICE))[0]

        programs.shut_out(database.signed_in(cast.CASE_MANAGER), newest.program_ref)

        assert program.get("/me").status_code == 200

    def test_takes_only_steps_that_were_named(self):
        program = let_in(POLICE, steps=("read",))

        answer = program.post("/record-contact", contact())

        assert (answer.status_code, answer.json()["reason"]) == (403, "step_not_allowed")

    def test_lets_no_other_program_in(self):
        program = let_in(POLICE)
        session = programs.at_the_door(program.secret, at=database.NOW)
        assert session is not None

        with pytest.raises(Exception, match="let in by a person at work"):
            programs.let_in(session.session, admission(days=1))

    def test_is_let_in_for_three_months_at_most(self):
        with pytest.raises(Exception, match="three months"):
            programs.let_in(database.signed_in(POLICE), admission(days=120))


class TestTheSecret:
    def test_is_of_no_use_in_a_browser(self):
        program = let_in(POLICE)
        client = browser(POLICE)
        client.cookies[cookie_name()] = program.secret

        assert client.get("/").status_code == 302
        assert sessions.resume(program.secret, at=database.NOW) is None

    def test_of_a_browser_is_of_no_use_to_a_program(self):
        opened = sessions.open_session(
            database.sign_in_name(POLICE), database.passphrase(POLICE), at=database.NOW
        )
        program = let_in(POLICE)
        program.secret = opened.secret

        assert program.get("/me").status_code == 401

    def test_stands_nowhere_in_the_database(self):
        secret = let_in(POLICE).secret

        with database.as_administrator() as connection:
            found = connection.execute(
                "SELECT count(*) FROM nrm.program WHERE program::text LIKE %s", [f"%{secret}%"]
            ).fetchone()
        assert found == (0,)


class TestTheParts:
    """The database keeps a program within the parts that were named."""

    def test_that_were_not_named_do_not_exist_for_it(self):
        case_ref = stories.contact(POLICE, words="Her cousin took her passport.")
        stories.described(POLICE, case_ref, names="Mirela Dunav")
        whole, narrow = let_in(POLICE), let_in(POLICE, parts=("D1", "D14"))

        seen = whole.get(f"/cases/{case_ref}", opened=["D2"]).json()
        less = narrow.get(f"/cases/{case_ref}", opened=["D2"]).json()

        assert any(
            (entry["told"] or {}).get("names") == "Mirela Dunav" for entry in seen["entries"]
        )
        assert {part.rstrip("S") for part in less["parts"]} <= {"D1", "D14"}
        assert "Mirela" not in str(less)
        assert {entry["part"].rstrip("S") for entry in less["entries"]} <= {"D1", "D14"}

    def test_keep_names_from_being_found(self):
        case_ref = stories.contact(POLICE)
        stories.described(POLICE, case_ref, names="Zdenka Perunska")

        assert let_in(POLICE).post("/people", {"name": "Zdenka Perunska"}).json()
        assert (
            let_in(POLICE, parts=("D1",)).post("/people", {"name": "Zdenka Perunska"}).json() == []
        )

    def test_hold_whatever_statement_is_sent(self):
        case_ref = stories.contact(POLICE, words="She was not paid.", safe_way="by day")
        stories.described(POLICE, case_ref, names="Zdenka Perunska")
        narrow = programs.at_the_door(let_in(POLICE, parts=("D1", "D4")).secret, at=database.NOW)
        assert narrow is not None

        with database.as_role("opennrm_app") as connection:
            connection.execute("SELECT nrm.bind_reader(%s)", [narrow.session.token])
            parts = rows(connection, "SELECT DISTINCT compartment FROM nrm.access")
            facts = rows(connection, "SELECT DISTINCT compartment FROM nrm.fact")
            sealed = connection.execute(
                "SELECT * FROM nrm.read_sealed(%s, ARRAY['D2', 'D3'])", [case_ref]
            ).fetchall()
            wraps = rows(
                connection,
                "SELECT DISTINCT access.compartment FROM nrm.wrap "
                "JOIN nrm.access USING (access_ref)",
            )
        assert (parts, facts) == ({"D1", "D4"}, {"D1", "D4"})
        assert wraps == {"D4"}  # nobody sealed anything in D1, so it has no key
        assert sealed == []


def rows(connection: "psycopg.Connection[tuple[str, ...]]", statement: str) -> set[str]:
    """Return what a statement finds, an extract counted as the part it is of."""
    return {row[0].rstrip("S") for row in connection.execute(statement).fetchall()}


def admission(days: int) -> programs.Admission:
    return programs.Admission(
        name=f"Another {uuid4().hex[:4]}",
        purpose="assistance",
        steps=("read",),
        parts=("D1",),
        until=database.NOW + timedelta(days=days),
    )
