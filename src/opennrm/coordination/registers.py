"""What a register is to a program: its fields, its entries, and how they are written.

Each list of the co-ordination is one register. Pages make them (`web.coordination.registers`) from
the same forms through which people and files write, and hand them to the door for programs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from opennrm.coordination.permissions import Area
from opennrm.records.sessions import Session


class FieldKind(StrEnum):
    """What a field holds, and so how it is written in JSON."""

    TEXT = "text"
    WORDS = "words"
    NUMBER = "number"
    FIGURE = "figure"
    DAY = "day"
    MOMENT = "moment"
    YES = "yes"
    ENTRY = "entry"
    ENTRIES = "entries"


@dataclass(frozen=True, slots=True)
class RegisterField:
    """One field of an entry: what people call it, what it holds, which codes it may hold."""

    name: str
    title: str
    kind: FieldKind
    codes: tuple[str, ...] = ()
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class RegisterStep:
    """A step of an entry beside plain changes, such as bringing an agreement into force."""

    name: str
    title: str
    asks_day: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks a register for something, and when; what a request is to the pages."""

    work: Session
    at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader left a list: the newest change she saw, and the entry it was of."""

    version: int
    ref: UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted: with which words, of which choices, from where on, how many."""

    text: str
    chosen: Mapping[str, str]
    after: Place | None
    most: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a reader may see it, with the version a change of it must name."""

    ref: UUID
    version: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One change of an entry: when, by whom, why, and what each field held before and after."""

    ref: UUID
    version: int
    at: datetime
    who: str
    organisation: str
    act: str
    why: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Writing:
    """An act on an entry: the version that was looked at, the reason, a day where one is asked."""

    ref: UUID
    expected: int
    why: str
    on: date | None = None


class EntryClosed(Exception):
    """There is no such entry, or it is not open to who asks; both look the same."""


class NotHersToWrite(Exception):
    """The entry may be read, but not be written by who asks, or not like this any more."""


class EntryRefused(Exception):
    """An entry cannot be kept as it was sent; each fault names its field."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("Some fields cannot be kept.")
        self.faults = tuple(faults)


class EntryChanged(Exception):
    """Somebody changed the entry since it was looked at."""


class Register(Protocol):
    """One list of the co-ordination, as a program reads and writes it.

    Whatever is asked of it runs inside `at_coordination`; the database decides on each row.
    """

    @property
    def name(self) -> str:
        """Return the last part of its address."""

    @property
    def title(self) -> str:
        """Return its name in English."""

    @property
    def area(self) -> Area:
        """Return the area by whose permissions it is read and written."""

    @property
    def is_written(self) -> bool:
        """Tell whether entries are added, changed and removed at all."""

    def asked(self) -> tuple[RegisterField, ...]:
        """Return the fields that may be written."""

    def shown(self) -> tuple[RegisterField, ...]:
        """Return the fields that are read."""

    def filters(self) -> tuple[str, ...]:
        """Return the names by which fewer entries are kept."""

    def steps(self) -> tuple[RegisterStep, ...]:
        """Return the steps beside plain changes."""

    def entries(self, asking: Asking, wanted: Wanted) -> Sequence[Entry]:
        """List entries in the order in which they changed, one more than wanted if there is."""

    def entry(self, asking: Asking, ref: UUID) -> Entry:
        """Read one entry.

        :raises EntryClosed: when it is not open to who asks.
        """

    def history(self, asking: Asking, ref: UUID) -> Sequence[EntryChange]:
        """List the newest changes of an entry, the newest first.

        :raises EntryClosed: when it is not open to who asks.
        """

    def changes(self, asking: Asking, *, before: int, most: int) -> Sequence[EntryChange]:
        """List the newest changes of all entries, those removed since among them."""

    def add(self, asking: Asking, values: Mapping[str, Any], *, why: str) -> UUID:
        """Add an entry and return its reference.

        :raises NotHersToWrite: when who asks may not.
        :raises EntryRefused: when a field cannot be kept.
        """

    def change(self, asking: Asking, writing: Writing, values: Mapping[str, Any]) -> UUID:
        """Change the fields that are named, and no other.

        :raises EntryClosed: when it is not open to who asks.
        :raises NotHersToWrite: when who asks may not.
        :raises EntryChanged: when somebody changed it meanwhile.
        :raises EntryRefused: when a field cannot be kept.
        """

    def remove(self, asking: Asking, writing: Writing) -> UUID:
        """Remove an entry; its history stays.

        :raises NotHersToWrite: when who asks may not.
        :raises EntryChanged: when somebody changed it meanwhile.
        :raises ChangeRefused: when other entries rest on it.
        """

    def take(self, asking: Asking, step: str, writing: Writing) -> UUID:
        """Take a step of an entry.

        :raises NotHersToWrite: when it is not offered to who asks now.
        :raises ChangeRefused: when a rule stops it.
        """
