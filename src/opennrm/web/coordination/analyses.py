"""Saved questions to the released figures: put again each year, under one definition or two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connections
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.analyses import keep_answer
from opennrm.coordination.desk import ChangeRefused
from opennrm.coordination.models import Analysis, AnalysisRun, Definition
from opennrm.coordination.permissions import Area
from opennrm.rapporteur.analyses import (
    CannotBeAnswered,
    Counted,
    Question,
    answer,
    as_text,
    from_text,
    release_for,
    require_answerable,
)
from opennrm.rapporteur.showing import years
from opennrm.web.coordination.assessments import RunForm
from opennrm.web.coordination.columns import NOTHING_YET, by_code, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.said import pairs_of
from opennrm.web.coordination.sheets import Children, OwnSheet, Sheet
from opennrm.web.coordination.steps import Step, Taken
from opennrm.web.work import WorkRequest

NARROWED = ("sex", "age", "scope")


class AnalysisForm(RunForm):
    """Asks for a question, and refuses one that no table can answer."""

    def clean(self) -> dict[str, Any]:
        """Check that the table is broken down by what is asked."""
        typed = super().clean()
        if typed.get("second") and not typed.get("first"):
            self.add_error("first", gettext("choose this first"))
        elif "table" in typed:
            try:
                require_answerable(_question(typed))
            except CannotBeAnswered as cannot:
                self.add_error("table", str(cannot))
        return typed


def _question(asked: Mapping[str, Any]) -> Question:
    """Read a question from what was typed, or from what is kept."""
    only = {name: asked[name] for name in NARROWED if asked.get(name)}
    definitions = (asked.get("first"), asked.get("second"))
    return Question(asked["table"], only, tuple(_counted(one) for one in definitions if one))


def _counted(one: Definition) -> Counted:
    dimension = "status" if one.statuses else "scope"
    return Counted(one.title, dimension, frozenset(one.statuses or one.scopes))


def _kept(row: Analysis) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("table", *NARROWED, "first", "second")}


def _may_run(row: Analysis, request: WorkRequest) -> bool:
    return ANALYSES.may_write(request, row)


def _run(taken: Taken) -> None:
    """Put the question to the newest release that stands, and keep the answer.

    :raises ChangeRefused: when no release answers it.
    """
    row = taken.row
    try:
        question = _question(_kept(row))
        require_answerable(question)
        answered = answer(question, release_for(connections["statistics"], row.table))
    except CannotBeAnswered as cannot:
        raise ChangeRefused(str(cannot)) from cannot
    keep_answer(
        row,
        number=answered.release,
        years=years(answered.period),
        answer=as_text(answered),
        asked="\n".join(f"{title}: {text}" for title, text in pairs_of(row)),
        at=taken.request.at,
        why=taken.why,
    )


def _shown(run: AnalysisRun | None) -> Mapping[str, Any]:
    if run is None:
        return {"run": None}
    heads, lines = from_text(run.answer)
    return {"run": run, "heads": heads[1:], "lines": lines}


def _newest(row: Analysis, request: WorkRequest) -> Mapping[str, Any]:
    del request
    return _shown(row.runs.first())


def _one(row: AnalysisRun, request: WorkRequest) -> Mapping[str, Any]:
    del request
    return _shown(row)


RUNS = OwnSheet(
    "analysis-runs",
    Area.ANALYSES,
    AnalysisRun,
    _("Answer"),
    Listing(
        "analysis-runs",
        _("Answers"),
        columns(AnalysisRun, "years", "number", "run_at"),
        searched=("analysis__title", "years"),
        order="-run_at",
        empty=_("The question was not put yet."),
    ),
    owner=lambda row: row.organisation_id,
    more=_one,
    shown_fields=("analysis", "table", "number", "years", "run_at", "asked"),
    template="coordination/analysis.html",
    is_listed=False,
    may_be_written=False,
)
ANALYSES = OwnSheet(
    "analyses",
    Area.ANALYSES,
    Analysis,
    _("Saved analysis"),
    Listing(
        "analyses",
        _("Saved analyses"),
        columns(Analysis, "title", "table", "first", "second"),
        (by_code("table", _("Table"), "figure_table"),),
        ("title", "asks"),
        order="title",
        intro=_(
            "Questions to the released figures, kept to be put again to those of another year."
        ),
        empty=NOTHING_YET,
    ),
    form=AnalysisForm,
    owner=lambda row: row.organisation_id,
    more=_newest,
    children=(Children(RUNS, "analysis"),),
    template="coordination/analysis.html",
    steps=(
        Step(
            "run",
            _("Put the question now"),
            _("It is put to the newest release that stands, and the answer is kept."),
            _may_run,
            _run,
            _("Answered. The answer is kept below."),
        ),
    ),
)
DEFINITIONS = Sheet(
    "definitions",
    Area.ANALYSES,
    Definition,
    _("Definition"),
    Listing(
        "definitions",
        _("Whom national definitions count"),
        columns(Definition, "title", "source", "statuses", "scopes"),
        searched=("title", "source"),
        order="title",
        intro=_("Two definitions can be laid side by side over the same persons."),
        empty=NOTHING_YET,
    ),
)
SHEETS = (ANALYSES, DEFINITIONS, RUNS)
