"""Saves the work list as a workbook that a passphrase opens: references and days, no person."""

import pyrage
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.lifecycle.projections import stage_label
from opennrm.records.queries.whole_list import whole_list
from opennrm.records.queries.worklist import WorklistRow
from opennrm.web import words
from opennrm.web.exporting import download, workbook
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest
from opennrm.web.worklist import WAITING

REASONS = [
    ("meeting", _("For a meeting")),
    ("handing_over", _("To hand over my work")),
    ("no_line", _("I work where there is no line")),
    ("own_check", _("To check my own work")),
]
FILE, KIND = "list.xlsx.age", "application/octet-stream"
SHORTEST = 14


class ListFileForm(forms.Form):
    """Why the list is saved, and the passphrase that opens it."""

    reason = ask.one_of(_("Why do you save it?"), REASONS)
    passphrase = forms.CharField(
        label=_("A passphrase for this file"),
        min_length=SHORTEST,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 14 signs. Nobody can open the file without it; it is kept nowhere."),
    )


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest) -> HttpResponse:
    """Ask why, then send the list locked; that it was saved, and why, is in the journal."""
    form = ListFileForm(request.POST or None, auto_id="op-%s")
    if request.method == "POST" and form.is_valid():
        rows = whole_list(request.work, at=request.at, reason=form.cleaned_data["reason"])
        plain = workbook({"1": [_head(), *(_line(row) for row in rows)]})
        locked = pyrage.passphrase.encrypt(plain, form.cleaned_data["passphrase"])
        return download(locked, FILE, KIND)
    return render(request, "list_file.html", {"form": form}, status=422 if form.errors else 200)


def _head() -> list[str]:
    return [
        gettext("Reference"),
        gettext("Stage"),
        gettext("Waiting for"),
        gettext("What is due"),
        gettext("Due"),
        gettext("Last changed"),
    ]


def _line(row: WorklistRow) -> list[str]:
    return [
        row.reference,
        gettext(stage_label(row.stage)),
        str(WAITING.get(row.waiting_for, "")),
        words.timer(row.next_due_kind) if row.next_due_kind else "",
        words.moment(row.next_due_at),
        words.moment(row.last_fact_at),
    ]
