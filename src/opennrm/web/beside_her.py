"""The page a case manager opens beside the person: what is written about her, in plain words."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from opennrm.casework.access_log import may_read_log
from opennrm.casework.own_page import own_page
from opennrm.lifecycle.grounds import day
from opennrm.records.queries.looked import who_looked
from opennrm.records.sessions import reading
from opennrm.vocabulary.roles import Role
from opennrm.web import own_words
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.work import WorkRequest

BESIDE_HER = (Role.CM, Role.GU)


@require_GET
def page(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Show her page in a language of the pages, without a name, a place or a word of others.

    :raises Http404: when the viewer does not keep her consents as her case manager or guardian.
    """
    asked = request.GET.get("in", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    with reading(request.work.token), translation.override(language):
        case = open_case(request.work, case_ref, at=request.at)
        if not is_open(case):
            raise Http404
        return render(request, "beside_her.html", _prepared(case, asked))


def is_open(case: OpenCase) -> bool:
    """Tell whether the viewer may open her page: a child's only her guardian."""
    wanted = (Role.GU,) if case.case.is_child else BESIDE_HER
    keeps = "D10" in case.compartments and may_read_log(case.case, case.compartments)
    return keeps and case.viewer.actor.holds_any(wanted)


def is_safe_now(case: OpenCase) -> bool:
    """Tell whether the dangers were assessed, and are not yet to be looked at again."""
    assessed = case.case.newest("risk_assessed")
    review = day(assessed, "review_on") if assessed else None
    return review is not None and review >= case.today


def _prepared(case: OpenCase, asked: str) -> dict[str, Any]:
    shown = {"case": case, "asked": asked, "is_safe_now": is_safe_now(case)}
    if not shown["is_safe_now"]:
        return shown
    looked = who_looked(case.viewer, case.case.case_ref)
    saw = [_named(one.organisation, one.role, case) for one in looked]
    said = own_words.shown(own_page(case.case), saw=saw, names=case.names, on=case.today)
    return {**shown, **said}


def _named(house: UUID, role: str | None, case: OpenCase) -> tuple[str, str]:
    return case.organisation_name(house), role or ""
