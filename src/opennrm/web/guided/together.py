"""The pages for several people met together: the place, the list, each person, the receipt."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from opennrm.casework.permissions import allows
from opennrm.records import drafts
from opennrm.records.desk import AlreadySent
from opennrm.records.drafts import Draft
from opennrm.records.reference import reference
from opennrm.web.forms.act import Place
from opennrm.web.guided.path import taken_up
from opennrm.web.guided.screen import Answers, Screen, ScreenForm, first
from opennrm.web.guided.sending import StepRefused
from opennrm.web.guided.together_screens import EACH, HELP, LABOUR, NOTHING, PLACE
from opennrm.web.guided.together_sending import People, send_all
from opennrm.web.work import WorkRequest

MOST = 100


@require_http_methods(["GET", "POST"])
def start(request: WorkRequest) -> HttpResponse:
    """Ask about the place; sending it begins the list."""
    if not allows("record_contact", actor=request.work.actor, at=request.at):
        raise Http404
    place = Place(viewer=request.work, at=request.at)
    if request.method == "GET":
        return _asked(request, PLACE, PLACE.shown(place, {}), None, uuid4())
    try:
        draft_ref = UUID(request.POST.get("draft", ""))
    except ValueError:
        draft_ref = uuid4()
    found = drafts.own_draft(request.work, draft_ref)
    if found is not None:  # The line broke before the answer came.
        return HttpResponseRedirect(reverse("together", args=(draft_ref,)))
    after, form = _typed(request, PLACE, {})
    if not form.is_valid():
        return _asked(request, PLACE, form, None, draft_ref, status=422)
    drafts.keep_draft(request.work, draft_ref, seen=0, written={**after, "people": []})
    return HttpResponseRedirect(reverse("together", args=(draft_ref,)))


@require_http_methods(["GET", "POST"])
def everybody(request: WorkRequest, draft_ref: UUID) -> HttpResponse:
    """Show the list of those who were met; sending it splits them into cases."""
    draft = _draft(request, draft_ref)
    if draft.is_sent:
        return HttpResponseRedirect(reverse("split", args=(draft_ref,)))
    refused = None
    if request.method == "POST" and draft.written["people"]:
        try:
            send_all(request.work, draft_ref, draft.written, at=request.at)
        except AlreadySent:
            messages.success(request, gettext("This was already saved. It counts once."))
        except StepRefused as problem:
            refused = problem.finding
        if refused is None:
            return HttpResponseRedirect(reverse("split", args=(draft_ref,)))
    rows = [_row(one) for one in draft.written["people"]]
    page = {"draft_ref": draft_ref, "rows": rows, "refused": refused, "most": MOST}
    return render(request, "guided/together.html", page, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
def person(request: WorkRequest, draft_ref: UUID, number: int) -> HttpResponse:
    """Show or take up one person of the list; the number after the last is a new one."""
    draft = _draft(request, draft_ref)
    people: People = list(draft.written["people"])
    if draft.is_sent or number > min(len(people), MOST - 1):
        raise Http404
    known: Answers = people[number] if number < len(people) else {}
    if request.method == "GET":
        place = Place(viewer=request.work, at=request.at)
        return _asked(request, EACH, EACH.shown(place, known), draft, draft_ref, number=number)
    if "leave_out" in request.POST:
        after: dict[str, list[str]] = {}
        people = [one for at, one in enumerate(people) if at != number]
    else:
        after, form = _typed(request, EACH, known)
        if form.is_valid() and _is_taken(after, people, number):
            form.add_error("wristband", gettext("somebody else has this number"))
        if not form.is_valid():
            return _asked(request, EACH, form, draft, draft_ref, number=number, status=422)
        people[number : number + 1] = [after]
    seen = request.POST.get("version", "")
    seen_version = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
    written = {**draft.written, "people": people}
    if not drafts.keep_draft(request.work, draft_ref, seen=seen_version, written=written):
        return _changed(request, draft_ref, after)
    if "another" in request.POST:
        return HttpResponseRedirect(reverse("one_of_many", args=(draft_ref, len(people))))
    return HttpResponseRedirect(reverse("together", args=(draft_ref,)))


@require_GET
def split(request: WorkRequest, draft_ref: UUID) -> HttpResponse:
    """Show which wristband became which case, and who is owed labour help."""
    draft = _draft(request, draft_ref)
    if not draft.is_sent:
        raise Http404
    told = draft.written["people"]
    rows = [
        {**one, "reference": reference(UUID(one["case"])), "labour": one["help"] == LABOUR}
        for one in told
        if one["case"]
    ]
    page = {"rows": rows, "counted": len(told), "unkept": len(told) - len(rows)}
    return render(request, "guided/split.html", page)


def _typed(
    request: WorkRequest, screen: Screen, known: Answers
) -> tuple[dict[str, list[str]], ScreenForm]:
    place = Place(viewer=request.work, at=request.at)
    sent = [(name, request.POST.getlist(name)) for name in request.POST]
    after = taken_up(known, screen, screen.form(place=place, answers=known), sent)
    return after, screen.filled(place, after)


def _is_taken(after: Answers, people: People, number: int) -> bool:
    own = first(after, "wristband").strip()
    return any(
        first(one, "wristband").strip() == own for at, one in enumerate(people) if at != number
    )


def _changed(request: WorkRequest, draft_ref: UUID, after: Answers) -> HttpResponse:
    """Keep what was typed on the page; the list in the other window stands."""
    draft = _draft(request, draft_ref)
    if draft.is_sent:
        return HttpResponseRedirect(reverse("split", args=(draft_ref,)))
    if after in draft.written["people"]:
        return HttpResponseRedirect(reverse("together", args=(draft_ref,)))
    form = EACH.filled(Place(viewer=request.work, at=request.at), after)
    form.is_valid()
    form.add_error(
        None,
        gettext("The list was changed in another window. Nothing was overwritten; send again."),
    )
    bands = [first(one, "wristband") for one in draft.written["people"]]
    own = first(after, "wristband")
    number = bands.index(own) if own in bands else len(bands)
    return _asked(request, EACH, form, draft, draft_ref, number=number, status=409)


def _row(one: Answers) -> dict[str, Any]:
    wanted = dict(HELP).get(first(one, "help"), "")
    return {
        "wristband": first(one, "wristband"),
        "family": first(one, "family"),
        "signs": len(one.get("seen", ())) + len(one.get("heard", ())),
        "alone": bool(first(one, "alone")),
        "help": wanted,
        "nothing": first(one, "help") == NOTHING,
    }


def _asked(
    request: WorkRequest,
    screen: Screen,
    form: ScreenForm,
    draft: Draft | None,
    draft_ref: UUID,
    *,
    number: int = 0,
    status: int = 200,
) -> HttpResponse:
    page = {
        "screen": screen,
        "form": form,
        "names": list(form.fields),
        "draft": draft,
        "draft_ref": draft_ref,
        "number": number,
        "is_known": draft is not None and number < len(draft.written["people"]),
    }
    return render(request, "guided/one_of_many.html", page, status=status)


def _draft(request: WorkRequest, draft_ref: UUID) -> Draft:
    found = drafts.own_draft(request.work, draft_ref)
    if found is None or "people" not in found.written:
        raise Http404
    return found
