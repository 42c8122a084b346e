"""Which compartments a role may be offered: what it may hold in full, as an extract, or not."""

from collections.abc import Iterable
from dataclasses import dataclass

from opennrm.vocabulary.need_to_know import Access, need_to_know
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import CASE_SCOPES, Scope

EXTRACT = "S"
FULL = frozenset({Access.READ, Access.WRITE})


@dataclass(frozen=True, slots=True)
class Offered:
    """What of a wish can be offered to a role, what it may write there, and what it may not."""

    compartments: frozenset[str]
    writes: frozenset[str]
    refused: frozenset[str]


def compartment_for(role: Role, scope: Scope) -> str | None:
    """Return the compartment of a scope a role may hold; None when it may hold nothing.

    Source: roles reference, section 4: R and W give the scope, S gives its extract.
    """
    if scope not in CASE_SCOPES:
        return None
    access = need_to_know(role, scope)
    if access in FULL:
        return scope.value
    return scope.value + EXTRACT if access is Access.SUMMARY else None


def may_write(role: Role, compartment: str) -> bool:
    """Tell whether a role may write a compartment it holds; holders of an extract add to it."""
    scope = Scope(compartment.removesuffix(EXTRACT))
    if compartment.endswith(EXTRACT):
        return compartment_for(role, scope) is not None
    return need_to_know(role, scope) is Access.WRITE


def offer(role: Role, wanted: Iterable[str]) -> Offered:
    """Return what of some compartments a role may be offered: narrowed, and the rest refused.

    A scope asked for a role that may hold only its extract becomes the extract.
    """
    given: set[str] = set()
    refused: set[str] = set()
    for compartment in wanted:
        allowed = _allowed(role, compartment)
        (given if allowed else refused).add(allowed or compartment)
    writes = frozenset(one for one in given if may_write(role, one))
    return Offered(frozenset(given), writes, frozenset(refused))


def _allowed(role: Role, compartment: str) -> str | None:
    most = compartment_for(role, Scope(compartment.removesuffix(EXTRACT)))
    return compartment if most and compartment.endswith(EXTRACT) else most
