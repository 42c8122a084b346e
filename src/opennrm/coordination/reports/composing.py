"""Composes a report from its parts, figures, events and annexes; nothing is written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext

from opennrm.coordination.models import (
    Assessment,
    AssessmentFinding,
    Report,
    ReportFigure,
    SurveyRound,
)
from opennrm.coordination.reports.document import (
    Chapter,
    Document,
    Grid,
    Section,
    blocks_of,
    grid,
)
from opennrm.vocabulary import registry
from opennrm.vocabulary.languages import day_in_words

PREFIX = {"by_task": "a", "by_priority": "b"}


@dataclass(frozen=True, slots=True)
class Sources:
    """Where figures come from: the rapporteur's releases and the questions of surveys."""

    figure: Callable[[ReportFigure], Grid]


def composed(report: Report, sources: Sources) -> Document:
    """Compose the whole report as it stands now."""
    chapters = [*_front(report), *_chapters(report, sources), *_annexes(report)]
    return Document(
        title=report.title,
        body=report.organisation.name,
        period_from=report.period_from,
        period_until=report.period_until,
        language=get_language() or "en",
        chapters=tuple(chapters),
        is_draft=report.approved_at is None,
    )


def chapters_of(model: str) -> list[tuple[str, str]]:
    """List the chapters of a model of report, with their titles."""
    labels = registry.code_list("report_chapter").labels()
    return [(code, gettext(text)) for code, text in labels.items() if code[0] == PREFIX[model]]


def _every_chapter(model: str) -> list[tuple[str, str]]:
    """List the chapters of a model, then those of the other: no part is lost with its model."""
    return [one for each in (model, *(set(PREFIX) - {model})) for one in chapters_of(each)]


def _day(day: date | None) -> str:
    return day_in_words(day, get_language() or "en")


def _front(report: Report) -> Iterator[Chapter]:
    if report.foreword.strip():
        yield Chapter(gettext("Foreword"), (Section("", blocks_of(report.foreword)),))
    if report.summary.strip():
        yield Chapter(gettext("Executive summary"), (Section("", blocks_of(report.summary)),))


def _chapters(report: Report, sources: Sources) -> Iterator[Chapter]:
    parts = list(report.reportparts.select_related("house").exclude(sent_at=None))
    figures = list(report.reportfigures.select_related("round__questionnaire"))
    for code, title in _every_chapter(report.model):
        sections = [
            Section(
                gettext("%(heading)s (%(body)s)") % {"heading": one.title, "body": one.house.name},
                blocks_of(one.text),
            )
            for one in parts
            if one.chapter == code
        ]
        shown = tuple(sources.figure(one) for one in figures if one.chapter == code)
        if shown:
            sections.append(Section(gettext("Figures"), shown))
        if sections:
            yield Chapter(title, tuple(sections))


def _annexes(report: Report) -> Iterator[Chapter]:
    made = (_events(report), _assessments(report), _recommendations(report), _surveys(report))
    for title, table in made:
        if table.rows:
            name = gettext("Annex: %(title)s") % {"title": title}
            yield Chapter(name, (Section("", (table,)),), is_annex=True)


def _events(report: Report) -> tuple[str, Grid]:
    labels = registry.code_list("report_event").labels()
    rows = [
        (
            _day(one.on),
            one.title,
            one.place,
            gettext(labels[one.kind]) if one.kind in labels else "",
            "" if one.participants is None else str(one.participants),
        )
        for one in report.reportevents.all()
    ]
    head = [gettext(word) for word in ("Day", "Title", "Place", "Kind", "Participants")]
    title = gettext("Events and visits")
    return title, grid(title, head, rows)


def _assessments(report: Report) -> tuple[str, Grid]:
    kinds = registry.code_list("assessment_kind").labels()
    found = Assessment.objects.filter(
        starts_on__gte=report.period_from,
        starts_on__lt=report.period_until,
        stage__in=("published", "follow_up"),
    )
    rows = [
        (
            one.title,
            one.state,
            gettext(kinds[one.kind]) if one.kind in kinds else "",
            _day(one.starts_on),
        )
        for one in found.order_by("starts_on")
    ]
    head = [gettext(word) for word in ("Assessment", "State", "Kind", "Begun on")]
    title = gettext("Assessments published")
    return title, grid(title, head, rows)


def _recommendations(report: Report) -> tuple[str, Grid]:
    found = AssessmentFinding.objects.filter(
        kind="recommendation",
        assessment__starts_on__gte=report.period_from,
        assessment__starts_on__lt=report.period_until,
        assessment__stage__in=("published", "follow_up"),
    ).select_related("assessment")
    rows = [
        (
            one.text,
            one.addressee,
            _day(one.due_on),
            one.commitment,
            one.assessment.title,
        )
        for one in found
    ]
    words = ("Recommendation", "Addressed to", "To be done by", "Commitment", "From")
    title = gettext("Recommendations of assessments")
    return title, grid(title, [gettext(word) for word in words], rows)


def _surveys(report: Report) -> tuple[str, Grid]:
    found = SurveyRound.objects.filter(
        opens_on__lt=report.period_until, due_on__gte=report.period_from
    )
    rows = [
        (
            one.title,
            str(one.replies.exclude(sent_at=None).count()),
            gettext("All replies are invented") if one.is_invented else "",
        )
        for one in found
    ]
    head = [gettext("Survey"), gettext("Replies sent"), gettext("Note")]
    title = gettext("Surveys of the period")
    return title, grid(title, head, rows)
