"""A small client of OpenNRM's door for programs: one file, Python 3.11, nothing to install.

Copy it beside your program. Every step and every query of the description is reached; what goes
wrong is raised as `Problem`, with the sentence, the reason, the rule and the way on.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

WAIT_SECONDS = 30.0
TRIES = 4
BUSY, TOO_MANY = 500, 429


class Problem(Exception):
    """The door said no; nothing was recorded, or nothing a second time."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        super().__init__(str(told.get("detail", "The door did not answer as expected.")))
        self.status = status
        self.reason = str(told.get("reason", ""))
        self.rule = str(told.get("rule", ""))
        self.remedy = str(told.get("remedy", ""))
        self.errors: list[dict[str, str]] = list(told.get("errors", []))


@dataclass(frozen=True)
class Case:
    """One case, as far as the person this program works for may see it."""

    reference: str
    shown: Mapping[str, Any]

    @property
    def sequences(self) -> dict[str, int]:
        """Return how far each part had come, to be sent along as `expected`."""
        return dict(self.shown.get("sequences", {}))


@dataclass(frozen=True)
class Client:
    """The door of one installation, for one program with its secret."""

    site: str
    secret: str = field(repr=False)

    def step(
        self,
        name: str,
        *,
        case: str | None = None,
        expected: Mapping[str, int] | None = None,
        key: uuid.UUID | None = None,
        **sent: Mapping[str, Any],
    ) -> str:
        """Take a step and return the reference of what it made.

        The step takes effect once however often the line breaks: each try carries the same key.

        :raises Problem: when it is refused.
        """
        body: dict[str, Any] = {noun: dict(what) for noun, what in sent.items()}
        if expected is not None:
            body["expected"] = dict(expected)
        address = name.replace("_", "-")
        path = f"/cases/{case}/{address}" if case else f"/{address}"
        told = self._ask("POST", path, body, {"Idempotency-Key": str(key or uuid.uuid4())})
        return str(told["reference"])

    def case(self, reference: str, *, opened: tuple[str, ...] = ()) -> Case:
        """Read a case; each part that is opened is put down in the log.

        :raises Problem: when it is not open to the person, or does not exist.
        """
        query = urllib.parse.urlencode([("opened", part) for part in opened])
        path = f"/cases/{reference}" + (f"?{query}" if query else "")
        return Case(reference, self._ask("GET", path))

    def changed_cases(self, after: str = "") -> tuple[list[Mapping[str, Any]], str]:
        """Return the cases that changed since, oldest first, and where to go on: keep that."""
        found: list[Mapping[str, Any]] = []
        while True:
            query = urllib.parse.urlencode({"after": after} if after else {})
            page = self._ask("GET", f"/cases?{query}" if query else "/cases")
            found += page["cases"]
            after = page["after"] or after
            if page["is_all"]:
                return found, after

    def entries(
        self, register: str, after: str = "", **narrowed: str
    ) -> tuple[list[Mapping[str, Any]], str]:
        """Return the entries of a list that changed since, and where to go on: keep that.

        :raises Problem: when the list is not open to the person, or knows no such filter.
        """
        found: list[Mapping[str, Any]] = []
        while True:
            asked = {**narrowed, **({"after": after} if after else {})}
            query = urllib.parse.urlencode(asked)
            page = self._ask("GET", f"/registers/{register}" + (f"?{query}" if query else ""))
            found += page["entries"]
            after = page["after"] or after
            if page["is_all"]:
                return found, after

    def write(
        self,
        register: str,
        entry: Mapping[str, Any],
        *,
        changes: Mapping[str, Any] | None = None,
        why: str = "",
        key: uuid.UUID | None = None,
    ) -> str:
        """Add an entry to a list, or change the fields of one that was read; return its reference.

        :raises Problem: when it is refused, or somebody changed it since it was read.
        """
        path = f"/registers/{register}"
        body: dict[str, Any] = {"entry": dict(entry), "why": why}
        if changes is not None:
            path += f"/{changes['ref']}/change"
            body["expected"] = changes["version"]
        told = self._ask("POST", path, body, {"Idempotency-Key": str(key or uuid.uuid4())})
        return str(told["reference"])

    def words(self, name: str) -> Mapping[str, Any]:
        """Return a list of codes with their words.

        :raises Problem: when there is no such list.
        """
        return self._ask("GET", f"/vocabulary/{urllib.parse.quote(name)}")

    def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        for left in reversed(range(TRIES)):
            try:
                return self._once(method, path, body, headers or {})
            except urllib.error.HTTPError as no:
                if left and (no.code == TOO_MANY or no.code >= BUSY):
                    time.sleep(float(no.headers.get("Retry-After") or 1))
                    continue
                _tell(no)
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                if not left:
                    raise
                time.sleep(1)
        raise AssertionError("Every try returns or raises.")

    def _once(
        self, method: str, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        address = self.site.rstrip("/") + "/api/v1" + path
        asked = urllib.request.Request(address, method=method)  # noqa: S310 - the site you named
        asked.add_header("Authorization", f"Bearer {self.secret}")
        for name, value in headers.items():
            asked.add_header(name, value)
        if body is not None:
            asked.add_header("Content-Type", "application/json")
            asked.data = json.dumps(body).encode()
        with urllib.request.urlopen(asked, timeout=WAIT_SECONDS) as answer:  # noqa: S310
            told: dict[str, Any] = json.load(answer)
            return told


def _tell(no: urllib.error.HTTPError) -> NoReturn:
    try:
        told = json.load(no)
    except ValueError:
        told = {}
    raise Problem(no.code, told if isinstance(told, dict) else {}) from no
