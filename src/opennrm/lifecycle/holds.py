"""Tells how an act stands that waits for a second person: asked of whom, answered, ended."""

from uuid import UUID

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact

FINAL = frozenset({"agrees", "disagrees"})


def holds_of(case: Case) -> tuple[Fact, ...]:
    """Return the acts that wait, or waited, for a second person."""
    return case.of_kind("act_held")


def is_ended(case: Case, hold: Fact) -> bool:
    """Tell whether a hold was used or given up."""
    return bool(case.answering(hold.fact_ref, "hold_ended"))


def answer_of(case: Case, hold: Fact) -> Fact | None:
    """Return the second person's answer: the first that agrees or disagrees, of one who may."""
    given = case.answering(hold.fact_ref, "opinion_given")
    return next((one for one in given if one.text("opinion") in FINAL and counts(hold, one)), None)


def counts(hold: Fact, given: Fact) -> bool:
    """Tell whether an opinion is of somebody who was asked, and not of who proposed."""
    named = hold.reference("to_account")
    return (
        given.actor != hold.actor
        and given.organisation == hold.reference("to")
        and named in (None, given.actor)
    )


def awaits_opinion(case: Case, hold: Fact) -> bool:
    """Tell whether a held act still waits for its second person."""
    return not is_ended(case, hold) and answer_of(case, hold) is None


def asks(hold: Fact, organisation: UUID, role: str) -> bool:
    """Tell whether an organisation is asked, in a role."""
    return hold.reference("to") == organisation and hold.text("to_role") == role
