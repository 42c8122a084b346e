"""Who in a house holds a case, and who was asked to take it over: the house's own matter."""

from collections.abc import Iterator
from uuid import UUID

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact

# Facts that no other house sees, or is told of by a list (records/visibility.py says the same).
HOUSE_KINDS = frozenset({"case_handed", "handing_answered"})


def holder(case: Case, organisation: UUID) -> UUID | None:
    """Return who holds the case in a house: who took it, or accepted it last."""
    taken = [who for handed in _handed(case, organisation) if (who := _taken(case, handed))]
    return taken[-1] if taken else None


def asked_to_take(case: Case, organisation: UUID) -> Fact | None:
    """Return the handing over that waits for an answer: the last one, while nobody gave one."""
    handed = tuple(_handed(case, organisation))
    waits = bool(handed) and not _answers(case, handed[-1]) and not _is_own(handed[-1])
    return handed[-1] if waits else None


def _handed(case: Case, organisation: UUID) -> Iterator[Fact]:
    return (one for one in case.of_kind("case_handed") if one.organisation == organisation)


def _taken(case: Case, handed: Fact) -> UUID | None:
    accepted = any(one.text("answer") == "accepted" for one in _answers(case, handed))
    return handed.reference("to_account") if accepted or _is_own(handed) else None


def _answers(case: Case, handed: Fact) -> tuple[Fact, ...]:
    return case.naming("handing", handed.fact_ref, "handing_answered")


def _is_own(handed: Fact) -> bool:
    return handed.reference("to_account") == handed.actor
