"""Legal duties that stand in for a consent: to whom, with what at most, when, for how long."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from opennrm.casework.reasons import found
from opennrm.casework.refusals import ConsentMissing
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.told import danger_said
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import CASE_SCOPES, Scope

EVERY_SCOPE = (*(scope.value for scope in CASE_SCOPES), Scope.SHEET.value)
LEAST_TO_SAVE_A_LIFE = ("D1", "D2", "D3", "D5", "D8", "D9", "D16")
# The longest terms, and how old a word on danger may be, are defaults of this project, not law.
LONGEST_DAYS = 30
LONGEST_DAYS_IN_DANGER = 7
DANGER_IS_FRESH = timedelta(days=7)
LEAST_TO_DECIDE = ("D1", "D2", "D4", "D8", "D9", "D10", "D11", "D14")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDuty:
    """A duty relied on where no consent is asked: a child, or imminent danger to life."""

    duty: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DutyTerms:
    """When a duty applies, to which roles (none named: to all), and the most it may open."""

    applies: Callable[[Case, date], bool]
    scopes: tuple[str, ...]
    roles: frozenset[Role] = frozenset()
    basis: str = "legal_duty"
    longest_days: int = LONGEST_DAYS

    def latest_end(self, on: date) -> date:
        """Return the latest day, excluded, on which a sharing begun today may end."""
        return on + timedelta(days=self.longest_days)


def is_child(case: Case, on: date) -> bool:
    """Say whether the person is a child, or treated as one because her age is in doubt (R31)."""
    return case.is_child


def is_in_imminent_danger(case: Case, on: date) -> bool:
    """Say whether the last word on danger was that it is imminent, and was said of late."""
    said = danger_said(case.standing)
    if said is None or case.danger != "imminent":
        return False
    return on - local_day(case.jurisdiction, said.at) <= DANGER_IS_FRESH


DUTIES: Mapping[str, DutyTerms] = {
    "child_protection": DutyTerms(is_child, EVERY_SCOPE, frozenset({Role.CP, Role.GU, Role.BP})),
    "competent_authority_for_child": DutyTerms(is_child, LEAST_TO_DECIDE, frozenset({Role.CA})),
    "imminent_danger": DutyTerms(
        is_in_imminent_danger,
        LEAST_TO_SAVE_A_LIFE,
        basis="vital_interest",
        longest_days=LONGEST_DAYS_IN_DANGER,
    ),
}


def duty_terms(case: Case, duty: LegalDuty, role: Role, *, until: date, on: date) -> DutyTerms:
    """Find the terms of a duty that applies to this case and this recipient.

    :raises ConsentMissing: when the duty does not apply, no reason is given, or it would last
        too long (R41).
    """
    terms = DUTIES.get(duty.duty)
    if terms is None or not terms.applies(case, on) or (terms.roles and role not in terms.roles):
        raise ConsentMissing(found("duty_does_not_apply", "R41"))
    if not duty.reason.strip():
        raise ConsentMissing(found("duty_needs_reason", "R41"))
    if until > terms.latest_end(on):
        raise ConsentMissing(found("duty_too_long", "R41"))
    return terms
