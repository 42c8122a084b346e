"""Knows which program calls: its secret opens the session of the person it works for."""

from typing import Any, cast

from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from opennrm.api.problems import StepNotAllowed
from opennrm.records.programs import ProgramSession, at_the_door
from opennrm.vocabulary.programs import ProgramStep

LONGEST = 200
RATE = "600/m"


class Bearer(HttpBearer):
    """The secret of a program, sent as a bearer token."""

    def authenticate(self, request: HttpRequest, token: str) -> ProgramSession | None:
        """Take up the work of the program this secret was made for."""
        if len(token) > LONGEST:
            return None
        return at_the_door(token, at=cast(Any, request).at)


class PerProgram(SimpleRateThrottle):
    """Counts the calls of each program in the cache that all server processes share."""

    scope = "program"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """Count by program, never by person or address."""
        program = getattr(request, "auth", None)
        if not isinstance(program, ProgramSession):
            return None
        return str(self.cache_format % {"scope": self.scope, "ident": program.program_ref})


def calling(request: HttpRequest, step: ProgramStep) -> ProgramSession:
    """Return the program that calls.

    :raises StepNotAllowed: when it may not take this step.
    """
    program: ProgramSession = cast(Any, request).auth
    if step.value not in program.steps:
        raise StepNotAllowed
    return program
