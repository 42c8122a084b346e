"""The results of a round: answers, policy against practice, States against NGOs, other rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from opennrm.coordination.desk import ChangeRefused
from opennrm.coordination.models import SurveyRound
from opennrm.coordination.permissions import Area, May
from opennrm.coordination.surveys import importing, replying
from opennrm.coordination.surveys.by_state import said_by_states
from opennrm.coordination.surveys.contrasts import (
    pairs_of,
    policy_against_practice,
    state_against_ngos,
)
from opennrm.coordination.surveys.counting import Unit, spread_of, table_of
from opennrm.coordination.surveys.loading import (
    judged_pairs,
    questionnaire_of,
    replies_of,
    round_with,
)
from opennrm.coordination.surveys.rounds import through_rounds
from opennrm.coordination.surveys.totals import TotalRefused, total_of
from opennrm.exchange.questionnaires.answer import Reply
from opennrm.exchange.questionnaires.concordance import Pair
from opennrm.exchange.questionnaires.question import (
    CHOOSING,
    NUMERIC,
    Group,
    Kind,
    Question,
    Questionnaire,
)
from opennrm.exchange.questionnaires.workbook_back import WorkbookRefused
from opennrm.lifecycle.calendars import local_day
from opennrm.web import words
from opennrm.web.coordination import result_tables as shown_as
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.result_tables import ResultTable
from opennrm.web.coordination.survey_map import map_table
from opennrm.web.coordination.surveys import round_address, round_of
from opennrm.web.exporting import sheet_csv, sheet_xlsx
from opennrm.web.work import WorkRequest

VIEWS = (
    ("answers", _("Answers")),
    ("map", _("Map")),
    ("practice", _("Policy against practice")),
    ("ngos", _("States against NGOs")),
    ("rounds", _("Compared with other rounds")),
    ("totals", _("Totals")),
)
GROUPS = ((Group.STATE.value, _("States")), (Group.NGO.value, _("NGOs")))
UNITS = ((Unit.STATES.value, _("States")), (Unit.REPLIES.value, _("Replies")))


class Wanted:
    """What is asked of the results; anything odd in the address counts as not asked."""

    def __init__(self, request: WorkRequest, questionnaire: Questionnaire) -> None:
        given = request.GET
        sections = list(questionnaire.sections)
        self.view = _one_of(given.get("view", ""), [code for code, _title in VIEWS])
        self.section = _one_of(given.get("section", ""), sections)
        self.group = Group(_one_of(given.get("group", ""), [code for code, _title in GROUPS]))
        self.unit = Unit(_one_of(given.get("unit", ""), [code for code, _title in UNITS]))
        self.question = _one_of(
            given.get("question", ""), [one.code for one in self.asked(questionnaire)] or [""]
        )
        self.caveat = given.get("caveat", "")[:500].strip()
        self.form = given.get("as", "")

    def asked(self, questionnaire: Questionnaire) -> list[Question]:
        """List the questions of the section that is looked at."""
        return [
            one
            for one in questionnaire.of(self.group)
            if one.section == self.section and one.kind is not Kind.TEXT
        ]


@within(Area.SURVEYS)
@require_GET
def page(request: WorkRequest, ref: Any) -> HttpResponse:
    """Show one view of the results, or send it as a file."""
    round_ = round_of(ref)
    questionnaire = questionnaire_of(round_.questionnaire)
    wanted = Wanted(request, questionnaire)
    tables = list(MADE[wanted.view](round_, questionnaire, wanted, request))
    lines = [line for table in tables for line in table.lines()]
    if wanted.form == "csv":
        return sheet_csv("survey-results", lines)
    if wanted.form == "xlsx":
        return sheet_xlsx("survey-results", lines)
    query = request.GET.copy()
    query.pop("as", None)
    shown = {
        "round": round_,
        "wanted": wanted,
        "tables": tables,
        "choices": _choices(wanted, questionnaire),
        "query": query.urlencode(),
        "maps": _maps(wanted),
    }
    return render(request, "coordination/results.html", shown)


def _answers(
    round_: SurveyRound, questionnaire: Questionnaire, wanted: Wanted, request: WorkRequest
) -> Iterable[ResultTable]:
    questions = wanted.asked(questionnaire)
    replies = _replies(round_, questions, wanted.group)
    for question in questions:
        if question.kind in CHOOSING:
            yield shown_as.choices_table(table_of(question, replies, unit=wanted.unit))
        elif question.kind in NUMERIC:
            yield shown_as.spread_table(spread_of(question, replies))


def _map(
    round_: SurveyRound, questionnaire: Questionnaire, wanted: Wanted, request: WorkRequest
) -> Iterable[ResultTable]:
    asked = [one for one in wanted.asked(questionnaire) if one.code == wanted.question]
    for question in asked:
        replies = _replies(round_, [question], wanted.group)
        yield map_table(question, said_by_states(question, replies, round_.invited))


def _maps(wanted: Wanted) -> str:
    """Return the address of the map of a question, up to the question."""
    if wanted.view != "answers":
        return ""
    given = {"view": "map", "section": wanted.section, "group": wanted.group.value}
    return f"?{urlencode(given)}&question="


def _practice(
    round_: SurveyRound, questionnaire: Questionnaire, wanted: Wanted, request: WorkRequest
) -> Iterable[ResultTable]:
    pairs = [
        (first, second)
        for first, second in pairs_of(questionnaire)
        if first.section == wanted.section
        if first.kind in CHOOSING and second.kind in CHOOSING
    ]
    replies = _replies(round_, [one for pair in pairs for one in pair], wanted.group)
    for first, second in pairs:
        yield shown_as.contrast_table(policy_against_practice(first, second, replies))


def _ngos(
    round_: SurveyRound, questionnaire: Questionnaire, wanted: Wanted, request: WorkRequest
) -> Iterable[ResultTable]:
    both = {Group.STATE, Group.NGO}
    questions = [
        one
        for one in questionnaire.questions
        if one.section == wanted.section
        if both <= set(one.groups) and one.kind in CHOOSING
    ]
    replies = replies_of(round_, [one.code for one in questions])
    for question in questions:
        yield shown_as.side_table(state_against_ngos(question, replies))


def _rounds(
    round_: SurveyRound, questionnaire: Questionnaire, wanted: Wanted, request: WorkRequest
) -> Iterable[ResultTable]:
    pairs = judged_pairs()
    questions = [one for one in wanted.asked(questionnaire) if one.kind in CHOOSING]
    codes = _codes_through(pairs, questionnaire, questions)
    every = SurveyRound.objects.select_related("questionnaire").order_by("due_on")
    rounds = [round_with(one, codes) for one in every]
    this = next(one for one, row in zip(rounds, every, strict=True) if row.pk == round_.pk)
    for question in questions:
        found = through_rounds(question, this, rounds, pairs, unit=wanted.unit, group=wanted.group)
        yield shown_as.rounds_table(question, found)


def _codes_through(
    pairs: tuple[Pair, ...], questionnaire: Questionnaire, questions: list[Question]
) -> set[str]:
    """Name the answers needed to follow questions through all rounds, and what they hang on."""
    here = (questionnaire.key, questionnaire.version)
    codes = {one.code for one in questions}
    found = codes | {one.asked_if.question for one in questions if one.asked_if}
    for pair in pairs:
        for side, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if (side.questionnaire, side.version) == here and side.code in codes:
                found.add(other.code)
    return found


def _totals(
    round_: SurveyRound, questionnaire: Questionnaire, wanted: Wanted, request: WorkRequest
) -> Iterable[ResultTable]:
    numeric = {Kind.COUNT, Kind.NUMBER}
    questions = [one for one in wanted.asked(questionnaire) if one.kind in numeric]
    replies = _replies(round_, questions, wanted.group)
    today = local_day(request.work.actor.jurisdiction, request.at)
    for question in questions:
        try:
            total = total_of(question, replies, on=today, caveat=wanted.caveat)
            yield shown_as.total_table(question, total, "")
        except TotalRefused as refused:
            yield shown_as.total_table(question, None, words.said(refused))


Made = Callable[[SurveyRound, Questionnaire, Wanted, WorkRequest], Iterable[ResultTable]]
MADE: dict[str, Made] = {
    "answers": _answers,
    "map": _map,
    "practice": _practice,
    "ngos": _ngos,
    "rounds": _rounds,
    "totals": _totals,
}


def _replies(round_: SurveyRound, questions: list[Question], group: Group) -> list[Reply]:
    """Return the replies of a group, with the answers wanted and those that these hang on."""
    codes = {one.code for one in questions}
    codes |= {one.asked_if.question for one in questions if one.asked_if}
    return [one for one in replies_of(round_, codes) if one.group is group]


def _choices(wanted: Wanted, questionnaire: Questionnaire) -> list[dict[str, Any]]:
    lists: tuple[tuple[str, Any, Any, str], ...] = (
        ("view", _("View"), VIEWS, wanted.view),
        ("section", _("Section"), questionnaire.sections.items(), wanted.section),
        ("group", _("Who replied"), GROUPS, wanted.group.value),
        ("unit", _("Counted"), UNITS, wanted.unit.value),
    )
    if wanted.view == "map" and wanted.question:
        questions = [(one.code, shown_as.name_of(one)) for one in wanted.asked(questionnaire)]
        lists = (*lists[:-1], ("question", _("Question"), questions, wanted.question))
    return [
        {
            "id": f"op-{name}",
            "name": name,
            "label": {"text": title},
            "items": [
                {"value": code, "text": label, "selected": code == kept} for code, label in choices
            ],
        }
        for name, title, choices, kept in lists
    ]


def _one_of(given: str, known: list[str]) -> str:
    return given if given in known else known[0]


@within(Area.SURVEYS, May.WRITE)
@require_POST
def take_replies(request: WorkRequest, ref: Any) -> HttpResponse:
    """Take replies that came as a workbook, or name every fault and keep nothing."""
    round_ = round_of(ref)
    file = request.FILES.get("file")
    faults: Any = ()
    problem = "" if file else gettext("Choose the workbook first.")
    if file:
        try:
            made = importing.take_replies(
                round_=round_, content=file.read(), actor=request.work.actor
            )
            says = gettext("%(n)s replies were taken in as drafts.") % {"n": len(made)}
            messages.success(request, says)
            return HttpResponseRedirect(round_address(round_))
        except WorkbookRefused as refused:
            faults = refused.faults
        except ChangeRefused as refused:
            problem = words.said(refused)
    shown = {"back_to": round_address(round_), "faults": faults, "problem": problem}
    return render(request, "coordination/workbook_refused.html", shown, status=422)


@within(Area.SURVEYS, May.WRITE)
@require_POST
def freeze(request: WorkRequest, ref: Any) -> HttpResponse:
    """Freeze a round, so that nobody changes an answer any more."""
    round_ = round_of(ref)
    actor = request.work.actor
    replying.freeze(round_=round_, actor=actor, on=local_day(actor.jurisdiction, request.at))
    messages.success(request, gettext("The round is frozen."))
    return HttpResponseRedirect(round_address(round_))


def addresses() -> list[URLPattern]:
    """List the addresses of results and of what the office does with a round."""
    at = "coordination/rounds/<uuid:ref>/"
    return [
        path(f"{at}results/", page, name="coordination_results"),
        path(f"{at}take/", take_replies, name="coordination_take_replies"),
        path(f"{at}freeze/", freeze, name="coordination_freeze"),
    ]
