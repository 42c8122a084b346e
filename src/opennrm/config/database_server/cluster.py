"""The embedded PostgreSQL cluster: made once, started, looked at and stopped."""

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from opennrm.config.database_server.account import Account
from opennrm.config.database_server.binaries import MAJOR, Binaries
from opennrm.config.database_server.passwords import keep_text, password_of
from opennrm.config.database_server.places import Place, account_folder, socket_folder
from opennrm.config.database_server.postmaster import (
    Postmaster,
    clear_stale_locks,
    running_postmaster,
)
from opennrm.config.database_server.refusals import OtherMajorVersion, StartFailed
from opennrm.config.database_server.settings import INCLUDE, write_settings

SUPERUSER = "postgres"
START_SECONDS = 60
LOG_BYTES = 1_000_000


@dataclass(frozen=True)
class Cluster:
    """One data directory, the programs that serve it and the account they run under."""

    place: Place
    binaries: Binaries
    account: Account

    def running(self) -> Postmaster | None:
        """Return the server that runs on the data, if one does."""
        return running_postmaster(self.place.data)

    def ensure_made(self) -> bool:
        """Make the data directory if there is none, and tell whether it was made now.

        :raises OtherMajorVersion: when the data belong to another major version.
        """
        written = self.place.data / "PG_VERSION"
        if not written.is_file():
            self._make()
            return True
        major = written.read_text(encoding="ascii").strip()
        if major != str(MAJOR):
            raise OtherMajorVersion(_other_major(self.place.data, major))
        return False

    def ensure_started(self, *, lasting: bool) -> Postmaster:
        """Start the server, or join the one that runs.

        :raises StartFailed: when it does not come up.
        """
        until = time.monotonic() + START_SECONDS
        if self.running() is None:
            self._start(lasting=lasting, until=until)
        while time.monotonic() < until:
            postmaster = self.running()
            if postmaster is not None and postmaster.ready:
                return postmaster
            time.sleep(0.05)
        raise StartFailed(self._failure("did not start in time"))

    def stop(self) -> None:
        """Stop the server cleanly, if it runs.

        :raises StartFailed: when it does not stop.
        """
        postmaster = self.running()
        if postmaster is None:
            return
        answer = self._pg_ctl("stop", "-m", "fast", "-w", "-t", str(START_SECONDS))
        if answer != 0 and self.running() is not None:
            raise StartFailed(self._failure("did not stop in time"))
        folder = Path(postmaster.socket_folder)
        if folder.name.startswith("opennrm-") and folder.parent == Path("/tmp"):  # noqa: S108
            self.account.run(["/bin/rm", "-rf", "--", folder], cwd=Path("/"))

    def _make(self) -> None:
        fresh = self.place.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        account_folder(fresh, self.account)
        secret = self.place.folder / "initdb.password"
        keep_text(secret, password_of(self.place.passwords, SUPERUSER))
        self.account.own(secret)
        try:
            answer = self.account.run(self._initdb(fresh, secret), cwd=fresh)
        finally:
            secret.unlink()
        if answer.returncode != 0:
            raise StartFailed(
                f"The database could not be made in {self.place.folder}: {answer.stderr.strip()}"
            )
        main = fresh / "postgresql.conf"
        self.account.write(main, f"{main.read_text(encoding='utf-8')}\n{INCLUDE}\n")
        fresh.rename(self.place.data)

    def _initdb(self, fresh: Path, secret: Path) -> list[str | Path]:
        safety = ["--data-checksums", "--auth=scram-sha-256", f"--pwfile={secret}"]
        words = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
        return [
            self.binaries.program("initdb"),
            f"--pgdata={fresh}",
            f"--username={SUPERUSER}",
            *safety,
            *words,
            "--builtin-locale=C.UTF-8",
        ]

    def _start(self, *, lasting: bool, until: float) -> None:
        folder = socket_folder(self.place, self.account)
        account_folder(self.place.log.parent, self.account)
        write_settings(self.place.folder, folder, lasting=lasting)
        if self.place.log.is_file() and self.place.log.stat().st_size > LOG_BYTES:
            self.place.log.unlink()
        clear_stale_locks(self.place.data, folder, self.account)
        # Processes of a crashed server may need a moment to notice; until then it refuses.
        while self._pg_ctl("start", "-w", "-t", str(START_SECONDS), "-l", self.place.log) != 0:
            if time.monotonic() > until or not self._held_by_orphans():
                raise StartFailed(self._failure("did not start"))
            time.sleep(0.2)

    def _pg_ctl(self, *words: str | Path) -> int:
        command = [self.binaries.program("pg_ctl"), *words, "-D", self.place.data]
        messages = Path(os.devnull)
        answer = self.account.run(command, cwd=self.place.data, output=messages)
        return answer.returncode

    def _held_by_orphans(self) -> bool:
        return "is still in use" in self._last_words(lines=3)

    def _failure(self, what: str) -> str:
        return (
            f"The database in {self.place.folder} {what}. Its last words: "
            f"{self._last_words(lines=3)} The whole log is in {self.place.log}."
        )

    def _last_words(self, *, lines: int) -> str:
        if not self.place.log.is_file():
            return "none."
        text = self.place.log.read_text(encoding="utf-8", errors="replace")
        return " ".join(text.splitlines()[-lines:])


def _other_major(data: Path, major: str) -> str:
    return (
        f"The data in {data} were written by PostgreSQL {major}; this OpenNRM runs "
        f"PostgreSQL {MAJOR}. Nothing was changed. Move the data over as "
        "docs/how-to/upgrade-the-database.md shows, then start again."
    )
