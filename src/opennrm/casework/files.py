"""The use case of keeping a file with a case, in the part whose readers may read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import AccessMissing, MoveRefused
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.kinds.files import FILE_SCOPES, PREFIX, file_kind
from opennrm.vocabulary.scopes import Scope

LARGEST_KIB, LARGEST_CASE_KIB = 10 * 1024, 200 * 1024


@dataclass(frozen=True, slots=True)
class LockedFile:
    """A file that was scanned, cleaned and locked under a key of its own."""

    file_type: str
    size_kib: int
    digest: str
    content: bytes = field(repr=False)
    content_key: str = field(repr=False)
    original: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file to be kept: what it is called, the part it belongs to, and its locked content."""

    title: str
    scope: str
    kept_on: date
    locked: LockedFile

    @property
    def file_type(self) -> str:
        """Return what the file is."""
        return self.locked.file_type

    @property
    def size_kib(self) -> int:
        """Return how large it is, in KiB."""
        return self.locked.size_kib

    @property
    def digest(self) -> str:
        """Return the digest of the locked bytes, which the chain covers."""
        return self.locked.digest

    @property
    def content_key(self) -> str:
        """Return the key that opens the locked bytes."""
        return self.locked.content_key

    @property
    def original(self) -> str:
        """Return the digest of the file as it was handed in, to match the original elsewhere."""
        return self.locked.original


def keep_file(
    *,
    case_ref: UUID,
    file: NewFile,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Keep a file with a case, sealed in the part it belongs to.

    :raises AccessMissing: when the part is not open to the actor for writing.
    :raises MoveRefused: when no files go into it, or the case has no room left.
    """
    require("keep_file", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = written(case, actor=actor, at=at)
    if file.scope not in within:
        raise AccessMissing(found("compartment_not_open"))
    scope = Scope(file.scope)
    if scope not in FILE_SCOPES:
        raise MoveRefused(found("no_files_here"))
    if file.size_kib > LARGEST_KIB or kept_kib(case) + file.size_kib > LARGEST_CASE_KIB:
        raise MoveRefused(found("no_room_for_file"))
    fact = new_fact(file_kind(scope), file, within=within, basis="own_record")
    change = Change(
        facts=(fact,), files=((fact.fact_ref, file.locked.content),), expected=expected
    )
    desk.cases.append(case_ref, change, audit=Entry("keep_file", actor.account, at))
    return fact.fact_ref


def files_of(case: Case) -> tuple[Fact, ...]:
    """Return the facts that keep files, oldest first."""
    return tuple(fact for fact in case.facts if fact.kind.startswith(PREFIX))


def kept_kib(case: Case) -> int:
    """Add up how much room the files of a case take, in KiB."""
    sizes = (fact.open.get("size_kib") for fact in files_of(case))
    return sum(size for size in sizes if isinstance(size, int))
