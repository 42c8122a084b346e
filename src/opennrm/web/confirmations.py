"""Answers to the request to delete or return what was received, and how they are shown."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from opennrm.casework.refusals import AccessMissing
from opennrm.records.queries.confirmations import ANSWERS, answer_notice, asked_to_delete
from opennrm.web import people
from opennrm.web.open_case import OpenCase
from opennrm.web.work import WorkRequest

WORDS = {
    "deleted": _("Deleted everywhere, papers too"),
    "returned": _("Returned"),
    "kept_by_law": _("A law makes us keep it; nobody uses it"),
}


@require_POST
def answer(request: WorkRequest, notice: UUID) -> HttpResponse:
    """Keep what the organisation did with what it had."""
    how = request.POST.get("how", "")
    if how not in ANSWERS:
        raise Http404
    try:
        answer_notice(request.work, notice, how)
    except AccessMissing:
        raise Http404 from None
    messages.success(request, gettext("Your answer is kept, and shown to those who asked."))
    return HttpResponseRedirect(reverse("notices"))


def shown(case: OpenCase) -> list[dict[str, Any]]:
    """Say who was asked to delete or return, and who has not answered."""
    return [
        {
            "by": case.organisation_name(one.organisation),
            "role": people.role_name(one.role) if one.role else "",
            "asked_at": one.asked_at,
            "answer": str(WORDS[one.how]) if one.how else "",
            "answered_at": one.answered_at,
        }
        for one in asked_to_delete(case.viewer, case.case.case_ref)
    ]
