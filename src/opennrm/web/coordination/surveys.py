"""Rounds of surveys, versions of questionnaires, judged questions, what other monitors hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.coordination.models import (
    HeldElsewhere,
    QuestionMatch,
    QuestionnaireVersion,
    SurveyRound,
    SurveyTask,
)
from opennrm.coordination.permissions import Area, May, may
from opennrm.coordination.surveys.loading import questionnaire_of
from opennrm.exchange.questionnaires.question import Questionnaire, QuestionnaireRefused
from opennrm.exchange.questionnaires.xlsform import from_xlsform
from opennrm.exchange.questionnaires.yaml_file import as_content, from_yaml
from opennrm.vocabulary.countries import country_name
from opennrm.web import words
from opennrm.web.coordination.columns import by_code, column
from opennrm.web.coordination.listing import Column, Filter, Listing
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.sheets import Sheet
from opennrm.web.work import WorkRequest

LARGEST_FORM = 2_000_000
FROZEN = {"open": Q(frozen_on=None), "frozen": Q(frozen_on__isnull=False)}


def state_name(code: str) -> str:
    """Name a State by its code, or say the code where it is none."""
    return country_name(code, get_language() or "en")


class QuestionnaireFile(forms.Form):
    """A questionnaire that comes as a file."""

    file = forms.FileField(
        label=_("File"), help_text=_("An XLSForm workbook (.xlsx), or the same in YAML.")
    )


def _round_more(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    actor = request.work.actor
    replies = list(row.replies.all())
    states = {one.state for one in replies if one.sent_at}
    tasks = SurveyTask.objects.filter(
        reply__round=row, organisation_id=actor.organisation, part=None
    ).select_related("reply", "lead")
    return {
        "replies": replies,
        "my_tasks": list(tasks),
        "silent": [state_name(code) for code in row.invited if code not in states],
        "is_office": may(actor, Area.SURVEYS, May.WRITE),
        "may_reply": row.frozen_on is None,
        "coded": [one for one in questionnaire_of(row.questionnaire).questions if one.coded],
        "state_name": state_name,
    }


def _questionnaire_more(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    return {"questionnaire": questionnaire_of(row)}


ROUNDS = Sheet(
    "rounds",
    Area.SURVEYS,
    SurveyRound,
    _("Survey round"),
    Listing(
        "survey-rounds",
        _("Survey rounds"),
        (
            column("title", _("Title"), order="title", links=True),
            column("questionnaire", _("Questionnaire")),
            column("opens_on", _("Opens on"), order="opens_on"),
            column("due_on", _("Replies due on"), order="due_on"),
            column("frozen_on", _("Frozen on"), order="frozen_on"),
            Column("replies", _("Replies you can see"), lambda row: row.replies.count()),
        ),
        (
            Filter(
                "state",
                _("State of the round"),
                lambda: (("open", _("Open")), ("frozen", _("Frozen"))),
                lambda value: FROZEN[value],
            ),
        ),
        ("title",),
        order="-due_on",
        intro=_("What was asked of States and of civil society, and what they replied."),
        empty=_("No survey was opened yet."),
    ),
    more=_round_more,
    template="coordination/round.html",
)
QUESTIONNAIRES = Sheet(
    "questionnaires",
    Area.SURVEYS,
    QuestionnaireVersion,
    _("Questionnaire"),
    Listing(
        "questionnaires",
        _("Questionnaires"),
        (
            column("title", _("Title"), order="title", links=True),
            column("key", _("Short name"), order="key"),
            column("version", _("Version"), order="version"),
        ),
        (),
        ("title", "key"),
        order="title",
        intro=_("Questions as data, in versions. A version that a round uses does not change."),
        empty=_("No questionnaire is here yet."),
    ),
    more=_questionnaire_more,
    template="coordination/questionnaire.html",
    may_be_written=False,
)
MATCHES = Sheet(
    "matches",
    Area.SURVEYS,
    QuestionMatch,
    _("Judgment on two questions"),
    Listing(
        "matching-questions",
        _("Questions that match between versions"),
        (
            Column("pair", _("Questions"), str, links=True),
            column("first", _("Version")),
            column("second", _("Other version")),
            column("match", _("How they match"), order="match"),
            column("note", _("Why")),
        ),
        (by_code("match", _("How they match"), "question_match"),),
        ("first_code", "second_code", "note"),
        intro=_("Rounds are compared only through questions that somebody judged to match."),
        empty=_("Nobody judged any questions yet."),
    ),
)
HELD = Sheet(
    "held-elsewhere",
    Area.SURVEYS,
    HeldElsewhere,
    _("Answer held by another monitor"),
    Listing(
        "held-elsewhere",
        _("Answers that other monitors hold"),
        (
            column("monitor", _("Monitor"), order="monitor", links=True),
            column("round_name", _("Round")),
            column("state", _("State"), order="state"),
            column("concept", _("What it is about"), order="concept"),
            column("articles", _("Articles")),
            column("address", _("Where it is read")),
            column("published_on", _("Published on"), order="published_on"),
        ),
        (),
        ("monitor", "state", "concept", "round_name"),
        order="-published_on",
        intro=_("So that a State is not asked again for what it has told already."),
        empty=_("Nothing is noted here yet."),
    ),
)
SHEETS = (ROUNDS, QUESTIONNAIRES, MATCHES, HELD)


@within(Area.SURVEYS, May.WRITE)
@require_http_methods(["GET", "POST"])
def import_questionnaire(request: WorkRequest) -> HttpResponse:
    """Take a questionnaire from a file, as the next version of its name."""
    form = QuestionnaireFile(request.POST or None, request.FILES or None, auto_id="op-%s")
    if request.method == "GET" or not form.is_valid():
        return _importing(request, form, (), 200 if request.method == "GET" else 422)
    try:
        made = _taken(form.cleaned_data["file"])
    except QuestionnaireRefused as refused:
        return _importing(request, form, refused.problems, 422)
    messages.success(request, gettext("The questionnaire is here."))
    return HttpResponseRedirect(QUESTIONNAIRES.address("one", made))


def _taken(file: Any) -> QuestionnaireVersion:
    """Read a file and keep it as the next version.

    :raises QuestionnaireRefused: when the file is not in order.
    """
    if file.size > LARGEST_FORM:
        raise QuestionnaireRefused((gettext("The file is larger than 2 MB."),))
    content, name = file.read(), str(file.name)
    if name.lower().endswith(".xlsx"):
        found = from_xlsform(content, name=name[:-5][:60])
    else:
        found = from_yaml(_text(content))
    return _next_version(found)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        says = gettext("This is neither a workbook (.xlsx) nor text in UTF-8.")
        raise QuestionnaireRefused((says,)) from error


def _next_version(found: Questionnaire) -> QuestionnaireVersion:
    newest = QuestionnaireVersion.objects.filter(key=found.key).aggregate(Max("version"))
    version = (newest["version__max"] or 0) + 1
    content = as_content(found) | {"version": version}
    try:
        with transaction.atomic():
            return QuestionnaireVersion.objects.create(
                key=found.key[:64], version=version, title=found.title[:300], content=content
            )
    except IntegrityError as error:
        says = gettext("Somebody added a version at the same moment. Try again.")
        raise QuestionnaireRefused((says,)) from error


def _importing(
    request: WorkRequest, form: QuestionnaireFile, problems: tuple[str, ...], status: int
) -> HttpResponse:
    listed = [{"text": words.said(text)} for text in problems]
    shown = {"form": form, "problems": listed, "back_to": QUESTIONNAIRES.address("")}
    return render(request, "coordination/import_questionnaire.html", shown, status=status)


def round_of(ref: Any) -> SurveyRound:
    """Find a round.

    :raises Http404: when there is none.
    """
    found = SurveyRound.objects.select_related("questionnaire").filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def addresses() -> list[URLPattern]:
    """List the addresses of the pages beside the sheets."""
    return [
        path(
            "coordination/questionnaires/import/",
            import_questionnaire,
            name="coordination_questionnaires_import",
        )
    ]


def round_address(round_: SurveyRound) -> str:
    """Return where the page of a round lives."""
    return reverse("coordination_rounds_one", kwargs={"ref": round_.ref})
