"""Reads the grounds for sharing out of a case: consents, legal duties, and what was taken back."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from opennrm.consent.consents import Ground
from opennrm.consent.expiry import ends_on
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact


def grounds(case: Case) -> tuple[Ground, ...]:
    """Return every ground for sharing of a case, standing or not, in order."""
    taken_back = _taken_back(case)
    return tuple(
        _ground(fact, taken_back.get(fact.fact_ref))
        for fact in case.of_kind("consent_given", "legal_duty_relied_on")
    )


def _taken_back(case: Case) -> Mapping[UUID, datetime]:
    found: dict[UUID, datetime] = {}
    for fact in case.of_kind("consent_withdrawn"):
        named = UUID(str(fact.open["consent"]))
        found.setdefault(case.roots.get(named, named), fact.at)
    for fact in case.of_kind("legal_duty_ended"):
        named = UUID(str(fact.open["duty"]))
        found.setdefault(case.roots.get(named, named), fact.at)
    return found


def _ground(fact: Fact, withdrawn_at: datetime | None) -> Ground:
    is_duty = fact.kind == "legal_duty_relied_on"
    until = day(fact, "until")
    given_on = day(fact, "given_on") or fact.at.date()
    return Ground(
        ground=fact.fact_ref,
        given_at=fact.at,
        recipient=fact.reference("recipient"),
        recipient_role=fact.text("recipient_role"),
        purpose=fact.text("purpose"),
        compartments=frozenset(fact.texts("scopes")),
        until_on=until if is_duty else ends_on(given_on, until),
        account=fact.reference("recipient_account"),
        withdrawn_at=withdrawn_at,
        is_duty=is_duty,
        by_guardian=fact.flag("guardian"),
        assented=fact.flag("assent"),
    )


def day(fact: Fact, name: str) -> date | None:
    """Return a field that holds a day; None when it was not given."""
    value = fact.text(name)
    return date.fromisoformat(value[:10]) if value else None
