"""Builds the grants of a change: to the organisation that starts a case, and to a recipient."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from opennrm.casework.permissions import may_write, readable
from opennrm.casework.ports import Grant
from opennrm.lifecycle.compartments import Compartment
from opennrm.vocabulary.roles import Role

# The starting organisation keeps its own record as long as the default retention lasts, so that
# it can be found, corrected and opened again: five years, a default of this project, not law.
OWN_TERM = timedelta(days=5 * 365 + 1)


def own_grants(
    role: Role, *, organisation: UUID, named: Iterable[UUID], basis: UUID, at: datetime
) -> tuple[Grant, ...]:
    """Open a new case to one role of the organisation that starts it, as the matrix has it."""
    parts = readable(role)
    to_people = frozenset(code for code in parts if names_people(code))
    shares = ((None, parts - to_people), *((account, to_people) for account in named))
    return tuple(
        Grant(
            organisation=organisation,
            role=role,
            compartments=chosen,
            writes=writes_of(role, chosen),
            until=at + OWN_TERM,
            basis_fact=basis,
            account=account,
        )
        for account, chosen in shares
        if chosen
    )


def offered_grants(
    role: Role,
    compartments: frozenset[str],
    *,
    organisation: UUID,
    account: UUID | None,
    until: datetime,
    basis: UUID,
    offer: UUID,
) -> tuple[Grant, ...]:
    """Offer compartments to a role of another organisation, whereabouts to a named account."""
    to_people = frozenset(code for code in compartments if names_people(code))
    groups = ((None, compartments - to_people), (account, to_people))
    return tuple(
        Grant(
            organisation=organisation,
            role=role,
            compartments=chosen,
            writes=writes_of(role, chosen),
            until=until,
            basis_fact=basis,
            offer_fact=offer,
            account=named,
            state="offered",
        )
        for named, chosen in groups
        if chosen
    )


def names_people(code: str) -> bool:
    """Say whether a compartment is opened to named people only."""
    return Compartment.parse(code).names_people


def writes_of(role: Role, compartments: frozenset[str]) -> frozenset[str]:
    """Return those of the compartments the role may write."""
    return frozenset(code for code in compartments if may_write(role, code))


def start_of(day: date) -> datetime:
    """Return the first moment of a day, where a period with its end excluded ends."""
    return datetime.combine(day, time(), tzinfo=UTC)
