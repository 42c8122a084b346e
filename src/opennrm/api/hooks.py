"""The addresses under which a program names the systems of its house that are told of news."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from opennrm.api.acting import PROBLEMS, Done
from opennrm.api.admission import calling
from opennrm.api.told import told
from opennrm.records import hooks
from opennrm.records.shapes import Exact
from opennrm.vocabulary.programs import ProgramStep

TAG = ProgramStep.SYSTEMS.value
router = Router(tags=[TAG])


class HookAddress(Exact):
    """Where a system is told; it begins with https:// and lies outside private networks."""

    address: str = Field(max_length=500)


class HookSecret(Schema):
    """The secret by which a system knows that a call is ours; it is shown once."""

    secret: str


@router.get("/hooks", response={200: list[told(hooks.Hook)], **PROBLEMS}, operation_id="hooks")  # type: ignore[misc]
def own_hooks(request: HttpRequest) -> Any:
    """List the systems of the organisation that are told, and what went wrong with each."""
    return hooks.own(calling(request, ProgramStep.SYSTEMS).session)


@router.post("/hooks", response={201: HookSecret, **PROBLEMS}, operation_id="add_hook")
def add_hook(request: HttpRequest, sent: HookAddress) -> Any:
    """Let one more system be told of news, in the name of an officer of the organisation."""
    session = calling(request, ProgramStep.SYSTEMS).session
    return Status(201, HookSecret(secret=hooks.add(session, sent.address)))


@router.post("/hooks/{hook}/end", response={200: Done, **PROBLEMS}, operation_id="end_hook")
def end_hook(request: HttpRequest, hook: UUID) -> Any:
    """Tell a system no more, from this moment on."""
    hooks.end(calling(request, ProgramStep.SYSTEMS).session, hook)
    return Done(reference=hook)
