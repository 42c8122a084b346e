"""What the rules on return may look at, one narrow situation for each."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AssessmentSituation:
    """A risk assessment a return would rest on: signed, until when, by whom, with which input.

    `by_other_body` says whether another body made it than the one that asks for or authorises
    the return; `valid_until` is excluded.
    """

    is_signed: bool | None
    valid_until: date | None = None
    by_other_body: bool | None = None
    ngo_input: str | None = None


@dataclass(frozen=True, slots=True)
class OutcomeSituation:
    """What the newest risk assessment found; None when there is none."""

    outcome: str | None


@dataclass(frozen=True, slots=True)
class ChoiceSituation:
    """Her choice about a return that is called voluntary; None when she was not asked yet.

    `cooled_on` is the first day after the days she has to think again.
    """

    comes_about: str | None
    wish: str | None = None
    alternatives_told: bool | None = None
    is_written: bool | None = None
    cooled_on: date | None = None
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class RemediesSituation:
    """What is still open for her here, how she takes part from abroad, and her own wish."""

    open_remedies: frozenset[str] | None
    is_arranged: bool = False
    is_own_wish: bool = False
    second_opinion: str | None = None


@dataclass(frozen=True, slots=True)
class ReceptionSituation:
    """Whether a service receives her, and whether she has someone safe to call there."""

    has_service: bool | None
    has_safe_contact: bool | None


@dataclass(frozen=True, slots=True)
class FollowUpSituation:
    """A contact after exit or return: who makes it, and whether she agreed to be contacted."""

    contact_from: str
    has_consent: bool | None


@dataclass(frozen=True, slots=True)
class ConsularSituation:
    """What would go to a consulate, and whether she agreed to this consulate having it."""

    items: frozenset[str] | None
    has_consent: bool | None


@dataclass(frozen=True, slots=True)
class ExportSituation:
    """Data about to leave for another State: to which role, and with whose consent."""

    is_abroad: bool | None
    role: str
    has_consent: bool | None
