"""The record of facts in PostgreSQL, as one reader may use it within one transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.utils import DatabaseError

from opennrm.casework.ports import Change, Entry, Grant
from opennrm.casework.reach import held
from opennrm.casework.reasons import found
from opennrm.casework.refusals import (
    AccessMissing,
    CaseNotFound,
    ChangedMeanwhile,
    MoveRefused,
)
from opennrm.lifecycle.case import AccessRow, Case
from opennrm.lifecycle.facts import Fact, NewFact, recorded
from opennrm.records import projecting, search, statements
from opennrm.records.compartment_keys import CompartmentKeys
from opennrm.records.folding import fold, live_access, sequences
from opennrm.records.keyring import fact_purpose
from opennrm.records.sealing import SealBroken, seal
from opennrm.records.sessions import Session, SignedOut, sqlstate
from opennrm.records.statements import send_each
from opennrm.records.visibility import visible_facts


class RecordedCases:
    """Starts, loads and appends; every write is one change in the running transaction."""

    def __init__(self, cursor: Any, session: Session, at: datetime) -> None:
        self._cursor, self._session, self._at = cursor, session, at
        self._loaded: Case | None = None
        self._holders: dict[object, bytes] = {}
        # Cases that began in this transaction: nobody else sees them, so that they are folded and
        # listed once, however many use cases write there.
        self._begun: dict[UUID, Case] = {}
        self._unlisted: dict[UUID, Case] = {}

    def start(self, change: Change, *, jurisdiction: str, audit: Entry) -> UUID:
        """Start a new case and answer with its reference.

        Nothing is read back: where each fact stands in a new case is known, so that many cases
        can be sent to the database without waiting for each answer.
        """
        case_ref = uuid4()
        with self._translated(case_ref, change), statements.together(self._cursor):
            self._cursor.execute(statements.START, [case_ref, jurisdiction])
            self._begun[case_ref] = self._begin(case_ref, jurisdiction, change, audit)
        return case_ref

    def list_begun(self) -> None:
        """Bring the projections of the cases that began here to where they stand now."""
        while self._unlisted:
            projecting.refresh(self._cursor, self._unlisted.popitem()[1])

    def load(self, case_ref: UUID) -> Case:
        """Lock a case and fold the open parts of all its facts.

        :raises CaseNotFound: when the reader has no live row, offered or open.
        """
        begun = self._begun.get(case_ref)
        if begun is not None:
            self._loaded = begun
            return begun
        return self._locked(statements.LOCK, case_ref)

    def standing_by(self) -> tuple[UUID, ...]:
        """List the cases of which a sealed sheet stands by for the reader, not opened now."""
        self._cursor.execute(statements.STANDING_BY)
        return tuple(ref for (ref,) in self._cursor.fetchall())

    def load_standing_by(self, case_ref: UUID) -> Case:
        """Lock and fold a case of which a sealed sheet stands by for the reader.

        :raises CaseNotFound: when none does.
        """
        return self._locked(statements.LOCK_STANDING_BY, case_ref)

    def _locked(self, statement: str, case_ref: UUID) -> Case:
        self._cursor.execute(statement, [case_ref])
        if not self._cursor.fetchone()[0]:
            raise CaseNotFound()
        self._loaded = fold(self._cursor, case_ref)
        return self._loaded

    def append(self, case_ref: UUID, change: Change, *, audit: Entry) -> tuple[Fact, ...]:
        """Append facts with their access rows, keys, projections and audit entry.

        :raises ChangedMeanwhile: when a compartment has moved past the expected sequence.
        :raises AccessMissing: when a fact or a grant needs a row the reader does not hold.
        """
        # What this transaction has loaded is locked, and nobody has changed it since.
        loaded = self._loaded
        case = loaded if loaded and loaded.case_ref == case_ref else self.load(case_ref)
        with self._translated(case_ref, change, case):
            if change.erases:
                return self._erase(case, change, audit)
            added, now = self._write(case, change, audit)
            if case_ref not in self._begun:
                projecting.refresh(self._cursor, now)
                return added
        self._begun[case_ref] = self._unlisted[case_ref] = now
        return added

    def _write(self, case: Case, change: Change, audit: Entry) -> tuple[tuple[Fact, ...], Case]:
        keys = CompartmentKeys(
            self._cursor, case.case_ref, self._session.keyring, holders=self._holders
        )
        keys.expect_leaving(_leaving(case, change))
        added = tuple(self._append_facts(case, change, audit, keys))
        send_each(self._cursor, statements.KEEP_FILE, [list(one) for one in change.files])
        asked = [[q.fact_ref, bytes.fromhex(q.code_digest), q.until] for q in change.questions]
        send_each(self._cursor, statements.ASK_PARTNER, asked)
        if change.own_door is not None:
            door = change.own_door
            values = [door.fact_ref, bytes.fromhex(door.code_digest)]
            self._cursor.execute(statements.OPEN_OWN_DOOR, values)
        new_rows = [row for grant in change.grants for row in _rows_of(grant, self._at)]
        granted = [[case.case_ref, *_row_values(row)] for row in new_rows]
        send_each(self._cursor, statements.GRANT, granted)
        self._open_and_close(case.case_ref, change)
        access = live_access(self._cursor, case.case_ref)
        keys.settle(access, new_rows)
        self._send(change)
        # The case is locked: what was read of it and what was added is all there is.
        facts = (*case.facts, *added)
        now = self._loaded = Case(case.case_ref, facts, access, sequences(facts))
        search.keep_names(self._cursor, self._session, now, change, keys)
        self._journal(case.case_ref, added, audit)
        return added, now

    def _begin(self, case_ref: UUID, jurisdiction: str, change: Change, audit: Entry) -> Case:
        keys = CompartmentKeys(
            self._cursor, case_ref, self._session.keyring, holders=self._holders, is_new=True
        )
        added = tuple(self._first_facts(case_ref, change, audit, keys))
        rows = tuple(row for grant in change.grants for row in _rows_of(grant, self._at))
        self._grant_own(case_ref, rows)
        keys.settle(rows, rows)
        self._send(change)
        access = tuple(sorted(rows, key=lambda row: row.access_ref))
        case = self._loaded = Case(case_ref, added, access, sequences(added))
        search.keep_names(self._cursor, self._session, case, change, keys)
        projecting.begin(self._cursor, case, jurisdiction)
        self._journal(case_ref, added, audit)
        return case

    def _grant_own(self, case_ref: UUID, rows: tuple[AccessRow, ...]) -> None:
        """Open a new case to its own house: what the database asks of each row, asked once."""
        columns = [
            [row.access_ref for row in rows],
            [row.role.value for row in rows],
            [row.account for row in rows],
            [row.compartment for row in rows],
            [row.mode for row in rows],
            [row.basis_fact for row in rows],
        ]
        values = [case_ref, *columns, self._at, [row.until for row in rows]]
        self._cursor.execute(statements.GRANT_OWN, values)

    def _first_facts(
        self, case_ref: UUID, change: Change, audit: Entry, keys: CompartmentKeys
    ) -> Iterator[Fact]:
        counted: Counter[str] = Counter()
        for position, fact in enumerate(change.facts, 1):
            part = fact.compartment.code
            counted[part] += 1
            self._append_fact(case_ref, fact, audit, keys)
            yield self._as_recorded(fact, case_ref, position, counted[part], audit.at)

    def _journal(self, case_ref: UUID, added: tuple[Fact, ...], audit: Entry) -> None:
        parts = sorted({fact.compartment for fact in added})
        self._cursor.execute(statements.JOURNAL, [audit.action, case_ref, parts])

    def _erase(self, case: Case, change: Change, audit: Entry) -> tuple[Fact, ...]:
        """Record that a case is erased, and blank it: there is nothing left to project."""
        keys = CompartmentKeys(self._cursor, case.case_ref, self._session.keyring)
        added = tuple(self._append_facts(case, change, audit, keys))
        statement = statements.UNDO_IMPORTED if change.undoes else statements.ERASE
        self._cursor.execute(statement, [case.case_ref, added[-1].fact_ref])
        self._send(change)
        self._loaded = None
        self._begun.pop(case.case_ref, None)
        self._unlisted.pop(case.case_ref, None)
        self._journal(case.case_ref, added, audit)
        return added

    def _append_facts(
        self, case: Case, change: Change, audit: Entry, keys: CompartmentKeys
    ) -> Iterator[Fact]:
        expected = self._expected(case, change)
        for fact in change.facts:
            seen = expected.pop(fact.compartment.code, None)
            self._append_fact(case.case_ref, fact, audit, keys, seen)
            position, sequence = self._cursor.fetchone()
            yield self._as_recorded(fact, case.case_ref, position, sequence, audit.at)

    def _expected(self, case: Case, change: Change) -> dict[str, int]:
        """Say where each part stands for who saw the newest of it that is open to her.

        What others wrote there and she can never see, such as who of them holds the case, is no
        reason to ask her to look again.
        """
        if not change.expected:
            return {}
        shown = visible_facts(
            case.facts,
            compartments=self._open_to_reader(case),
            organisation=self._session.actor.organisation,
        )
        newest = sequences(shown)
        return {
            part: case.sequences.get(part, seen) if newest.get(part, 0) == seen else seen
            for part, seen in change.expected.items()
        }

    def _append_fact(
        self,
        case_ref: UUID,
        fact: NewFact,
        audit: Entry,
        keys: CompartmentKeys,
        seen: int | None = None,
    ) -> None:
        version, sealed = self._sealed(case_ref, fact, keys)
        part = fact.compartment.code
        known = [fact.fact_ref, fact.kind, part, audit.at, fact.basis, fact.corrects]
        content = json.dumps(dict(fact.open), ensure_ascii=True)
        values = [case_ref, *known, content, sealed, version, seen]
        self._cursor.execute(statements.APPEND, values)

    def _as_recorded(
        self, fact: NewFact, case_ref: UUID, position: int, sequence: int, at: datetime
    ) -> Fact:
        return recorded(
            fact,
            case_ref=case_ref,
            position=position,
            sequence=sequence,
            at=at,
            actor=self._session.actor.account,
            organisation=self._session.actor.organisation,
        )

    def _sealed(
        self, case_ref: UUID, fact: NewFact, keys: CompartmentKeys
    ) -> tuple[int, bytes | None]:
        told = {name: text for name, text in fact.sealed.items() if text}
        if not told:
            return 0, None
        part = fact.compartment.code
        version, public = keys.public(part)
        plain = json.dumps(told, ensure_ascii=False).encode()
        return version, seal(plain, public, fact_purpose(case_ref, part, version, fact.fact_ref))

    def _open_and_close(self, case_ref: UUID, change: Change) -> None:
        for basis in change.closes:
            self._cursor.execute(statements.CLOSE, [case_ref, basis, None])
        for offer in change.declines:
            self._cursor.execute(statements.CLOSE, [case_ref, None, offer])
        for offer in change.opens:
            self._cursor.execute(statements.OPEN, [case_ref, offer, self._at])
        if change.wakes is not None:
            self._cursor.execute(statements.WAKE, [case_ref, change.wakes])

    def _send(self, change: Change) -> None:
        for notice in change.notices:
            role = notice.role.value if notice.role else None
            values = [notice.organisation, role, notice.kind, notice.about, self._at]
            self._cursor.execute(statements.NOTICE, values)

    @contextmanager
    def _translated(
        self, case_ref: UUID, change: Change, case: Case | None = None
    ) -> Iterator[None]:
        """Undo a change the database refuses, and say why in the words of casework."""
        try:
            with transaction.atomic(using="recorder"):
                yield
        except SealBroken as error:
            self._loaded = None
            raise AccessMissing(found("compartment_not_yours_to_share")) from error
        except DatabaseError as error:
            self._loaded = None
            state = sqlstate(error)
            if state == "23505" and "one_place_once" in str(error):
                raise MoveRefused(found("place_taken")) from error
            if state == "NR409":
                raise self._changed_meanwhile(case_ref, change, case) from error
            if state == "NR403":
                raise AccessMissing(found("compartment_not_open")) from error
            if state == "NR401":
                raise SignedOut("You are signed out. Sign in again.") from error
            raise

    def _changed_meanwhile(
        self, case_ref: UUID, change: Change, case: Case | None
    ) -> ChangedMeanwhile:
        """Tell what changed in a compartment the reader holds open, and of no other."""
        visible = case.seen_from(self._open_to_reader(case)) if case else Case(case_ref)
        for part, seen in (change.expected or {}).items():
            if part in visible.sequences and visible.sequences[part] != seen:
                shown = visible_facts(
                    visible.facts,
                    compartments=frozenset(visible.sequences),
                    organisation=self._session.actor.organisation,
                )
                news = (one for one in shown if one.compartment == part and one.sequence > seen)
                return ChangedMeanwhile(part, tuple(news), case_ref)
        return ChangedMeanwhile("", (), case_ref)

    def _open_to_reader(self, case: Case) -> frozenset[str]:
        return held(case, actor=self._session.actor, at=self._at)


def _leaving(case: Case, change: Change) -> frozenset[str]:
    """Return the compartments somebody who could open them is about to lose."""
    return frozenset(
        row.compartment
        for row in case.access
        if row.state == "open"
        and (row.basis_fact in change.closes or row.offer_fact in change.declines)
    )


def _rows_of(grant: Grant, at: datetime) -> Iterator[AccessRow]:
    for part in sorted(grant.compartments):
        yield AccessRow(
            access_ref=uuid4(),
            organisation=grant.organisation,
            role=grant.role,
            account=grant.account,
            compartment=part,
            mode="write" if part in grant.writes else "read",
            state=grant.state,
            basis_fact=grant.basis_fact,
            offer_fact=grant.offer_fact,
            opens_at=at,
            until=grant.until,
        )


def _row_values(row: AccessRow) -> list[Any]:
    return [
        row.access_ref,
        row.organisation,
        row.role.value,
        row.account,
        row.compartment,
        row.mode,
        row.state,
        row.basis_fact,
        row.offer_fact,
        row.opens_at,
        row.until,
    ]
