"""Finds an offer of a service in a case."""

from uuid import UUID

from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact


def offer_named(case: Case, offer: UUID | None) -> Fact:
    """Find an offer of this case.

    :raises MoveRefused: when there is none.
    """
    fact = case.fact(offer)
    if fact is None or fact.kind != "service_offered":
        raise MoveRefused(found("offer_not_found"))
    return fact
