"""What the facts tell of criminal proceedings: each of them apart, hearings, steps against her."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.recovery import has_time_to_reflect

STEP = "criminal_step_recorded"
SUSPECT = "suspect"
NO_SIGN = "none"
AGAINST_HER = frozenset({"suspect", "fined", "charged", "convicted"})
CHARGING = frozenset({"charged", "convicted"})
DECIDED = frozenset({"compelled", "not_compelled"})
OVER = frozenset({"none", "final", "discontinued"})
TRIAL_ENDED = frozenset({"judgment", "appeal", "final", "discontinued"})
HELD = "held"


@dataclass(frozen=True, slots=True)
class Proceeding:
    """One of perhaps several proceedings: where it stands, and what she is in it."""

    proceeding: UUID | None
    state: str
    capacity: str | None
    last: Fact

    @property
    def is_running(self) -> bool:
        """Tell whether it has begun and is not over."""
        return self.state not in OVER


@dataclass(frozen=True, slots=True)
class Hearing:
    """A hearing, on the day it now stands for, and whether it is over."""

    fact: Fact
    on: date
    is_over: bool
    ended: Fact | None = None

    def is_ahead(self, on: date) -> bool:
        """Tell whether it is still to come on a day."""
        return not self.is_over and on <= self.on


def only(case: Case, proceeding: UUID | None) -> Case:
    """Return the case as if this were its only proceeding; for judging one of its steps."""
    kept = (f for f in case.facts if f.kind != STEP or f.reference("proceeding") == proceeding)
    return replace(case, facts=tuple(kept))


def proceedings(case: Case) -> tuple[Proceeding, ...]:
    """Return each proceeding she is part of, in the order in which they began."""
    steps = case.of_kind(STEP)
    named = dict.fromkeys(step.reference("proceeding") for step in steps)
    return tuple(_proceeding(case, one, steps) for one in named)


def _proceeding(case: Case, proceeding: UUID | None, steps: Iterable[Fact]) -> Proceeding:
    own = [step for step in steps if step.reference("proceeding") == proceeding]
    said = [capacity for step in own if (capacity := step.text("capacity"))]
    state = only(case, proceeding).criminal
    return Proceeding(proceeding, state, said[-1] if said else None, own[-1])


def hearings(case: Case) -> tuple[Hearing, ...]:
    """Return every hearing, on the day it was moved to last."""
    return tuple(_hearing(case, fact) for fact in case.of_kind("hearing_set"))


def _hearing(case: Case, fact: Fact) -> Hearing:
    on = day(fact, "hearing_on") or fact.at.date()
    ended = case.answering(fact.fact_ref, "hearing_ended")
    if not ended:
        return Hearing(fact, on, is_over=False)
    last = ended[-1]
    moved_to = day(last, "adjourned_to")
    if last.text("hearing_outcome") == "adjourned":
        return Hearing(fact, moved_to or on, is_over=moved_to is None, ended=last)
    return Hearing(fact, on, is_over=True, ended=last)


def protection_for(case: Case, hearing: Fact) -> Fact | None:
    """Return the newest assessment of protection that was made for a hearing, or after it was set.

    Source: rights rule R56, before each hearing.
    """
    made = [
        one
        for one in case.of_kind("protection_assessed")
        if names(case, one, "hearing_ref", hearing)
        or (one.reference("hearing_ref") is None and one.position > hearing.position)
    ]
    return made[-1] if made else None


def measures_answered(case: Case, hearing: Fact) -> frozenset[str]:
    """Return the protection that was asked for a hearing or for the whole proceeding."""
    answers = case.of_kind("protection_measures_answered")
    return frozenset(
        measure
        for one in answers
        if one.reference("hearing_ref") is None or names(case, one, "hearing_ref", hearing)
        for measure in one.texts("measures")
    )


def names(case: Case, fact: Fact, field: str, other: Fact) -> bool:
    """Tell whether a field of a fact names another fact, in any of its versions."""
    named = fact.reference(field)
    return named is not None and case.roots.get(named, named) == case.roots.get(other.fact_ref)


def steps_against_her(case: Case) -> tuple[Fact, ...]:
    """Return what was done to her for an unlawful act and is still pursued (R54)."""
    ended = {_act(fact) for fact in case.of_kind("liability_recorded") if _is_dropped(fact)}
    return tuple(fact for fact in _liabilities(case) if _act(fact) not in ended)


def unassessed(case: Case) -> tuple[Fact, ...]:
    """Return the steps against her about which no trafficking assessment has decided (R54)."""
    return tuple(fact for fact in steps_against_her(case) if not is_assessed(case, fact))


def is_assessed(case: Case, liability: Fact) -> bool:
    """Tell whether an assessment has decided about the act a step was taken for."""
    return is_assessed_act(case, _act(liability))


def is_assessed_act(case: Case, act: str | None) -> bool:
    """Tell whether an assessment has decided about an act, named by proceeding or by its kind."""
    same = [fact for fact in _liabilities(case) if _act(fact) == act]
    return any(
        answer.text("finding") in DECIDED
        for fact in same
        for answer in case.answering(fact.fact_ref, "compulsion_assessed")
    )


def has_sign(case: Case) -> bool | None:
    """Tell whether there is a sign of trafficking; None when nobody has looked yet."""
    return None if case.identification == NO_SIGN else True


def statements(case: Case) -> tuple[Fact, ...]:
    """Return each time she was asked for what she knows: it is counted, to be heard once."""
    return case.of_kind("statement_taken")


def lawyer_offered(case: Case) -> tuple[bool, str | None]:
    """Return whether a lawyer was offered to her, and what she answered (R55)."""
    offered = case.newest("legal_aid_offered")
    if offered is not None:
        return True, offered.text("aid_answer")
    asked = [f for f in case.of_kind("service_offered") if f.text("service") == "legal_aid"]
    if not asked:
        return False, None
    return True, "accepted" if any(fact.flag("person_agreed") for fact in asked) else None


def in_recovery(case: Case, on: date) -> bool:
    """Tell whether she has her time to recover and reflect on a day, opened or not yet (R24)."""
    return has_time_to_reflect(case, on)


def _liabilities(case: Case) -> Iterator[Fact]:
    for fact in case.of_kind("liability_recorded", STEP):
        against = fact.text("liability") in AGAINST_HER
        if against or (fact.kind == STEP and fact.text("capacity") == SUSPECT):
            yield fact


def _is_dropped(fact: Fact) -> bool:
    return fact.text("liability") == "not_pursued"


def _act(fact: Fact) -> str | None:
    return fact.text("proceeding") or fact.text("act")
