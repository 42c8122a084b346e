"""Programs that work in a worker's name: she lets one in, sees what it may do, shuts it out."""

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from opennrm.records.programs import (
    LONGEST,
    Admission,
    KeyMissing,
    let_in,
    own_programs,
    shut_out,
)
from opennrm.vocabulary.scopes import CASE_SCOPES, Scope
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.second_factor import freshly
from opennrm.web.work import WorkRequest

# The parts of cases, and the co-ordination (D15).
PARTS = (*CASE_SCOPES, Scope.STRUCTURES)


class AdmissionForm(forms.Form):
    """What a program may do, and until when."""

    name = ask.word(_("What do you call this program?"), required=True, longest=80)
    purpose = ask.one_from(
        _("For which purpose?"), ask.listed("purpose", leave_out=("removal", "statistics"))
    )
    steps = ask.several(_("What may it do for you?"), ask.listed("program_step"), required=True)
    parts = ask.several(
        _("Which parts of cases may it read and write?"),
        [(scope.value, ask.translated(scope.label)) for scope in Scope if scope in PARTS],
        hint=_("Only what is open to you anyway. Name as few as the program needs."),
        required=True,
    )
    until = ask.day(_("Until which day?"), hint=_("Three months at most. Then let it in anew."))

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "op-%s")
        super().__init__(*args, **kwargs)
        self.at = at

    def clean_until(self) -> datetime:
        """Take a day from tomorrow on, three months ahead at most."""
        day = self.cleaned_data["until"]
        end = datetime.combine(day, time(), tzinfo=UTC)
        if not self.at < end <= self.at + LONGEST:
            raise forms.ValidationError(_("name a day within the next three months"))
        return end


@require_http_methods(["GET", "POST"])
@freshly
def page(request: WorkRequest) -> HttpResponse:
    """Show the viewer's programs, and let a new one in; its secret is shown once."""
    form = AdmissionForm(request.POST or None, at=request.at)
    secret, refused = "", ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = let_in(request.work, Admission(**_as_tuples(form.cleaned_data)))
            form = AdmissionForm(at=request.at)
        except KeyMissing as missing:
            refused = str(missing)
    shown = {
        "form": form,
        "secret": secret,
        "refused": refused,
        "programs": [_shown(one, request.at) for one in own_programs(request.work)],
    }
    return render(request, "programs.html", shown, status=422 if form.errors else 200)


@require_POST
def close(request: WorkRequest, program_ref: UUID) -> HttpResponse:
    """Shut a program out, at once.

    :raises Http404: when the viewer let no such program in.
    """
    if program_ref not in {one.program_ref for one in own_programs(request.work)}:
        raise Http404
    shut_out(request.work, program_ref)
    return HttpResponseRedirect(reverse("programs"))


def _as_tuples(typed: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(one) if isinstance(one, list) else one for name, one in typed.items()}


def _shown(program: Any, at: datetime) -> dict[str, Any]:
    return {
        "program": program,
        "stands": program.ended_at is None and program.until > at,
        "steps": [words.label(step, "program_step") for step in program.steps],
        "parts": [words.any_label(part) for part in program.parts],
    }
