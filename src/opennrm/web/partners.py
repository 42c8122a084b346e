"""Pages of partners without an account: asked on a case, and answering by a code that works once.

The code stands behind the number sign of the link, which no browser sends: no log has it.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.core.internal import ratelimit
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.casework import partners as work
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import RegisterEntry
from opennrm.coordination.permissions import Area, May, may
from opennrm.lifecycle.facts import Fact
from opennrm.records.partners import digest, keep_answer, new_code, preview
from opennrm.vocabulary.languages import language_name
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.headers import FORGET
from opennrm.web.open_case import OpenCase
from opennrm.web.work import open_to_all

ACTION, CALLS = "partner_reply", "10/m/ip"
# What only the person, or nobody, gives as a reason.
NOT_A_PARTNERS = (
    "proof_asked",
    "person_wants_time",
    "person_does_not_want",
    "person_found_other_help",
    "no_reason_given",
)


class PartnerForm(ActForm):
    """A question to a partner without an account, in a few coarse words."""

    makes = work.PartnerQuestion
    partner = ask.one_from(_("Which partner?"), ())
    service = ask.one_from(_("Which help?"), ask.codes("partner_asked", "service", "service_kind"))
    groups = ask.several(_("Who comes?"), ask.codes("partner_asked", "groups", "group_taken"))
    language = ask.language(_("Which language?"), hint=_("Leave out a rare language."))
    urgency = ask.one_from(
        _("How urgent?"), ask.codes("partner_asked", "urgency", "urgency"), required=False
    )
    reply_by = ask.day(
        _("Answer wanted by"), hint=_("The code works until then, two weeks at most.")
    )
    person_agreed = ask.yes(_("She knows that this partner is asked, and wants it"))

    code = ""

    def prepare(self) -> None:
        """Offer the organisations of the directory that have no account here."""
        fields: dict[str, Any] = self.fields
        fields["reply_by"].initial = self.place.today + timedelta(days=1)
        fields["partner"].choices = [("", ""), *_partners(self.place)]

    def to_input(self) -> work.PartnerQuestion:
        """Make the code, of which the use case gets a digest only."""
        self.code = new_code()
        typed = self.values(self.makes)
        partner = UUID(typed.pop("partner"))
        return self.makes(**typed, partner=partner, code_digest=digest(self.code))


class TakenForm(ActForm):
    """The answer of a partner, taken into the case as it came in."""

    makes = work.PartnerReply

    def to_input(self) -> work.PartnerReply:
        """Add which question was chosen before."""
        return self.makes(question=UUID(self.place.asked["question"]))


class CodeForm(forms.Form):
    """The code that came with the link."""

    code = ask.word(_("Code"), hint=_("As it was given to you."), required=True, longest=120)


class AnswerForm(CodeForm):
    """The answer of a partner."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=120)
    answer = ask.one_of(_("Can you help?"), [("accepted", _("Yes")), ("declined", _("No"))])
    reason = ask.one_from(
        _("If not, why?"),
        ask.codes("partner_answered", "reason", "offer_answer_reason", leave_out=NOT_A_PARTNERS),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason with a no: gaps are counted from it."""
        typed = super().clean() or {}
        if typed.get("answer") == "declined" and not typed.get("reason"):
            self.add_error("reason", _("choose a reason"))
        return typed


def _partners(place: Place) -> list[tuple[str, str]]:
    if not may(place.viewer.actor, Area.DIRECTORY, May.READ):
        return []
    with at_coordination(place.viewer):
        rows = RegisterEntry.objects.filter(member=None, left_on=None).exclude(services=None)
        return [(str(one.ref), one.name) for one in rows.distinct()]


def open_questions(case: OpenCase) -> list[Fact]:
    """Return the questions to partners whose answer was not taken into the case."""
    asked = case.case.of_kind("partner_asked")
    return [one for one in asked if not case.case.answering(one.fact_ref, "partner_answered")]


def _choose_question(place: Place) -> Iterator[Choice]:
    known = [(str(one.fact_ref), _line(one)) for one in open_questions(place.case)]
    nothing = _("No partner was asked, or every answer was taken already.")
    yield Choice("question", _("Which question?"), known, nothing=nothing)


def _line(fact: Fact) -> str:
    return gettext("%(service)s, asked on %(day)s") % {
        "service": words.label(fact.text("service") or "", "service_kind"),
        "day": words.day(fact.at),
    }


NEEDS = {"take_partner_answer": open_questions}
ACTS = (
    Act(
        name="ask_partner",
        title=_("Ask a partner without an account"),
        form=PartnerForm,
        use_case=work.ask_partner,
        noun="question",
        button=_("Make the code"),
        done=_("The question is ready."),
        intro=(
            _("Only what you choose here goes out: no name, no case, no place, no words."),
            _("The partner answers by a code that works once. Give it to them by a safe way."),
        ),
        touches=("D9", "D9S"),
        after="partner_asked.html",
        group="plan",
    ),
    Act(
        name="take_partner_answer",
        title=_("Take the answer of a partner"),
        form=TakenForm,
        use_case=work.take_partner_answer,
        noun="reply",
        button=_("Take it into the case"),
        done=_("The answer stands in the case."),
        choose=_choose_question,
        touches=("D9", "D9S"),
        group="plan",
    ),
)


@open_to_all
@require_http_methods(["GET", "POST"])
def reply(request: Any) -> HttpResponse:
    """Show what is asked to whoever holds the code, and take the answer once."""
    if request.method == "GET":
        return _shown(request, CodeForm(auto_id="op-%s"))
    form = CodeForm(request.POST, auto_id="op-%s")
    if not ratelimit.consume(request, app="web", action=ACTION, config={ACTION: CALLS}):
        form.add_error(None, _("Too many tries. Wait a minute, then try again."))
        return _shown(request, form, status=429)
    if not form.is_valid():
        return _shown(request, form, status=422)
    asked = preview(form.cleaned_data["code"])
    if asked is None:
        return _gone(request, form)
    return _answering(request, form, asked)


def _answering(request: Any, form: CodeForm, asked: Mapping[str, Any]) -> HttpResponse:
    code = form.cleaned_data["code"]
    is_sent = "answer" in request.POST or "do" in request.POST
    answer = AnswerForm(request.POST if is_sent else None, initial={"code": code}, auto_id="op-%s")
    if not is_sent or not answer.is_valid():
        shown = {"form": answer, "asked": list(_said(asked))}
        return render(request, "reply_asked.html", shown, status=422 if is_sent else 200)
    typed = answer.cleaned_data
    reason = typed["reason"] if typed["answer"] == "declined" else None
    if not keep_answer(code, answer=typed["answer"], reason=reason):
        return _gone(request, form)
    done = render(request, "reply_done.html", {})
    done["Clear-Site-Data"] = FORGET
    return done


def _gone(request: Any, form: CodeForm) -> HttpResponse:
    """Answer an unknown code, a used one and an old one alike."""
    form.add_error("code", _("This code is not known, was used already, or is too old."))
    return _shown(request, form, status=422)


def _shown(request: Any, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return render(request, "reply.html", {"form": form}, status=status)


def _said(asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Say what a question shows, in the order of the page."""
    yield gettext("Help"), words.label(asked.get("service", ""), "service_kind")
    groups = [words.label(code, "group_taken") for code in asked.get("groups", [])]
    if groups:
        yield gettext("For"), ", ".join(groups)
    if asked.get("language"):
        yield gettext("Language"), language_name(asked["language"], words.locale().language)
    if asked.get("urgency"):
        yield gettext("How urgent"), words.label(asked["urgency"], "urgency")
    yield gettext("Answer wanted by"), words.iso_day(asked.get("reply_by"))
