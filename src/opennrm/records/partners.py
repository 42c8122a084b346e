"""Questions to partners without an account: shown and answered by a code that works once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connections

from opennrm.casework.ports import PartnerAnswer
from opennrm.records import statements
from opennrm.records.one_time import new_passphrase, typed

PREVIEW = "SELECT nrm.partner_preview(%s)"
ANSWER = "SELECT nrm.answer_partner_question(%s, %s, %s)"


class RecordedPartners:
    """What partners answered, as one reader may know it within one transaction."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def answer(self, question: UUID) -> PartnerAnswer | None:
        """Find the answer to a question of a case that is open to the reader."""
        self._cursor.execute(statements.PARTNER_ANSWER, [question])
        row = self._cursor.fetchone()
        return PartnerAnswer(*row) if row else None


def new_code() -> str:
    """Make a code for one partner and one question; it is shown once and kept nowhere."""
    return new_passphrase()


def digest(code: str) -> str:
    """Return what is kept of a code, whatever spaces and capitals it was typed with."""
    return hashlib.sha256(typed(code).encode()).hexdigest()


def preview(code: str) -> Mapping[str, Any] | None:
    """Return what the question of a code shows; None once it is answered, over or unknown."""
    shown = _asked(PREVIEW, [bytes.fromhex(digest(code))])
    return json.loads(shown) if shown else None


def keep_answer(code: str, *, answer: str, reason: str | None) -> bool:
    """Keep an answer, once; tell whether it was the first and came in time."""
    return bool(_asked(ANSWER, [bytes.fromhex(digest(code)), answer, reason]))


def _asked(statement: str, values: list[Any]) -> Any:
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None
