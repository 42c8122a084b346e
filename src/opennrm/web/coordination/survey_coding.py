"""Two people code open answers apart; what they agree on is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from opennrm.coordination.models import SurveyAnswer, SurveyCoding, SurveyRound
from opennrm.coordination.permissions import Area, May
from opennrm.coordination.surveys.coded import (
    CHALLENGES,
    Coding,
    agreed,
    read_by_two,
    references,
)
from opennrm.coordination.surveys.loading import questionnaire_of
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.result_tables import ResultTable, agreement_table, coding_table
from opennrm.web.coordination.surveys import round_of
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest


class CodingForm(forms.Form):
    """The open answers of a question, each with the headings it can be put under."""

    def __init__(self, answers: list[SurveyAnswer], kept: dict[UUID, Any], typed: Any) -> None:
        initial = {str(one.reply_id): kept.get(one.reply_id, []) for one in answers}
        super().__init__(typed, initial=initial, auto_id="op-%s")
        choices = [(one.code, gettext(one.label)) for one in CHALLENGES]
        for one in answers:
            self.fields[str(one.reply_id)] = ask.several(one.text, choices)


@within(Area.SURVEYS, May.WRITE)
@require_http_methods(["GET", "POST"])
def page(request: WorkRequest, ref: Any, code: str) -> HttpResponse:
    """Code the open answers to a question; the other coder's are shown once mine are whole.

    :raises Http404: when the question is none that is coded.
    """
    round_ = round_of(ref)
    questionnaire = questionnaire_of(round_.questionnaire)
    if not questionnaire.asks(code) or not questionnaire.question(code).coded:
        raise Http404
    answers = _answers(round_, code)
    coders = _coders(round_, code)
    mine = coders.pop(request.work.actor.account, {})
    form = CodingForm(answers, mine, request.POST or None)
    if request.method == "POST" and form.is_valid():
        _keep(code, form.cleaned_data, request.work.actor.account)
        messages.success(request, gettext("Saved."))
        return HttpResponseRedirect(request.path)
    is_whole = bool(answers) and all(one.reply_id in mine for one in answers)
    shown = {
        "round": round_,
        "question": questionnaire.question(code),
        "form": form,
        "is_whole": is_whole,
        "tables": list(_results(answers, mine, coders, is_whole)),
    }
    return render(request, "coordination/coding.html", shown)


def _results(
    answers: list[SurveyAnswer], mine: Any, others: dict[UUID, Any], is_whole: bool
) -> Iterator[ResultTable]:
    """Yield agreement and counts, once two people have coded every answer."""
    wanted = [one.reply_id for one in answers]
    whole = [theirs for theirs in others.values() if all(ref in theirs for ref in wanted)]
    if not is_whole or not whole:
        return
    first = [Coding(str(ref), "first", tuple(mine[ref])) for ref in wanted]
    second = [Coding(str(ref), "second", tuple(whole[0][ref])) for ref in wanted]
    alike, apart = agreed(first, second)
    yield agreement_table(read_by_two(CHALLENGES, first, second))
    yield coding_table(CHALLENGES, references(CHALLENGES, alike), len(apart))


def _answers(round_: SurveyRound, code: str) -> list[SurveyAnswer]:
    sent = round_.replies.exclude(sent_at=None)
    rows = SurveyAnswer.objects.filter(reply__in=sent, question=code).exclude(text="")
    return list(rows.order_by("reply__state", "reply__name"))


def _coders(round_: SurveyRound, code: str) -> dict[UUID, Any]:
    """Return what each coder saw in each reply."""
    found: dict[UUID, Any] = defaultdict(dict)
    rows = SurveyCoding.objects.filter(reply__round=round_, question=code)
    for coder, reply, codes in rows.values_list("coder", "reply_id", "codes"):
        if coder is not None:
            found[coder][reply] = codes
    return found


def _keep(code: str, typed: dict[str, Any], coder: UUID) -> None:
    for reply, codes in typed.items():
        SurveyCoding.objects.update_or_create(
            reply_id=UUID(reply), question=code, coder=coder, defaults={"codes": list(codes)}
        )


def addresses() -> list[URLPattern]:
    """Return where open answers are coded."""
    at = "coordination/rounds/<uuid:ref>/coding/<str:code>/"
    return [path(at, page, name="coordination_coding")]
