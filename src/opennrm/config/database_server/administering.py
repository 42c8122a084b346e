"""The server as its administrator uses it for backups: programs that fit it, whole databases."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from opennrm.config.database_server.binaries import wheel_binaries
from opennrm.config.database_server.connecting import connect
from opennrm.config.database_server.server import Server

DEBIAN = Path("/usr/lib/postgresql")
NAMED = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY datname"
END_USE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s)"


@dataclass(frozen=True)
class ServerAdministration:
    """The server of this installation, for making and reading whole databases."""

    server: Server
    database: str

    def program(self, name: str) -> Path:
        """Name the path of a PostgreSQL program that fits the server.

        The server's own version is looked for first, since an older one cannot read what a newer
        program writes; the programs of the wheel read and write every version from 15 on.
        """
        if self.server.cluster is not None:
            return self.server.cluster.binaries.program(name)
        major = self._major()
        beside = DEBIAN / str(major) / "bin" / name
        if beside.is_file():
            return beside
        found = shutil.which(name)
        if found is not None and _major_of(Path(found)) == major:
            return Path(found)
        return wheel_binaries().program(name)

    def dsn(self, database: str | None = None) -> dict[str, str]:
        """Return the connection parameters of the administrator."""
        return self.server.admin_dsn(database)

    def has(self, database: str) -> bool:
        """Tell whether the server has this database."""
        return self.server.has_database(database)

    def beginning(self, words: str) -> list[str]:
        """List the databases whose names begin with these words."""
        with connect(self.server.admin, autocommit=True) as connection:
            rows = connection.execute(NAMED, [words]).fetchall()
        return [name for (name,) in rows]

    def make(self, database: str) -> None:
        """Make an empty database that lets in only our roles."""
        self.server.create_database(database)

    def drop(self, database: str) -> None:
        """Drop a database, if it is there."""
        self.server.drop_database(database)

    def rename(self, before: str, after: str) -> None:
        """Rename a database, throwing out whoever is connected."""
        with connect(self.server.admin, autocommit=True) as connection:
            connection.execute(END_USE, [[before]])
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(before), sql.Identifier(after)
                )
            )

    def _major(self) -> int:
        with connect(self.server.admin, autocommit=True) as connection:
            return connection.info.server_version // 10000


def _major_of(program: Path) -> int:
    command = [str(program), "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return int(said.stdout.split()[-1 if "(" not in said.stdout else 2].split(".")[0])
