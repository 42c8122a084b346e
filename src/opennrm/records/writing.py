"""Gathers what a change writes, step by step, and sends it to the database in one go."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from opennrm.lifecycle.case import AccessRow
from opennrm.records.folding import told_access

RECORD = "SELECT nrm.record(%s::jsonb)"
RECORD_AND_READ = "SELECT nrm.record_and_read(%s::jsonb, %s)"


class Steps:
    """The steps of a change in their order; none takes effect before they are sent."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._steps: list[list[object]] = []

    def add(self, step: str, *values: object) -> None:
        """Add a step: its word, and what the function of that word is handed."""
        self._steps.append([step, *values])

    def follow(self, others: Steps) -> None:
        """Add the steps gathered elsewhere, and leave none there."""
        self._steps += others._steps
        others._steps = []

    def send(self) -> None:
        """Let the database do all steps, or none where one of them is refused."""
        if self._steps:
            self._cursor.execute(RECORD, [self._taken()])

    def send_and_read(self, case_ref: UUID) -> tuple[AccessRow, ...]:
        """Send as `send` does, and return the access rows of a case that are live after it."""
        self._cursor.execute(RECORD_AND_READ, [self._taken(), case_ref])
        return tuple(map(told_access, self._cursor.fetchone()[0] or ()))

    def _taken(self) -> str:
        steps, self._steps = self._steps, []
        return json.dumps(steps, default=_told)


def _told(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} cannot be sent in a step.")
