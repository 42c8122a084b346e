"""The work list: tabs, filters kept under a name, paging, and handing over several at once."""

from typing import Any, get_args
from urllib.parse import parse_qsl, urlencode
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from opennrm.casework.handing import Handing, hand_case
from opennrm.casework.permissions import allows
from opennrm.casework.refusals import Refused
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.projections import CLOSED, CONTACT, stage_label
from opennrm.records import queries
from opennrm.records.desk import AlreadySent, at_work
from opennrm.records.queries.saved_lists import (
    TooManyLists,
    drop_list,
    keep_list,
    saved_lists,
)
from opennrm.records.queries.worklist import MOST_COUNTED, Sort, View, WorklistRow
from opennrm.records.reference import reference
from opennrm.vocabulary.assistance import AssistanceStatus
from opennrm.vocabulary.identification import IdentificationStatus
from opennrm.web import bound, handing, layout, people, words
from opennrm.web.areas import areas_of, young
from opennrm.web.work import WorkRequest

TABS = (
    ("due", _("Due today"), _("Nothing is due today. Look at what is new to you.")),
    ("waiting", _("Waiting for others"), _("Nobody owes you an answer.")),
    ("new", _("New to me"), _("You have looked at every case that is open to you.")),
    ("mine", _("Held by me"), _("You hold no case. Take one on its page, under Hand the case.")),
    ("handed", _("Handed to me"), _("No colleague hands a case to you.")),
    ("offered", _("Offered to us"), _("Nobody has asked your organisation to take part.")),
    ("all", _("All"), _("No case is open to you yet. Begin with a new contact.")),
)
SORTS = (
    ("due", _("Next due first")),
    ("updated", _("Last changed first")),
    ("reference", _("By reference")),
)
WAITING = {"us": _("us"), "others": _("others"), "nobody": _("nobody")}
ANY = ("", _("Any"))
STAGES = (CONTACT, *IdentificationStatus, *AssistanceStatus, CLOSED)
NARROWED = (
    ("danger", _("Danger"), [ANY, ("high", _("High or imminent")), ("imminent", _("Imminent"))]),
    ("majority", _("Child or adult"), [ANY, ("child", _("Child")), ("adult", _("Adult"))]),
    ("waiting_for", _("Waiting for"), [ANY, *WAITING.items()]),
    ("nobody_holds", _("Who holds it"), [ANY, ("yes", _("Nobody yet"))]),
)


class ListForm(forms.Form):
    """What is looked for in the list; anything odd in the address counts as not asked."""

    view = forms.ChoiceField(choices=[(code, title) for code, title, _empty in TABS])
    text = forms.CharField(max_length=20, required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    stage = forms.ChoiceField(choices=[(str(one), "") for one in STAGES], required=False)


for _name, _title, _choices in NARROWED:
    ListForm.base_fields[_name] = forms.ChoiceField(choices=_choices, required=False)


class NameForm(forms.Form):
    """The name a list is kept under."""

    name = forms.CharField(max_length=40)
    asked = forms.RegexField(r"^[a-z_]+=[\w-]*(&[a-z_]+=[\w-]*){0,11}$", max_length=400)


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """Show the cases open or offered to the viewer; who has no cases begins with her own work."""
    if not layout.is_open("worklist", request.work.actor, request.at):
        return redirect(layout.first_page(request.work.actor, request.at))
    asked = _asked(request)
    only = {name: asked[name] for name in (*_filters(), "stage") if asked[name]}
    found = queries.worklist(
        request.work,
        at=request.at,
        view=asked["view"],
        text=asked["text"],
        sort=asked["sort"],
        page=asked["page"],
        only=only,
    )
    empty = {code: sentence for code, _title, sentence in TABS}
    shown = {
        "tabs": [(code, title, _counted(found.counts[code])) for code, title, _empty in TABS],
        "asked": asked,
        "address": _address(asked),
        "is_narrowed": bool(only or asked["text"]),
        "narrowed": NARROWED,
        "stages": [ANY, *sorted(_stages().items(), key=lambda pair: pair[1])],
        "saved": saved_lists(request.work),
        "found": found,
        "pages": _counted_pages(found.total, found.pages),
        "rows": [_row(row, request) for row in found.rows],
        "sorts": SORTS,
        "sheets": queries.sheets_left(request.work)
        if bound.is_closed(request.work, request.at)
        else (),
        "empty": empty[asked["view"]],
        "areas": areas_of(request.work.actor),
        "may_record": allows("record_contact", actor=request.work.actor, at=request.at),
        "colleagues": _colleagues(request) if found.rows else [],
        "reasons": handing.REASONS,
        "form_key": uuid4(),
    }
    return render(request, "worklist.html", shown)


@require_POST
def hand_over(request: WorkRequest) -> HttpResponse:
    """Hand the ticked cases to a colleague: all of them, or none with the reason why."""
    back = _back(request)
    cases = [UUID(one) for one in request.POST.getlist("case") if _is_reference(one)]
    colleague, reason = request.POST.get("colleague", ""), request.POST.get("reason", "")
    known = {value for value, _line in _colleagues(request)}
    if not cases or colleague not in known or reason not in dict(handing.REASONS):
        messages.error(request, gettext("Tick the cases, and choose a colleague and why."))
        return back
    try:
        _hand_all(request, cases, handing.handing_to(colleague, reason))
    except AlreadySent:
        messages.success(request, gettext("This was already saved. It counts once."))
    except _OneRefused as refused:
        said = {"reference": refused.reference, "why": words.said(refused.says)}
        messages.error(
            request,
            gettext("Nothing was handed over. Case %(reference)s: %(why)s") % said,
        )
    else:
        said_of = ngettext(
            "%(count)s case was handed over.", "%(count)s cases were handed over.", len(cases)
        )
        messages.success(request, said_of % {"count": len(cases)})
    return back


@require_POST
def keep(request: WorkRequest) -> HttpResponse:
    """Keep the list as it is narrowed now under a name."""
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Give the list a name of at most 40 letters."))
        return _back(request)
    try:
        keep_list(request.work, form.cleaned_data["name"], form.cleaned_data["asked"])
    except TooManyLists:
        messages.error(request, gettext("You keep 20 lists. Remove one of them first."))
    else:
        messages.success(request, gettext("The list is kept. Only you see it."))
    return _back(request)


@require_POST
def drop(request: WorkRequest) -> HttpResponse:
    """Forget a list that was kept."""
    drop_list(request.work, request.POST.get("name", ""))
    messages.success(request, gettext("The list is removed."))
    return HttpResponseRedirect(reverse("worklist"))


class _OneRefused(Exception):
    def __init__(self, case_ref: UUID, refused: Refused) -> None:
        super().__init__()
        self.reference, self.says = reference(case_ref), refused.finding.says


def _hand_all(request: WorkRequest, cases: list[UUID], to: Handing) -> None:
    actor, at = request.work.actor, request.at
    key = request.POST.get("form_key", "")
    form_key = UUID(key) if _is_reference(key) else None
    with at_work(request.work, at=at, form_key=form_key) as desk:
        for case_ref in sorted(set(cases)):
            try:
                hand_case(case_ref=case_ref, handing=to, actor=actor, at=at, desk=desk)
            except Refused as refused:
                raise _OneRefused(case_ref, refused) from refused


def _colleagues(request: WorkRequest) -> list[tuple[str, str]]:
    return handing.colleagues(request.work, {role.value for role in request.work.actor.roles})


def _back(request: WorkRequest) -> HttpResponse:
    """Go back to the list as it was, and nowhere else."""
    asked = ListForm(dict(parse_qsl(request.POST.get("asked", ""))))
    asked.is_valid()
    kept = {name: value for name, value in asked.cleaned_data.items() if value}
    return HttpResponseRedirect(f"{reverse('worklist')}?{urlencode(kept)}")


def _asked(request: WorkRequest) -> dict[str, Any]:
    form = ListForm(request.GET)
    form.is_valid()
    typed = getattr(form, "cleaned_data", {})
    return {
        "view": typed.get("view") or get_args(View)[1],
        "sort": typed.get("sort") or get_args(Sort)[0],
        "text": typed.get("text") or "",
        "page": typed.get("page") or 1,
        **{name: typed.get(name) or "" for name in (*_filters(), "stage")},
    }


def _filters() -> tuple[str, ...]:
    return tuple(name for name, _title, _choices in NARROWED)


def _address(asked: dict[str, Any]) -> str:
    """Say what is asked as an address says it, without the page."""
    kept = {name: value for name, value in asked.items() if value and name != "page"}
    kept["text"] = "".join(letter for letter in asked["text"] if letter.isalnum() or letter == "-")
    return urlencode({name: value for name, value in kept.items() if value})


def _stages() -> dict[str, str]:
    return {str(one): gettext(stage_label(str(one))) for one in STAGES}


def _counted(number: int) -> str:
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def _counted_pages(total: int, pages: int) -> str:
    return f"{pages}+" if total > MOST_COUNTED else str(pages)


def _is_reference(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _row(row: WorklistRow, request: WorkRequest) -> dict[str, Any]:
    today = local_day(request.work.actor.jurisdiction, request.at)
    return {
        "case_ref": row.case_ref,
        "reference": row.reference,
        "stage": gettext(stage_label(row.stage)),
        "urgency": row.urgency if row.urgency in ("now", "today", "imminent", "high") else "",
        "urgency_says": gettext("Danger: %(level)s")
        % {"level": words.any_label(row.urgency or "")},
        "majority": row.majority,
        "services": [words.label(code, "service_kind") for code in row.services],
        "waiting_for": WAITING.get(row.waiting_for, ""),
        "due": words.timer(row.next_due_kind) if row.next_due_kind else "",
        "due_at": row.next_due_at,
        "is_late": row.next_due_at is not None and row.next_due_at < request.at,
        "changed_at": row.last_fact_at,
        "is_offered": row.state == "offered",
        "is_handed": row.asked_to_take == request.work.actor.account,
        "is_mine": row.holder == request.work.actor.account,
        "missing": young.tap(today) if row.majority == "child" else None,
        "role": people.role_name(row.role),
    }
