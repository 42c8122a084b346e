"""Seats a program at the co-ordination: the part it was let in for, and each act once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Status

from opennrm.api.acting import Done
from opennrm.api.admission import calling
from opennrm.api.problems import StepNotAllowed
from opennrm.casework.actors import Actor
from opennrm.coordination.desk import at_coordination, hers_to_write
from opennrm.coordination.models.kept import Kept
from opennrm.coordination.registers import EntryClosed
from opennrm.records.programs import once
from opennrm.records.sessions import Session
from opennrm.vocabulary.programs import ProgramStep
from opennrm.vocabulary.scopes import Scope

Row = TypeVar("Row", bound=Kept)


def seated(request: HttpRequest, step: ProgramStep) -> Session:
    """Return the session of the person a program works for.

    :raises StepNotAllowed: when the step or the co-ordination was not named for this program.
    """
    program = calling(request, step)
    if Scope.STRUCTURES.value not in program.parts:
        raise StepNotAllowed
    return program.session


def open_row(model: type[Row], ref: UUID, *beside: str) -> Row:
    """Find a row that is open to who asks.

    :raises EntryClosed: when there is none; one that is closed looks the same.
    """
    found: Row | None = model._default_manager.select_related(*beside).filter(ref=ref).first()
    if found is None:
        raise EntryClosed
    return found


def done_here(
    request: HttpRequest,
    step: ProgramStep,
    key: UUID | None,
    does: Callable[[Actor, datetime], UUID],
) -> Status[Done]:
    """Do something once for a key, in the name of the person a program works for.

    :raises NotHersToWrite: when the database says that it is others' to write.
    """
    session, at = seated(request, step), cast(Any, request).at
    said = request.path.encode() + b" " + request.body

    def act(_seat: None) -> UUID:
        with hers_to_write():
            return does(session.actor, at)

    reference, again = once(lambda: at_coordination(session), key, said, act, alias="default")
    return Status(200 if again else 201, Done(reference=reference))
