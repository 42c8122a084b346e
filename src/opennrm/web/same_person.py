"""The page of who else may be this person: evidence, three answers, and taking them back."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.casework.refusals import CaseNotFound
from opennrm.casework.same_person import Evidence
from opennrm.records.queries.alike import Alike, alike, beside
from opennrm.records.same_person import Answered, answer_person, answers_of, standing
from opennrm.records.sessions import reading
from opennrm.statistics.linkage.records import Agreement
from opennrm.vocabulary.countries import country_name
from opennrm.vocabulary.languages import language_name
from opennrm.vocabulary.together import PersonAnswer, PersonReason
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.work import WorkRequest

IDENTITY = frozenset({"D2", "D2S"})
TAKING_BACK = (PersonReason.MISTAKE, PersonReason.PERSON_SAYS, PersonReason.SOMETHING_NEW)
TITLES = {
    "names": _("Names"),
    "birthdate": _("Date of birth"),
    "documents": _("Documents"),
    "sex": _("Sex"),
    "citizenship": _("Citizenship"),
    "majority": _("Child or adult"),
    "language": _("Language"),
}
AGREES = {Agreement.FULL: _("Yes"), Agreement.NEAR: _("Nearly"), Agreement.NONE: _("No")}
SPEAKS_FOR = {
    "names": PersonReason.NAMES,
    "birthdate": PersonReason.BIRTH_DATE,
    "documents": PersonReason.PAPERS,
}


class LookForm(forms.Form):
    """Where to look: by the name of this case, or at one case by its reference."""

    reference = ask.word(
        _("Reference of another case"), hint=_("Left empty: by name, among what is open to you.")
    )


class AnswerForm(forms.Form):
    """What somebody answers about two cases, and why."""

    other = forms.UUIDField(widget=forms.HiddenInput)
    answer = ask.one_of(
        _("Who is it?"), ask.listed("person_answer", leave_out=(PersonAnswer.TAKEN_BACK,))
    )
    because = ask.several(_("Why?"), ask.listed("person_reason"), required=True)


class TakeBackForm(forms.Form):
    """Why an answer is taken back."""

    other = forms.UUIDField(widget=forms.HiddenInput)
    because = ask.one_from(
        _("Why is it taken back?"), [(one.value, _(one.label)) for one in TAKING_BACK]
    )


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Show what was answered; a POST looks for others, answers, or takes an answer back."""
    with reading(request.work.token):
        case = open_case(request.work, case_ref, at=request.at)
        if not is_open(case):
            raise Http404
        if request.method == "GET":
            return _shown(request, case)
        return DONE.get(request.POST.get("do", ""), _looked)(request, case)


def is_open(case: OpenCase) -> bool:
    """Tell whether who the person is is open to the viewer."""
    return bool(case.compartments & IDENTITY)


def standing_for(case: OpenCase) -> list[dict[str, Any]]:
    """Return what stands about this case and others that are open to the viewer, in words."""
    if not is_open(case):
        return []
    return [_said(one) for one in standing(answers_of(case.viewer, case.case.case_ref))]


def _looked(request: WorkRequest, case: OpenCase) -> HttpResponse:
    """Look for others; whom is typed is in no address."""
    form = LookForm(request.POST)
    named = form.cleaned_data["reference"] if form.is_valid() else ""
    case_ref = case.case.case_ref
    if named:
        found = beside(request.work, case_ref, named)
    else:
        found = alike(request.work, case_ref, at=request.at)
    return _shown(request, case, look=form, found=[_found(one) for one in found])


def _answered(request: WorkRequest, case: OpenCase) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, case, refused=form)
    typed = form.cleaned_data
    return _keep(request, case, typed["other"], PersonAnswer(typed["answer"]), typed["because"])


def _taken_back(request: WorkRequest, case: OpenCase) -> HttpResponse:
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return _shown(request, case, refused=form)
    typed = form.cleaned_data
    return _keep(request, case, typed["other"], PersonAnswer.TAKEN_BACK, [typed["because"]])


def _keep(
    request: WorkRequest,
    case: OpenCase,
    other: UUID,
    answer: PersonAnswer,
    because: Iterable[str],
) -> HttpResponse:
    reasons = [PersonReason(code) for code in because]
    case_ref = case.case.case_ref
    try:
        answer_person(request.work, case_ref, other, answer=answer, because=reasons)
    except CaseNotFound:
        raise Http404 from None
    messages.success(request, gettext("The answer is kept."))
    return HttpResponseRedirect(reverse("same_person", kwargs={"case_ref": case_ref}))


DONE: dict[str, Callable[[WorkRequest, OpenCase], HttpResponse]] = {
    "answer": _answered,
    "take_back": _taken_back,
}


def _shown(
    request: WorkRequest,
    case: OpenCase,
    *,
    look: LookForm | None = None,
    found: list[dict[str, Any]] | None = None,
    refused: forms.Form | None = None,
) -> HttpResponse:
    answers = answers_of(request.work, case.case.case_ref)
    shown = {
        "case": case,
        "standing": [{**_said(one), "form": _take_back(one)} for one in standing(answers)],
        "answers": [_said(one) for one in answers],
        "look": look or LookForm(),
        "found": found,
        "refused": refused,
    }
    return render(request, "same_person.html", shown, status=422 if refused else 200)


def _take_back(one: Answered) -> TakeBackForm:
    return TakeBackForm(initial={"other": one.other}, auto_id=f"op-{one.reference}-%s")


def _said(one: Answered) -> dict[str, Any]:
    reasons = [words.label(code, "person_reason") for code in one.because]
    return {
        "other": one.other,
        "reference": one.reference,
        "answer": words.label(one.answer, "person_answer"),
        "because": ", ".join(reasons),
        "by": one.by,
        "at": one.at,
    }


def _found(one: Alike) -> dict[str, Any]:
    agreed = [SPEAKS_FOR[line.field] for line in one.lines if _speaks_for(line)]
    initial = {"other": one.hit.case_ref, "because": agreed}
    return {
        "other": one.hit.case_ref,
        "reference": one.hit.reference,
        "lines": [_line(line) for line in one.lines],
        "form": AnswerForm(initial=initial, auto_id=f"op-{one.hit.reference}-%s"),
    }


def _speaks_for(line: Evidence) -> bool:
    return line.field in SPEAKS_FOR and line.agreement > Agreement.NONE


def _line(line: Evidence) -> tuple[Any, str, str, Any]:
    say = SAID.get(line.field, str)
    here, there = (", ".join(map(say, side)) for side in (line.here, line.there))
    return TITLES[line.field], here, there, AGREES[line.agreement]


def _language(code: str) -> str:
    return language_name(code, get_language() or "en")


def _country(code: str) -> str:
    return country_name(code, get_language() or "en")


SAID: dict[str, Callable[[str], str]] = {
    "sex": lambda code: words.label(code, "sex"),
    "citizenship": _country,
    "majority": lambda code: words.label(code, "majority"),
    "language": _language,
}
