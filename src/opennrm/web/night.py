"""Pages of the night duty: open the sealed sheets of the house with a reason, and read them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.casework import emergency as work
from opennrm.casework.permissions import allows
from opennrm.casework.refusals import Refused
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.compartments import Compartment
from opennrm.lifecycle.facts import Fact
from opennrm.records.desk import at_work
from opennrm.records.queries.night import (
    AskedFor,
    NightSheet,
    OpenPart,
    asked_for,
    parts_open,
    parts_standing_by,
    sheets_open,
    standing_by,
)
from opennrm.records.reference import reference
from opennrm.records.sessions import reading
from opennrm.vocabulary.languages import language_name
from opennrm.web import people, telling, words
from opennrm.web.areas import young
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.open_case import OpenCase
from opennrm.web.safety_sheet import TITLES
from opennrm.web.second_factor import freshly
from opennrm.web.work import WorkRequest

USE = "open_in_emergency"


class NightForm(forms.Form):
    """Why the sheets are opened; nothing opens without a reason."""

    reason = ask.one_of(_("What happened?"), ask.listed("emergency_reason"))


class PartForm(forms.Form):
    """Which one part is needed, why, and for how long."""

    part = forms.ChoiceField(label=_("What do you need?"), widget=forms.RadioSelect)
    reason = ask.one_of(_("What happened?"), ask.listed("emergency_reason"))
    why = ask.text(
        _("What do you need it for, in a few words?"),
        hint=_("Sealed. Whoever looks at it in the morning reads it."),
        required=True,
    )
    hours = forms.TypedChoiceField(
        label=_("For how many hours?"),
        coerce=int,
        choices=[(hours, str(hours)) for hours in (1, 4, 12, 24)],
        initial=4,
    )

    def __init__(self, typed: Any, *, parts: tuple[str, ...]) -> None:
        super().__init__(typed, auto_id="op-%s")
        field: Any = self.fields["part"]
        field.choices = [(part, people.part_name(part)) for part in parts]


class ReviewForm(ActForm):
    """What somebody else found of an opening, the next morning."""

    makes = work.EmergencyReview
    finding = ask.one_of(
        _("Was it needed?"), ask.codes("emergency_reviewed", "finding", "emergency_finding")
    )
    words = ask.text(_("What happened, in a few words"))
    reviewed_on = ask.day(_("Looked at on"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["reviewed_on"].initial = self.place.today

    def to_input(self) -> work.EmergencyReview:
        """Add which opening was chosen before."""
        return self.makes(**self.values(self.makes), opening=UUID(self.place.asked["opening"]))


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest) -> HttpResponse:
    """Show how many sheets stand by, open them on a reason, and show what is open."""
    if not allows(USE, actor=request.work.actor, at=request.at):
        raise Http404
    form = NightForm(request.POST if request.method == "POST" else None, auto_id="op-%s")
    if request.method == "POST" and form.is_valid():
        open_all(request, form.cleaned_data["reason"])
        return HttpResponseRedirect(reverse("night"))
    with reading(request.work.token):
        shown = _standing(request) | {"form": form}
    return render(request, "night.html", shown, status=422 if form.errors else 200)


def _standing(request: WorkRequest) -> dict[str, Any]:
    """Prepare what stands by, what is open and what is asked for, all of one moment."""
    count = len(standing_by(request.work))
    sealed = ngettext("%(num)s sheet is sealed.", "%(num)s sheets are sealed.", count)
    return {
        "waiting": count,
        "how_many": sealed % {"num": count},
        "sheets": [_shown(one, request) for one in sheets_open(request.work, at=request.at)],
        "asked": [_asked(one) for one in asked_for(request.work)],
    }


@freshly
@require_http_methods(["GET", "POST"])
def part_page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Open one more sealed part of one person in the house, or ask a second person to."""
    if not allows(USE, actor=request.work.actor, at=request.at):
        raise Http404
    parts = parts_standing_by(request.work, case_ref)
    if not parts:
        raise Http404
    form = PartForm(request.POST if request.method == "POST" else None, parts=parts)
    if request.method == "POST" and form.is_valid():
        try:
            _open_or_ask(request, case_ref, work.Emergency(**form.cleaned_data))
            return HttpResponseRedirect(reverse("night"))
        except Refused as refusal:
            form.add_error(None, gettext(refusal.finding.says))
    shown = {"form": form, "reference": reference(case_ref)}
    return render(request, "night_part.html", shown, status=422 if form.errors else 200)


def _open_or_ask(request: WorkRequest, case_ref: UUID, emergency: work.Emergency) -> None:
    needs_two = Compartment.parse(emergency.part).names_people
    step = work.ask_in_emergency if needs_two else work.open_in_emergency
    actor, at = request.work.actor, request.at
    with at_work(request.work, at=at) as desk:
        step(case_ref=case_ref, emergency=emergency, actor=actor, at=at, desk=desk)
    messages.success(
        request,
        gettext("A colleague on night duty must agree within an hour. Ring the colleague up now.")
        if needs_two
        else gettext("It is open. The data-protection officer and the house are told."),
    )


@freshly
@require_http_methods(["GET", "POST"])
def agree_page(request: WorkRequest, case_ref: UUID, asked: UUID) -> HttpResponse:
    """Let a second person on night duty agree that a colleague opens whereabouts."""
    if not allows(USE, actor=request.work.actor, at=request.at):
        raise Http404
    waiting = {one.asked: one for one in asked_for(request.work) if not one.is_own}
    if asked not in waiting or waiting[asked].case_ref != case_ref:
        raise Http404
    if request.method == "POST":
        actor, at = request.work.actor, request.at
        with at_work(request.work, at=at) as desk:
            work.agree_in_emergency(case_ref=case_ref, asked=asked, actor=actor, at=at, desk=desk)
        messages.success(request, gettext("It is open to your colleague."))
        return HttpResponseRedirect(reverse("night"))
    return render(request, "night_agree.html", {"one": _asked(waiting[asked])})


def open_all(request: WorkRequest, reason: str) -> None:
    """Open every sheet that stands by, each with its own entry in the record of its case."""
    actor, at = request.work.actor, request.at
    with at_work(request.work, at=at) as desk:
        for case_ref in desk.cases.standing_by():
            emergency = work.Emergency(reason=reason)
            work.open_in_emergency(
                case_ref=case_ref, emergency=emergency, actor=actor, at=at, desk=desk
            )
    said = gettext("The sheets are open for %(hours)s hours. The data-protection officer is told.")
    messages.success(request, said % {"hours": work.NIGHT_HOURS})


def unreviewed(case: OpenCase) -> list[tuple[str, str]]:
    """List the openings nobody has looked at yet, by moment and reason."""
    waiting = (
        fact
        for fact in case.case.of_kind("emergency_opened")
        if not case.case.answering(fact.fact_ref, "emergency_reviewed")
    )
    return [(str(fact.fact_ref), _line(fact)) for fact in waiting]


def _line(fact: Fact) -> str:
    told = {
        "moment": words.moment(fact.at),
        "part": people.part_name(fact.text("part") or ""),
        "reason": words.label(fact.text("reason") or "", "emergency_reason"),
    }
    return gettext("%(moment)s, %(part)s: %(reason)s") % told


def _asked(one: AskedFor) -> dict[str, Any]:
    return {
        "case_ref": one.case_ref,
        "asked": one.asked,
        "reference": one.reference,
        "part": people.part_name(one.part),
        "reason": words.label(one.reason, "emergency_reason"),
        "at": one.at,
        "worker": one.worker,
        "is_own": one.is_own,
    }


def _opened(one: OpenPart) -> dict[str, Any]:
    lines = [pair for told in one.told for pair in telling.opened(told)]
    return {"part": people.part_name(one.part), "until": one.until, "lines": lines}


def _shown(one: NightSheet, request: WorkRequest) -> dict[str, Any]:
    language = language_name(one.language, str(words.locale().language)) if one.language else ""
    titles = {name: title for name, title in TITLES.items() if name != "called"}
    return {
        "reference": one.reference,
        "case_ref": one.case_ref,
        "may_ask": bool(parts_standing_by(request.work, one.case_ref)),
        "parts": [_opened(each) for each in parts_open(request.work, one.case_ref, at=request.at)],
        "missing": young.tap(local_day(request.work.actor.jurisdiction, request.at)),
        "until": one.until,
        "called": one.told.get("called", ""),
        "lines": [(title, one.told.get(name, "")) for name, title in titles.items()],
        "language": language,
        "is_written": bool(one.told),
    }


def _choose_opening(place: Place) -> Iterator[Choice]:
    yield Choice(
        "opening",
        _("Which opening did you look at?"),
        unreviewed(place.case),
        nothing=_("Every opening was looked at."),
    )


ACTS = (
    Act(
        name="review_emergency",
        title=_("Look at an emergency opening"),
        form=ReviewForm,
        use_case=work.review_emergency,
        noun="review",
        button=_("Save what you found"),
        done=_("What you found is saved."),
        intro=(
            _(
                "Ask who opened this at night, and why. If it was not needed, talk with the"
                " data-protection officer. Tell the person as soon as it is safe."
            ),
        ),
        touches=("D10",),
        choose=_choose_opening,
        group="share",
    ),
)
