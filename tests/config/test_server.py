"""A server gives each role its own address and each database its own walls."""

import secrets
from collections.abc import Iterator

import psycopg
import pytest

from opennrm.config.database_server import Role, Server
from opennrm.config.database_server.connecting import connect
from opennrm.config.preparing import LEND, TAKE_BACK, TURN

LOGIN_ROLES = [role for role in Role if role is not Role.DEFINER]


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """A database of this test alone."""
    name = f"test_{secrets.token_hex(6)}"
    server.create_database(name)
    yield name
    server.drop_database(name)


class TestDsn:
    @pytest.mark.parametrize("role", LOGIN_ROLES)
    def test_signs_in_as_that_role(self, server: Server, database: str, role: Role) -> None:
        with connect(server.dsn(role, database)) as connection:
            row = connection.execute("SELECT current_user, session_user").fetchone()

        assert row == (role, role)

    def test_refuses_a_wrong_password(self, server: Server, database: str) -> None:
        wrong = {**server.dsn(Role.APP, database), "password": "wrong"}

        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            connect(wrong)

    def test_pins_the_search_path_and_the_lasting_of_commits(
        self, server: Server, database: str
    ) -> None:
        with connect(server.dsn(Role.APP, database)) as connection:
            path = connection.execute("SHOW search_path").fetchone()
            commit = connection.execute("SHOW synchronous_commit").fetchone()

        assert path == ("public,pg_temp",)
        assert commit == ("on",)

    def test_gives_django_the_same_address(self, server: Server) -> None:
        entry = server.django(Role.APP, "figures")

        assert entry["ENGINE"] == "django.db.backends.postgresql"
        assert (entry["NAME"], entry["USER"]) == ("figures", Role.APP)
        assert "search_path" in entry["OPTIONS"]["options"]

    def test_keeps_passwords_out_of_what_is_printed(self, server: Server) -> None:
        assert server.passwords[Role.APP] not in repr(server)
        assert server.admin.get("password", "none given") not in repr(server)


class TestRoles:
    def test_have_no_power_over_the_server(self, server: Server) -> None:
        with connect(server.admin_dsn()) as connection:
            rows = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE 'opennrm%' AND (rolsuper OR "
                "rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolinherit)"
            ).fetchall()

        assert rows == []

    def test_definer_cannot_sign_in(self, server: Server) -> None:
        with connect(server.admin_dsn()) as connection:
            row = connection.execute(
                "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'opennrm_definer'"
            ).fetchone()

        assert row == (False,)
        with pytest.raises(KeyError):
            server.dsn(Role.DEFINER)

    def test_owner_hands_functions_to_the_definer_only_while_it_is_lent(
        self, server: Server, database: str
    ) -> None:
        give = "ALTER FUNCTION one() OWNER TO opennrm_definer"
        with (
            connect(server.admin_dsn(), autocommit=True) as administration,
            connect(server.dsn(Role.OWNER, database), autocommit=True) as owner,
        ):
            owner.execute("GRANT CREATE ON SCHEMA public TO opennrm_definer")
            owner.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1")
            administration.execute("SELECT pg_advisory_lock(%s)", [TURN])
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(give)
            administration.execute(LEND)
            owner.execute(give)
            administration.execute(TAKE_BACK)
            row = owner.execute(
                "SELECT proowner::regrole::text FROM pg_proc WHERE proname = 'one'"
            ).fetchone()

        assert row == ("opennrm_definer",)

    def test_owner_does_not_inherit_what_the_definer_may_see(
        self, server: Server, database: str
    ) -> None:
        with connect(server.dsn(Role.OWNER, database)) as connection:
            row = connection.execute("SELECT pg_has_role('opennrm_definer', 'USAGE')").fetchone()

        assert row == (False,)

    @pytest.mark.parametrize("role", [Role.APP, Role.RECORDER, Role.STATISTICS])
    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TABLE public.mine (id int)",
            "CREATE TEMP TABLE mine (id int)",
            "CREATE SCHEMA mine",
            "SET ROLE opennrm_owner",
            "SET ROLE opennrm_definer",
            "ALTER ROLE opennrm_app BYPASSRLS",
            "CREATE ROLE mine",
        ],
    )
    def test_cannot_widen_themselves(
        self, server: Server, database: str, role: Role, statement: str
    ) -> None:
        with (
            connect(server.dsn(role, database)) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)

    def test_cannot_call_a_new_function_unasked(self, server: Server, database: str) -> None:
        with connect(server.dsn(Role.OWNER, database)) as connection:
            connection.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1")

        with (
            connect(server.dsn(Role.APP, database)) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("SELECT one()")


class TestDatabases:
    def test_a_copy_holds_the_rows_and_keeps_the_walls(
        self, server: Server, database: str
    ) -> None:
        with connect(server.dsn(Role.OWNER, database)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        copy = f"{database}_copy"

        server.create_database(copy, template=database)

        with connect(server.dsn(Role.OWNER, copy)) as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
        with connect(server.dsn(Role.APP, copy)) as connection:
            row = connection.execute(
                "SELECT has_database_privilege('public', current_database(), 'CONNECT')"
            ).fetchone()
        server.drop_database(copy)
        assert row == (False,)

    def test_are_made_once_and_dropped_while_in_use(self, server: Server) -> None:
        name = f"test_{secrets.token_hex(6)}"
        assert server.ensure_database(name) == name
        assert server.ensure_database(name) == name
        connection = connect(server.dsn(Role.APP, name))

        server.drop_database(name)
        server.drop_database(name)

        connection.close()
        assert not server.has_database(name)

    def test_sort_and_fold_letters_the_same_everywhere(
        self, server: Server, database: str
    ) -> None:
        with connect(server.dsn(Role.OWNER, database)) as connection:
            row = connection.execute("SELECT upper('žena č'), 'Z' < 'a'").fetchone()

        assert row == ("ŽENA Č", True)


class TestStatus:
    def test_says_what_runs(self, server: Server) -> None:
        status = server.status()

        assert status.running
        assert int(status.version.split(".")[0]) >= 15
        assert status.embedded == (status.pid is not None)
