"""The three locks of every cell: who may open which part of a case, asked three separate ways."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import psycopg

from opennrm.casework.permissions import COMPARTMENTS, may_read
from opennrm.records.keyring import wrap_purpose
from opennrm.records.sealing import SealBroken, unseal
from opennrm.vocabulary.roles import Role
from tests import cast
from tests.database import signed_in

Cells = frozenset[tuple[UUID, str]]
MEMBERS = tuple(member for member in cast.MEMBERS if not member.actor.is_front_door)
# A row of the safety sheet that stayed opens nothing new (tests/records/test_safety_sheet.py).
LIVE = "closed_at IS NULL AND until > now() AND state = 'open' AND NOT is_kept"
ROWS = (
    "SELECT organisation, role, account, compartment FROM nrm.access "
    f"WHERE case_ref = %s AND {LIVE}"
)
WRAPS = (
    "SELECT access.compartment, wrap.version, wrap.ciphertext FROM nrm.wrap "
    "JOIN nrm.access USING (access_ref) JOIN (SELECT case_ref, compartment, max(version) "
    "AS version FROM nrm.scope_key GROUP BY case_ref, compartment) AS newest "
    "ON newest.case_ref = access.case_ref AND newest.compartment = access.compartment "
    f"AND newest.version = wrap.version WHERE access.case_ref = %s AND {LIVE}"
)
KEYED = "SELECT DISTINCT compartment FROM nrm.scope_key WHERE case_ref = %s"
# One sealed fact in every compartment, so that every cell has something to be hidden or shown.
FILL = """
INSERT INTO nrm.fact SELECT gen_random_uuid(), %(case)s, 1000 + row_number() OVER (), part, 1000,
    'breach_described', now(), now(), actor, organisation, basis, NULL, '{}', 'sealed', 1,
    open_salt, sealed_salt, open_digest, sealed_digest, previous, hash
FROM unnest(%(parts)s::text[]) AS part,
    (SELECT * FROM nrm.fact WHERE case_ref = %(case)s AND position = 1) AS first
"""
BY_FACTS = "SELECT DISTINCT compartment FROM nrm.fact WHERE case_ref = %s"
BY_SEALED_PARTS = "SELECT DISTINCT compartment FROM nrm.read_sealed(%s, %s)"


@dataclass(frozen=True)
class Locks:
    """The cells each lock opens for one case at one moment."""

    policy: Cells
    row_security: Cells
    sealed_parts: Cells
    keys: Cells
    keyed: frozenset[str]

    def disagreements(self) -> Cells:
        """Return the cells that some lock opens and another does not.

        A part in which nobody has sealed anything has no key yet: nothing there could be opened.
        """
        every = (self.policy, self.row_security, self.sealed_parts)
        apart = frozenset.union(*every) - frozenset.intersection(*every)
        with_key = frozenset(cell for cell in self.policy if cell[1] in self.keyed)
        return apart | (with_key ^ self.keys)


def locks(connection: psycopg.Connection[Any], case_ref: UUID) -> Locks:
    """Ask the three locks for every member and compartment, and leave no mark."""
    with connection.transaction(force_rollback=True):
        connection.execute(FILL, {"case": case_ref, "parts": list(COMPARTMENTS)})
        by_policy = policy(connection, case_ref)
        by_keys = keys(connection, case_ref)
        keyed = frozenset(part for (part,) in connection.execute(KEYED, [case_ref]).fetchall())
        connection.execute("SET LOCAL ROLE opennrm_app")
        facts, sealed = row_security(connection, case_ref)
    return Locks(by_policy, facts, sealed, by_keys, keyed)


def policy(connection: psycopg.Connection[Any], case_ref: UUID) -> Cells:
    """Ask the policy in code, about the rows that stand."""
    rows = connection.execute(ROWS, [case_ref]).fetchall()
    return frozenset(
        (member.account, part)
        for member in MEMBERS
        for organisation, role, account, part in rows
        if organisation == member.actor.organisation
        and Role(role) in member.actor.roles
        and account in (None, member.account)
        and may_read(Role(role), part)
    )


def row_security(connection: psycopg.Connection[Any], case_ref: UUID) -> tuple[Cells, Cells]:
    """Ask the database as each member: for the facts, and for the sealed parts of facts."""
    facts, sealed = set(), set()
    for member in MEMBERS:
        token = signed_in(member).token
        connection.execute("SELECT set_config('opennrm.token', %s, true)", [token])
        for (part,) in connection.execute(BY_FACTS, [case_ref]).fetchall():
            facts.add((member.account, part))
        parts = [case_ref, list(COMPARTMENTS)]
        for (part,) in connection.execute(BY_SEALED_PARTS, parts).fetchall():
            sealed.add((member.account, part))
    return frozenset(facts), frozenset(sealed)


def keys(connection: psycopg.Connection[Any], case_ref: UUID) -> Cells:
    """Try every private key of every member on every wrap of the newest keys."""
    found = connection.execute(WRAPS, [case_ref]).fetchall()
    wraps = [(part, bytes(c), wrap_purpose(case_ref, part, v)) for part, v, c in found]
    return frozenset(
        (member.account, part)
        for member in MEMBERS
        for part, ciphertext, purpose in wraps
        if any(opens(ciphertext, private, purpose) for private in private_keys(member))
    )


def private_keys(member: cast.Member) -> Iterable[bytes]:
    """Return the keys a member's passphrase opens: her own and her groups'."""
    keyring = signed_in(member).keyring
    assert keyring is not None
    return (keyring.own, *keyring.groups.values())


@cache
def opens(ciphertext: bytes, private: bytes, purpose: bytes) -> bool:
    """Tell whether a key opens a wrap."""
    try:
        unseal(ciphertext, private, purpose)
    except SealBroken:
        return False
    return True


def named(cells: Cells) -> list[str]:
    """Write cells so that a failure can be read."""
    names: Mapping[UUID, str] = {
        value.account: name for name, value in vars(cast).items() if isinstance(value, cast.Member)
    }
    return sorted(f"{names[account]} {part}" for account, part in cells)
