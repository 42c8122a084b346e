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
from opennrm.records.desk import at_work
from opennrm.records.queries.night import NightSheet, sheets_open, standing_by
from opennrm.vocabulary.languages import language_name
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.open_case import OpenCase
from opennrm.web.safety_sheet import TITLES
from opennrm.web.work import WorkRequest

USE = "open_in_emergency"


class NightForm(forms.Form):
    """Why the sheets are opened; nothing opens without a reason."""

    reason = ask.one_of(_("What happened?"), ask.listed("emergency_reason"))


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
    count = len(standing_by(request.work))
    sealed = ngettext("%(num)s sheet is sealed.", "%(num)s sheets are sealed.", count)
    shown = {
        "form": form,
        "waiting": count,
        "how_many": sealed % {"num": count},
        "sheets": [_shown(one) for one in sheets_open(request.work, at=request.at)],
    }
    return render(request, "night.html", shown, status=422 if form.errors else 200)


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
    return [(str(fact.fact_ref), _line(fact.at, fact.text("reason") or "")) for fact in waiting]


def _line(at: Any, reason: str) -> str:
    said = {"moment": words.moment(at), "reason": words.label(reason, "emergency_reason")}
    return gettext("%(moment)s: %(reason)s") % said


def _shown(one: NightSheet) -> dict[str, Any]:
    language = language_name(one.language, str(words.locale().language)) if one.language else ""
    titles = {name: title for name, title in TITLES.items() if name != "called"}
    return {
        "reference": one.reference,
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
                "Ask who opened the sheet at night, and why. If it was not needed, talk with the"
                " data-protection officer. Tell the person as soon as it is safe."
            ),
        ),
        touches=("D10",),
        choose=_choose_opening,
        group="share",
    ),
)
