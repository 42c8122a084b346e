"""One view for every use case: shows its form, hands it over, says what came of it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views import View

from opennrm.casework.refusals import CaseNotFound, ChangedMeanwhile, Refused
from opennrm.records import queries
from opennrm.records.desk import AlreadySent, at_work
from opennrm.web.comparing import compared
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.guided.alike import alike, keep_answers
from opennrm.web.open_case import open_case
from opennrm.web.work import WorkRequest

ALIKE_SEEN = "alike_seen"


class ActView(View):
    """The page of one act, which the address table names."""

    act: Any = None

    def get(self, request: WorkRequest, case_ref: UUID | None = None) -> HttpResponse:
        """Show the form, empty or with what is known."""
        place = _place(request, case_ref)
        if choice := self.act.still_to_choose(place):
            if choice.only and choice.name not in request.GET:
                asked = {**request.GET.dict(), choice.name: choice.only}
                return HttpResponseRedirect(f"{request.path}?{urlencode(asked)}")
            return self._choosing(request, place, choice)
        kept = {"form_key": uuid4(), "expected": _seen(self.act, place)}
        return self._shown(request, self.act.form(place=place, initial=kept))

    def post(self, request: WorkRequest, case_ref: UUID | None = None) -> HttpResponse:
        """Hand the form to the use case; whatever happens, nothing typed is lost."""
        place = _place(request, case_ref)
        if choice := self.act.still_to_choose(place):
            return self._choosing(request, place, choice)
        form = self.act.form(request.POST, place=place)
        if not form.is_valid():
            return self._shown(request, form, status=422)
        if known := self._perhaps_known(request, form):
            return self._shown(request, form, alike=known)
        return self._sent(request, form)

    def _sent(self, request: WorkRequest, form: ActForm) -> HttpResponse:
        place = form.place
        try:
            made = self._recorded(form)
        except AlreadySent:
            return self._after(request, place, gettext("This was already saved. It counts once."))
        except CaseNotFound:
            raise Http404 from None
        except ChangedMeanwhile as changed:
            return self._changed(request, form, changed)
        except Refused as refused:
            return self._shown(request, form, status=422, refusal=refused.finding)
        if self.act.starts_case:
            keep_answers(request.work, made, request.POST)
        return self._done(request, form, made)

    def _perhaps_known(self, request: WorkRequest, form: ActForm) -> list[dict[str, Any]]:
        """Return who may be the person a case is begun for, once, before it is saved.

        One word that she wants to be called by fits too many people to stop for.
        """
        name = str(form.cleaned_data.get("called") or "")
        if not self.act.starts_case or ALIKE_SEEN in request.POST or len(name.split()) < 2:
            return []
        answers = {key: request.POST.getlist(key) for key in form.fields}
        return alike(request.work, answers, at=request.at)

    def _done(self, request: WorkRequest, form: ActForm, made: UUID) -> HttpResponse:
        """Show what is kept nowhere, where the act makes that; else go on."""
        if self.act.after:
            return render(request, self.act.after, {"form": form, "place": form.place})
        return self._after(request, form.place, self._said(request, form), made)

    def _said(self, request: WorkRequest, form: ActForm) -> str:
        """Say that it is done, and where the act knows more, what follows from it."""
        if self.act.said is None:
            return str(self.act.done)
        said: str = self.act.said(form, _place(request, form.place.case_ref).case)
        return said

    def _choosing(self, request: WorkRequest, place: Place, choice: Choice) -> HttpResponse:
        page = {"act": self.act, "place": place, "choice": choice}
        return render(request, "choose.html", page)

    def _recorded(self, form: ActForm) -> UUID:
        viewer = form.place.viewer
        key = form.cleaned_data["form_key"]
        with at_work(viewer, at=form.place.at, form_key=key) as desk:
            made: UUID = self.act.perform(form, desk=desk)
            return made

    def _changed(
        self, request: WorkRequest, form: ActForm, changed: ChangedMeanwhile
    ) -> HttpResponse:
        place = _place(request, form.place.case_ref)
        typed = request.POST.copy()
        typed["expected"] = _seen(self.act, place)
        again = self.act.form(typed, place=place)
        again.is_valid()
        more = {"refusal": changed.finding, "news": changed.facts}
        if place.case is not None:
            more["compared"] = compared(again, changed.facts, place.case)
        return self._shown(request, again, status=409, **more)

    def _after(
        self, request: WorkRequest, place: Place, said: str, made: UUID | None = None
    ) -> HttpResponse:
        messages.success(request, said)
        case_ref = made if self.act.starts_case else place.case_ref
        if case_ref is None or (
            self.act.may_close and not queries.is_open(request.work, case_ref)
        ):
            return HttpResponseRedirect(reverse("worklist"))
        return HttpResponseRedirect(reverse("case", kwargs={"case_ref": case_ref}))

    def _shown(
        self, request: WorkRequest, form: ActForm, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        page: dict[str, Any] = {"act": self.act, "form": form, "place": form.place}
        page |= {
            "refusal": None,
            "news": (),
            "compared": (),
            "alike": (),
            "heading": self.act.title,
            "waits": "",
            "action": "",
        }
        page |= self.act.aside(form.place)
        return render(request, self.act.template, page | more, status=status)


def _place(request: WorkRequest, case_ref: UUID | None) -> Place:
    """Find where the form stands; a case that is not open to the viewer does not exist."""
    asked = {name: str(value) for name, value in request.GET.items()}
    if case_ref is None:
        return Place(viewer=request.work, at=request.at, asked=asked)
    case = open_case(request.work, case_ref, at=request.at)
    return Place(viewer=request.work, at=request.at, case_ref=case_ref, case=case, asked=asked)


def _seen(act: Act, place: Place) -> str:
    if place.case_ref is None:
        return ""
    known = place.case.sequences
    return " ".join(f"{code}:{known[code]}" for code in act.touches if code in known)
