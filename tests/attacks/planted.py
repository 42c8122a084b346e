"""Invented names, phones and addresses, and the search for them in any form in any file.

OPENNRM_CANARIES says how many; the night plants 300.
"""

import base64
import json
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from opennrm.config.database_server import Server

GIVEN = ("Lulëzime", "Ѓорѓина", "Şükriye", "نورالهدى", "Krenare", "Снежана", "Дафинка", "Zöhre")
# ruff: noqa: RUF001 - letters of other scripts are the point
FAMILY = ("Gjonbalaj", "Трајковска", "Çakıroğlu", "الشمري", "Mëhillaj", "Златановска", "Xhaferaj")
STREETS = ("Rruga e Plepave", "ул. Јаворова", "Söğütözü Sokağı", "Kelmendi Court", "شارع الزيتون")


PLANTED_AT_ALL = int(os.environ.get("OPENNRM_CANARIES", "50"))


def names() -> list[str]:
    """Return names in four scripts, two fifths of all that is planted."""
    letters = "abcdefghijklmnopqrst"
    return [
        f"{GIVEN[n % 8]} {FAMILY[n % 7]} {letters[n % 20]}{letters[n // 20 % 20]}zq"
        for n in range(PLANTED_AT_ALL * 2 // 5)
    ]


def phones() -> list[str]:
    """Return phone numbers, three tenths."""
    return [f"+3897{n % 9}{83_517_049 + 7_919 * n}" for n in range(PLANTED_AT_ALL * 3 // 10)]


def addresses() -> list[str]:
    """Return addresses, three tenths."""
    return [f"{STREETS[n % 5]} {311 + 7 * n}/{n + 2}" for n in range(PLANTED_AT_ALL * 3 // 10)]


PLANTED = (*names(), *phones(), *addresses())


def forms(text: str) -> Iterator[bytes]:
    """Yield the byte forms a text may lie in: encodings, hex, base64 at any offset, escapes."""
    plain = text.encode()
    yield from (plain, text.encode("utf-16-le"), text.encode("utf-16-be"))
    yield from (plain.hex().encode(), plain.hex().upper().encode())
    yield json.dumps(text).strip('"').encode()
    for lead in range(3):
        whole = base64.b64encode(b"\0" * lead + plain + b"\0" * 3)
        yield whole[4 if lead else 0 : -4 - len(plain) % 3]
    yield text.casefold().encode()


class Search:
    """One search for every form of many texts: by the first four bytes, then by the whole."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._wanted = tuple({form for text in texts for form in forms(text)})
        self._first, self._second = (self._pairs(place) for place in (0, 2))

    def first_in(self, content: bytes) -> bytes | None:
        """Return what stands first in the content, in any form; None when nothing does."""
        if len(content) < 4:
            return None
        values = np.frombuffer(content, dtype=np.uint8).astype(np.uint16)
        pairs = values[:-1] << 8 | values[1:]
        likely = np.flatnonzero(self._first[pairs[:-2]] & self._second[pairs[2:]])
        place = next((one for one in likely if content.startswith(self._wanted, one)), None)
        return None if place is None else content[place : place + 40]

    def in_files(self, *folders: Path) -> set[str]:
        """Name the files of some folders in which something stands, each file once."""
        paths = {path.resolve() for folder in folders for path in folder.rglob("*")}
        found = ((path, self.first_in(content_of(path))) for path in sorted(paths))
        return {f"{path}: {hit!r}" for path, hit in found if hit}

    def _pairs(self, place: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        known = np.zeros(65_536, dtype=np.bool_)
        known[[form[place] << 8 | form[place + 1] for form in self._wanted]] = True
        return known


def content_of(path: Path) -> bytes:
    """Read a file, which the server may have removed meanwhile, without its empty stretches."""
    try:
        return re.sub(rb"\0{64,}", b"\0", path.read_bytes()) if path.is_file() else b""
    except FileNotFoundError:
        return b""


def dumped(program: Path, server: Server, database: str) -> bytes:
    """Dump a database as the administrator does, with everything in it."""
    words = server.admin_dsn(database)
    command = [program, "--no-sync", f"--host={words['host']}", f"--username={words['user']}"]
    command += [f"--port={words.get('port', '5432')}", database]
    environment = {"PGPASSWORD": words.get("password", ""), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, env=environment, check=True, capture_output=True).stdout
