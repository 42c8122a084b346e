"""Use cases of the plan: needs, danger, and what she wants to do about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsAssessment:
    """What she needs and what of it is urgent."""

    domains: tuple[str, ...]
    urgent: tuple[str, ...] = ()
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessment:
    """How great the danger is, where from, and when it is looked at again."""

    level: str
    review_on: date
    topics: tuple[str, ...] = ()
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Her plan: goals, her own words, when it was talked over with her."""

    goals: tuple[str, ...]
    discussed_on: date
    language: str
    review_on: date
    seen_by_person: bool = False
    own_words: str = ""
    plan: str = ""


def assess_needs(
    *,
    case_ref: UUID,
    assessment: NeedsAssessment,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record an assessment of needs."""
    raise NotImplementedError


def assess_risk(
    *,
    case_ref: UUID,
    assessment: RiskAssessment,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record an assessment of danger."""
    raise NotImplementedError


def agree_plan(
    *,
    case_ref: UUID,
    plan: Plan,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record the plan agreed with the person."""
    raise NotImplementedError
