"""Pages of the minimum safety sheet: written whole, read by those who house or treat her."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from opennrm.casework import safety_sheet as work
from opennrm.vocabulary.languages import language_name
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.work import WorkRequest

KIND, PART = "safety_sheet_written", "D16"
TITLES = {
    "called": _("What the person is called in the house"),
    "allergies": _("Allergies"),
    "medicine": _("Medicine: what, how much, when"),
    "threats": _("Who or what is a danger, and what to do then"),
    "appointments": _("Appointments that must not be missed"),
}


class SheetForm(ActForm):
    """The whole sheet, with what stood on it before."""

    makes = work.SafetySheet
    called = ask.word(
        TITLES["called"], hint=_("Any name or room will do. Staff at night find the person by it.")
    )
    allergies = ask.text(TITLES["allergies"], hint=_('Write "none known" if you asked.'))
    medicine = ask.text(TITLES["medicine"])
    threats = ask.text(
        TITLES["threats"], hint=_("Never the address of the house: who reads this is there.")
    )
    appointments = ask.text(TITLES["appointments"])
    language = ask.language(_("Which language does the person speak best?"))

    def prepare(self) -> None:
        """Begin with the sheet as it is; reading it is logged."""
        sheet = self.place.case.case.newest(KIND)
        if sheet is None:
            return
        for name, text in self.place.case.told(sheet).items():
            self.fields[name].initial = text
        self.fields["language"].initial = sheet.text("language")


ACTS = (
    Act(
        name="write_safety_sheet",
        title=_("Safety sheet"),
        form=SheetForm,
        use_case=work.write_safety_sheet,
        noun="sheet",
        button=_("Save the safety sheet"),
        done=_("The safety sheet is saved."),
        intro=(
            _(
                "The few things that must be known at night. Write the whole sheet each time. If a"
                " consent ends or is taken back, those who house or treat the person can read the"
                " sheet as it then is for 90 days, and nothing else."
            ),
        ),
        touches=(PART,),
        group="plan",
    ),
)


@require_GET
def page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Show the sheet to those it is open to; that it was read is in the log."""
    case = open_case(request.work, case_ref, at=request.at, opened=(PART,))
    if PART not in case.compartments:
        raise Http404
    return render(request, "safety_sheet.html", {"case": case, "written": shown(case)})


def shown(case: OpenCase) -> dict[str, Any] | None:
    """Prepare the newest sheet the viewer may see, opened."""
    entry = next(
        (e for e in case.page.timeline if e.fact.kind == KIND and not e.is_replaced), None
    )
    if entry is None:
        return None
    told, rows = entry.told or {}, [r for r in case.case.access if r.compartment == PART]
    language = entry.fact.text("language")
    return {
        "at": entry.fact.at,
        "language": language_name(language, str(words.locale().language)) if language else "",
        "lines": [(title, told.get(name, "")) for name, title in TITLES.items()],
        "is_open": entry.told is not None,
        "is_kept": all(row.is_kept for row in rows),
        "until": max(row.until for row in rows),
    }
