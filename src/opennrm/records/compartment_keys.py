"""The key pairs of a case's compartments: made when first needed, wrapped to whoever may read.

A part in which nobody has written has no key yet: the first to write there makes it and wraps it
to all who may read. Whoever may write seals to the public key; only holders of a wrap open. When
access is taken back a new version starts, so that what is written from then on is closed to who
has left.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from opennrm.lifecycle.case import AccessRow
from opennrm.records import statements
from opennrm.records.keyring import Keyring, Wrap, wrap_purpose
from opennrm.records.sealing import KeyPair, SealBroken, new_key_pair, seal


class CompartmentKeys:
    """The keys of one case, within one transaction."""

    def __init__(
        self,
        cursor: Any,
        case_ref: UUID,
        keyring: Keyring | None,
        *,
        holders: dict[object, bytes] | None = None,
        is_new: bool = False,
    ) -> None:
        self._cursor, self._case, self._keyring = cursor, case_ref, keyring
        self._newest = {} if is_new else _newest(cursor, case_ref)
        self._before = frozenset(self._newest)
        self._fresh: dict[str, KeyPair] = {}
        self._opened: dict[tuple[str, int], bytes] | None = None
        self._holders = {} if holders is None else holders
        self._leaving: frozenset[str] = frozenset()
        self._keys: list[list[object]] = []
        self._wraps: list[list[object]] = []

    def expect_leaving(self, compartments: frozenset[str]) -> None:
        """Seal what follows with a new key where somebody is about to lose the one there is."""
        self._leaving = compartments

    def public(self, compartment: str) -> tuple[int, bytes]:
        """Return version and public key to seal with, making a new pair where one is needed."""
        is_known = compartment in self._newest
        if not is_known or (compartment not in self._fresh and self._needs_new(compartment)):
            self._make(compartment)
        return self._newest[compartment]

    def settle(self, rows: Iterable[AccessRow], new: Iterable[AccessRow]) -> None:
        """Wrap fresh pairs to all live rows, and the pairs there were before to the new rows.

        :raises SealBroken: when the session cannot open what it should pass on.
        """
        live = tuple(rows)
        for row in new:
            if row.compartment in self._before:
                self._share(row)
                self.public(row.compartment)
        for compartment, pair in self._fresh.items():
            self._keep(compartment, pair, live)
        statements.send_each(self._cursor, statements.KEEP_SCOPE_KEY, self._keys)
        statements.send_each(self._cursor, statements.KEEP_WRAP, self._wraps)
        self._fresh.clear()

    def held(self) -> dict[tuple[str, int], bytes]:
        """Return the private keys the session can open, by compartment and version."""
        if self._opened is None:
            self._opened = open_wraps(self._cursor, self._case, self._keyring)
        return self._opened

    def _make(self, compartment: str) -> None:
        version = self._newest.get(compartment, (0, b""))[0] + 1
        pair = new_key_pair()
        self._fresh[compartment] = pair
        self._newest[compartment] = (version, pair.public)

    def _needs_new(self, compartment: str) -> bool:
        if compartment in self._leaving:
            return True
        self._cursor.execute(statements.NEEDS_NEW_KEY, [self._case, compartment])
        return bool(self._cursor.fetchone()[0])

    def _keep(self, compartment: str, pair: KeyPair, live: tuple[AccessRow, ...]) -> None:
        version, public = self._newest[compartment]
        self._keys.append([self._case, compartment, version, public])
        for row in live:
            if row.compartment == compartment and row.access_ref not in self._left_behind(live):
                self._wrap(row, version, pair.private)

    def _left_behind(self, live: tuple[AccessRow, ...]) -> frozenset[UUID]:
        if not any(row.is_kept for row in live):
            return frozenset()
        self._cursor.execute(statements.LEFT_BEHIND, [self._case])
        return frozenset(ref for (ref,) in self._cursor.fetchall())

    def _share(self, row: AccessRow) -> None:
        versions = sorted(version for part, version in self.held() if part == row.compartment)
        if not versions and not self._needs_new(row.compartment):
            raise SealBroken("A compartment is passed on by somebody who holds its key.")
        for version in versions:
            self._wrap(row, version, self.held()[(row.compartment, version)])

    def _wrap(self, row: AccessRow, version: int, private: bytes) -> None:
        purpose = wrap_purpose(self._case, row.compartment, version)
        wrapped = seal(private, self._public_key_of(row), purpose)
        self._wraps.append([row.access_ref, version, wrapped])

    def _public_key_of(self, row: AccessRow) -> bytes:
        holder = row.account or (row.organisation, row.role)
        if holder not in self._holders:
            if row.account is not None:
                self._cursor.execute(statements.PUBLIC_KEY_OF_ACCOUNT, [row.account])
            else:
                values = [row.organisation, row.role.value]
                self._cursor.execute(statements.PUBLIC_KEY_OF_GROUP, values)
            self._holders[holder] = bytes(self._cursor.fetchone()[0])
        return self._holders[holder]


def _newest(cursor: Any, case_ref: UUID) -> dict[str, tuple[int, bytes]]:
    cursor.execute(statements.NEWEST_KEYS, [case_ref])
    return {row[0]: (row[1], bytes(row[2])) for row in cursor.fetchall()}


def open_wraps(
    cursor: Any, case_ref: UUID, keyring: Keyring | None
) -> dict[tuple[str, int], bytes]:
    """Open every wrap of a case that this session can open."""
    if keyring is None:
        return {}
    cursor.execute(statements.OWN_WRAPS, [case_ref])
    opened: dict[tuple[str, int], bytes] = {}
    for row in cursor.fetchall():
        compartment, version, organisation, role, account, ciphertext = row[1:]
        wrap = Wrap(case_ref, compartment, version, organisation, role, account, bytes(ciphertext))
        if wrap.account or (wrap.organisation, wrap.role) in keyring.groups:
            opened.setdefault((wrap.compartment, wrap.version), keyring.open_wrap(wrap))
    return opened
