"""Facts of the skeleton that say more than the skeleton should, and who may see them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.holding import HOUSE_KINDS

# The same as in the policy on nrm.fact: which part a reader must hold besides the skeleton. To
# which house she was referred belongs to her consents; that somebody complained, to her safety.
SEEN_WITH: Mapping[str, str] = {
    "referral_sent": "D10",
    "referral_acknowledged": "D10",
    "breach_observed": "D8",
    "rule_overridden": "D8",
    # Who in a house holds a case is that house's own matter: no part opens it to others.
    **dict.fromkeys(HOUSE_KINDS, ""),
}


def visible_facts(
    facts: Iterable[Fact], *, compartments: frozenset[str], organisation: UUID
) -> tuple[Fact, ...]:
    """Return the facts that are open to an organisation holding these compartments."""
    return tuple(
        fact
        for fact in facts
        if fact.compartment in compartments
        and (
            SEEN_WITH.get(fact.kind, fact.compartment) in compartments
            or organisation in (fact.organisation, fact.reference("to"))
        )
    )
