"""Starting the database server, or joining the one that runs."""

import atexit
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from opennrm.config.database_server.account import server_account
from opennrm.config.database_server.binaries import binaries_for
from opennrm.config.database_server.cluster import SUPERUSER, Cluster
from opennrm.config.database_server.connecting import connect
from opennrm.config.database_server.external import external_server
from opennrm.config.database_server.homes import data_home, private_folder
from opennrm.config.database_server.passwords import keep_text, kept_text, password_of
from opennrm.config.database_server.places import place_of
from opennrm.config.database_server.postmaster import Postmaster
from opennrm.config.database_server.roles import LOGIN_ROLES, ensure_roles
from opennrm.config.database_server.safety import require_safe
from opennrm.config.database_server.server import DATABASE, Server
from opennrm.config.database_server.sharing import Use, one_at_a_time

PORT = "5432"
ROLES_FORM = "1"
CLOSE_MAINTENANCE = (
    "REVOKE ALL ON DATABASE postgres FROM PUBLIC",
    "REVOKE ALL ON DATABASE template1 FROM PUBLIC",
)


def ensure_server(
    home: Path | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    lasting: bool = True,
    stop_when_unused: bool = True,
    renew_passwords: bool = False,
) -> Server:
    """Return the database server, started if it is not running.

    The embedded server is shared by all commands of one home; the last one to end stops it,
    unless `stop_when_unused` is off. `lasting` may be off only for throw-away data.
    `renew_passwords` takes over the roles of a named server from another machine.

    :raises DatabaseRefused: when there is no server to be had; the message says what to do.
    """
    home = home or data_home(environ)
    url = environ.get("OPENNRM_DATABASE_URL")
    if url:
        return external_server(url, home, lasting=lasting, renew_passwords=renew_passwords)
    return _embedded_server(home, lasting=lasting, stop_when_unused=stop_when_unused)


def embedded_cluster(home: Path) -> Cluster:
    """Find the embedded cluster of a home, without making or starting it."""
    account = server_account()
    return Cluster(place_of(home, account), binaries_for(account), account)


def _embedded_server(home: Path, *, lasting: bool, stop_when_unused: bool) -> Server:
    server_account()
    private_folder(home)
    with one_at_a_time(home):
        cluster = embedded_cluster(home)
        cluster.ensure_made()
        was_running = cluster.running() is not None
        server = _joined(cluster, cluster.ensure_started(lasting=lasting))
        _see_to_roles(server, cluster, checked=was_running, lasting=lasting)
        if not stop_when_unused:
            return server
        release = _Release(home, cluster, Use(home))
    atexit.register(release)
    return replace(server, release=release)


class _Release:
    """The end of this process's use of the server; the last use stops it."""

    def __init__(self, home: Path, cluster: Cluster, use: Use) -> None:
        self._home, self._cluster, self._use = home, cluster, use
        self._ended = False

    def __call__(self) -> None:
        if self._ended or self._use.pid != os.getpid() or not self._home.is_dir():
            return
        self._ended = True
        with one_at_a_time(self._home):
            if self._use.end():
                self._cluster.stop()


def _joined(cluster: Cluster, postmaster: Postmaster) -> Server:
    folder = cluster.place.passwords
    shared = {"host": postmaster.socket_folder, "port": PORT}
    admin = {
        **shared,
        "user": SUPERUSER,
        "password": password_of(folder, SUPERUSER),
        "dbname": "postgres",
    }
    passwords = {role: password_of(folder, role) for role in LOGIN_ROLES}
    return Server(shared, admin, passwords, DATABASE, cluster)


def _see_to_roles(server: Server, cluster: Cluster, *, checked: bool, lasting: bool) -> None:
    mark = cluster.place.folder / "roles.made"
    made = kept_text(mark) == ROLES_FORM
    if checked and made:
        return
    with connect(server.admin, autocommit=True) as connection:
        require_safe(connection, lasting=lasting)
        if not made:
            ensure_roles(connection, server.passwords)
            for statement in CLOSE_MAINTENANCE:
                connection.execute(statement)
            keep_text(mark, ROLES_FORM)
