"""The files of a case: which there are, keeping one more, and saving one for a purpose."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from opennrm.casework.files import NewFile, files_of, keep_file
from opennrm.casework.refusals import CaseNotFound, Refused
from opennrm.lifecycle.kinds.files import FILE_SCOPES
from opennrm.records.desk import AlreadySent, at_work
from opennrm.records.files.reading import opened_file
from opennrm.records.files.refusals import FileRefused
from opennrm.records.files.taking_in import taken_in
from opennrm.vocabulary.sharing import Purpose
from opennrm.web import people, words
from opennrm.web.forms import fields as ask
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.work import WorkRequest

NOT_FOR = (Purpose.STATISTICS.value, Purpose.REMOVAL.value)
REFUSALS = {
    "empty": _("The file is empty. Choose another one."),
    "too_large": _(
        "The file is larger than 10 MB. Keep the pages that matter, or a smaller copy."
    ),
    "type_not_kept": _(
        "This type of file is not kept here. Save it as PDF, JPEG, PNG, Word, Excel or "
        "OpenDocument."
    ),
    "carries_macros": _(
        "The file carries macros or other files inside, which may do harm. Save it as PDF."
    ),
    "cannot_be_read": _("The file is damaged or too large to be read whole. Save it anew."),
    "malware_found": _(
        "The scanner found something harmful in the file, so it was not kept. Do not open it, and "
        "tell your administrator."
    ),
    "scanner_away": _(
        "Files cannot be scanned for harmful content just now, so none is taken. Nothing was "
        "kept. Try again later, or tell your administrator."
    ),
}


class FileForm(forms.Form):
    """A file, what it is called and where it belongs."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG, PNG, Word, Excel or OpenDocument, 10 MB at most."),
        error_messages={
            "required": _("choose a file of 10 MB at most"),
            "empty": _("the file is empty"),
        },
    )
    title = ask.word(
        _("What it is"), hint=_("Sealed; only who may read the part sees it."), required=True
    )
    scope = forms.ChoiceField(
        label=_("Which part of the case does it belong to?"),
        help_text=_("Whoever may read this part may open the file."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, case: OpenCase, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "op-%s", **kwargs})
        field: Any = self.fields["scope"]
        field.choices = [(code, people.part_name(code)) for code in may_keep_in(case)]


class PurposeForm(forms.Form):
    """What a file is needed for, and which."""

    purpose = ask.one_from(_("What do you need it for?"), ask.listed("purpose", leave_out=NOT_FOR))
    file = forms.UUIDField()


@require_http_methods(["GET", "POST"])
def page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """List the files of a case; a POST keeps one more, or shows what they are called."""
    asked = request.POST.get("open", "")
    parts = _parts_with_files(open_case(request.work, case_ref, at=request.at)) if asked else ()
    case = open_case(request.work, case_ref, at=request.at, opened=parts)
    if request.method == "GET" or asked:
        return _shown(request, case, FileForm(case=case, initial={"form_key": uuid4()}))
    form = FileForm(request.POST, request.FILES, case=case)
    if not form.is_valid():
        return _shown(request, case, form, status=422)
    return _kept(request, case, form)


@require_POST
def save(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Hand out one file for a purpose, as something to be saved and never shown in place."""
    case = open_case(request.work, case_ref, at=request.at)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        empty = FileForm(case=case, initial={"form_key": uuid4()})
        return _shown(request, case, empty, status=422, asking=form)
    wanted, purpose = form.cleaned_data["file"], form.cleaned_data["purpose"]
    try:
        found = opened_file(request.work, case_ref, wanted, purpose=purpose)
    except CaseNotFound:
        raise Http404 from None
    if found is None:
        said = gettext("Your keys do not open this file: it was kept before the part was yours.")
        empty = FileForm(case=case, initial={"form_key": uuid4()})
        return _shown(request, case, empty, status=403, refusal=said)
    answer = HttpResponse(found.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer


def may_keep_in(case: OpenCase) -> list[str]:
    """List the parts of a case the viewer may keep a file in."""
    known = [scope.value for scope in FILE_SCOPES]
    return [code for code in known if case.page.compartments.get(code) == "write"]


def _parts_with_files(case: OpenCase) -> tuple[str, ...]:
    return tuple({fact.compartment for fact in files_of(case.case)})


def _kept(request: WorkRequest, case: OpenCase, form: FileForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        # Scanned and cleaned before the case is locked: others need not wait for it.
        locked = taken_in(given["file"].read())
        file = NewFile(
            title=given["title"], scope=given["scope"], kept_on=case.today, locked=locked
        )
        with at_work(request.work, at=request.at, form_key=given["form_key"]) as desk:
            keep_file(
                case_ref=case.page.case_ref,
                file=file,
                actor=request.work.actor,
                at=request.at,
                desk=desk,
            )
    except FileRefused as refused:
        return _shown(request, case, form, status=422, refusal=REFUSALS[refused.reason])
    except Refused as refused:
        return _shown(request, case, form, status=422, refusal=words.said(refused.finding.says))
    except AlreadySent:
        pass
    return HttpResponseRedirect(reverse("files", kwargs={"case_ref": case.page.case_ref}))


def _shown(
    request: WorkRequest, case: OpenCase, form: FileForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    told = {entry.fact.fact_ref: entry for entry in case.page.timeline}
    rows = [
        {
            "ref": fact.fact_ref,
            "title": (told[fact.fact_ref].told or {}).get("title", ""),
            "type": words.label(fact.text("file_type") or "", "file_type"),
            "size": fact.open.get("size_kib"),
            "day": words.iso_day(fact.text("kept_on")),
            "part": people.part_name(fact.compartment),
            "by": told[fact.fact_ref].organisation_name,
        }
        for fact in reversed(files_of(case.case))
    ]
    shown = {
        "case": case,
        "form": form,
        "rows": rows,
        "may_keep": bool(may_keep_in(case)),
        "asking": PurposeForm(auto_id="op-%s"),
        "refusal": "",
    }
    return render(request, "files.html", shown | more, status=status)
