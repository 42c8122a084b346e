"""The page of who looked: who saw the case and who received it, by organisation and role."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from opennrm.casework.access_log import (
    Received,
    Seen,
    may_read_log,
    received,
    require_log_open,
)
from opennrm.casework.refusals import AccessMissing
from opennrm.records.queries.looked import who_looked
from opennrm.records.sessions import reading
from opennrm.web import confirmations, people, sharing
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.work import WorkRequest


@require_GET
def page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Show who saw the case and who received it, to those who keep the person's consents."""
    with reading(request.work.token):
        return _shown(request, case_ref)


def _shown(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    case = open_case(request.work, case_ref, at=request.at)
    try:
        require_log_open(case.case, case.compartments, on=case.today)
    except AccessMissing:
        raise Http404 from None
    if not may_read_log(case.case, case.compartments):
        raise Http404
    shown = {
        "case": case,
        "seen": [_seen(one, case) for one in who_looked(request.work, case_ref)],
        "received": [_received(one, case) for one in received(case.case)],
        "asked": confirmations.shown(case),
    }
    return render(request, "looked.html", shown)


def _seen(one: Seen, case: OpenCase) -> dict[str, Any]:
    return {
        "by": case.organisation_name(one.organisation),
        "role": people.role_name(one.role) if one.role else gettext("Role not known any more"),
        "part": people.part_name(one.compartment),
        "first_at": one.first_at,
        "last_at": one.last_at,
        "times": one.times,
        "purposes": [purpose(code) for code in one.purposes],
    }


def purpose(code: str) -> str:
    """Say what a reading was for, as the ground that opened the part says it."""
    own = {
        "own_record": gettext("its own record"),
        "emergency": gettext("an emergency"),
        "second_opinion": gettext("a second opinion"),
    }
    return own.get(code) or sharing.purpose_words(code)


def _received(one: Received, case: OpenCase) -> dict[str, Any]:
    return {
        "by": case.organisation_name(one.organisation),
        "role": people.role_name(one.role) if one.role else "",
        "at": one.at,
        "until": one.until,
        "parts": [people.part_name(code) for code in one.compartments],
    }
