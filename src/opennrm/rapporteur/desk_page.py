"""What the pages of the release desk show: every request, and one with what was drawn for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from opennrm.accounts.models import Account
from opennrm.casework.actors import Actor
from opennrm.rapporteur import ledger, request_book
from opennrm.rapporteur.catalogue import CATALOGUE, declared
from opennrm.rapporteur.offices import reading_by
from opennrm.rapporteur.presets import preset_of
from opennrm.rapporteur.questions import Question, newest_questions
from opennrm.rapporteur.releases import Release, superseded
from opennrm.rapporteur.releasing import ReleaseRefused
from opennrm.rapporteur.request_book import Draft
from opennrm.rapporteur.requests import WORK, ReleaseRequest, Step, Taken
from opennrm.rapporteur.showing import ShownTable, shown, years
from opennrm.rapporteur.table_page import Choice


@dataclass(frozen=True)
class RequestLine:
    """One request in the list: what it is about, who asked, where it stands."""

    request: UUID
    title: str
    asked_by: str
    asked_at: datetime
    standing: str
    is_open: bool


@dataclass(frozen=True)
class ReleaseLine:
    """One release in the list."""

    number: int
    title: str
    published_at: datetime
    standing: str


@dataclass(frozen=True)
class QuestionLine:
    """One question for a hidden figure: of which release, for whom, by whom and when."""

    number: int
    table: str
    asked_for: str
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True)
class DeskPage:
    """Everything the list of the desk shows."""

    requests: tuple[RequestLine, ...]
    releases: tuple[ReleaseLine, ...]
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class StepLine:
    """One step, taken or still to come."""

    words: str
    at: datetime | None
    by: str
    says: str


@dataclass(frozen=True)
class RequestPage:
    """Everything the page of one request shows."""

    request: UUID
    title: str
    said: tuple[tuple[str, str], ...]
    steps: tuple[StepLine, ...]
    is_waiting_for_work: bool
    may_publish: bool
    reads_alone: bool
    may_send_back: bool
    why_not: str
    tables: tuple[Choice, ...]
    result: ShownTable | None


def desk_page(*, connection: Any) -> DeskPage:
    """Prepare the list of requests and releases, the newest first."""
    requests = request_book.newest_requests(connection)
    releases = ledger.every_release(connection)
    questions = newest_questions(connection)
    names = _names([*(one.asked_by for one in requests), *(one.asked_by for one in questions)])
    return DeskPage(
        tuple(_request_line(one, names) for one in requests),
        tuple(_release_line(one, superseded(releases)) for one in releases),
        tuple(_question_line(one, names) for one in questions),
    )


def request_page(request: UUID, table: str, *, actor: Actor, connection: Any) -> RequestPage:
    """Prepare the page of one request with one of the tables drawn for it.

    :raises NoSuchRequest: when the book does not hold it.
    """
    asked = request_book.request_of(connection, request)
    draft = request_book.draft_of(connection, asked)
    names = _names([asked.asked_by, *(one.by for one in asked.steps if one.by)])
    alone, why_not = _reading(actor, asked)
    result = _drawn(draft, asked, table)
    drawn = draft.tables if draft else {}
    return RequestPage(
        request=asked.request,
        title=_title(asked),
        said=tuple(_said(asked, names, draft)),
        steps=tuple(_steps(asked, names)),
        is_waiting_for_work=asked.is_waiting_for_work,
        may_publish=asked.is_waiting_for_reader and not why_not,
        reads_alone=alone,
        may_send_back=not asked.is_closed and (not why_not or actor.account == asked.asked_by),
        why_not=why_not if asked.is_waiting_for_reader else "",
        tables=tuple(
            Choice(one.name, _(one.title), result is not None and one.name == result.name)
            for one in CATALOGUE
            if one.name in drawn
        ),
        result=result,
    )


def _reading(actor: Actor, asked: ReleaseRequest) -> tuple[bool, str]:
    """Whether this person would read it alone, or why she may not read it."""
    try:
        return reading_by(actor, asked).value == "alone", ""
    except ReleaseRefused as refused:
        return False, str(refused)


def _drawn(draft: Draft | None, asked: ReleaseRequest, table: str) -> ShownTable | None:
    if draft is None:
        return None
    name = table if table in draft.tables else next(iter(draft.tables))
    return shown(draft.tables[name], asked.source, asked.period)


def _request_line(one: ReleaseRequest, names: Mapping[UUID, str]) -> RequestLine:
    return RequestLine(
        request=one.request,
        title=_title(one),
        asked_by=names.get(one.asked_by, ""),
        asked_at=one.asked_at,
        standing=_standing(one),
        is_open=not one.is_closed,
    )


def _release_line(one: Release, corrected: frozenset[int]) -> ReleaseLine:
    standing = _("Corrected by a later release") if one.number in corrected else _("Stands")
    title = _("Release %(number)d: %(years)s. %(source)s") % {
        "number": one.number,
        "years": years(one.period),
        "source": _(one.source.name),
    }
    return ReleaseLine(one.number, title, one.published_at, standing)


def _question_line(one: Question, names: Mapping[UUID, str]) -> QuestionLine:
    title = _(declared(one.table).title)
    return QuestionLine(
        one.number, title, one.asked_for, names.get(one.asked_by, ""), one.asked_at
    )


def _title(asked: ReleaseRequest) -> str:
    said = {"years": years(asked.period), "source": _(asked.source.name)}
    if asked.revises is None:
        return _("%(source)s, %(years)s") % said
    return _("%(source)s, %(years)s: correction of release %(number)d") % {
        **said,
        "number": asked.revises,
    }


def _standing(asked: ReleaseRequest) -> str:
    if asked.is_waiting_for_work:
        return _("Being drawn, checked and attacked")
    if asked.is_waiting_for_reader:
        return _("Waits for the Rapporteur") if asked.needs_clearance else _("Waits to be read")
    return _(asked.steps[-1].step.label)


def _steps(asked: ReleaseRequest, names: Mapping[UUID, str]) -> Iterable[StepLine]:
    for one in asked.steps:
        yield _taken(one, names)
    if asked.is_closed:
        return
    for step in (*WORK, Step.PUBLISHED):
        if not asked.has(step):
            yield StepLine(_(step.label), None, "", "")


def _taken(one: Taken, names: Mapping[UUID, str]) -> StepLine:
    by = names.get(one.by, "") if one.by else ""
    return StepLine(_(one.step.label), one.at, by, _(one.says) if one.says else "")


def _said(
    asked: ReleaseRequest, names: Mapping[UUID, str], draft: Draft | None
) -> Iterable[tuple[str, str]]:
    chosen = preset_of(asked.rule)
    yield _("What the figures are for"), asked.purpose
    yield _("Population"), _(asked.source.name)
    yield _("Period"), years(asked.period)
    yield _("Asked for by"), names.get(asked.asked_by, "")
    yield _("Threshold and rounding"), _(chosen.label) if chosen else str(asked.rule)
    if asked.revises is not None:
        yield _("Corrects"), _("Release %(number)d") % {"number": asked.revises}
        yield _("Why it is corrected"), asked.reason
    if draft is not None:
        hidden, narrow = draft.content["audit"]["suppressed_cells"], _narrowest(draft)
        yield (
            _("Attack"),
            _(
                "%(hidden)d hidden figures; the best known of them can still lie anywhere in a "
                "range %(width)s wide."
            )
            % {"hidden": hidden, "width": narrow},
        )
        yield _("Checksum"), draft.checksum


def _narrowest(draft: Draft) -> str:
    narrowest = draft.content["audit"]["narrowest_interval"]
    return _("without end") if narrowest is None else f"{narrowest:.0f}"


def _names(accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    found = Account.objects.filter(ref__in=[one for one in accounts if one is not None])
    return dict(found.values_list("ref", "display_name"))
