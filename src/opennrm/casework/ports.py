"""Names what the use cases need from outside: cases, directory, places, notifications."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.coarse import Notification
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused
from opennrm.exchange.crossborder.content import Package, Preview
from opennrm.exchange.crossborder.story import Told
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.rights.jurisdictions import Presets
from opennrm.vocabulary.hand_over import HandOverWord
from opennrm.vocabulary.roles import Role

__all__ = [
    "Cases",
    "Change",
    "Desk",
    "Directory",
    "Entry",
    "Grant",
    "HandOver",
    "HandOvers",
    "ListedService",
    "Notice",
    "Notification",
    "Notifications",
    "Organisation",
    "OwnDoor",
    "PartnerAnswer",
    "Partners",
    "Places",
    "Question",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit log: which use case, by whom, when."""

    action: str
    actor: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """Compartments of one case to be opened, or offered, to one role of one organisation.

    Compartments of D3 and D3S always name the account (whereabouts go to named people only);
    what is opened for an opinion names it where one person is asked.
    """

    organisation: UUID
    role: Role
    compartments: frozenset[str]
    writes: frozenset[str]
    until: datetime
    basis_fact: UUID
    offer_fact: UUID | None = None
    account: UUID | None = None
    state: Literal["offered", "open"] = "open"


@dataclass(frozen=True, slots=True)
class Notice:
    """A word to an organisation about a reference it already knows; never a case reference."""

    organisation: UUID
    kind: str
    about: UUID
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a partner without an account: the digest of its code, and when it ends."""

    fact_ref: UUID
    code_digest: str
    until: datetime


@dataclass(frozen=True, slots=True)
class OwnDoor:
    """A page of her own: the fact that opens it, and the digest of the code on her card."""

    fact_ref: UUID
    code_digest: str


@dataclass(frozen=True, slots=True)
class PartnerAnswer:
    """What a partner without an account answered."""

    answer: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """Everything one use case writes, in one transaction."""

    facts: tuple[NewFact, ...]
    grants: tuple[Grant, ...] = ()
    opens: tuple[UUID, ...] = ()
    closes: tuple[UUID, ...] = ()
    declines: tuple[UUID, ...] = ()
    notices: tuple[Notice, ...] = ()
    # The facts that keep files, each with its locked content.
    files: tuple[tuple[UUID, bytes], ...] = ()
    questions: tuple[Question, ...] = ()
    own_door: OwnDoor | None = None
    # All but the facts of this change goes blank, and nobody holds the case any more.
    erases: bool = False
    # It erases a case of an import that is undone, which needs no second person within the day.
    undoes: bool = False
    expected: Mapping[str, int] | None = None
    # The emergency opening of this change, on which the sheet that stands by opens.
    wakes: UUID | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as the directory knows it."""

    organisation: UUID
    name: str
    kind: str
    roles: frozenset[Role]
    agreement_until: date | None
    jurisdiction: str
    is_enforcement: bool
    # A focal point of another State on an installation of its own: reached by hand-over only.
    is_partner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A hand-over between the actor's organisation and a focal point of another State."""

    hand_over: UUID
    ours: UUID
    partner: UUID
    is_sender: bool
    story: tuple[Told, ...]
    case_ref: UUID | None = None


class Cases(Protocol):
    """The record of facts, as one reader may use it."""

    def start(self, change: Change, *, jurisdiction: str, audit: Entry) -> UUID:
        """Start a new case and answer with its reference; grants only to the own organisation."""
        ...

    def load(self, case_ref: UUID) -> Case:
        """Fold the open parts of all facts of a case.

        :raises CaseNotFound: when the reader has no live row, offered or open.
        """
        ...

    def standing_by(self) -> tuple[UUID, ...]:
        """List the cases of which a sealed sheet stands by for the reader, not opened now."""
        ...

    def load_standing_by(self, case_ref: UUID) -> Case:
        """Fold a case of which a sealed sheet stands by for the reader.

        :raises CaseNotFound: when none does.
        """
        ...

    def append(self, case_ref: UUID, change: Change, *, audit: Entry) -> tuple[Fact, ...]:
        """Append facts with their access rows and audit entry.

        :raises ChangedMeanwhile: when a compartment has moved past the expected sequence.
        :raises AccessMissing: when a fact needs a row the actor does not hold.
        """
        ...


class Directory(Protocol):
    """Organisations under agreement and the accounts that hold their roles."""

    def organisation(self, ref: UUID) -> Organisation | None:
        """Find an organisation."""
        ...

    def holders(self, organisation: UUID, role: Role) -> tuple[UUID, ...]:
        """List the accounts that hold a role in an organisation."""
        ...

    def with_role(self, role: Role, jurisdiction: str) -> tuple[UUID, ...]:
        """List the organisations of a jurisdiction that act in a role."""
        ...


@dataclass(frozen=True, slots=True)
class ListedService:
    """A service of the directory: whose it is, and whether its places are given one by one."""

    organisation: UUID
    service: str
    is_given_here: bool


class Places(Protocol):
    """The places of the services in the directory."""

    def listed(self, service: UUID) -> ListedService | None:
        """Find a service of the directory."""
        ...

    def lowest_free(self, service: UUID) -> int | None:
        """Return the lowest free number of a service of the own house, and keep others waiting.

        Until the transaction ends nobody else is told of a free place there. None when all are
        taken, or the service is not of the actor's house.
        """
        ...

    def ahead(self, service: UUID, offer: UUID) -> int:
        """Count who waits for a place there before an offer; all who wait, if it does not."""
        ...


class Partners(Protocol):
    """What partners without an account answered."""

    def answer(self, question: UUID) -> PartnerAnswer | None:
        """Find the answer to a question of a case that is open to the reader."""
        ...


class Notifications(Protocol):
    """Where anonymous notifications go."""

    def send(self, notification: Notification) -> UUID:
        """Send one notification and answer with its reference."""
        ...


class HandOvers(Protocol):
    """Hand-overs to and from other States, and the words that are said in them."""

    def begin(self, ref: UUID, *, partner: UUID, case_ref: UUID, consent: UUID) -> None:
        """Begin a hand-over to a partner, resting on one consent.

        :raises PermissionMissing: when the partner is not trusted now.
        """
        ...

    def load(self, ref: UUID) -> HandOver:
        """Find a hand-over of the actor's organisation.

        :raises CaseNotFound: when it is another's, or there is none.
        """
        ...

    def say(
        self,
        ref: UUID,
        word: HandOverWord,
        *,
        reason: str | None = None,
        content: Preview | Package | None = None,
    ) -> None:
        """Say a word to the other side: kept here, and sent as soon as the line allows.

        :raises PermissionMissing: when the partner is not trusted now, or keys are missing.
        """
        ...

    def take_over(self, ref: UUID, case_ref: UUID) -> None:
        """Bind what came to the one case that was started with it.

        :raises MoveRefused: when another case was started with it before.
        """
        ...


def no_front_door() -> AbstractContextManager[tuple[Actor, "Desk"]]:
    """Refuse what is handed in where nobody stands behind a front door.

    :raises MoveRefused: always.
    """
    raise MoveRefused(found("no_front_door"))


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies within reach of a use case."""

    cases: Cases
    directory: Directory
    notifications: Notifications
    places: Places
    hand_overs: HandOvers
    partners: Partners
    presets: Callable[[str], Presets]
    # Hands over to the front door for one act, in the same transaction, and back.
    front_door: Callable[[], AbstractContextManager[tuple[Actor, "Desk"]]] = no_front_door
