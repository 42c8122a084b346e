"""Finds the ground of a sharing: a live consent for it, or a legal duty that applies (R41)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opennrm.casework.duty import LegalDuty, duty_terms
from opennrm.casework.permissions import readable
from opennrm.casework.reasons import found
from opennrm.casework.refusals import ConsentMissing
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.vocabulary.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a worker asks to share: with whom, for what, until when, on which ground."""

    to: UUID
    role: Role
    purpose: str
    until: date
    consent: UUID | None = None
    duty: LegalDuty | None = None
    compartments: tuple[str, ...] = ()
    account: UUID | None = None
    # It goes as a hand-over to an installation of another State.
    is_hand_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What carries a sharing, and the most it covers; a duty has no fact of its own yet."""

    basis: str
    covered: frozenset[str]
    consent: UUID | None = None
    account: UUID | None = None
    was_informed: bool = True


def ground_for(case: Case, asked: Asked, *, on: date) -> Ground:
    """Find the ground of a sharing.

    :raises ConsentMissing: when neither a live consent nor a legal duty covers it (R41).
    """
    if asked.duty is not None:
        return duty_ground(case, asked, asked.duty, on=on)
    return consent_ground(case, asked, on=on)


def duty_ground(case: Case, asked: Asked, duty: LegalDuty, *, on: date) -> Ground:
    """Find what a legal duty covers for a role: the least the duty needs, within the matrix.

    :raises ConsentMissing: when the duty does not apply, or not for so long (R41).
    """
    terms = duty_terms(case, duty, asked.role, until=asked.until, on=on)
    parts = frozenset(part for scope in terms.scopes for part in (scope, f"{scope}S"))
    return Ground(basis=terms.basis, covered=parts & readable(asked.role))


def consent_ground(case: Case, asked: Asked, *, on: date) -> Ground:
    """Find what a consent covers, when it is live and names this recipient, role and purpose.

    :raises ConsentMissing: when there is no such consent (R41).
    """
    given = live_consent(case, asked.consent, on=on)
    account = given.reference("recipient_account")
    fits = (
        given.reference("recipient") == asked.to
        and given.text("recipient_role") == asked.role.value
        and given.text("purpose") == asked.purpose
        and asked.account in (None, account or asked.account)
    )
    if not fits:
        raise ConsentMissing(found("consent_for_another", "R41"))
    if asked.until > date.fromisoformat(given.text("until") or "0001-01-01"):
        raise ConsentMissing(found("consent_too_narrow", "R41"))
    covered = frozenset(given.texts("scopes"))
    return Ground(
        basis="consent",
        covered=covered,
        consent=given.fact_ref,
        account=account,
        was_informed=bool(given.text("language")),
    )


def live_consent(case: Case, consent: UUID | None, *, on: date) -> Fact:
    """Find a consent that was neither taken back nor has ended.

    :raises ConsentMissing: when there is none (R41).
    """
    if consent is None:
        raise ConsentMissing(found("basis_missing", "R41"))
    given = case.fact(consent)
    if given is None or given.kind != "consent_given":
        raise ConsentMissing(found("consent_not_found", "R41"))
    if is_withdrawn(case, given.fact_ref) or has_ended(given, on=on):
        raise ConsentMissing(found("consent_not_live", "R41"))
    return given


def is_withdrawn(case: Case, consent: UUID) -> bool:
    """Say whether a consent was taken back."""
    return bool(case.naming("consent", consent, "consent_withdrawn"))


def has_ended(given: Fact, *, on: date) -> bool:
    """Say whether the term of a consent is over; its last day is excluded."""
    end = given.text("until")
    return end is not None and on >= date.fromisoformat(end)
