"""Use cases of first contact: what happened, who she is, how to reach her, asking for help."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A first screen, enough when she leaves after two minutes."""

    route: str
    channel: str
    contact_on: date
    reporting_entity: str | None = None
    referred_by: UUID | None = None
    asked_by: str | None = None
    danger: str | None = None
    majority: str = "unknown"
    age_in_doubt: bool = False
    left_early: bool = False
    language: str | None = None
    scope_of_trafficking: str | None = None
    safe_channel: str | None = None
    may_leave_message: bool = False
    safe_way: str = ""
    whereabouts: str = ""
    words: str = ""
    forms: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    called: str = ""
    sex: str | None = None
    age_group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDescription:
    """Who she is, as far as she wishes to say."""

    sex: str | None = None
    gender: str | None = None
    age_group: str | None = None
    citizenship: tuple[str, ...] = ()
    names: str = ""
    called: str = ""
    birthdate: str = ""
    documents: str = ""
    nationality_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContactNote:
    """How she can be reached without danger, and where she is."""

    safe_channel: str
    may_leave_message: bool = False
    safe_way: str = ""
    whereabouts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNote:
    """What she told or what was seen, in her own words where she agrees."""

    forms: tuple[str, ...] = ()
    scope_of_trafficking: str | None = None
    means: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    words: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRequest:
    """What someone without an account writes; nothing in it is required but a message."""

    asked_by: str
    message: str
    urgent: bool = False
    called: str = ""
    safe_channel: str | None = None
    safe_way: str = ""
    may_leave_message: bool = False
    whereabouts: str = ""
    language: str | None = None
    asked_on: date | None = None


def record_contact(
    *,
    contact: Contact,
    actor: Actor,
    at: datetime,
    desk: Desk,
) -> UUID:
    """Record a first contact and start the case at the actor's own organisation."""
    raise NotImplementedError


def ask_for_help(
    *,
    request: HelpRequest,
    actor: Actor,
    at: datetime,
    desk: Desk,
) -> UUID:
    """Record a request for help made at the front door, with or without a name."""
    raise NotImplementedError


def describe_person(
    *,
    case_ref: UUID,
    person: PersonDescription,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record who the person is, as far as she wishes to say."""
    raise NotImplementedError


def note_safe_contact(
    *,
    case_ref: UUID,
    note: SafeContactNote,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record how the person can be reached without danger."""
    raise NotImplementedError


def note_account(
    *,
    case_ref: UUID,
    account: AccountNote,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what she told, or what was seen."""
    raise NotImplementedError
