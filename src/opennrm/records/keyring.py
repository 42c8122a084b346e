"""The keys a signed-in person has opened for the time of one session, and what they open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from opennrm.records.sealing import SealBroken, unseal

GroupName = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Keyring:
    """The opened private keys: the person's own, and those of the groups she belongs to."""

    account: UUID
    own: bytes = field(repr=False)
    groups: Mapping[GroupName, bytes] = field(repr=False)
    search: bytes | None = field(default=None, repr=False)

    def open_wrap(self, wrap: Wrap) -> bytes:
        """Open the private key of a compartment.

        :raises SealBroken: when the wrap was made for somebody else.
        """
        private = (
            self.own if wrap.account else self.groups.get((wrap.organisation, wrap.role), b"")
        )
        if not private:
            raise SealBroken("This wrap was made for another group.")
        purpose = wrap_purpose(wrap.case_ref, wrap.compartment, wrap.version)
        return unseal(wrap.ciphertext, private, purpose)


@dataclass(frozen=True, slots=True)
class Wrap:
    """The private key of one compartment, wrapped to a group or to a named person."""

    case_ref: UUID
    compartment: str
    version: int
    organisation: UUID
    role: str
    account: UUID | None
    ciphertext: bytes = field(repr=False)


def wrap_purpose(case_ref: UUID, compartment: str, version: int) -> bytes:
    """Name what a wrapped compartment key is for, so that no wrap opens in another place."""
    return f"opennrm wrap 1|{case_ref}|{compartment}|{version}".encode()


def fact_purpose(case_ref: UUID, compartment: str, version: int, fact_ref: UUID) -> bytes:
    """Name what a sealed part is for, so that it opens nowhere but in its own fact."""
    return f"opennrm fact 1|{case_ref}|{compartment}|{version}|{fact_ref}".encode()


def group_purpose(organisation: UUID, role: str, account: UUID) -> bytes:
    """Name what a wrapped group key is for."""
    return f"opennrm group 1|{organisation}|{role}|{account}".encode()


def search_purpose(organisation: UUID, role: str) -> bytes:
    """Name what a wrapped search key is for."""
    return f"opennrm search key 1|{organisation}|{role}".encode()


def account_purpose(account: UUID) -> bytes:
    """Name what a private key locked under a passphrase is for."""
    return f"opennrm account 1|{account}".encode()


def recovery_purpose(account: UUID) -> bytes:
    """Name what a member's key sealed for recovery is for."""
    return f"opennrm recovery account 1|{account}".encode()


def group_recovery_purpose(organisation: UUID, role: str) -> bytes:
    """Name what a group's key sealed for recovery is for."""
    return f"opennrm recovery group 1|{organisation}|{role}".encode()


def part_purpose(organisation: UUID, first: UUID, second: UUID, seal: str) -> bytes:
    """Name what one of the two seals around the recovery key is for: the outer or the inner."""
    return f"opennrm recovery {seal} 1|{organisation}|{first}|{second}".encode()


def return_purpose(account: UUID) -> bytes:
    """Name what a key sealed for somebody who comes back is for."""
    return f"opennrm return 1|{account}".encode()
