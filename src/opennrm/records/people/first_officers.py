"""First officers of an organisation that has people and none: two members, and who enrols."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from opennrm.records.people.asking import ask
from opennrm.records.sessions import Session


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two members who put themselves forward; agreed once the second said so."""

    organisation: UUID
    first: UUID
    second: UUID
    first_name: str
    second_name: str
    is_agreed: bool


def proposals(session: Session) -> list[Proposal]:
    """Return what waits in the viewer's organisation, or for the viewer to confirm."""
    return [Proposal(*row) for row in ask(session, "officer_proposals")]


def propose(session: Session, colleague: UUID) -> None:
    """Put oneself and a colleague forward.

    :raises PeopleRefused: when there is an officer, or the colleague is none of the house.
    """
    ask(session, "propose_officers", colleague)


def agree(session: Session) -> None:
    """Agree to be officer with the colleague who asked.

    :raises PeopleRefused: when nobody asked within seven days.
    """
    ask(session, "agree_to_be_officer")


def confirm(session: Session, proposal: Proposal) -> None:
    """Confirm two members as officers, for those who enrol organisations.

    :raises PeopleRefused: when the viewer may not, or the two did not put themselves forward.
    """
    ask(session, "confirm_officers", proposal.organisation, proposal.first, proposal.second)
