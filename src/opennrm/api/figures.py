"""The addresses of figures: published tables, the Rapporteur's own, and the release desk."""

from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.db import connections
from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from opennrm.api.acting import PROBLEMS, Done
from opennrm.api.admission import calling
from opennrm.api.problems import NotThere
from opennrm.api.told import told
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.measured import kept_in_registers
from opennrm.lifecycle.calendars import local_day
from opennrm.rapporteur import ledger, request_book
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.desk_page import DeskPage, RequestPage, desk_page, request_page
from opennrm.rapporteur.indicator_page import IndicatorPage, indicator_page
from opennrm.rapporteur.offices import may_release
from opennrm.rapporteur.presets import PRESETS, STANDARD, preset
from opennrm.rapporteur.publishing import ask_for_release, publish, send_back
from opennrm.rapporteur.quality import QualityPage, quality_page
from opennrm.rapporteur.questions import Answered, ask_for_figure
from opennrm.rapporteur.releases import Request
from opennrm.rapporteur.rule_page import RulePage, rule_page
from opennrm.rapporteur.table_page import Asked, TablePage, table_page_model
from opennrm.records.sessions import Session
from opennrm.records.shapes import Exact
from opennrm.statistics import cell
from opennrm.vocabulary.programs import ProgramStep

FIGURES = ProgramStep.FIGURES
RULES = tuple(one.key for one in PRESETS)
Year = Annotated[int | None, Query(ge=1900, le=2200)]
Short = Annotated[str, Query(max_length=64)]
router = Router(tags=[FIGURES.value])


class AskedTable(Exact):
    """Which table is wanted; what is left out is the first possible."""

    source: str = Field("own", max_length=64)
    table: str = Field("sex_by_age", max_length=64)
    from_year: int | None = Field(None, ge=1900, le=2200)
    until_year: int | None = Field(None, ge=1900, le=2200)


class WantedRelease(Exact):
    """What is to be published, what for, by which rule, and what it corrects."""

    from_year: int = Field(ge=1990, le=2200)
    until_year: int = Field(ge=1990, le=2200)
    purpose: str = Field(min_length=1, max_length=200)
    rule: Literal[RULES] = STANDARD.key  # type: ignore[valid-type]
    revises: int | None = Field(None, ge=1, le=2_000_000_000)
    reason: str = Field("", max_length=500)


class SendBackReason(Exact):
    """Why a release does not go out."""

    reason: str = Field(min_length=1, max_length=500)


class Published(Schema):
    """The number of a release."""

    number: int


class WantedFigure(Exact):
    """One figure of a released table: the code in each of its dimensions, and for whom."""

    table: str = Field(max_length=64)
    codes: dict[str, str] = Field(max_length=6)
    asked_for: str = Field(min_length=1, max_length=200)


@router.get("/figures", response={200: told(TablePage), **PROBLEMS}, operation_id="figures")
def figures(request: HttpRequest, asked: Query[AskedTable]) -> Any:
    """Show one table of what was published, or of a public data set."""
    calling(request, FIGURES)
    wanted = {name: value for name, value in asked.model_dump().items() if value}
    return table_page_model(Asked(**wanted), connection=connections["statistics"])


@router.post(
    "/releases/{number}/figure", response={200: told(Answered), **PROBLEMS},
    operation_id="ask_for_figure",
)  # fmt: skip
def one_figure(
    request: HttpRequest, number: Annotated[int, Field(ge=1, le=2_000_000_000)], sent: WantedFigure
) -> Any:
    """Ask for one figure of a release; a hidden one is answered with its rule, and logged."""
    session, connection = calling(request, FIGURES).session, connections["statistics"]
    try:
        release = ledger.release(connection, number)
    except ledger.NoSuchRelease:
        raise NotThere from None
    if sent.table not in release.tables:
        raise NotThere
    named = {one.name: one for one in release.table(sent.table).shape.dimensions}
    levels = {name: {level.code for level in one.levels} for name, one in named.items()}
    if any(code not in levels.get(name, ()) for name, code in sent.codes.items()):
        raise NotThere
    return ask_for_figure(
        number=number,
        table=sent.table,
        cell=cell(**{name: sent.codes.get(name) for name in named}),
        asked_for=sent.asked_for,
        actor=session.actor,
        connection=connection,
        at=cast(Any, request).at,
    )


@router.get(
    "/figures/rules", response={200: told(RulePage), **PROBLEMS}, operation_id="rule_figures"
)
def rules(request: HttpRequest, subject: Short = "", year: Year = None) -> Any:
    """Count how often a rule was broken, gave way or held in a year that is over."""
    at = _releaser(request)[1]
    return rule_page(subject, year, connection=connections["statistics"], at=at)


@router.get(
    "/figures/indicators", response={200: told(IndicatorPage), **PROBLEMS},
    operation_id="indicators",
)  # fmt: skip
def indicators(request: HttpRequest) -> Any:
    """Show every indicator with its trend over the releases, or why it is not measured yet."""
    session, at = _releaser(request)
    with at_coordination(session):
        kept = kept_in_registers(on=local_day(session.actor.jurisdiction, at))
    return indicator_page(connection=connections["statistics"], kept=kept)


@router.get(
    "/figures/quality", response={200: told(QualityPage), **PROBLEMS}, operation_id="quality"
)
def quality(request: HttpRequest) -> Any:
    """Show what is missing, who delivers nothing, what changed and what cannot be."""
    at = _releaser(request)[1]
    return quality_page(connection=connections["statistics"], at=at)


@router.get("/release-desk", response={200: told(DeskPage), **PROBLEMS}, operation_id="desk")
def desk(request: HttpRequest) -> Any:
    """List what was asked of the release desk, and what was released."""
    _releaser(request)
    return desk_page(connection=connections["statistics"])


@router.post("/release-desk", response={201: Done, **PROBLEMS}, operation_id="ask_for_release")
def ask(request: HttpRequest, sent: WantedRelease) -> Any:
    """Ask for a release, or for the correction of one."""
    session, at = _releaser(request)
    wanted = Request(
        period=Period(sent.from_year, sent.until_year),
        purpose=sent.purpose,
        rule=preset(sent.rule).rule,
        revises=sent.revises,
        reason=sent.reason,
    )
    made = ask_for_release(
        wanted=wanted, actor=session.actor, connection=connections["statistics"], at=at
    )
    return Status(201, Done(reference=made.request))


@router.get(
    "/release-desk/{asked}", response={200: told(RequestPage), **PROBLEMS},
    operation_id="release_request",
)  # fmt: skip
def one(request: HttpRequest, asked: UUID, table: Short = "") -> Any:
    """Show one request: its steps, a table that was drawn, and what one may do with it."""
    session, _at = _releaser(request)
    connection = connections["statistics"]
    try:
        return request_page(asked, table, actor=session.actor, connection=connection)
    except request_book.NoSuchRequest:
        raise NotThere from None


@router.post(
    "/release-desk/{asked}/publish", response={201: Published, **PROBLEMS},
    operation_id="publish_release",
)  # fmt: skip
def publish_it(request: HttpRequest, asked: UUID) -> Any:
    """Publish what was drawn, as the second person who has read it."""
    session, at = _releaser(request)
    by: dict[str, Any] = {"actor": session.actor, "connection": connections["statistics"]}
    return Status(201, Published(number=publish(request=asked, at=at, **by).number))


@router.post(
    "/release-desk/{asked}/send-back", response={200: Done, **PROBLEMS},
    operation_id="send_back_release",
)  # fmt: skip
def send_it_back(request: HttpRequest, asked: UUID, sent: SendBackReason) -> Any:
    """Close a request without publishing, with a reason."""
    session, at = _releaser(request)
    by: dict[str, Any] = {"actor": session.actor, "connection": connections["statistics"]}
    send_back(request=asked, reason=sent.reason, at=at, **by)
    return Done(reference=asked)


def _releaser(request: HttpRequest) -> tuple[Session, Any]:
    session = calling(request, FIGURES).session
    if not may_release(session.actor.roles):
        raise NotThere
    return session, cast(Any, request).at
