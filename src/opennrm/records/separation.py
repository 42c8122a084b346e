"""Refuses roles that must not meet in one account or one house, the Rapporteur's first (R67)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from opennrm.casework.permissions import readable
from opennrm.rights.registry import stopped_by
from opennrm.rights.system import IndependenceSituation
from opennrm.vocabulary.incompatible import clashes
from opennrm.vocabulary.roles import Role


class RolesClash(Exception):
    """Roles that must be kept apart would meet; the message says which, why, and what to do."""


def require_account_apart(name: str, codes: Iterable[str], *, on: date) -> None:
    """Refuse an account that would hold two roles which must be kept apart; it never may.

    Source: roles reference, section 2.

    :raises RolesClash: when it would.
    """
    held = frozenset(Role(code) for code in codes)
    _require_independent(name, held, on=on, is_stated=False, opens_cases=_opens_cases(held))
    for pair in clashes(held):
        first, second = sorted(pair.roles)
        raise RolesClash(
            f"{name} would hold {first} and {second} in one account. {pair.reason} "
            "Give one of the roles to somebody else."
        )


def require_house_apart(
    name: str, codes: Iterable[str], *, on: date, combination: str = ""
) -> None:
    """Refuse a house that would hold two such roles without stating openly why it must.

    :raises RolesClash: when it would.
    """
    held = frozenset(Role(code) for code in codes)
    is_stated = bool(combination.strip())
    _require_independent(name, held, on=on, is_stated=is_stated, opens_cases=False)
    for pair in () if is_stated else clashes(held):
        first, second = sorted(pair.roles)
        raise RolesClash(
            f"{name} would hold {first} and {second}. {pair.reason} Enrol two organisations, or "
            "state under 'combination' why one must hold both; it is shown to everybody."
        )


def _require_independent(
    name: str, held: frozenset[Role], *, on: date, is_stated: bool, opens_cases: bool
) -> None:
    clashing = {role for pair in clashes(held) if Role.NR in pair.roles for role in pair.roles}
    situation = IndependenceSituation(
        roles=frozenset(role.value for role in held),
        clashing=frozenset(role.value for role in clashing - {Role.NR}),
        is_stated=is_stated,
        opens_cases=opens_cases,
    )
    finding = stopped_by("R67", situation, on)
    if finding is not None:
        raise RolesClash(f"{name}: {finding.says}")


def _opens_cases(held: frozenset[Role]) -> bool:
    return any(readable(role) for role in held)
