"""Pages of a focal point: its partners abroad, what goes and comes, and files where no line is."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from opennrm.casework import hand_over_received as work
from opennrm.casework.refusals import CaseNotFound, Refused
from opennrm.exchange.crossborder.card import CardRefused
from opennrm.exchange.crossborder.refusals import Fault, NotAccepted
from opennrm.exchange.crossborder.story import may_say
from opennrm.records.abroad import carrying, keys, partners, reading
from opennrm.records.desk import at_work
from opennrm.vocabulary.hand_over import HandOverState, HandOverWord, PartnerStatus
from opennrm.vocabulary.languages import listed_name
from opennrm.vocabulary.roles import Role
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.second_factor import freshly
from opennrm.web.work import WorkRequest

WORKS = frozenset({Role.TF, Role.NCO})
LARGEST = 2 * 1024 * 1024
PROBLEMS = {
    Fault.MALFORMED.value: _("a part is missing or unknown there; compare versions"),
    Fault.NOT_FOR_US.value: _("their keys have changed; ask for a new card"),
    Fault.NOT_YOURS.value: _("they know other keys of yours; give them your card"),
    Fault.EXPIRED.value: _("it came too late; look at both clocks"),
    Fault.FROM_THE_FUTURE.value: _("one of the clocks is wrong"),
    Fault.LIVES_TOO_LONG.value: _("it was made to last too long; compare versions"),
    Fault.CHANGED.value: _("another message came under its reference"),
    Fault.OUT_OF_ORDER.value: _("an earlier message has not come there yet"),
    Fault.NOT_NOW.value: _("the hand-over stands elsewhere there; call them"),
    Fault.UNKNOWN_HAND_OVER.value: _("they do not know this hand-over; call them"),
    Fault.ENDED_BEFORE.value: _("it was taken back before"),
    Fault.SUSPENDED.value: _("they have suspended the exchange; call them"),
}


class CardForm(forms.Form):
    """The card of a focal point abroad, and the fingerprint that was heard from it."""

    card = forms.FileField(label=_("The card"), help_text=_("The file they gave you."))
    fingerprint = ask.word(
        _("Its fingerprint"),
        hint=_("Call them under a number you know, and type what they read out."),
        required=True,
        longest=80,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})


class AnswerForm(forms.Form):
    """Accept, or refuse with a reason."""

    answer = ask.one_of(
        _("Your answer"), [("accepted", _("We accept")), ("refused", _("We refuse"))]
    )
    reason = ask.one_from(
        _("Reason, if you refuse"), ask.listed("hand_over_refusal"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})


class EndForm(forms.Form):
    """What became of what was received."""

    done = ask.one_of(
        _("What became of what you have?"), ask.listed("end_done", leave_out=("nothing_opened",))
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})


class CarriedForm(forms.Form):
    """A file that was carried here."""

    file = forms.FileField(label=_("A file from a partner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})


@require_http_methods(["GET"])
def page(request: WorkRequest) -> HttpResponse:
    """List what goes to other States and what comes from them."""
    _require(request, Role.TF, Role.NCO)
    shown = {
        "hand_overs": reading.own_hand_overs(request.work),
        "is_focal_point": Role.TF in request.work.actor.roles,
        "partners": partners.partners(request.work),
        "form": CarriedForm(),
    }
    return render(request, "abroad/list.html", shown)


@require_http_methods(["GET", "POST"])
@freshly
def trusted(request: WorkRequest) -> HttpResponse:
    """Show the own card and the partners; a POST proposes one by its card."""
    _require(request, Role.TF, Role.NCO)
    form = CardForm(request.POST or None, request.FILES or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        refused = _proposed(request, form)
        if not refused:
            return HttpResponseRedirect(reverse("partners"))
    own = partners.own_card(request.work) if Role.TF in request.work.actor.roles else None
    shown = {
        "form": form,
        "refused": refused,
        "own": own,
        "is_focal_point": Role.TF in request.work.actor.roles,
        "is_co_ordinator": Role.NCO in request.work.actor.roles,
        "partners": partners.partners(request.work),
    }
    return render(
        request, "abroad/partners.html", shown, status=422 if form.errors or refused else 200
    )


@require_POST
@freshly
def make_keys(request: WorkRequest) -> HttpResponse:
    """Make the keys of the own focal point."""
    _require(request, Role.TF)
    keys.make_house_keys(request.work)
    messages.success(request, gettext("The keys are made. Give your new card to every partner."))
    return HttpResponseRedirect(reverse("partners"))


@require_http_methods(["GET"])
def card(request: WorkRequest) -> HttpResponse:
    """Give the own card as a file.

    :raises Http404: when the focal point has no keys yet.
    """
    _require(request, Role.TF)
    own = partners.own_card(request.work)
    if own is None:
        raise Http404
    return _file(own.text(), f"card-{own.state}.json")


@require_POST
@freshly
def decide(request: WorkRequest, partner: UUID) -> HttpResponse:
    """Trust a partner, or stop it."""
    _require(request, Role.TF, Role.NCO)
    status = request.POST.get("status", "")
    try:
        partners.decide(request.work, partner, status, sign_key=request.POST.get("sign_key", ""))
        messages.success(request, gettext("Saved."))
    except partners.PartnerRefused as no:
        messages.error(request, str(no))
    return HttpResponseRedirect(reverse("partners"))


@require_http_methods(["GET", "POST"])
def one(request: WorkRequest, hand_over: UUID) -> HttpResponse:
    """Show one hand-over and its story; a POST takes the next step in it."""
    kept = _kept(request, hand_over)
    form = _form(kept, request)
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return HttpResponseRedirect(_taken(request, kept, form))
        except Refused as no:
            refused = words.said(no.finding.says)
    preview = _preview(request, kept)
    asked = preview.services if preview else ()
    shown = {
        "one": kept,
        "form": form,
        "refused": refused,
        "preview": preview,
        "services": [words.label(one, "service_kind") for one in asked],
        "language": _language_of(preview),
        "problems": PROBLEMS,
        "may_answer": _may(kept, HandOverWord.ACCEPTED),
        "may_take_over": _may(kept, HandOverWord.TAKEN_OVER),
        "may_confirm": _may(kept, HandOverWord.CONFIRMED),
    }
    return render(request, "abroad/one.html", shown, status=422 if refused else 200)


@require_POST
def again(request: WorkRequest, hand_over: UUID, message: UUID) -> HttpResponse:
    """Send a word that was not taken once more."""
    _kept(request, hand_over)
    reading.send_again(request.work, hand_over, message, at=request.at)
    messages.success(request, gettext("It is sent once more."))
    return HttpResponseRedirect(reverse("hand_over_abroad", kwargs={"hand_over": hand_over}))


@require_POST
def as_file(request: WorkRequest, partner: UUID) -> HttpResponse:
    """Give what waits for a partner as a file, sealed as over the line."""
    _require(request, Role.TF)
    text = carrying.written(partner, at=request.at)
    if not text:
        messages.info(request, gettext("Nothing waits for this partner."))
        return HttpResponseRedirect(reverse("abroad"))
    return _file(text, carrying.NAME)


@require_POST
def carried(request: WorkRequest) -> HttpResponse:
    """Take in a file that was carried here; what answers its messages is given back as a file."""
    _require(request, Role.TF)
    form = CarriedForm(request.POST, request.FILES)
    if not form.is_valid() or form.cleaned_data["file"].size > LARGEST:
        messages.error(request, gettext("Choose the file you were given, 2 MB at most."))
        return HttpResponseRedirect(reverse("abroad"))
    try:
        came = carrying.taken_in(form.cleaned_data["file"].read(), at=request.at)
    except NotAccepted:
        messages.error(request, gettext("This file is not from a partner that is trusted here."))
        return HttpResponseRedirect(reverse("abroad"))
    if came.receipts:
        return _file(came.receipts, carrying.RECEIPTS)
    messages.success(request, gettext("Receipts taken in: %(n)d.") % {"n": came.heard})
    return HttpResponseRedirect(reverse("abroad"))


def _proposed(request: WorkRequest, form: CardForm) -> str:
    upload = form.cleaned_data["card"]
    try:
        text = upload.read(LARGEST).decode("utf-8")
        partners.propose(request.work, text, form.cleaned_data["fingerprint"])
    except UnicodeDecodeError:
        return gettext("This is no card of a focal point. Ask for the file again, unchanged.")
    except (CardRefused, partners.PartnerRefused) as no:
        return gettext(str(no))
    messages.success(request, gettext("Proposed. A co-ordinator decides, as the second person."))
    return ""


def _taken(request: WorkRequest, kept: reading.HandOverPage, form: Any) -> str:
    """Take the step that fits, and say where to go next."""
    viewer, ref = request.work, kept.hand_over
    typed = form.cleaned_data if form is not None else {}
    came = reading.opened_content(viewer, ref) if form is None else None
    with at_work(viewer, at=request.at) as desk:
        acting: dict[str, Any] = {"actor": viewer.actor, "at": request.at, "desk": desk}
        if came is not None:
            case_ref = work.take_over_hand_over(received_=came, **acting)
            return reverse("case", kwargs={"case_ref": case_ref})
        if "done" in typed:
            end = work.HandOverEnd(hand_over=ref, done=typed["done"])
            work.confirm_hand_over_end(end=end, **acting)
        else:
            given = work.HandOverAnswer(
                hand_over=ref, answer=typed["answer"], reason=typed["reason"] or None
            )
            work.answer_hand_over(answer=given, **acting)
    return reverse("hand_over_abroad", kwargs={"hand_over": ref})


def _form(kept: reading.HandOverPage, request: WorkRequest) -> Any:
    if _may(kept, HandOverWord.CONFIRMED):
        return EndForm(request.POST or None)
    if _may(kept, HandOverWord.ACCEPTED):
        return AnswerForm(request.POST or None)
    if _may(kept, HandOverWord.TAKEN_OVER):
        return None
    if request.method == "POST":
        raise Http404
    return None


def _may(kept: reading.HandOverPage, word: HandOverWord) -> bool:
    needs_person = word is not HandOverWord.CONFIRMED or kept.stands is HandOverState.ENDED
    return not kept.is_sender and needs_person and may_say(kept.story, word)


def _preview(request: WorkRequest, kept: reading.HandOverPage) -> Any:
    """Open the preview for whoever still has to answer or to take over."""
    waits = kept.stands in {
        HandOverState.OFFERED,
        HandOverState.ACCEPTED,
        HandOverState.HANDED_OVER,
    }
    if kept.is_sender or not waits or kept.partner_status == PartnerStatus.COMPROMISED:
        return None
    try:
        return reading.opened_preview(request.work, kept.hand_over)
    except Refused:
        return None


def _language_of(preview: Any) -> str:
    code = preview.language if preview else None
    return listed_name(code, get_language() or "en") if code else ""


def _kept(request: WorkRequest, hand_over: UUID) -> reading.HandOverPage:
    _require(request, Role.TF)
    try:
        return reading.hand_over(request.work, hand_over)
    except CaseNotFound:
        raise Http404 from None


def _require(request: WorkRequest, *roles: Role) -> None:
    if not request.work.actor.holds_any(roles):
        raise Http404


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
