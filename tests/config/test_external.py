"""A server of somebody else's is used as it is, or refused with what to do."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from opennrm.config.database_server import Role, Server, ensure_server
from opennrm.config.database_server.connecting import connect
from opennrm.config.database_server.external import address_in
from opennrm.config.database_server.refusals import (
    PasswordsElsewhere,
    StartFailed,
    UnsafeServer,
)
from tests.config.conftest import EMBEDDED
from tests.homes import new_home, remove_home


@pytest.fixture
def theirs(home: Path) -> Server:
    """A server that stands for somebody else's."""
    return ensure_server(home, environ=EMBEDDED, stop_when_unused=False)


@pytest.fixture
def ours() -> Iterator[Path]:
    """The home of the installation that uses their server."""
    path = new_home("ours")
    yield path
    remove_home(path)


def url_of(server: Server, user: str = "", password: str = "") -> str:
    """Write the address of a server as an administrator would."""
    user = user or server.admin["user"]
    password = quote(password or server.admin["password"])
    return f"postgresql://{user}:{password}@/nrm?host={quote(server.shared['host'], safe='')}"


def without_roles(server: Server) -> Server:
    """Take the roles of OpenNRM away, as on a server it has never seen."""
    with connect(server.admin_dsn(), autocommit=True) as connection:
        for role in Role:
            connection.execute(f"DROP OWNED BY {role}")
            connection.execute(f"DROP ROLE {role}")
    return server


class TestNamedServer:
    def test_gets_the_roles_and_the_named_database(self, theirs: Server, ours: Path) -> None:
        environ = {"OPENNRM_DATABASE_URL": url_of(without_roles(theirs))}

        first = ensure_server(ours, environ=environ)
        second = ensure_server(ours, environ=environ)

        assert first.ensure_database() == "nrm"
        assert second.passwords == first.passwords
        assert not first.status().embedded
        with connect(second.dsn(Role.APP)) as connection:
            row = connection.execute("SELECT current_user, current_database()").fetchone()
        assert row == ("opennrm_app", "nrm")

    def test_is_set_up_by_an_account_that_is_no_superuser(
        self, theirs: Server, ours: Path
    ) -> None:
        with connect(without_roles(theirs).admin_dsn(), autocommit=True) as connection:
            connection.execute("CREATE ROLE builder LOGIN CREATEDB CREATEROLE PASSWORD 'stone'")
            connection.execute("GRANT CONNECT ON DATABASE postgres TO builder")

        server = ensure_server(
            ours, environ={"OPENNRM_DATABASE_URL": url_of(theirs, "builder", "stone")}
        )
        server.ensure_database()

        with connect(server.dsn(Role.OWNER)) as connection:
            connection.execute("CREATE TABLE one (id int)")
        server.drop_database("nrm")
        assert not server.has_database("nrm")

    def test_whose_roles_another_machine_made_keeps_their_passwords(
        self, theirs: Server, ours: Path
    ) -> None:
        environ = {"OPENNRM_DATABASE_URL": url_of(theirs)}

        with pytest.raises(PasswordsElsewhere, match="Copy that folder"):
            ensure_server(ours, environ=environ)

        with connect(theirs.dsn(Role.APP, theirs.ensure_database())) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)

    def test_with_a_role_that_may_too_much_is_refused(self, theirs: Server, ours: Path) -> None:
        with connect(theirs.admin_dsn(), autocommit=True) as connection:
            connection.execute("ALTER ROLE opennrm_app BYPASSRLS")

        with pytest.raises(UnsafeServer, match="opennrm_app"):
            ensure_server(
                ours,
                environ={"OPENNRM_DATABASE_URL": url_of(theirs)},
                renew_passwords=True,
            )

    def test_that_could_lose_facts_is_refused(self, theirs: Server, ours: Path) -> None:
        with connect(without_roles(theirs).admin_dsn(), autocommit=True) as connection:
            connection.execute("ALTER ROLE postgres SET synchronous_commit = off")

        with pytest.raises(UnsafeServer, match="synchronous_commit off"):
            ensure_server(ours, environ={"OPENNRM_DATABASE_URL": url_of(theirs)})

    def test_that_does_not_answer_is_told_without_the_password(self, ours: Path) -> None:
        address = "postgresql://admin:open-sesame@/nrm?host=/nowhere"

        with pytest.raises(StartFailed, match="Check the address") as refusal:
            ensure_server(ours, environ={"OPENNRM_DATABASE_URL": address})

        assert "open-sesame" not in str(refusal.value)


class TestAddress:
    def test_that_is_none_is_told_without_repeating_it(self) -> None:
        with pytest.raises(StartFailed, match="Write it as") as refusal:
            address_in("admin:open-sesame@host")

        assert "open-sesame" not in str(refusal.value)

    @pytest.mark.parametrize(
        ("url", "database"),
        [
            ("postgresql://a:b@host/nrm", "nrm"),
            ("postgresql://a:b@host/postgres", "opennrm"),
            ("postgresql://a:b@host", "opennrm"),
        ],
    )
    def test_names_the_database_or_leaves_the_usual_one(self, url: str, database: str) -> None:
        assert address_in(url).database == database

    def test_hands_its_other_words_to_every_role_but_not_its_password(self) -> None:
        shared = address_in("postgresql://a:b@host:5433/nrm?sslmode=verify-full").shared

        assert shared == {"host": "host", "port": "5433", "sslmode": "verify-full"}
