"""Reads out of a case whom services turned away, and for which group: gaps, not faults of hers."""

from collections.abc import Mapping

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact

RULE_OF_REASON: Mapping[str, str] = {
    "form_not_covered": "R04",
    "no_place_for_sex": "R05",
    "proof_asked": "R13",
    "sender_not_entitled": "R14",
}


def refusals_by_rule(case: Case) -> tuple[tuple[str, Fact], ...]:
    """Return the refusals of services that count as gaps, each with the rule it touches."""
    said = case.of_kind("offer_answered", "referral_acknowledged")
    declined = (f for f in said if f.text("answer") == "declined" and f.text("by") != "person")
    named = ((RULE_OF_REASON.get(fact.text("reason") or ""), fact) for fact in declined)
    return tuple((rule, fact) for rule, fact in named if rule)


def turned_away(case: Case, rule: str) -> tuple[Fact, ...]:
    """Return the offers that were turned away for a group, and not taken up elsewhere since."""
    refused = [fact for name, fact in refusals_by_rule(case) if name == rule]
    return tuple(fact for fact in refused if not _found_elsewhere(case, fact))


def _found_elsewhere(case: Case, refused: Fact) -> bool:
    asked = case.fact(refused.reference("answers"))
    service = asked.text("service") if asked else None
    later = (f for f in case.of_kind("offer_answered") if f.position > refused.position)
    accepted = (f for f in later if f.text("answer") == "accepted" and f.text("by") == "provider")
    offers = (case.fact(fact.reference("answers")) for fact in accepted)
    return any(offer is not None and offer.text("service") == service for offer in offers)
