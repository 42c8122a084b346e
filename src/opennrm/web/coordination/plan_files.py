"""Sends a plan as a file: a table of its actions, or a document to print or to edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from opennrm.coordination.permissions import Area
from opennrm.coordination.plan_picture import Aim, Picture, Step, picture_of
from opennrm.coordination.reports.document import (
    Block,
    Chapter,
    Document,
    Grid,
    Items,
    Section,
    blocks_of,
    grid,
    runs_in,
)
from opennrm.coordination.reports.paper import paper_of
from opennrm.coordination.reports.word import word_file_of
from opennrm.web import money, words
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.plan import today
from opennrm.web.coordination.plan_views import LIGHTS, days_of, lines_of, plan_of
from opennrm.web.exporting import WORD_FILE, download, sheet_csv, sheet_xlsx
from opennrm.web.work import WorkRequest

PAID_HEADS = ("Year", "Source", "Planned", "Allocated", "Spent")
SUMS = ("planned", "allocated", "spent")


@require_GET
@within(Area.PLAN)
def as_file(request: WorkRequest, ref: UUID, form: str) -> HttpResponse:
    """Send a plan: one line for each action (CSV, workbook), or a document (Word, PDF).

    :raises Http404: when there is no such plan or form.
    """
    picture = picture_of(plan_of(ref), on=today(request))
    if form == "csv":
        return sheet_csv("action-plan", list(lines_of(picture)))
    if form == "xlsx":
        return sheet_xlsx("action-plan", list(lines_of(picture)))
    if form == "docx":
        return download(word_file_of(document_of(picture)), "action-plan.docx", WORD_FILE)
    if form == "pdf":
        return download(paper_of(document_of(picture)), "action-plan.pdf", "application/pdf")
    raise Http404


def document_of(picture: Picture) -> Document:
    """Describe a plan as a document with one chapter for each objective."""
    return Document(
        title=picture.title,
        body=picture.adopting_body,
        period_from=date.fromisoformat(picture.from_on),
        period_until=date.fromisoformat(picture.until_on),
        language=get_language() or "en",
        chapters=(*_front(picture), *(_aim(one, picture.currency) for one in picture.aims)),
        is_draft=picture.status in ("draft", "proposed"),
    )


def _front(picture: Picture) -> Iterator[Chapter]:
    basis = (
        (gettext("Situation assessment"), picture.situation),
        (gettext("Impact on human rights"), picture.rights_impact),
    )
    sections = [Section(title, blocks_of(text)) for title, text in basis if text.strip()]
    steps = [step for aim in picture.aims for step in aim.steps]
    standing = [
        (str(LIGHTS[name][0]), str(sum(step.light == name for step in steps))) for name in LIGHTS
    ]
    sections.append(
        Section(
            gettext("How it stands on %(day)s") % {"day": words.iso_day(picture.as_of)},
            (_grid(gettext("Actions"), ("Status", "Actions"), standing),),
        )
    )
    if paid := _paid(steps, picture.currency):
        table = _grid(gettext("Money by year and source"), PAID_HEADS, paid)
        sections.append(Section(gettext("Money"), (table,)))
    yield Chapter(gettext("The plan as a whole"), tuple(sections))


def _paid(steps: Sequence[Step], currency: str) -> list[tuple[str, ...]]:
    """Add up the money of all actions by year and source."""
    added: dict[tuple[int, str], list[int]] = {}
    for line in (line for step in steps for line in step.money):
        sums = added.setdefault((line.year, line.source), [0] * len(SUMS))
        for place, name in enumerate(SUMS):
            sums[place] += getattr(line, name)
    return [
        (
            str(year),
            words.label(source, "money_source"),
            *(money.said(amount, currency) for amount in sums),
        )
        for (year, source), sums in sorted(added.items())
    ]


def _aim(aim: Aim, currency: str) -> Chapter:
    title = f"{aim.number} {aim.text}"
    return Chapter(title, tuple(_action(step, currency) for step in aim.steps))


def _action(step: Step, currency: str) -> Section:
    lines = (
        (gettext("Status"), str(LIGHTS[step.light][0])),
        (gettext("Lead"), step.lead),
        (gettext("Partners"), "; ".join(step.partners)),
        (gettext("Days"), days_of(step)),
        (gettext("Commitments"), "; ".join(step.commitments)),
    )
    said = gettext("%(title)s: %(words)s")
    points = [runs_in(said % {"title": name, "words": text}) for name, text in lines if text]
    blocks: list[Block] = [Items(tuple(points))]
    if step.measures:
        heads = ("Indicator", "Baseline", "Target", "Reached")
        rows = [(one.text, one.baseline, one.target, one.reached) for one in step.measures]
        blocks.append(_grid(gettext("Indicators"), heads, rows))
    if step.money:
        blocks.append(_grid(gettext("Money"), PAID_HEADS, _paid([step], currency)))
    return Section(f"{step.number} {step.text}", tuple(blocks))


def _grid(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    return grid(caption, [gettext(head) for head in heads], rows)


def addresses() -> list[URLPattern]:
    """List the address of the files."""
    return [path("coordination/plans/<uuid:ref>/plan.<str:form>", as_file, name="plan_file")]
