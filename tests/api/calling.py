"""A program that calls: let in by a person of the cast, sends JSON, reads JSON."""

import json
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from opennrm.api.door import made_door
from opennrm.records import programs
from opennrm.records.programs import Admission
from opennrm.records.sessions import Session
from opennrm.vocabulary.programs import ProgramStep
from opennrm.web.coordination.registers import REGISTERS
from tests import cast, database

EVERY_STEP = tuple(step.value for step in ProgramStep)
EVERY_PART = tuple(f"D{number}" for number in range(1, 17))


@cache
def described() -> dict[str, Any]:
    """Return the description of every address, made once for all tests."""
    made: dict[str, Any] = made_door(REGISTERS).get_openapi_schema(path_prefix="")
    return made


class Program:
    """A program at work in the name of a person of the cast."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.client = Client(headers={"host": "localhost"})

    def get(self, address: str, **asked: Any) -> Any:
        """Ask for something."""
        return self.client.get(f"/api/v1{address}", asked, headers=self._headers({}))

    def post(self, address: str, sent: Any, key: UUID | None = None) -> Any:
        """Take a step."""
        more = {"Idempotency-Key": str(key)} if key else {}
        return self.client.post(
            f"/api/v1{address}",
            json.dumps(sent, default=str),
            content_type="application/json",
            headers=self._headers(more),
        )

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", **more}


def let_in(
    who: cast.Member,
    steps: tuple[str, ...] = EVERY_STEP,
    parts: tuple[str, ...] = EVERY_PART,
    days: int = 30,
    session: Session | None = None,
) -> Program:
    """Let a program in for somebody, in her session where she works elsewhere."""
    admission = Admission(
        name=f"Field forms {uuid4().hex[:6]}",
        purpose="assistance",
        steps=steps,
        parts=parts,
        until=database.NOW + timedelta(days=days),
    )
    return Program(programs.let_in(session or database.signed_in(who), admission))


def contact(**more: Any) -> dict[str, Any]:
    """Return a first contact as a program sends it."""
    today = database.NOW.date().isoformat()
    known = {"route": "own_detection", "channel": "in_person", "contact_on": today}
    return {"contact": {**known, **more}}
