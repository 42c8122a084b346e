"""Deadlines of children: guardian, best interests, a missing child, turning 18."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from opennrm.lifecycle import child_file
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.deadline import Clock, Deadline
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.told import says_child
from opennrm.rights.child_services import MissingSituation
from opennrm.rights.months import months_after
from opennrm.rights.registry import ask, is_active

NEXT_TO_HER = "D1"
CHILD_FILE = "D11"


def guardian(clock: Clock) -> Iterator[Deadline]:
    """Find whether a guardian must be named: one at once (T03), asked for weekly (T03W)."""
    case = clock.case
    first = _first_word(case)
    if first is None or child_file.guardian(case) or not is_active("R32"):
        return
    owner = child_service(case) or first.organisation
    ended = case.newest("guardianship_ended")
    due = clock.due(ended or first, "guardian_temporary")
    yield Deadline("T03", NEXT_TO_HER, due, owner, first.fact_ref)
    asked = case.newest("guardian_asked_for")
    since = max(asked.at, due) if asked else due
    weekly = clock.presets.value("guardian_alert", clock.calendar.local_day(since))
    again = clock.calendar.due(since, weekly)
    yield Deadline("T03W", NEXT_TO_HER, again, owner, (asked or first).fact_ref)


def full_guardian(clock: Clock) -> Iterator[Deadline]:
    """Find whether a full guardian must still be named (T03F)."""
    case = clock.case
    first = _first_word(case)
    if first and not child_file.has_full_guardian(case) and is_active("R32"):
        owner = child_service(case) or first.organisation
        due = clock.due(first, "guardian_full")
        yield Deadline("T03F", NEXT_TO_HER, due, owner, first.fact_ref)


def assessment(clock: Clock) -> Iterator[Deadline]:
    """Find what was done for a child at once and must be assessed within a day (T14)."""
    case = clock.case
    if not (case.is_child and is_active("R33")):
        return
    for fact in child_file.unassessed(case):
        due = clock.due(fact, "best_interests_after_emergency")
        owner = child_service(case) or fact.organisation
        yield Deadline("T14", CHILD_FILE, due, owner, fact.fact_ref)


def determination(clock: Clock) -> Iterator[Deadline]:
    """Find the determinations a panel has not closed yet (T14P)."""
    case = clock.case
    if not (case.is_child and is_active("R34")):
        return
    for opened in case.of_kind("determination_opened"):
        if not case.answering(opened.fact_ref, "best_interests_determined"):
            due = clock.due(opened, "best_interests_panel")
            yield Deadline("T14P", CHILD_FILE, due, opened.organisation, opened.fact_ref)


def missing(clock: Clock) -> Iterator[Deadline]:
    """Find whether police and guardian must still be told of a missing child: at once (T18)."""
    case = clock.case
    report = child_file.missing(case)
    if report is None or case.majority == "adult":
        return
    if not ask("R39", missing_situation(case), clock.calendar.local_day(report.at)).holds:
        yield Deadline("T18", NEXT_TO_HER, report.at, report.organisation, report.fact_ref)


def return_interview(clock: Clock) -> Iterator[Deadline]:
    """Find the children who came back and whom nobody has heard yet (T18R)."""
    case = clock.case
    if case.majority == "adult" or not is_active("R39"):
        return
    for found in case.of_kind("child_found"):
        report = found.reference("answers")
        heard = case.answering(report, "return_interview_held") if report else ()
        if not heard and found.text("how") != "found_dead":
            due = clock.due(found, "return_interview")
            owner = child_service(case) or found.organisation
            yield Deadline("T18R", NEXT_TO_HER, due, owner, found.fact_ref)


def turning_18(clock: Clock) -> Iterator[Deadline]:
    """Find when the plan for turning 18 must be agreed, where the month is on record (T21)."""
    case = clock.case
    noted = case.newest("coming_of_age_noted")
    if not (noted and case.is_child) or case.of_kind("continuity_plan_agreed"):
        return
    month = date.fromisoformat(f"{noted.text('turns_18')}-01")
    before = clock.presets.value("continuity_plan_before", month).number
    due = clock.calendar.start_of(months_after(month, -before))
    yield Deadline("T21", CHILD_FILE, due, noted.organisation, noted.fact_ref)


def missing_situation(case: Case) -> MissingSituation:
    """Return what R39 looks at: whether she is found, and who was told."""
    report = child_file.missing(case)
    if report is None:
        return MissingSituation(is_found=True)
    return MissingSituation(
        police_told=child_file.was_told(case, report, "police"),
        guardian_told=child_file.was_told(case, report, "guardian"),
        has_guardian=child_file.guardian(case) is not None,
    )


def child_service(case: Case) -> UUID | None:
    """Return the child-protection service the case was handed to, if it was."""
    sent = [f for f in case.of_kind("referral_sent") if f.text("to_role") == "CP"]
    return sent[-1].reference("to") if sent else None


def _first_word(case: Case) -> Fact | None:
    said = (fact for fact in case.standing if says_child(fact.open))
    return next(said, None) if case.is_child else None


WHILE_OPEN = (guardian, full_guardian, determination, turning_18)
ALWAYS = (assessment, missing, return_interview)
