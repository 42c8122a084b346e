"""The pages of one's own desk: the work list, finding a person, notices, the account."""

from typing import Any, get_args

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from opennrm.casework.permissions import allows
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.projections import stage_label
from opennrm.records import queries
from opennrm.records.queries.worklist import Sort, View, WorklistRow
from opennrm.web import confirmations, people, words
from opennrm.web.areas import areas_of, young
from opennrm.web.houses import REGISTRARS
from opennrm.web.work import WorkRequest

TABS = (
    ("due", _("Due today"), _("Nothing is due today. Look at what is new to you.")),
    ("waiting", _("Waiting for others"), _("Nobody owes you an answer.")),
    ("new", _("New to me"), _("You have looked at every case that is open to you.")),
    ("offered", _("Offered to us"), _("Nobody has asked your organisation to take part.")),
    ("all", _("All"), _("No case is open to you yet. Begin with a new contact.")),
)
SORTS = (
    ("due", _("Next due first")),
    ("updated", _("Last changed first")),
    ("reference", _("By reference")),
)
WAITING = {"us": _("us"), "others": _("others"), "nobody": _("nobody")}


class ListForm(forms.Form):
    """What is looked for in the list; anything odd in the address counts as not asked."""

    view = forms.ChoiceField(choices=[(code, title) for code, title, _empty in TABS])
    text = forms.CharField(max_length=20, required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)


class NameForm(forms.Form):
    """The name looked for; it is sent in the body, never in an address."""

    name = forms.CharField(label=_("Name, in any script"), max_length=200)


@require_GET
def worklist(request: WorkRequest) -> HttpResponse:
    """Show the cases open or offered to the viewer."""
    asked = _asked(request)
    view, sort = asked["view"], asked["sort"]
    found = queries.worklist(
        request.work, at=request.at, view=view, text=asked["text"], sort=sort, page=asked["page"]
    )
    empty = {code: sentence for code, _title, sentence in TABS}
    shown = {
        "tabs": [(code, title, found.counts[code]) for code, title, _empty in TABS],
        "asked": asked,
        "found": found,
        "rows": [_row(row, request) for row in found.rows],
        "sorts": SORTS,
        "empty": empty[view],
        "areas": areas_of(request.work.actor),
        "may_record": allows("record_contact", actor=request.work.actor, at=request.at),
    }
    return render(request, "worklist.html", shown)


@require_http_methods(["GET", "POST"])
def find(request: WorkRequest) -> HttpResponse:
    """Find a person by name among the cases whose identity is open to the viewer."""
    form = NameForm(request.POST if request.method == "POST" else None, auto_id="op-%s")
    hits: list[Any] | None = None
    if request.method == "POST" and form.is_valid():
        hits = list(queries.find_people(request.work, form.cleaned_data["name"], at=request.at))
    status = 422 if form.errors else 200
    return render(request, "find.html", {"form": form, "hits": hits}, status=status)


@require_GET
def notices(request: WorkRequest) -> HttpResponse:
    """Show what other organisations have told the viewer's."""
    notifications = [
        [words.any_label(value) for value in line.coarse.values()]
        for line in queries.notifications(request.work)
    ]
    actor = request.work.actor
    shown = {
        "notices": queries.notices(request.work),
        "confirmations": confirmations.WORDS,
        "notifications": notifications,
        "may_notify": allows("notify_without_identity", actor=actor, at=request.at),
    }
    return render(request, "notices.html", shown)


@require_GET
def account(request: WorkRequest) -> HttpResponse:
    """Show who is signed in, in which roles, with which training and agreement."""
    actor = request.work.actor
    shown = {
        "roles": [people.role_name(role) for role in sorted(actor.roles)],
        "training": [words.label(tag, "training_tag") for tag in sorted(actor.training)],
        "agreement_until": actor.agreement_until,
        "may_import": allows("take_in", actor=actor, at=request.at),
        "may_enrol": not REGISTRARS.isdisjoint(actor.roles),
    }
    return render(request, "account.html", shown)


def _asked(request: WorkRequest) -> dict[str, Any]:
    form = ListForm(request.GET)
    form.is_valid()
    typed = getattr(form, "cleaned_data", {})
    return {
        "view": typed.get("view") or get_args(View)[1],
        "sort": typed.get("sort") or get_args(Sort)[0],
        "text": typed.get("text") or "",
        "page": typed.get("page") or 1,
    }


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
        "missing": young.tap(today) if row.majority == "child" else None,
        "role": people.role_name(row.role),
    }
