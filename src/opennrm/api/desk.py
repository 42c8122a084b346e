"""The addresses of one's own desk: the work list, notices, places, help that fits, who reads."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from opennrm.api.acting import PROBLEMS, Done
from opennrm.api.admission import calling
from opennrm.api.problems import NotThere
from opennrm.api.told import told
from opennrm.casework.matching import Listed, Reason, Wanted, matches
from opennrm.casework.permissions import allows
from opennrm.casework.reasons import found
from opennrm.casework.refusals import PermissionMissing
from opennrm.casework.services_taken import ServiceTaken, gaps
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.directory import listed_services
from opennrm.coordination.permissions import Area, May, may
from opennrm.lifecycle.calendars import local_day
from opennrm.records import queries
from opennrm.records.queries import confirmations
from opennrm.records.queries.looked import Reading, Unusual, officer_log, unusual_readings
from opennrm.records.queries.places import OwnPlace, Waiting, own_places, own_waiting, places_taken
from opennrm.records.queries.services import services_here
from opennrm.records.queries.worklist import Sort, View, WorklistRow
from opennrm.records.sessions import Session
from opennrm.records.shapes import Exact, shape_of, taken_from
from opennrm.vocabulary.programs import ProgramStep
from opennrm.vocabulary.roles import Role

READ = ProgramStep.READ.value
NARROWED = ("danger", "majority", "waiting_for", "stage", "nobody_holds")
Narrowed = Annotated[str, Field(max_length=40)]
router = Router(tags=[READ])


class AskedList(Exact):
    """What is looked for in the work list."""

    view: View = "waiting"
    sort: Sort = "due"
    text: str = Field("", max_length=20)
    page: int = Field(1, ge=1, le=100_000)
    danger: Literal["", "high", "imminent"] = ""
    majority: Narrowed = ""
    waiting_for: Narrowed = ""
    stage: Narrowed = ""
    nobody_holds: Literal["", "yes"] = ""


class WorkList(Schema):
    """A page of the work list, with how many cases each view has."""

    rows: list[told(WorklistRow)]  # type: ignore[valid-type]
    total: int
    page: int
    pages: int
    counts: dict[str, int]


class Notices(Schema):
    """What other organisations have told, and anonymous notifications in codes."""

    notices: list[told(queries.NoticeLine)]  # type: ignore[valid-type]
    notifications: list[told(queries.NotificationLine)]  # type: ignore[valid-type]


class NoticeAnswer(Exact):
    """What the organisation did with what it had."""

    how: Literal["deleted", "returned", "kept_by_law"]


class Places(Schema):
    """The places of the own house, and who waits for one."""

    places: list[told(OwnPlace)]  # type: ignore[valid-type]
    waiting: list[told(Waiting)]  # type: ignore[valid-type]


class Service(Schema):
    """A service, whom it leaves out, and what the rules say of that."""

    service: told(ServiceTaken)  # type: ignore[valid-type]
    warnings: list[str]


class Fitting(Schema):
    """A service with every reason for and against it."""

    listed: told(Listed)  # type: ignore[valid-type]
    reasons: list[told(Reason)]  # type: ignore[valid-type]


class CaseReference(Exact):
    """The reference of a case, as somebody reads it out."""

    reference: str = Field(max_length=40)


@router.get("/work-list", response={200: WorkList, **PROBLEMS}, operation_id="work_list")
def work_list(request: HttpRequest, asked: Query[AskedList]) -> Any:
    """List the cases of a view of the work list, narrowed like the page, 25 at a time."""
    session, at = _at_desk(request)
    only: Mapping[str, str] = {name: text for name in NARROWED if (text := getattr(asked, name))}
    return queries.worklist(
        session,
        at=at,
        view=asked.view,
        text=asked.text,
        sort=asked.sort,
        page=asked.page,
        only=only,
    )


@router.get("/notices", response={200: Notices, **PROBLEMS}, operation_id="notices")
def notices(request: HttpRequest) -> Any:
    """List what other organisations have told, requests to delete first."""
    session, _at = _at_desk(request)
    return {
        "notices": queries.notices(session),
        "notifications": queries.notifications(session),
    }


@router.post(
    "/notices/{notice}/answer", response={200: Done, **PROBLEMS}, operation_id="answer_notice",
    tags=[ProgramStep.CONSENT.value],
)  # fmt: skip
def answer_notice(request: HttpRequest, notice: UUID, sent: NoticeAnswer) -> Any:
    """Answer a request to delete or return what was received, once."""
    session = calling(request, ProgramStep.CONSENT).session
    confirmations.answer_notice(session, notice, sent.how)
    return Done(reference=notice)


@router.get("/places", response={200: Places, **PROBLEMS}, operation_id="places")
def places(request: HttpRequest) -> Any:
    """Show the places of the own house, taken or free, and who waits, in order."""
    session, _at = _at_desk(request)
    _require_directory(session)
    return {"places": own_places(session), "waiting": own_waiting(session)}


@router.get("/services", response={200: list[Service], **PROBLEMS}, operation_id="services")
def services(request: HttpRequest) -> Any:
    """List whom the services here take, and which groups have nowhere to go."""
    session, at = _at_desk(request)
    known = services_here(session)
    missing = gaps(known, on=local_day(session.actor.jurisdiction, at))
    return [
        {"service": one, "warnings": [gap.finding.says for gap in missing if gap.of == one]}
        for one in known
    ]


@router.post(
    "/cases/{case_ref}/matched-help",
    response={200: list[Fitting], **PROBLEMS},
    operation_id="matched_help",
)
def matched_help(request: HttpRequest, case_ref: UUID, sent: shape_of(Wanted)) -> Any:  # type: ignore[valid-type]
    """List the services of the directory that fit a need, the best first; none is left out."""
    session, at = _at_desk(request)
    page, actor = queries.case_page(session, case_ref, at=at), session.actor
    offers = any(allows(act, actor=actor, at=at) for act in ("offer_service", "take_consent"))
    if not (page.compartments and offers):
        raise PermissionMissing(found("role_not_allowed"))
    _require_directory(session)
    wanted, today = taken_from(Wanted, sent), local_day(actor.jurisdiction, at)
    taken = places_taken(session)
    with at_coordination(session):
        listed = list(listed_services(taken, on=today, service=wanted.service))
    return matches(wanted, listed, on=today)


@router.get(
    "/unusual-readings", response={200: list[told(Unusual)], **PROBLEMS},  # type: ignore[misc]
    operation_id="unusual_readings",
)  # fmt: skip
def unusual(request: HttpRequest) -> Any:
    """List who read more than usual, for the data-protection officer."""
    return unusual_readings(_officer(request))


@router.post("/readings", response={200: list[told(Reading)], **PROBLEMS}, operation_id="readings")  # type: ignore[misc]
def readings(request: HttpRequest, sent: CaseReference) -> Any:
    """List who read a case, for the data-protection officer; that she looked is in the log."""
    return officer_log(_officer(request), sent.reference)


def _at_desk(request: HttpRequest) -> tuple[Session, Any]:
    return calling(request, ProgramStep.READ).session, cast(Any, request).at


def _officer(request: HttpRequest) -> Session:
    session = calling(request, ProgramStep.READ).session
    if Role.DP not in session.actor.roles:
        raise NotThere
    return session


def _require_directory(session: Session) -> None:
    if not may(session.actor, Area.DIRECTORY, May.READ):
        raise PermissionMissing(found("role_not_allowed"))
