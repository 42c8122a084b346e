"""The addresses under which programs read: cases, opened parts, people by name, what is due."""

import base64
from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from opennrm.api import shown
from opennrm.api.admission import calling
from opennrm.api.problems import NoSuchPlace, NotThere, Problem
from opennrm.records import queries
from opennrm.records.queries import Place
from opennrm.records.shapes import Exact
from opennrm.vocabulary.programs import ProgramStep
from opennrm.vocabulary.registry import code_lists

PROBLEMS = dict.fromkeys((400, 401, 403, 404, 413, 422, 429, 500), Problem)
MOST = 200
CURSOR = (
    "Where the list was left: the `after` of the last answer. Kept, it tells what changed since."
)
PARTS = "The parts to open, such as D2. Each reading is in the log that the person may see."
Compartment = Annotated[str, Field(pattern=r"^D([1-9]|1[0-6])S?$")]
router = Router()


class Name(Exact):
    """The name looked for, in any script; it is sent in the body, never in an address."""

    name: str = Field(max_length=200)


@router.get("/me", response={200: shown.Me, **PROBLEMS}, tags=["read"], operation_id="me")
def me(request: HttpRequest) -> shown.Me:
    """Tell for whom and for what this program works, and until when."""
    program = cast(Any, request).auth
    actor = program.session.actor
    return shown.Me(
        organisation=actor.organisation,
        organisation_name=program.session.organisation_name,
        roles=sorted(role.value for role in actor.roles),
        jurisdiction=actor.jurisdiction,
        purpose=program.purpose,
        steps=sorted(program.steps),
        parts=sorted(program.parts),
        until=program.until,
    )


@router.get("/cases", response={200: shown.Cases, **PROBLEMS}, tags=["read"], operation_id="cases")
def cases(
    request: HttpRequest,
    after: Annotated[str | None, Query(description=CURSOR, max_length=200)] = None,
    most: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> shown.Cases:
    """List the cases open or offered, in the order in which they changed."""
    session = calling(request, ProgramStep.READ).session
    found = queries.changes(session, after=_place(after), most=most)
    return shown.Cases(
        cases=[shown.CaseLine.from_orm(row) for row in found.rows],
        after=_cursor(found.after),
        is_all=found.is_all,
    )


@router.get(
    "/cases/{case_ref}",
    response={200: shown.OneCase, **PROBLEMS},
    tags=["read"],
    operation_id="case",
)
def case(
    request: HttpRequest,
    case_ref: UUID,
    opened: Annotated[list[Compartment], Query(description=PARTS, max_length=30)] = [],  # noqa: B006
) -> shown.OneCase:
    """Show one case as far as it is open, with the sealed parts that were asked for."""
    session = calling(request, ProgramStep.READ).session
    page = queries.case_page(session, case_ref, at=cast(Any, request).at, opened=opened)
    return shown.one_case(page)


@router.post(
    "/people", response={200: list[shown.Person], **PROBLEMS}, tags=["find"], operation_id="people"
)
def people(request: HttpRequest, sent: Name) -> list[shown.Person]:
    """Find people by name among the cases whose identity is open."""
    session = calling(request, ProgramStep.FIND).session
    hits = queries.find_people(session, sent.name, at=cast(Any, request).at)
    return [shown.Person.from_orm(hit) for hit in hits]


@router.get("/due", response={200: list[shown.Due], **PROBLEMS}, tags=["read"], operation_id="due")
def due(request: HttpRequest) -> list[shown.Due]:
    """List what is due from the organisation, the earliest first."""
    session = calling(request, ProgramStep.READ).session
    return [shown.Due.from_orm(entry) for entry in queries.agenda(session)]


@router.get(
    "/organisations",
    response={200: list[shown.Organisation], **PROBLEMS},
    tags=["read"],
    operation_id="organisations",
)
def organisations(request: HttpRequest) -> list[shown.Organisation]:
    """List the organisations of the mechanism to which something may be offered."""
    session = calling(request, ProgramStep.READ).session
    return [shown.organisation(one) for one in queries.recipients(session)]


@router.get(
    "/vocabulary/{name}",
    response={200: shown.List, **PROBLEMS},
    tags=["read"],
    operation_id="vocabulary",
)
def vocabulary(request: HttpRequest, name: str) -> shown.List:
    """Show a list of codes with their labels; `lists` names every list."""
    if name == "lists":
        return shown.List(name=name, codes={each.name: each.title for each in code_lists()})
    found = next((each for each in code_lists() if each.name == name), None)
    if found is None:
        raise NotThere
    return shown.List(name=name, codes=dict(found.labels()))


def _cursor(place: Place | None) -> str | None:
    if place is None:
        return None
    return base64.urlsafe_b64encode(f"{place.at.isoformat()} {place.case_ref}".encode()).decode()


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    try:
        at, _, case_ref = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone")
        return Place(moment, UUID(case_ref))
    except ValueError:
        raise NoSuchPlace from None
