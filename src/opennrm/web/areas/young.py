"""Children: the guardian, each assessment and determination of best interests, who is missing."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle import child_file
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.web import words
from opennrm.web.areas.area import Area, Section, pairs, told
from opennrm.web.open_case import OpenCase

DONE = ("child_act_authorised", "child_protected_at_once")
SEARCH = ("child_missing_reported", "missing_child_described", "missing_child_call_logged")


def cells(case: Case, today: date) -> tuple[str, ...]:
    """Say whether a child is missing, who stands by the child, and what a panel decides."""
    guardian = child_file.guardian(case)
    waiting = [one for one in _opened(case) if not _determined(case, one)]
    return (
        gettext("Missing") if child_file.missing(case) else "",
        _kind(guardian),
        ", ".join(_about(one) for one in waiting),
    )


def sections(case: OpenCase) -> Iterator[Section]:
    """Say who stands by the child, what was found to be best, and the search."""
    guardian = child_file.guardian(case.case)
    settled = case.case.age_status
    yield Section(
        gettext("The child"),
        pairs(
            (gettext("Age"), words.label(settled or "", "age_status")),
            (gettext("Guardian"), _kind(guardian) or gettext("Nobody yet")),
            (gettext("Turns 18 in"), child_file.turns_18_in(case.case)),
        ),
    )
    assessed = tuple(_assessed(one) for one in case.case.of_kind("best_interests_assessed"))
    yield Section(
        gettext("Best interests assessed"), lines=assessed or (gettext("Not assessed yet"),)
    )
    for opened in _opened(case.case):
        yield _determination(opened, case)
    done = tuple(told(fact, case) for fact in case.case.of_kind(*DONE))
    if done:
        yield Section(gettext("What was done"), lines=done)
    search = tuple(told(fact, case) for fact in case.case.of_kind(*SEARCH))
    if search:
        yield Section(gettext("The search"), lines=search)


def beside(case: OpenCase) -> dict[str, Any]:
    """Prepare the one tap that reports a missing child."""
    return {"missing": one_tap(case)}


def one_tap(case: OpenCase) -> dict[str, Any] | None:
    """Return what the button sends: today, and a key so that two taps count once."""
    may_be = case.case.majority == "child"
    if not may_be or child_file.missing(case.case) is not None or not case.compartments:
        return None
    return tap(case.today)


def tap(today: date) -> dict[str, Any]:
    """Return what one tap sends."""
    return {"key": uuid4(), "today": today}


def _opened(case: Case) -> tuple[Fact, ...]:
    return case.of_kind("determination_opened")


def _determined(case: Case, opened: Fact) -> Fact | None:
    found = case.answering(opened.fact_ref, "best_interests_determined")
    return found[-1] if found else None


def _about(fact: Fact) -> str:
    return words.any_label(fact.text("about") or "")


def _kind(guardian: Fact | None) -> str:
    return words.any_label(guardian.text("guardian_kind") or "") if guardian else ""


def _heard(fact: Fact) -> str:
    if fact.flag("is_heard"):
        weight = fact.text("weight")
        said = words.any_label(weight) if weight else gettext("Yes")
        return gettext("heard: %(weight)s") % {"weight": said}
    why = fact.text("why_not")
    return gettext("not heard: %(why)s") % {"why": words.any_label(why)} if why else ""


def _assessed(fact: Fact) -> str:
    parts = (
        _about(fact),
        words.any_label(fact.text("result") or ""),
        words.iso_day(fact.text("assessed_on")),
        _heard(fact),
    )
    return ", ".join(part for part in parts if part)


def _determination(opened: Fact, case: OpenCase) -> Section:
    panel = child_file.panel_of(case.case, opened.fact_ref)
    found = _determined(case.case, opened)
    title = gettext("Determination: %(about)s") % {"about": _about(opened)}
    result = words.any_label(found.text("result") or "") if found else gettext("Still open")
    return Section(
        title,
        pairs(
            (gettext("Opened on"), words.iso_day(opened.text("opened_on"))),
            (gettext("The child"), _heard(opened)),
            (gettext("Members who signed"), panel.members),
            (gettext("Organisations"), len(panel.houses)),
            (gettext("Found otherwise"), panel.dissents),
            (gettext("Result"), result),
        ),
    )


AREA = Area(
    slug="young",
    title=_("Children"),
    empty=_("No case of a child is open to you."),
    parts=frozenset({"D11", "D11S"}),
    timers=frozenset(
        {"T02", "T03", "T03W", "T03F", "T14", "T14P", "T18", "T18R", "T21"},
    ),
    kinds=(
        "guardian_named",
        "guardianship_ended",
        "best_interests_assessed",
        "determination_opened",
        "determination_signed",
        "best_interests_determined",
        *DONE,
        *SEARCH,
        "child_found",
    ),
    group="child",
    columns=(_("Missing"), _("Guardian"), _("A panel decides on")),
    cells=cells,
    sections=sections,
    panel="areas/missing.html",
    beside=beside,
)
