"""Brings a figure into a report: a table the rapporteur released, or a question of a survey."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from opennrm.coordination.models import ReportFigure
from opennrm.coordination.reports.document import NO_CHART, Grid
from opennrm.coordination.surveys.counting import Unit, spread_of, table_of
from opennrm.coordination.surveys.loading import questionnaire_of, replies_of
from opennrm.exchange.questionnaires.question import CHOOSING, Group
from opennrm.rapporteur import ledger
from opennrm.rapporteur.showing import ShownTable
from opennrm.rapporteur.table_page import released_table
from opennrm.web.coordination.charts import Bar, bars
from opennrm.web.coordination.result_tables import ResultTable, choices_table, spread_table


def release_choices(connection: Any) -> set[tuple[int, str]]:
    """List the tables that were released, each with the number of its release."""
    return {(one.number, name) for one in ledger.every_release(connection) for name in one.tables}


def figure_of(row: ReportFigure, connection: Any) -> Grid:
    """Make the table of a figure as it was released, or as the survey gives it."""
    if row.release is not None:
        release = ledger.release(connection, row.release)
        return _released(row, released_table(connection, release, row.table))
    return _from_survey(row)


def _released(row: ReportFigure, table: ShownTable) -> Grid:
    head = (*table.row_headings, *table.columns)
    rows = tuple(
        (
            *one.headings,
            *(gettext("suppressed") if n is None else str(n) for n in one.persons),
        )
        for one in table.rows
    )
    notes = tuple(
        gettext("%(title)s: %(words)s") % {"title": note.title, "words": note.words}
        for note in table.notes
    )
    number = gettext("Release %(number)s of the rapporteur.") % {"number": row.release}
    drawn = [
        Bar(one.headings[0], one.persons[0], str(one.persons[0]))
        for one in table.rows
        if one.depth == 0 and not one.is_total and one.persons and one.persons[0] is not None
    ]
    chart = bars(row.caption, drawn) if drawn else NO_CHART
    return Grid(row.caption, head, rows, (number, *notes), chart)


def _from_survey(row: ReportFigure) -> Grid:
    if row.round is None:
        raise ValueError("A figure rests on a release or on a survey.")
    question = questionnaire_of(row.round.questionnaire).question(row.question)
    codes = {question.code} | ({question.asked_if.question} if question.asked_if else set())
    replies = [one for one in replies_of(row.round, codes) if one.group is Group.STATE]
    if question.kind in CHOOSING:
        table = choices_table(table_of(question, replies, unit=Unit.STATES))
    else:
        table = spread_table(spread_of(question, replies))
    return _grid(row, table)


def _grid(row: ReportFigure, table: ResultTable) -> Grid:
    survey = gettext("Survey: %(title)s.") % {"title": row.round}
    notes = [survey, *table.notes]
    if row.round is not None and row.round.is_invented:
        notes.append(gettext("All replies are invented"))
    rows = tuple(tuple(line) for line in table.rows)
    return Grid(row.caption, tuple(table.head), rows, tuple(notes), table.drawn())
