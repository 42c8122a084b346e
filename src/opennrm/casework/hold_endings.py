"""Ends the holds of a house that loses the case: what was opened for an opinion closes too."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from opennrm.casework.holding import end_of
from opennrm.casework.ports import Notice
from opennrm.lifecycle.case import AccessRow, Case
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.lifecycle.holds import holds_of, is_ended
from opennrm.vocabulary.holds import HoldEnd

DECISIONS = "D14"


def orphaned(case: Case, basis: UUID, *, at: datetime) -> tuple[Fact, ...]:
    """Find the holds whose house holds the case no more once a basis has ended.

    A hold that opened rows needs the pen on decisions in the house that proposed it; any other
    needs that the house holds something of the case. The database closes such rows by itself.
    """
    over = {one.fact_ref for one in case.versions(basis)}
    left = [row for row in case.access if row.is_live(at) and row.basis_fact not in over]
    waiting = (one for one in holds_of(case) if not is_ended(case, one))
    return tuple(hold for hold in waiting if not any(map(_carrying(case, hold), left)))


def _carrying(case: Case, hold: Fact) -> Callable[[AccessRow], bool]:
    opened = any(row.basis_fact == hold.fact_ref for row in case.access)

    def carries(row: AccessRow) -> bool:
        has_pen = row.compartment == DECISIONS and row.mode == "write"
        is_theirs = row.organisation == hold.organisation and row.state == "open"
        return is_theirs and not row.is_kept and (has_pen or not opened)

    return carries


def given_up(holds: tuple[Fact, ...]) -> tuple[NewFact, ...]:
    """Build the facts that holds end without having been used."""
    return tuple(end_of(hold.fact_ref, HoldEnd.GIVEN_UP) for hold in holds)


def closed_first(case: Case, holds: tuple[Fact, ...], basis: UUID) -> tuple[UUID, ...]:
    """Name what closes: first what holds opened, then what the basis opened.

    In this order, because who closes her own rows can close nothing after.
    """
    opened = {row.basis_fact for row in case.access}
    return (*(hold.fact_ref for hold in holds if hold.fact_ref in opened), basis)


def told_of_end(holds: tuple[Fact, ...]) -> tuple[Notice, ...]:
    """Tell who was asked that the act is given up."""
    return tuple(
        Notice(hold.reference("to") or hold.organisation, "hold_given_up", hold.fact_ref)
        for hold in holds
    )
