"""The pages of one reply: begin, fill in, assign, approve, send, take back, release, workbook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opennrm.accounts.models import Organisation
from opennrm.coordination.desk import ChangeRefused
from opennrm.coordination.models import SurveyReply, SurveyTask
from opennrm.coordination.permissions import Area, May, may
from opennrm.coordination.surveys import importing, replying
from opennrm.coordination.surveys.loading import answers_of, held_elsewhere, questionnaire_of
from opennrm.coordination.surveys.monitors import already_held
from opennrm.coordination.surveys.replying import NGO_KIND, Assignment, NewReply
from opennrm.exchange.questionnaires.answer import Answer, Given, is_asked
from opennrm.exchange.questionnaires.question import Group, Question
from opennrm.exchange.questionnaires.workbook_back import WorkbookRefused
from opennrm.vocabulary.countries import country_names
from opennrm.web import words
from opennrm.web.coordination.answer_form import AnswersForm
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.surveys import round_of, state_name
from opennrm.web.exporting import WORKBOOK, download
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest

GROUPS = (
    (Group.STATE.value, _("For the State")),
    (Group.NGO.value, _("For organisations of civil society, together")),
)


class BeginForm(forms.Form):
    """Whose reply is begun."""

    group = ask.one_of(_("For whom do you reply?"), GROUPS)
    state = ask.one_from(_("State"), (), required=True)
    name = ask.word(_("Name of the reply"), hint=_("Such as: Government"), required=True)
    several = ask.yes(_("The State sends several replies, and this is one of them"))

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, auto_id="op-%s")
        state: Any = self.fields["state"]
        state.choices = [("", ""), *country_names(get_language() or "en").items()]


class AssignForm(forms.Form):
    """Who fills in which part until when."""

    organisation = ask.one_from(_("Organisation"), (), required=True)
    sections = ask.several(_("Sections"), (), hint=_("Choose none to ask for all of them."))
    due_on = ask.day(_("Due on"))
    note = ask.word(_("Note"))

    def __init__(self, reply: SurveyReply, typed: Any = None) -> None:
        super().__init__(typed, auto_id="op-%s")
        houses = Organisation.objects.exclude(ref=reply.organisation_id).exclude(
            is_enforcement=True
        )
        ngo = {"kind": NGO_KIND}
        houses = houses.filter(**ngo) if reply.group == Group.NGO else houses.exclude(**ngo)
        organisation: Any = self.fields["organisation"]
        organisation.choices = [("", ""), *((str(one.ref), one.name) for one in houses)]
        sections: Any = self.fields["sections"]
        sections.choices = list(questionnaire_of(reply.round.questionnaire).sections.items())


class SentFile(forms.Form):
    """A workbook that was filled in."""

    file = forms.FileField(label=_("Filled-in workbook (.xlsx)"))


def reply_of(ref: Any) -> SurveyReply:
    """Find a reply that is open to who asks.

    :raises Http404: when there is none; one that is closed looks the same.
    """
    rows = SurveyReply.objects.select_related("round__questionnaire", "organisation")
    found = rows.filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def asked_here(reply: SurveyReply, request: WorkRequest) -> tuple[Question, ...]:
    """List the questions that who asks may answer in this reply."""
    questions = questionnaire_of(reply.round.questionnaire).of(Group(reply.group))
    if reply.organisation_id == request.work.actor.organisation:
        return questions
    task = task_of(reply, request)
    if task is None or hasattr(task, "part"):
        return ()
    codes = set(task.questions)
    return tuple(one for one in questions if not codes or one.code in codes)


def task_of(reply: SurveyReply, request: WorkRequest) -> SurveyTask | None:
    """Find the part that the organisation of who asks was asked to fill in."""
    house = request.work.actor.organisation
    return reply.tasks.filter(organisation_id=house).first()


@within(Area.SURVEYS, May.OWN, May.WRITE)
@require_http_methods(["GET", "POST"])
def begin(request: WorkRequest, ref: Any) -> HttpResponse:
    """Begin a reply in a round."""
    round_ = round_of(ref)
    form = BeginForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        wanted = NewReply(
            typed["state"], Group(typed["group"]), typed["name"], bool(typed["several"])
        )
        try:
            made = replying.open_reply(round_=round_, wanted=wanted, actor=request.work.actor)
            return HttpResponseRedirect(address(made))
        except ChangeRefused as refused:
            problem = words.said(refused)
    shown = {"form": form, "problem": problem, "round": round_}
    status = 200 if request.method == "GET" else 422
    return render(request, "coordination/begin_reply.html", shown, status=status)


@within(Area.SURVEYS)
@require_GET
def page(request: WorkRequest, ref: Any) -> HttpResponse:
    """Show a reply: how far it is, who fills in what, what is missing, what may be done."""
    reply = reply_of(ref)
    answers = answers_of(reply)
    questionnaire = questionnaire_of(reply.round.questionnaire)
    questions = questionnaire.of(Group(reply.group))
    mine = {one.code for one in asked_here(reply, request)}
    is_lead = reply.organisation_id == request.work.actor.organisation
    held = already_held(questions, reply.state, held_elsewhere(reply.state), on=request.at.date())
    sections = [
        {
            "code": code,
            "title": title,
            "answered": sum(one.code in answers for one in questions if one.section == code),
            "asked": sum(one.section == code for one in questions),
            "open": any(one.section == code and one.code in mine for one in questions),
        }
        for code, title in questionnaire.sections.items()
        if any(one.section == code for one in questions)
    ]
    shown = {
        "reply": reply,
        "state": state_name(reply.state),
        "sections": sections,
        "told": _told(questions, answers),
        "gaps": replying.gaps_in(reply) if is_lead and not reply.sent_at else [],
        "tasks": list(reply.tasks.select_related("organisation", "part")) if is_lead else [],
        "task": task_of(reply, request),
        "returns": list(reply.returns.all()),
        "held": held,
        "is_lead": is_lead,
        "is_office": may(request.work.actor, Area.SURVEYS, May.WRITE),
        "file_form": SentFile(auto_id="op-%s"),
        "writes": bool(mine) and reply.sent_at is None and reply.round.frozen_on is None,
    }
    return render(request, "coordination/reply.html", shown)


def _told(questions: tuple[Question, ...], answers: Any) -> list[tuple[str, str]]:
    return [
        (f"{one.code} {one.text}", said_answer(one, answers[one.code]))
        for one in questions
        if one.code in answers
    ]


def said_answer(question: Question, answer: Answer) -> str:
    """Say an answer in words, with its unit, base, period and source."""
    if not answer.has_value:
        is_missing = answer.given is Given.NOT_AVAILABLE
        return gettext("Not available") if is_missing else gettext("Not relevant")
    if answer.choices:
        return ", ".join(question.label(code) for code in answer.choices)
    if answer.number is not None:
        return _said_number(answer)
    return answer.text or str(answer.on or "")


def _said_number(answer: Any) -> str:
    number = f"{answer.number.normalize():f}"
    parts = {
        "number": gettext("at least %(n)s") % {"n": number} if answer.at_least else number,
        "unit": answer.unit,
    }
    told = [gettext("%(number)s %(unit)s") % parts]
    if answer.base:
        told.append(gettext("of %(base)s") % {"base": answer.base})
    if answer.period_from and answer.period_until:
        days = {"first": answer.period_from.isoformat(), "end": answer.period_until.isoformat()}
        told.append(gettext("from %(first)s until before %(end)s") % days)
    if answer.source:
        told.append(answer.source)
    return "; ".join(told)


@within(Area.SURVEYS)
@require_http_methods(["GET", "POST"])
def fill_in(request: WorkRequest, ref: Any, section: str) -> HttpResponse:
    """Fill in one section: what is in order is kept, what is not says what to write.

    :raises Http404: when nothing of the section is for who asks.
    """
    reply = reply_of(ref)
    answers = answers_of(reply)
    questions = [
        one
        for one in asked_here(reply, request)
        if one.section == section and is_asked(one, answers)
    ]
    if not questions or reply.sent_at is not None:
        raise Http404
    form = AnswersForm(questions, answers, request.POST or None)
    problem = ""
    if request.method == "POST":
        form.is_valid()
        given, emptied = form.given()
        try:
            replying.keep_answers(reply=reply, answers=given)
            for code in emptied:
                replying.forget_answer(reply=reply, question=code)
        except ChangeRefused as refused:
            problem = words.said(refused)
        if not form.errors and not problem:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(address(reply))
    shown = {
        "reply": reply,
        "form": form,
        "problem": problem,
        "title": questionnaire_of(reply.round.questionnaire).sections[section],
    }
    status = 200 if request.method == "GET" else 422
    return render(request, "coordination/fill_in.html", shown, status=status)


@within(Area.SURVEYS, May.OWN, May.WRITE)
@require_http_methods(["GET", "POST"])
def assign(request: WorkRequest, ref: Any) -> HttpResponse:
    """Ask an organisation to fill in some sections.

    :raises Http404: when who asks does not put the reply together.
    """
    reply = reply_of(ref)
    if reply.organisation_id != request.work.actor.organisation:
        raise Http404
    form = AssignForm(reply, request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        chosen = set(typed["sections"])
        questions = questionnaire_of(reply.round.questionnaire).of(Group(reply.group))
        wanted = Assignment(
            Organisation.objects.get(ref=typed["organisation"]),
            tuple(one.code for one in questions if one.section in chosen),
            typed["due_on"],
            typed["note"],
        )
        try:
            replying.assign(reply=reply, wanted=wanted, actor=request.work.actor)
            messages.success(request, gettext("The part is assigned."))
            return HttpResponseRedirect(address(reply))
        except ChangeRefused as refused:
            problem = words.said(refused)
    shown = {"reply": reply, "form": form, "problem": problem}
    status = 200 if request.method == "GET" else 422
    return render(request, "coordination/assign.html", shown, status=status)


@within(Area.SURVEYS)
@require_GET
def workbook(request: WorkRequest, ref: Any) -> HttpResponse:
    """Send the workbook in which a reply is filled in without a connection."""
    return download(importing.workbook_for(reply_of(ref)), "reply.xlsx", WORKBOOK)


@within(Area.SURVEYS, May.OWN, May.WRITE)
@require_POST
def take_workbook(request: WorkRequest, ref: Any) -> HttpResponse:
    """Take a filled-in workbook, or name every fault of it and keep nothing."""
    reply = reply_of(ref)
    form = SentFile(request.POST, request.FILES, auto_id="op-%s")
    faults: Any = ()
    problem = "" if form.is_valid() else gettext("Choose the workbook first.")
    if not problem:
        try:
            count = importing.take_into(reply=reply, content=form.cleaned_data["file"].read())
            messages.success(request, gettext("%(n)s answers were taken in.") % {"n": count})
            return HttpResponseRedirect(address(reply))
        except WorkbookRefused as refused:
            faults = refused.faults
        except ChangeRefused as refused:
            problem = words.said(refused)
    shown = {"back_to": address(reply), "faults": faults, "problem": problem}
    return render(request, "coordination/workbook_refused.html", shown, status=422)


def address(reply: SurveyReply) -> str:
    """Return where the page of a reply lives."""
    return reverse("coordination_reply", kwargs={"ref": reply.ref})


def addresses() -> list[URLPattern]:
    """List the addresses of the pages of replies."""
    at = "coordination/replies/<uuid:ref>/"
    return [
        path("coordination/rounds/<uuid:ref>/reply/", begin, name="coordination_begin_reply"),
        path(at, page, name="coordination_reply"),
        path(f"{at}section/<str:section>/", fill_in, name="coordination_fill_in"),
        path(f"{at}assign/", assign, name="coordination_assign"),
        path(f"{at}workbook.xlsx", workbook, name="coordination_workbook"),
        path(f"{at}workbook/", take_workbook, name="coordination_take_workbook"),
    ]
