"""The record of facts in PostgreSQL, as one reader may use it within one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.utils import DatabaseError

from opennrm.casework.ports import Change, Entry
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
from opennrm.records.compartment_keys import CaseKeys, Holder
from opennrm.records.folding import PublicKeys, fold, read_case, sequences
from opennrm.records.granting import own_row_told, row_told, rows_of
from opennrm.records.keyring import fact_purpose
from opennrm.records.sealing import SealBroken, seal
from opennrm.records.sessions import Session, SignedOut, sqlstate
from opennrm.records.statements import send_each
from opennrm.records.visibility import visible_facts
from opennrm.records.writing import Steps


class RecordedCases:
    """Starts, loads and appends; every write is one change in the running transaction."""

    def __init__(self, cursor: Any, session: Session, at: datetime) -> None:
        self._cursor, self._session, self._at = cursor, session, at
        self._steps = Steps(cursor)
        self._loaded: Case | None = None
        self._keys: CaseKeys | None = None
        self._jurisdictions: dict[UUID, str] = {}
        self._holders: dict[Holder, bytes] = {}
        # Cases that began in this transaction: nobody else sees them, so that they are folded and
        # listed once, however many use cases write there.
        self._begun: dict[UUID, Case] = {}
        self._begun_keys: dict[UUID, CaseKeys] = {}
        self._unlisted: dict[UUID, Case] = {}

    def start(self, change: Change, *, jurisdiction: str, audit: Entry) -> UUID:
        """Start a new case and answer with its reference.

        Nothing is read back: where each fact stands in a new case is known, so that many cases
        can be sent to the database without waiting for each answer.
        """
        case_ref = uuid4()
        with self._translated(change):
            begun = self._begin(case_ref, jurisdiction, change, audit)
        self._begun[case_ref] = self._unlisted[case_ref] = begun
        return case_ref

    def list_begun(self) -> None:
        """Write what began here and waits, with its projections, where it stands now."""
        begun = [(case, self._jurisdictions[ref]) for ref, case in self._unlisted.items()]
        self._unlisted.clear()
        for case, jurisdiction in begun:
            projecting.show(self._steps, case, jurisdiction)
        self.send()
        if begun:
            with statements.together(self._cursor):
                for case, jurisdiction in begun:
                    projecting.count_new(self._cursor, case, jurisdiction)

    def send(self) -> None:
        """Write what waits: the steps of cases that began here are sent together."""
        with self._translated(Change(())):
            self._steps.send()

    def keep_mark(self, entry: search.SearchEntry) -> None:
        """Keep the mark of an imported row with the case that began of it."""
        search.keep(self._steps, self._session, entry)

    def load(self, case_ref: UUID) -> Case:
        """Lock a case and fold the open parts of all its facts.

        :raises CaseNotFound: when the reader has no live row, offered or open.
        """
        begun = self._begun.get(case_ref)
        if begun is not None:
            self._loaded = begun
            return begun
        return self._locked(case_ref, is_standing_by=False)

    def standing_by(self) -> tuple[UUID, ...]:
        """List the cases of which a sealed sheet stands by for the reader, not opened now."""
        self._cursor.execute(statements.STANDING_BY)
        return tuple(ref for (ref,) in self._cursor.fetchall())

    def load_standing_by(self, case_ref: UUID) -> Case:
        """Lock and fold a case of which a sealed sheet stands by for the reader.

        :raises CaseNotFound: when none does.
        """
        return self._locked(case_ref, is_standing_by=True)

    def _locked(self, case_ref: UUID, *, is_standing_by: bool) -> Case:
        self._cursor.execute(statements.LOCK_AND_READ, [case_ref, is_standing_by])
        row = self._cursor.fetchone()
        if row is None:
            raise CaseNotFound()
        read = read_case((case_ref, *row))
        self._jurisdictions[case_ref] = read.jurisdiction
        self._loaded, self._keys = read.case, self._keys_of(case_ref, read.keys)
        return read.case

    def _keys_of(self, case_ref: UUID, newest: PublicKeys, *, is_new: bool = False) -> CaseKeys:
        holder = self._session.keyring
        return CaseKeys(self._cursor, case_ref, holder, newest, self._holders, is_new=is_new)

    def append(self, case_ref: UUID, change: Change, *, audit: Entry) -> tuple[Fact, ...]:
        """Append facts with their access rows, keys, projections and audit entry.

        :raises ChangedMeanwhile: when a compartment has moved past the expected sequence.
        :raises AccessMissing: when a fact or a grant needs a row the reader does not hold.
        """
        # What this transaction has loaded is locked, and nobody has changed it since.
        loaded = self._loaded
        case = loaded if loaded and loaded.case_ref == case_ref else self.load(case_ref)
        with self._translated(change, case):
            if change.erases:
                return self._erase(case, change, audit)
            added, now = self._write(case, change, audit)
            if case_ref not in self._begun:
                jurisdiction = self._jurisdictions[case_ref]
                projecting.show(self._steps, now, jurisdiction)
                self._steps.send()
                projecting.count(self._cursor, now, jurisdiction)
                return added
        self._begun[case_ref] = self._unlisted[case_ref] = now
        return added

    def _write(self, case: Case, change: Change, audit: Entry) -> tuple[tuple[Fact, ...], Case]:
        steps = self._steps
        new_rows = tuple(row for grant in change.grants for row in rows_of(grant, self._at))
        keys = self._keys_for(case, change, new_rows)
        added = tuple(self._append_facts(case, change, audit, keys, steps))
        self._keep_files(change, steps)
        for asked in change.questions:
            hash_of_code = bytes.fromhex(asked.code_digest)
            steps.add("ask_partner", asked.fact_ref, hash_of_code, asked.until)
        if change.own_door is not None:
            door = change.own_door
            steps.add("open_own_door", door.fact_ref, bytes.fromhex(door.code_digest))
        for row in new_rows:
            steps.add("grant", case.case_ref, *row_told(row))
        access = self._open_and_close(case, change, new_rows, steps)
        keys.settle(access, new_rows, steps)
        self._send(change, steps)
        # The case is locked: what was read of it and what was added is all there is.
        facts = (*case.facts, *added)
        now = self._loaded = Case(case.case_ref, facts, access, sequences(facts))
        search.keep_names(steps, self._session, now, change)
        _journal(steps, case.case_ref, added, audit)
        return added, now

    def _keys_for(self, case: Case, change: Change, new_rows: Sequence[AccessRow]) -> CaseKeys:
        """Return the keys of a case, with all that a change needs to know of them, asked once."""
        if self._keys is None or self._keys.case_ref != case.case_ref:
            self._keys = self._begun_keys.get(case.case_ref)
        if self._keys is None:
            self._keys = self._keys_of(case.case_ref, fold(self._cursor, case.case_ref).keys)
        self._keys.expect(
            sealed=_parts_told(change),
            leaving=_leaving(case, change),
            live=case.access,
            new=new_rows,
        )
        return self._keys

    def _keep_files(self, change: Change, steps: Steps) -> None:
        """Keep files by themselves, after their facts: they are too large for a step."""
        if change.files:
            steps.send()
            send_each(self._cursor, statements.KEEP_FILE, [list(one) for one in change.files])

    def _begin(self, case_ref: UUID, jurisdiction: str, change: Change, audit: Entry) -> Case:
        steps = self._steps
        steps.add("start", case_ref, jurisdiction)
        rows = tuple(row for grant in change.grants for row in rows_of(grant, self._at))
        self._jurisdictions[case_ref] = jurisdiction
        keys = self._begun_keys[case_ref] = self._keys_of(case_ref, {}, is_new=True)
        case = Case(case_ref)
        keys.expect(sealed=_parts_told(change), leaving=frozenset(), live=(), new=rows)
        added = tuple(self._append_facts(case, change, audit, keys, steps))
        steps.add("grant_own", case_ref, self._at, [own_row_told(row) for row in rows])
        keys.settle(rows, rows, steps)
        self._send(change, steps)
        access = tuple(sorted(rows, key=lambda row: row.access_ref))
        case = self._loaded = Case(case_ref, added, access, sequences(added))
        self._keys = keys
        search.keep_names(steps, self._session, case, change)
        _journal(steps, case_ref, added, audit)
        return case

    def _erase(self, case: Case, change: Change, audit: Entry) -> tuple[Fact, ...]:
        """Record that a case is erased, and blank it: there is nothing left to project."""
        steps = self._steps
        keys = self._keys_for(case, change, ())
        added = tuple(self._append_facts(case, change, audit, keys, steps))
        steps.send()
        statement = statements.UNDO_IMPORTED if change.undoes else statements.ERASE
        self._cursor.execute(statement, [case.case_ref, added[-1].fact_ref])
        self._send(change, steps)
        self._loaded = None
        self._begun.pop(case.case_ref, None)
        self._unlisted.pop(case.case_ref, None)
        _journal(steps, case.case_ref, added, audit)
        steps.send()
        return added

    def _append_facts(
        self, case: Case, change: Change, audit: Entry, keys: CaseKeys, steps: Steps
    ) -> Iterator[Fact]:
        """Add the facts of a change; the case is locked, so where each will stand is known."""
        expected = self._expected(case, change)
        last = max((fact.position for fact in case.facts), default=0)
        reached = dict(case.sequences)
        for position, fact in enumerate(change.facts, last + 1):
            part = fact.compartment.code
            reached[part] = reached.get(part, 0) + 1
            self._append_fact(case.case_ref, fact, audit, keys, expected.pop(part, None), steps)
            yield self._as_recorded(fact, case.case_ref, position, reached[part], audit.at)

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
        keys: CaseKeys,
        seen: int | None,
        steps: Steps,
    ) -> None:
        version, sealed = _sealed(case_ref, fact, keys)
        part = fact.compartment.code
        known = (fact.fact_ref, fact.kind, part, audit.at, fact.basis, fact.corrects)
        steps.add("fact", case_ref, *known, dict(fact.open), sealed, version, seen)

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

    def _open_and_close(
        self, case: Case, change: Change, new_rows: tuple[AccessRow, ...], steps: Steps
    ) -> tuple[AccessRow, ...]:
        """Open and close what a change opens and closes, and return what is live after it."""
        for basis in change.closes:
            steps.add("close", case.case_ref, basis, None)
        for offer in change.declines:
            steps.add("close", case.case_ref, None, offer)
        for offer in change.opens:
            steps.add("open", case.case_ref, offer, self._at)
        if change.wakes is not None:
            steps.add("wake", case.case_ref, change.wakes)
        if not (change.closes or change.declines or change.opens or change.wakes):
            return tuple(sorted((*case.access, *new_rows), key=lambda row: row.access_ref))
        return steps.send_and_read(case.case_ref)

    def _send(self, change: Change, steps: Steps) -> None:
        for notice in change.notices:
            role = notice.role.value if notice.role else None
            steps.add("notice", notice.organisation, role, notice.kind, notice.about, self._at)

    @contextmanager
    def _translated(self, change: Change, case: Case | None = None) -> Iterator[None]:
        """Say in the words of casework why the database refuses a change.

        The whole transaction is undone with it: nothing goes on after a refusal.
        """
        try:
            with transaction.atomic(using="recorder", savepoint=False):
                yield
        except SealBroken as error:
            self._loaded = None
            raise AccessMissing(found("compartment_not_yours_to_share")) from error
        except DatabaseError as error:
            self._loaded = None
            state = sqlstate(error)
            if state == "23505" and "one_place_once" in str(error):
                raise MoveRefused(found("place_taken")) from error
            if state == "NR409" and case is not None:
                raise self._changed_meanwhile(change, case) from error
            if state == "NR403":
                raise AccessMissing(found("compartment_not_open")) from error
            if state == "NR401":
                raise SignedOut("You are signed out. Sign in again.") from error
            raise

    def _changed_meanwhile(self, change: Change, case: Case) -> ChangedMeanwhile:
        """Tell what changed in a compartment the reader holds open, and of no other."""
        visible = case.seen_from(self._open_to_reader(case))
        for part, seen in (change.expected or {}).items():
            if part in visible.sequences and visible.sequences[part] != seen:
                shown = visible_facts(
                    visible.facts,
                    compartments=frozenset(visible.sequences),
                    organisation=self._session.actor.organisation,
                )
                news = (one for one in shown if one.compartment == part and one.sequence > seen)
                return ChangedMeanwhile(part, tuple(news), case.case_ref)
        return ChangedMeanwhile("", (), case.case_ref)

    def _open_to_reader(self, case: Case) -> frozenset[str]:
        return held(case, actor=self._session.actor, at=self._at)


def _journal(steps: Steps, case_ref: UUID, added: tuple[Fact, ...], audit: Entry) -> None:
    steps.add("journal", audit.action, case_ref, sorted({fact.compartment for fact in added}))


def _tells(fact: NewFact) -> dict[str, str]:
    return {name: text for name, text in fact.sealed.items() if text}


def _parts_told(change: Change) -> frozenset[str]:
    return frozenset(fact.compartment.code for fact in change.facts if _tells(fact))


def _sealed(case_ref: UUID, fact: NewFact, keys: CaseKeys) -> tuple[int, bytes | None]:
    told = _tells(fact)
    if not told:
        return 0, None
    part = fact.compartment.code
    version, public = keys.public(part)
    plain = json.dumps(told, ensure_ascii=False).encode()
    return version, seal(plain, public, fact_purpose(case_ref, part, version, fact.fact_ref))


def _leaving(case: Case, change: Change) -> frozenset[str]:
    """Return the compartments somebody who could open them is about to lose."""
    return frozenset(
        row.compartment
        for row in case.access
        if row.state == "open"
        and (row.basis_fact in change.closes or row.offer_fact in change.declines)
    )
