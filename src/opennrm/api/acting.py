"""The addresses under which programs take steps: one for each use case, made from the table."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.params.functions import Header
from pydantic import Field, create_model

from opennrm.api.admission import calling
from opennrm.api.operations import OPERATIONS, Operation
from opennrm.api.problems import Problem
from opennrm.records.programs import done_once
from opennrm.records.shapes import Exact, shape_of, taken_from

PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429, 500), Problem)
EXPECTED = (
    'How far each part of the case had come when you last looked, such as {"D10": 4}. When '
    "somebody wrote since, nothing is recorded and the answer is 409."
)
KEY = (
    "A reference of your own making, new for each step. Sent again with the same body it does "
    "nothing and gives the same answer."
)
KEY_HEADER: Any = Header(None, alias="Idempotency-Key", description=KEY)


class Done(Schema):
    """What a step made: the reference of the case or of the entry."""

    reference: UUID


def router() -> Router:
    """Make the addresses of every step."""
    made = Router()
    for operation in OPERATIONS:
        if operation.on_a_case:
            _add(made, operation, f"/cases/{{case_ref}}/{operation.address}", "")
        if operation.without_a_case:
            _add(made, operation, f"/{operation.address}", "_alone" * operation.on_a_case)
    return made


def _add(made: Router, operation: Operation, address: str, suffix: str) -> None:
    made.add_api_operation(
        address,
        ["POST"],
        _on_a_case(operation) if "case_ref" in address else _alone(operation),
        response={201: Done, 200: Done, **PROBLEMS},
        operation_id=operation.name + suffix,
        summary=operation.says,
        tags=[operation.step.value],
    )


def _on_a_case(operation: Operation) -> Callable[..., Any]:
    def view(
        request: HttpRequest, case_ref: UUID, sent: Any, key: UUID | None = KEY_HEADER
    ) -> Status[Done]:
        return _taken(operation, request, sent, key, case_ref)

    return _named(view, operation)


def _alone(operation: Operation) -> Callable[..., Any]:
    def view(request: HttpRequest, sent: Any, key: UUID | None = KEY_HEADER) -> Status[Done]:
        return _taken(operation, request, sent, key, None)

    return _named(view, operation)


def _named(view: Callable[..., Any], operation: Operation) -> Callable[..., Any]:
    """Tell the framework the shape of the body, which is known when the address is made."""
    view.__annotations__["sent"] = _body(operation)
    view.__name__ = operation.name
    view.__doc__ = inspect.getdoc(operation.use_case)
    return view


def _body(operation: Operation) -> type[Exact]:
    fields: dict[str, Any] = {operation.noun: (shape_of(cast(Any, operation.takes)), ...)}
    if operation.counts_sequences:
        counted = dict[str, Annotated[int, Field(ge=0)]] | None
        fields["expected"] = (counted, Field(None, description=EXPECTED, max_length=40))
    name = "".join(word.capitalize() for word in operation.name.split("_"))
    made: type[Exact] = create_model(f"{name}Step", __base__=Exact, **fields)
    return made


def _taken(
    operation: Operation, request: HttpRequest, sent: Any, key: UUID | None, case_ref: UUID | None
) -> Status[Done]:
    session = calling(request, operation.step).session
    at = cast(Any, request).at
    given: dict[str, Any] = {
        operation.noun: taken_from(operation.takes, getattr(sent, operation.noun)),
        "actor": session.actor,
        "at": at,
    }
    if operation.on_a_case:
        given["case_ref"] = case_ref
    if operation.counts_sequences:
        given["expected"] = sent.expected
    said = f"{operation.name} {case_ref} ".encode() + request.body
    reference, again = done_once(
        session, key, said, lambda desk: operation.use_case(**given, desk=desk), at=at
    )
    return Status(200 if again else 201, Done(reference=reference))
