"""The key pairs of a case's compartments: made when first needed, wrapped to whoever may read.

A part in which nobody has written has no key yet: the first to write there makes it and wraps it
to all who may read. Whoever may write seals to the public key; only holders of a wrap open. When
access is taken back a new version starts, so that what is written from then on is closed to who
has left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from opennrm.lifecycle.case import AccessRow
from opennrm.records import statements
from opennrm.records.folding import PublicKeys
from opennrm.records.keyring import Keyring, Wrap, wrap_purpose
from opennrm.records.sealing import KeyPair, SealBroken, new_key_pair, seal
from opennrm.records.writing import Steps

Holder = UUID | tuple[UUID, str]


class CaseKeys:
    """The keys of one case, within one transaction.

    `holders` are the public keys of houses' groups and of people that were asked for before.
    """

    def __init__(
        self,
        cursor: Any,
        case_ref: UUID,
        keyring: Keyring | None,
        newest: PublicKeys,
        holders: dict[Holder, bytes],
        *,
        is_new: bool = False,
    ) -> None:
        self.case_ref = case_ref
        self._cursor, self._keyring, self._holders = cursor, keyring, holders
        self._newest, self._is_new = dict(newest), is_new
        self._before = frozenset(self._newest)
        self._fresh: dict[str, KeyPair] = {}
        self._opened: dict[tuple[str, int], bytes] | None = {} if is_new else None
        self._worn: frozenset[str] = frozenset()

    def expect(
        self,
        *,
        sealed: Collection[str],
        leaving: frozenset[str],
        live: Iterable[AccessRow],
        new: Collection[AccessRow],
    ) -> None:
        """Ask in one go what a change needs to know of the keys: which are worn, who holds which.

        A key is worn where somebody who could open it no longer may, or is about to lose it. Those
        of a case that began in this transaction are not: all who hold them came with it.
        """
        self._before = frozenset(self._newest)
        used = {*sealed, *(row.compartment for row in new)}
        if not used:
            return
        self._worn = leaving
        known = sorted((used & self._before) - leaving)
        if known and not self._is_new:
            self._cursor.execute(statements.WORN_KEYS, [known, self.case_ref])
            self._worn |= frozenset(part for (part,) in self._cursor.fetchall())
        made = used - (self._before - self._worn)
        self._know_holders((*new, *(row for row in live if row.compartment in made)))

    def public(self, compartment: str) -> tuple[int, bytes]:
        """Return version and public key to seal with, making a new pair where one is needed."""
        is_worn = compartment in self._worn and compartment not in self._fresh
        if compartment not in self._newest or is_worn:
            self._make(compartment)
        return self._newest[compartment]

    def settle(self, rows: Iterable[AccessRow], new: Iterable[AccessRow], steps: Steps) -> None:
        """Wrap fresh pairs to all live rows, and the pairs there were before to the new rows.

        :raises SealBroken: when the session cannot open what it should pass on.
        """
        live, wraps = tuple(rows), Steps(self._cursor)
        for row in new:
            if row.compartment in self._before:
                self._share(row, wraps)
                self.public(row.compartment)
        left = self._left_behind(live) if self._fresh else frozenset()
        for compartment, pair in self._fresh.items():
            version, public = self._newest[compartment]
            steps.add("key", self.case_ref, compartment, version, public)
            if self._opened is not None:
                self._opened[(compartment, version)] = pair.private
            for row in live:
                if row.compartment == compartment and row.access_ref not in left:
                    self._wrap(row, version, pair.private, wraps)
        steps.follow(wraps)
        self._fresh.clear()

    def held(self) -> Mapping[tuple[str, int], bytes]:
        """Return the private keys the session can open, by compartment and version."""
        if self._opened is None:
            self._opened = open_wraps(self._cursor, self.case_ref, self._keyring)
        return self._opened

    def _make(self, compartment: str) -> None:
        version = self._newest.get(compartment, (0, b""))[0] + 1
        pair = new_key_pair()
        self._fresh[compartment] = pair
        self._newest[compartment] = (version, pair.public)

    def _left_behind(self, live: tuple[AccessRow, ...]) -> frozenset[UUID]:
        if not any(row.is_kept for row in live):
            return frozenset()
        self._cursor.execute(statements.LEFT_BEHIND, [self.case_ref])
        return frozenset(ref for (ref,) in self._cursor.fetchall())

    def _share(self, row: AccessRow, steps: Steps) -> None:
        versions = sorted(version for part, version in self.held() if part == row.compartment)
        if not versions and row.compartment not in self._worn:
            raise SealBroken("A compartment is passed on by somebody who holds its key.")
        for version in versions:
            self._wrap(row, version, self.held()[(row.compartment, version)], steps)

    def _wrap(self, row: AccessRow, version: int, private: bytes, steps: Steps) -> None:
        self._know_holders((row,))
        public = self._holders.get(_holder(row))
        if public is None:
            raise SealBroken("A compartment opens only to who has a key.")
        purpose = wrap_purpose(self.case_ref, row.compartment, version)
        wrapped = seal(private, public, purpose)
        steps.add("wrap", row.access_ref, version, wrapped)

    def _know_holders(self, rows: Iterable[AccessRow]) -> None:
        """Ask for the public keys of who holds rows, those that are not known yet, in one go."""
        unknown = {_holder(row) for row in rows} - self._holders.keys()
        if not unknown:
            return
        people = [one for one in unknown if isinstance(one, UUID)]
        groups = [one for one in unknown if isinstance(one, tuple)]
        houses, roles = [house for house, _role in groups], [role for _house, role in groups]
        self._cursor.execute(statements.PUBLIC_KEYS, [houses, roles, people])
        for house, role, account, public in self._cursor.fetchall():
            self._holders[account or (house, role)] = bytes(public)


def _holder(row: AccessRow) -> Holder:
    return row.account or (row.organisation, row.role.value)


def open_wraps(
    cursor: Any, case_ref: UUID, keyring: Keyring | None
) -> dict[tuple[str, int], bytes]:
    """Open every wrap of a case that this session can open."""
    if keyring is None:
        return {}
    cursor.execute(statements.OWN_WRAPS, [case_ref])
    return _opened(cursor.fetchall(), keyring).get(case_ref, {})


def open_wraps_of(
    cursor: Any, case_refs: Sequence[UUID], keyring: Keyring | None
) -> dict[UUID, dict[tuple[str, int], bytes]]:
    """Open every wrap of several cases that this session can open."""
    if keyring is None:
        return {}
    cursor.execute(statements.OWN_WRAPS_OF_CASES, [list(case_refs)])
    return _opened(cursor.fetchall(), keyring)


def _opened(rows: list[Any], keyring: Keyring) -> dict[UUID, dict[tuple[str, int], bytes]]:
    opened: dict[UUID, dict[tuple[str, int], bytes]] = defaultdict(dict)
    for case_ref, compartment, version, organisation, role, account, ciphertext in rows:
        wrap = Wrap(case_ref, compartment, version, organisation, role, account, bytes(ciphertext))
        if wrap.account or (wrap.organisation, wrap.role) in keyring.groups:
            keys = opened[wrap.case_ref]
            keys.setdefault((wrap.compartment, wrap.version), keyring.open_wrap(wrap))
    return opened
