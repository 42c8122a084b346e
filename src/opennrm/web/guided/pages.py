"""The pages of the guided path: a screen, the answers to check, the receipt, the drafts."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opennrm.casework.permissions import allows
from opennrm.records import drafts
from opennrm.records.desk import AlreadySent
from opennrm.records.drafts import Draft
from opennrm.records.reference import reference
from opennrm.records.sessions import reading
from opennrm.web.forms.act import Place
from opennrm.web.guided import told
from opennrm.web.guided.alike import alike, keep_answers
from opennrm.web.guided.path import BY_NAME, FIRST, taken_up, unfinished, walk
from opennrm.web.guided.screen import Answers, Screen, ScreenForm, first
from opennrm.web.guided.sending import StepRefused, send
from opennrm.web.work import WorkRequest

LATER = "later"


@require_http_methods(["GET", "POST"])
def start(request: WorkRequest) -> HttpResponse:
    """Show the first questions; sending them begins a draft."""
    if not allows("record_contact", actor=request.work.actor, at=request.at):
        raise Http404
    if request.method == "POST":
        return _answered(request, _begun(request), FIRST, None)
    place = _place(request)
    page = _frame(FIRST, place, {}, FIRST.shown(place, {}), None)
    more = {"unsent": drafts.unsent_drafts(request.work), "draft_ref": uuid4()}
    return render(request, FIRST.template, page | more)


@require_http_methods(["GET", "POST"])
def screen(request: WorkRequest, draft_ref: UUID, step: str) -> HttpResponse:
    """Show one screen of a draft with what was answered, or take up its answers."""
    draft, asked = _draft(request, draft_ref), BY_NAME.get(step)
    if asked is None:
        raise Http404
    if draft.is_sent:
        return HttpResponseRedirect(reverse("receipt_of_steps", args=(draft_ref,)))
    if request.method == "POST":
        return _answered(request, draft_ref, asked, draft)
    place, answers = _place(request), draft.written
    if asked not in walk(place, answers).screens:
        raise Http404
    page = _frame(asked, place, answers, asked.shown(place, answers), draft)
    return render(request, asked.template, page)


@require_http_methods(["GET", "POST"])
def check(request: WorkRequest, draft_ref: UUID) -> HttpResponse:
    """Show every answer once more; sending lets the whole draft take effect, once."""
    draft = _draft(request, draft_ref)
    if draft.is_sent:
        return HttpResponseRedirect(reverse("receipt_of_steps", args=(draft_ref,)))
    place, answers = _place(request), draft.written
    missing = unfinished(place, answers)
    if request.method == "GET" or missing:
        return _checking(request, draft, missing)
    try:
        made = send(request.work, draft_ref, answers, at=request.at)
        keep_answers(request.work, UUID(made["case"]), request.POST)
    except AlreadySent:
        messages.success(request, gettext("This was already saved. It counts once."))
    except StepRefused as refused:
        return _checking(request, draft, [], refused)
    return HttpResponseRedirect(reverse("receipt_of_steps", args=(draft_ref,)))


@require_GET
def receipt(request: WorkRequest, draft_ref: UUID) -> HttpResponse:
    """Show under which reference the case is found, and what comes next."""
    draft = _draft(request, draft_ref)
    if not draft.is_sent:
        raise Http404
    page = {"reference": reference(UUID(draft.written["case"])), "receipt": draft.written}
    return render(request, "guided/receipt.html", page | told.sent_to(request.work, draft.written))


@require_GET
def unsent(request: WorkRequest) -> HttpResponse:
    """List what was begun and not sent, by the day and what is known of it without a name."""
    begun = [one for one in drafts.own_drafts(request.work) if not one.is_sent]
    place = _place(request)
    shown = [
        {
            "ref": one.draft_ref,
            "saved_at": one.saved_at,
            "called": first(one.written, "called"),
            "people": len(one.written["people"]) if "people" in one.written else None,
            "next": walk(place, one.written).open(one.written),
        }
        for one in begun
    ]
    return render(request, "guided/drafts.html", {"drafts": shown})


@require_POST
def drop(request: WorkRequest, draft_ref: UUID) -> HttpResponse:
    """Delete a draft for good."""
    drafts.drop_draft(request.work, draft_ref)
    messages.success(request, gettext("The draft is deleted."))
    return HttpResponseRedirect(reverse("unsent"))


def _answered(
    request: WorkRequest, draft_ref: UUID, asked: Screen, draft: Draft | None
) -> HttpResponse:
    """Keep the answers, whatever they are; go on where they can be read."""
    place, answers = _place(request), draft.written if draft else {}
    sent = [(name, request.POST.getlist(name)) for name in request.POST]
    blank = asked.form(place=place, answers=answers)
    after = taken_up(answers, asked, blank, sent)
    seen = _seen(request, draft)
    if not drafts.keep_draft(request.work, draft_ref, seen=seen, written=after):
        return _changed(request, draft_ref, asked, after)
    if LATER in request.POST:
        messages.success(request, gettext("Saved. You find it under your drafts."))
        return HttpResponseRedirect(reverse("unsent"))
    form = asked.filled(place, after)
    if not form.is_valid():
        kept = _draft(request, draft_ref)
        page = _frame(asked, place, after, form, kept)
        return render(request, asked.template, page, status=422)
    if "check" in request.POST:
        return HttpResponseRedirect(reverse("check_steps", args=(draft_ref,)))
    return _onward(place, draft_ref, asked, after)


def _begun(request: WorkRequest) -> UUID:
    """Return the reference the page was given, so that sending it twice begins one draft."""
    try:
        return UUID(request.POST.get("draft", ""))
    except ValueError:
        return uuid4()


def _seen(request: WorkRequest, draft: Draft | None) -> int:
    if draft is None:
        return 0
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def _changed(request: WorkRequest, draft_ref: UUID, asked: Screen, typed: Answers) -> HttpResponse:
    """Show, field by field, what another window has saved beside what was typed here."""
    there = _draft(request, draft_ref)
    if there.is_sent:
        return HttpResponseRedirect(reverse("receipt_of_steps", args=(draft_ref,)))
    place = _place(request)
    differences = told.differences(asked, place, mine=typed, theirs=there.written)
    if not differences:
        return _onward(place, draft_ref, asked, there.written)
    form = asked.filled(place, typed)
    form.is_valid()
    page = _frame(asked, place, typed, form, there)
    page["differences"] = differences
    return render(request, asked.template, page, status=409)


def _onward(place: Place, draft_ref: UUID, asked: Screen, answers: Answers) -> HttpResponse:
    coming = walk(place, answers).after(asked)
    if coming is None:
        return HttpResponseRedirect(reverse("check_steps", args=(draft_ref,)))
    return HttpResponseRedirect(reverse("step", args=(draft_ref, coming.name)))


def _checking(
    request: WorkRequest,
    draft: Draft,
    missing: list[tuple[Screen, ScreenForm]],
    refused: StepRefused | None = None,
) -> HttpResponse:
    place = _place(request)
    with reading(request.work.token):
        page = {
            "draft_ref": draft.draft_ref,
            "sections": told.sections(place, draft.written),
            "missing": [one for one, _form in missing],
            "goes_out": told.goes_out(request.work, place, draft.written),
            "alike": alike(request.work, draft.written, at=request.at),
            "refused": refused,
            "put_right": BY_NAME[refused.screen] if refused else None,
        }
    failed = refused or (missing and request.method == "POST")
    return render(request, "guided/check.html", page, status=422 if failed else 200)


def _frame(
    asked: Screen, place: Place, answers: Answers, form: ScreenForm, draft: Draft | None
) -> dict[str, Any]:
    way = walk(place, answers)
    number = way.number(asked) if asked in way.screens else 1
    return {
        "screen": asked,
        "form": form,
        "names": list(form.fields),
        "draft": draft,
        "before": way.before(asked),
        "number": number,
        "total": len(way.screens) + 1,
        "is_back": asked.was_asked(answers) and draft is not None,
        "differences": (),
        "unsent": 0,
        "draft_ref": draft.draft_ref if draft else "",
        **asked.aside(place, answers),
    }


def _draft(request: WorkRequest, draft_ref: UUID) -> Draft:
    found = drafts.own_draft(request.work, draft_ref)
    if found is None or "people" in found.written:
        raise Http404
    return found


def _place(request: WorkRequest) -> Place:
    asked = {name: str(value) for name, value in request.GET.items()}
    return Place(viewer=request.work, at=request.at, asked=asked)
