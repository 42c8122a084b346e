"""What the facts of a case tell about the child: guardian, best interests, missing or found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact

SERVED = "in_best_interests"
AGAINST = "not_in_best_interests"
SENDING = ("return_proposed", "removal_task_recorded")
TOLD = frozenset({"reached", "news"})
RULE_OF_BREACH: Mapping[str, str] = {
    "child_detained": "R35",
    "child_refused": "R38",
    "child_returned": "R34",
    "child_without_guardian": "R32",
    "age_assessed_wrongly": "R31",
}


@dataclass(frozen=True, slots=True)
class Panel:
    """Who signed a determination, of which houses, and what each found."""

    houses: frozenset[UUID]
    results: tuple[str, ...]

    @property
    def members(self) -> int:
        """Return how many members signed."""
        return len(self.results)

    @property
    def result(self) -> str:
        """Return what the panel found; without a majority for it, the act is left."""
        for_it = self.results.count(SERVED)
        return SERVED if 2 * for_it > len(self.results) else AGAINST

    @property
    def dissents(self) -> int:
        """Return how many members found otherwise than the panel."""
        return sum(one != self.result for one in self.results)


def guardians(case: Case) -> tuple[Fact, ...]:
    """Return the guardians whose task has not ended."""
    return tuple(
        named
        for named in case.of_kind("guardian_named")
        if not case.naming("guardian", named.fact_ref, "guardianship_ended")
    )


def guardian(case: Case) -> Fact | None:
    """Return the guardian who stands by the child now; None when nobody does."""
    live = guardians(case)
    full = [named for named in live if named.text("guardian_kind") == "full"]
    return next(iter(reversed(full or live)), None)


def has_full_guardian(case: Case) -> bool:
    """Tell whether a guardian was named for more than the first days."""
    named = guardian(case)
    return named is not None and named.text("guardian_kind") == "full"


def assessment_for(case: Case, act: str) -> Fact | None:
    """Return the newest assessment made for an act, which no act rests on yet."""
    return _unused(case, "best_interests_assessed", "assessment", act)


def determination_for(case: Case, act: str) -> Fact | None:
    """Return the newest determination made for an act, which no act rests on yet."""
    return _unused(case, "best_interests_determined", "determination", act)


def _unused(case: Case, kind: str, field: str, act: str) -> Fact | None:
    found = [
        fact
        for fact in case.of_kind(kind)
        if fact.text("about") == act
        and not fact.text("follows")
        and not case.naming(field, fact.fact_ref, "child_act_authorised")
        and not _was_sent_away(case, act, since=fact)
    ]
    return found[-1] if found else None


def _was_sent_away(case: Case, act: str, *, since: Fact) -> bool:
    """Tell whether a return, removal or transfer was authorised after a fact."""
    return any(
        done.position > since.position and (done.text("act") or "return") == act
        for done in case.of_kind("return_authorised", "removal_task_authorised")
    )


def turned_at(case: Case) -> int:
    """Return where in the record it was last asked to send her elsewhere, or otherwise.

    0 when everything asked for so far was to one country in one way, or nothing was.
    """
    asked = [fact for fact in case.of_kind(*SENDING) if fact.text("act") != "detention"]
    turns = [new for old, new in pairwise(asked) if _goal(old) != _goal(new)]
    return turns[-1].position if turns else 0


def _goal(asked: Fact) -> tuple[str | None, str | None]:
    return asked.text("country"), asked.text("comes_about") or asked.text("act")


def opened_for(case: Case, determined: Fact) -> Fact | None:
    """Return the opening of a determination, where the child's views stand."""
    return case.fact(determined.reference("answers"))


def panel_of(case: Case, opened: UUID) -> Panel:
    """Return who signed a determination; of one member the last signature counts."""
    last = {fact.actor: fact for fact in case.answering(opened, "determination_signed")}
    return Panel(
        frozenset(fact.organisation for fact in last.values()),
        tuple(fact.text("result") or AGAINST for fact in last.values()),
    )


def was_heard(fact: Fact | None) -> bool:
    """Tell whether the child was heard, or the reason why not is on record."""
    return fact is not None and bool(fact.flag("is_heard") or fact.text("why_not"))


def unassessed(case: Case) -> tuple[Fact, ...]:
    """Return what was done for a child at once and not assessed afterwards."""
    urgent = (*case.of_kind("child_protected_at_once"), *_emergencies(case))
    return tuple(
        fact
        for fact in urgent
        if not case.naming("follows", fact.fact_ref, "best_interests_assessed")
    )


def _emergencies(case: Case) -> tuple[Fact, ...]:
    return tuple(
        fact
        for fact in case.of_kind("service_delivered")
        if fact.text("service") == "emergency_medical" and fact.basis == "vital_interest"
    )


def missing(case: Case) -> Fact | None:
    """Return the report of a child who was not found yet."""
    open_reports = [
        report
        for report in case.of_kind("child_missing_reported")
        if not case.answering(report.fact_ref, "child_found")
    ]
    return open_reports[-1] if open_reports else None


def missing_from(case: Case, report: Fact) -> UUID | None:
    """Return the house a child is missing from: as reported, or as it was told later."""
    told = (report, *case.answering(report.fact_ref, "missing_child_described"))
    named = [house for one in told if (house := one.reference("missing_from"))]
    return named[-1] if named else None


def was_told(case: Case, report: Fact, whom: str) -> bool | None:
    """Tell whether somebody knows that the child is missing; None when nobody tried."""
    calls = [
        call
        for call in case.answering(report.fact_ref, "missing_child_call_logged")
        if call.text("called") == whom
    ]
    if report.flag(f"{whom}_told") or any(call.text("result") in TOLD for call in calls):
        return True
    return False if calls else None


def turns_18_in(case: Case) -> str | None:
    """Return the month in which the child turns 18, where somebody noted it."""
    noted = case.newest("coming_of_age_noted")
    return noted.text("turns_18") if noted else None


def has_turned_18(case: Case, on: date) -> bool | None:
    """Tell whether the month of turning 18 has passed; None when it is not known."""
    month = turns_18_in(case)
    return on.strftime("%Y-%m") > month if month else None


def places(case: Case) -> frozenset[UUID]:
    """Return the houses the child was placed in."""
    placed = (fact.reference("house") for fact in case.of_kind("child_act_authorised"))
    return frozenset(house for house in placed if house)
