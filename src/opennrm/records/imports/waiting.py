"""Keeps the rows of a file that somebody sent, locked under the search key of her house.

Only whoever may find people by name in that house opens them. What was found in them stands with
them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from opennrm.exchange.sheets.table import Cell, Table, read_cell, written_cell
from opennrm.records.importing import MarksImpossible
from opennrm.records.sealing import branch, lock, unlock
from opennrm.records.sessions import Session, reading

PURPOSE = b"opennrm waiting rows 1"
PART = 1000
UNDONE_WITHIN = timedelta(days=1)

BEGIN = "SELECT nrm.begin_import(%s, %s, %s::bytea[], %s)"
OWN = (
    "SELECT import_ref, account, begun_at, state, first_case_at, sealed, total, checked, faulty, "
    "gone_through FROM nrm.own_imports()"
)
ROWS = "SELECT nrm.import_rows(%s, %s)"
KEEP_ROWS = "SELECT nrm.keep_import_rows(%s, %s, %s)"
MOVE = "SELECT nrm.move_import(%s, %s, %s, %s, %s, %s, %s)"
GIVE_UP = "SELECT nrm.give_up_import(%s)"
MEMORY = "SELECT nrm.import_memory()"
REMEMBER = "SELECT nrm.remember_import(%s)"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an import beside its rows: its columns and what each is taken for."""

    headers: tuple[str, ...]
    fields: tuple[str, ...] = ()
    parts: int = 0
    from_1904: bool = False
    of_the_form: bool = False
    marks: tuple[str, ...] = ()
    came_before: tuple[str, ...] = ()
    recorded: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Import:
    """One import of the viewer's organisation and how far it is."""

    import_ref: UUID
    account: UUID
    begun_at: datetime
    state: str
    first_case_at: datetime | None
    kept: Kept
    total: int
    checked: int
    faulty: int
    gone_through: int

    def may_be_undone(self, at: datetime) -> bool:
        """Tell whether its cases can still be taken back."""
        began = self.first_case_at
        return self.state != "undone" and began is not None and at < began + UNDONE_WITHIN


@dataclass(slots=True)
class Fault:
    """Something to put right in one row: which column, what, and whether it keeps the row out."""

    column: int
    kind: str
    leaves_out: bool


@dataclass(slots=True)
class WaitingRow:
    """A row that waits, with what was found in it."""

    number: int
    cells: tuple[Cell, ...]
    faults: list[Fault] = field(default_factory=list)
    is_known: bool = False
    occurrence: int = 1

    @property
    def is_good(self) -> bool:
        """Tell whether the row can be taken in."""
        return not self.is_known and not any(fault.leaves_out for fault in self.faults)


def begin(session: Session, table: Table) -> UUID:
    """Let the rows of a table wait.

    :raises MarksImpossible: when the account holds no search key.
    """
    import_ref = uuid4()
    rows = [WaitingRow(number, cells) for number, cells in table.rows]
    parts = [rows[start : start + PART] for start in range(0, len(rows), PART)]
    kept = Kept(
        headers=table.headers,
        parts=len(parts),
        from_1904=table.from_1904,
        of_the_form=table.of_the_form,
    )
    sealed = [_sealed_rows(session, import_ref, n, part) for n, part in enumerate(parts, 1)]
    with reading(session.token) as cursor:
        cursor.execute(
            BEGIN, [import_ref, _sealed_kept(session, import_ref, kept), sealed, len(rows)]
        )
    return import_ref


def own_imports(session: Session) -> list[Import]:
    """List the imports of the viewer's organisation, the newest first."""
    with reading(session.token) as cursor:
        cursor.execute(OWN)
        return [_import(session, row) for row in cursor.fetchall()]


def one_import(session: Session, import_ref: UUID) -> Import | None:
    """Find one import of the viewer's organisation."""
    return next((one for one in own_imports(session) if one.import_ref == import_ref), None)


def waiting_rows(session: Session, one: Import, part: int) -> list[WaitingRow]:
    """Open one part of the rows that wait."""
    with reading(session.token) as cursor:
        cursor.execute(ROWS, [one.import_ref, part])
        (sealed,) = cursor.fetchone()
    if sealed is None:
        return []
    told = json.loads(unlock(bytes(sealed), _key(session), _purpose(one.import_ref, part)))
    return [_row(each) for each in told]


def keep_rows(
    cursor: Any, session: Session, one: Import, part: int, rows: list[WaitingRow]
) -> None:
    """Keep what was found in a part of the rows, in the running transaction."""
    sealed = _sealed_rows(session, one.import_ref, part, rows)
    cursor.execute(KEEP_ROWS, [one.import_ref, part, sealed])


def move(cursor: Any, session: Session, one: Import, to: str, kept: Kept, **now: int) -> None:
    """Move an import on, in the running transaction.

    :raises DatabaseError: when somebody else moved it meanwhile (NR409).
    """
    far = {"checked": one.checked, "faulty": one.faulty, "gone_through": one.gone_through, **now}
    sealed = _sealed_kept(session, one.import_ref, kept)
    cursor.execute(MOVE, [one.import_ref, one.state, to, sealed, *far.values()])


def give_up(session: Session, one: Import) -> None:
    """Forget the rows of an import of which nothing was recorded."""
    with reading(session.token) as cursor:
        cursor.execute(GIVE_UP, [one.import_ref])


def remembered(session: Session) -> dict[str, str]:
    """Return for which field each column of earlier files was taken, by its header."""
    with reading(session.token) as cursor:
        cursor.execute(MEMORY)
        (sealed,) = cursor.fetchone()
    if sealed is None:
        return {}
    found: dict[str, str] = json.loads(unlock(bytes(sealed), _key(session), _memory(session)))
    return found


def remember(cursor: Any, session: Session, fields: dict[str, str]) -> None:
    """Keep for which field each column was taken, for the next file."""
    sealed = lock(json.dumps(fields).encode(), _key(session), _memory(session))
    cursor.execute(REMEMBER, [sealed])


def _key(session: Session) -> bytes:
    if session.keyring is None or session.keyring.search is None:
        raise MarksImpossible("This account cannot import: it may not find people by name.")
    return branch(session.keyring.search, PURPOSE)


def _purpose(import_ref: UUID, part: int) -> bytes:
    return PURPOSE + f"|{import_ref}|{part}".encode()


def _memory(session: Session) -> bytes:
    return PURPOSE + f"|memory|{session.actor.organisation}".encode()


def _sealed_kept(session: Session, import_ref: UUID, kept: Kept) -> bytes:
    told = {one.name: getattr(kept, one.name) for one in fields(kept)}
    return lock(json.dumps(told).encode(), _key(session), _purpose(import_ref, 0))


def _sealed_rows(session: Session, import_ref: UUID, part: int, rows: list[WaitingRow]) -> bytes:
    told = [
        [
            row.number,
            [written_cell(cell) for cell in row.cells],
            [[fault.column, fault.kind, fault.leaves_out] for fault in row.faults],
            row.is_known,
            row.occurrence,
        ]
        for row in rows
    ]
    return lock(json.dumps(told).encode(), _key(session), _purpose(import_ref, part))


def _row(told: list[Any]) -> WaitingRow:
    number, cells, faults, is_known, occurrence = told
    found = [Fault(*fault) for fault in faults]
    return WaitingRow(number, tuple(map(read_cell, cells)), found, is_known, occurrence)


def _import(session: Session, row: tuple[Any, ...]) -> Import:
    import_ref, account, begun_at, state, first_case_at, sealed, *far = row
    kept = Kept(())
    if sealed:
        told = json.loads(unlock(bytes(sealed), _key(session), _purpose(import_ref, 0)))
        kept = Kept(**{name: _as_tuple(value) for name, value in told.items()})
    return Import(import_ref, account, begun_at, state, first_case_at, kept, *far)


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
