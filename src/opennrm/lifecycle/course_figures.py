"""What figures keep of the course of a case: one coarse word for each step, and no day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day

NONE = "none"
FIRST, FORMAL = "reasonable_grounds_decided", "identification_decided"
BANDS = ((30, "within_30_days"), (90, "within_90_days"), (365, "within_365_days"))
LONGER, DAY_UNKNOWN = "longer", "day_unknown"


@dataclass(frozen=True, slots=True)
class CourseRow:
    """Eight coarse words of one case, in the columns of the statistics copy.

    The word `none` says that the record holds no such step, not that it never happened.
    """

    first_decision: str
    formal_decision: str
    recovery: str
    permit: str
    safe_return: str
    proceedings: str
    liability: str
    protection: str


def course_row(case: Case) -> CourseRow:
    """Return how far each step of a case came, without identity and without days."""
    return CourseRow(
        first_decision=_time_to_first(case),
        formal_decision=_time_to_formal(case),
        recovery=_recovery(case),
        permit=_permit(case),
        safe_return=_safe_return(case),
        proceedings=case.criminal,
        liability=_liability(case),
        protection=_protection(case),
    )


def _decided(case: Case, kind: str) -> Fact | None:
    return next((one for one in case.of_kind(kind) if one.text("outcome") != "pending"), None)


def _time_to_first(case: Case) -> str:
    decided = _decided(case, FIRST)
    contact = case.newest("contact_recorded")
    began = (day(contact, "contact_on") if contact else None) or local_day(
        case.jurisdiction, case.ordered[0].at
    )
    return _band(began, decided)


def _time_to_formal(case: Case) -> str:
    first, formal = _decided(case, FIRST), _decided(case, FORMAL)
    return _band(day(first, "decided_on") if first else None, formal)


def _band(began: date | None, decided: Fact | None) -> str:
    if decided is None:
        return NONE
    ended = day(decided, "decided_on")
    if began is None or ended is None or ended < began:
        return DAY_UNKNOWN
    days = (ended - began).days
    return next((word for most, word in BANDS if days <= most), LONGER)


def _recovery(case: Case) -> str:
    if case.of_kind("recovery_ended_early"):
        return "ended_early"
    periods = case.of_kind("recovery_period_opened")
    if any(one.text("extension_of") for one in periods):
        return "extended"
    return "opened" if periods else NONE


def _permit(case: Case) -> str:
    outcomes = {one.text("outcome") for one in case.of_kind("permit_decided")}
    found = _first(outcomes, {"granted": "granted", "refused": "refused"})
    return "asked" if found == NONE and case.of_kind("permit_applied") else found


def _safe_return(case: Case) -> str:
    if case.of_kind("departure_recorded"):
        return "left_assessed" if case.of_kind("return_assessed") else "left_unassessed"
    assessed = case.newest("return_assessed")
    if assessed is not None:
        return str(assessed.open["outcome"])
    return "proposed" if case.of_kind("return_proposed") else NONE


def _liability(case: Case) -> str:
    if not case.of_kind("liability_recorded"):
        return NONE
    findings = {one.text("finding") for one in case.of_kind("compulsion_assessed")}
    words = {"compelled": "compelled", "not_compelled": "not_compelled"}
    found = _first(findings, words)
    return "not_assessed" if found == NONE else found


def _protection(case: Case) -> str:
    states = {one.text("measure_state") for one in case.of_kind("protection_measures_answered")}
    return _first(states, {"granted": "granted", "refused": "refused", "asked": "asked"})


def _first(found: set[str | None], words: Mapping[str, str]) -> str:
    return next((word for code, word in words.items() if code in found), NONE)
