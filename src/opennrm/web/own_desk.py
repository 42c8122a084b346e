"""The case manager's side of the person's own page: its first sign-in, its card, her letters."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opennrm.casework import own_door as work
from opennrm.records import own_door, own_letters
from opennrm.records.guessing import is_guessed_early
from opennrm.records.own_door import NotOpened
from opennrm.records.own_letters import DoorState, Letter
from opennrm.web import acts, own_page
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.own_door import is_open
from opennrm.web.paper import set_paper
from opennrm.web.work import WorkRequest

SHORTEST = 10
SECRET = {"autocomplete": "off"}
# Only the code: whose it is, what it opens and where stands nowhere on it.
CARD = """
#let note = json(bytes(sys.inputs.note))
#set document(title: note.title, author: (), date: none)
#set page(width: 85.6mm, height: 54mm, margin: 8mm)
#set text(font: "DejaVu Sans Mono", size: 14pt, lang: "en")
#align(center + horizon, note.title)
"""


class FirstForm(forms.Form):
    """The words she chooses, with the code from her card."""

    code = forms.CharField(
        label=_("Code"), max_length=40, widget=forms.TextInput(attrs=own_page.QUIET)
    )
    passphrase = forms.CharField(
        label=_("Her words"),
        help_text=_(
            "At least 10 characters: three or four words nobody would guess. Only she types."
        ),
        max_length=200,
        widget=forms.PasswordInput(attrs=SECRET),
    )
    again = forms.CharField(
        label=_("The same words again"),
        max_length=200,
        widget=forms.PasswordInput(attrs=SECRET),
    )
    under_pressure = forms.CharField(
        label=_("Other words, for moments under pressure"),
        help_text=_(
            "If she wants. They open a page that looks the same and says nothing of hers."
        ),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs=SECRET),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Take no words that are guessed early, none mistyped, and no two that are the same."""
        typed = super().clean() or {}
        for name in ("passphrase", "under_pressure"):
            words = typed.get(name, "")
            if words and (len(words) < SHORTEST or is_guessed_early(words)):
                self.add_error(name, _("These are too easy to guess. Take three or four words."))
        if typed.get("passphrase") != typed.get("again"):
            self.add_error("again", _("It is not the same. Type it again."))
        if typed.get("passphrase") and typed.get("passphrase") == typed.get("under_pressure"):
            self.add_error("under_pressure", _("These must be other words."))
        return typed


@require_GET
def page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Show how her page stands, what may be done, and her letters, whose reading is logged."""
    case = _case(request, case_ref)
    state = own_letters.door_state(request.work, case_ref)
    shown = {
        "case": case,
        "door": state,
        "standing": standing(state),
        "steps": _steps(case),
        "letters": said(own_letters.letters_of(request.work, case_ref)),
    }
    return render(request, "own_door.html", shown)


@require_http_methods(["GET", "POST"])
def first(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Let her choose her words beside her case manager; then her page is hers."""
    case = _case(request, case_ref)
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _begun(request, case_ref, form):
        messages.success(request, gettext("Her page is ready. Open it with her once."))
        return HttpResponseRedirect(reverse("own_door", kwargs={"case_ref": case_ref}))
    shown = {"case": case, "form": form}
    return render(request, "own_first.html", shown, status=422 if form.errors else 200)


@require_POST
def card(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Print the code on a card that names nothing; it came with the form and is kept nowhere."""
    _case(request, case_ref)
    code = own_door.typed(request.POST.get("code", ""))
    if len(code) != own_door.LENGTH:
        raise Http404
    made = set_paper(CARD, {"title": own_door.grouped(code)})
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="card.pdf"'
    return answer


@require_POST
def answer(request: WorkRequest, letter: UUID) -> HttpResponse:
    """Answer a letter of hers, once; then go back to where it was read."""
    text = request.POST.get("text", "").strip()
    if not text or not own_letters.answer(request.work, letter, text[:10_000]):
        messages.error(
            request, gettext("The answer was not kept. Her page is closed, or it was answered.")
        )
    else:
        messages.success(request, gettext("She reads your answer on her page."))
    case_ref = request.POST.get("case", "")
    try:
        back = reverse("own_door", kwargs={"case_ref": UUID(case_ref)})
    except ValueError:
        back = reverse("who_reads")
    return HttpResponseRedirect(back)


def said(letters: list[Letter]) -> list[dict[str, Any]]:
    """Prepare letters for a page."""
    named = dict(own_page.ABOUT)
    return [{"letter": one, "about": named[one.about]} for one in letters]


def standing(state: DoorState | None) -> str:
    """Say in a sentence how her page stands."""
    if state is None or state.is_closed:
        return gettext("She has no page of her own.")
    if not state.stands:
        return gettext("It is shut until you look at the dangers again.")
    return gettext("It is open.") if state.is_begun else gettext("It waits for her first sign-in.")


def _steps(case: OpenCase) -> list[tuple[str, Any]]:
    """Name the steps that may be done now; a second opening makes a new card."""
    is_safe = work.is_safe(case.case, on=case.today)
    first_step = "open_own_door" if is_safe else "assess_risk"
    if not work.opened(case.case):
        return [(first_step, acts.ACTS[first_step].title)]
    again = gettext("Make a new card") if is_safe else acts.ACTS[first_step].title
    return [(first_step, again), ("close_own_door", acts.ACTS["close_own_door"].title)]


def _begun(request: WorkRequest, case_ref: UUID, form: FirstForm) -> bool:
    typed = form.cleaned_data
    try:
        own_door.begin(
            request.work,
            case_ref,
            code=typed["code"],
            passphrase=typed["passphrase"],
            under_pressure=typed["under_pressure"],
        )
    except NotOpened:
        form.add_error(
            "code", _("This is not the code of a page that was opened within the hour.")
        )
        return False
    return True


def _case(request: WorkRequest, case_ref: UUID) -> OpenCase:
    case = open_case(request.work, case_ref, at=request.at)
    if not is_open(case):
        raise Http404
    return case
