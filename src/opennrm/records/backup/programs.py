"""Runs the PostgreSQL programs that dump and restore, without a secret in their arguments."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from opennrm.records.backup.administration import Administration, BackupRefused

VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
}
# What the programs of a newer server write at the head of a script, and an older server refuses.
NEWER = b"SET transaction_timeout"
HEAD_LINES = 60


@contextmanager
def dumping(server: Administration, database: str, words: Sequence[str]) -> Iterator[IO[bytes]]:
    """Dump a database and hand out the stream; what it could not finish is no backup.

    :raises BackupRefused: when the dump fails.
    """
    command = [str(server.program("pg_dump")), "--format=custom", "--no-password", *words]
    with subprocess.Popen(  # noqa: S603 - a program of PostgreSQL with words of our own
        command,
        env=_environment(server, database),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None  # noqa: S101
        yield process.stdout
        said = process.stderr.read()
    if process.returncode != 0:
        raise BackupRefused(_dump_failed(said))


def restore(server: Administration, database: str, dump: Path, words: Sequence[str]) -> None:
    """Put parts of a dump into a database, all of them or nothing.

    :raises BackupRefused: when the server refuses a part.
    """
    reading = [str(server.program("pg_restore")), "--file=-", *words, str(dump)]
    playing = [
        *(
            str(server.program("psql")),
            "--no-psqlrc",
            "--quiet",
            "--no-password",
            "--output=/dev/null",
        ),
        *("--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction"),
    ]
    with (
        subprocess.Popen(  # noqa: S603 - a program of PostgreSQL with words of our own
            reading, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as reader,
        subprocess.Popen(  # noqa: S603 - a program of PostgreSQL with words of our own
            playing,
            env=_environment(server, database),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as player,
    ):
        said = _pass_on(reader, player)
    if reader.returncode != 0 or player.returncode != 0:
        first = said.decode(errors="replace").strip().splitlines()
        raise BackupRefused(f"The backup could not be read back: {first[0] if first else 'cut'}.")


def _pass_on(reader: subprocess.Popen[bytes], player: subprocess.Popen[bytes]) -> bytes:
    """Hand the script on, but for the setting that an older server does not know."""
    script, into, said = reader.stdout, player.stdin, player.stderr
    assert script is not None and into is not None and said is not None  # noqa: S101
    try:
        for _ in range(HEAD_LINES):
            line = script.readline()
            into.write(b"" if line.startswith(NEWER) else line)
        shutil.copyfileobj(script, into)
        into.close()
    except BrokenPipeError:
        reader.kill()
    return said.read()


def _environment(server: Administration, database: str) -> dict[str, str]:
    named = {
        VARIABLES[key]: value for key, value in server.dsn(database).items() if key in VARIABLES
    }
    return {"PATH": os.defpath, "LC_ALL": "C", "PGAPPNAME": "opennrm backup", **named}


def _dump_failed(said: bytes) -> str:
    text = said.decode(errors="replace")
    if "row-level security" in text:
        return (
            "The account in OPENNRM_DATABASE_URL may not read past the policies of the record, so "
            "it cannot make a whole backup. Give it BYPASSRLS, or name a superuser."
        )
    lines = text.strip().splitlines()
    return f"The dump did not end: {lines[0] if lines else 'the server went away'}."
