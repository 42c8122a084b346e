"""What stands on the person's own page: kinds, days and consents as codes, no words, no places."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from opennrm.casework.access_log import received
from opennrm.casework.permissions import readable
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.proceedings import hearings
from opennrm.vocabulary.roles import Role

# Where she is, and who sleeps where, is on no page that she reads: somebody may look over.
PLACES = frozenset({"D3", "D3S"})
# The name of a house is a place.
HOUSES = frozenset({"", Role.SH.value, Role.ND.value})


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """A consent that was not taken back: to whom, what for, which parts, what was asked on it."""

    ref: str
    recipient: str | None
    role: str
    purpose: str
    until: str | None
    parts: tuple[str, ...]
    going: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything her page shows, except who looked, which changes without a word in the record."""

    written: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sent: tuple[tuple[str, str], ...] = ()
    goals: tuple[str, ...] = ()
    days: tuple[tuple[str, str], ...] = ()
    consents: tuple[OwnConsent, ...] = ()

    def to_bytes(self) -> bytes:
        """Write the page down, to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=True).encode()

    @classmethod
    def from_bytes(cls, plain: bytes) -> "OwnPage":
        """Read a page that was written down."""
        told: dict[str, Any] = json.loads(plain)
        consents = tuple(OwnConsent(**_tuples(one)) for one in told.pop("consents"))
        return cls(**_tuples(told), consents=consents)


# What a second passphrase shows: as much as anybody may see who stands behind her.
HARMLESS = OwnPage(written=(("D9", ("plan_agreed",)),), goals=("language", "training_and_job"))


def own_page(case: Case) -> OwnPage:
    """Collect what her page shows, from the open parts of a case that may be shown to her."""
    return OwnPage(
        written=tuple(_written(case)),
        sent=tuple((_house(one.organisation, one.role), one.role) for one in received(case)),
        goals=_goals(case.newest("plan_agreed")),
        days=tuple(sorted(_days(case))),
        consents=tuple(_consent(one, case) for one in _standing(case)),
    )


def _written(case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Say in kinds what is written in each part that she may read."""
    hers = readable(Role.PERSON) - PLACES
    parts: dict[str, dict[str, None]] = {}
    for fact in case.standing:
        part = fact.compartment.rstrip("S")
        if part in hers:
            parts.setdefault(part, {})[fact.kind] = None
    for part, kinds in sorted(parts.items(), key=lambda pair: int(pair[0][1:])):
        yield part, tuple(kinds)


def _goals(plan: Fact | None) -> tuple[str, ...]:
    return plan.texts("goals") if plan else ()


def _days(case: Case) -> Iterator[tuple[str, str]]:
    """Say what comes on which day: the plan again, a consent asked again, a day in court."""
    plan = case.newest("plan_agreed")
    again = day(plan, "review_on") if plan else None
    if again:
        yield again.isoformat(), "plan"
    for one in _standing(case):
        recheck = day(one, "recheck_on")
        if recheck:
            yield recheck.isoformat(), "consent"
    for hearing in hearings(case):
        if hearing.is_ahead(date.min):
            yield hearing.on.isoformat(), "court"


def _standing(case: Case) -> Iterator[Fact]:
    withdrawn = {fact.reference("consent") for fact in case.of_kind("consent_withdrawn")}
    return (one for one in case.of_kind("consent_given") if one.fact_ref not in withdrawn)


def _consent(fact: Fact, case: Case) -> OwnConsent:
    role = fact.text("recipient_role") or ""
    recipient = fact.reference("recipient")
    return OwnConsent(
        ref=str(fact.fact_ref),
        recipient=_house(recipient, role) if recipient else None,
        role=role,
        purpose=fact.text("purpose") or "",
        until=fact.text("until"),
        parts=tuple(fact.texts("scopes")),
        going=services_on(fact, case),
    )


def services_on(consent: Fact, case: Case) -> tuple[str, ...]:
    """Return the services that were asked for on a consent and not declined, as far as seen."""
    offered = case.naming("basis_fact", consent.fact_ref, "service_offered")
    standing = (one for one in offered if not _declined(case, one))
    return tuple(dict.fromkeys(one.text("service") or "" for one in standing))


def _declined(case: Case, offer: Fact) -> bool:
    answers = case.answering(offer.fact_ref, "offer_answered")
    return any(one.text("answer") == "declined" for one in answers)


def _house(organisation: UUID, role: str) -> str:
    return "" if role in HOUSES else str(organisation)


def _tuples(told: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in told.items()}


def _plain(value: Any) -> Any:
    return tuple(map(_plain, value)) if isinstance(value, list) else value
