"""The members of an organisation: who they are, their roles, and the end of an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opennrm.records.people.asking import PeopleRefused, ask
from opennrm.records.separation import RolesClash, require_account_apart
from opennrm.records.sessions import Session


@dataclass(frozen=True, slots=True)
class Member:
    """One member, as her organisation sees her."""

    account: UUID
    display_name: str
    sign_in_name: str
    is_officer: bool
    roles: Sequence[str]
    holds: Sequence[str]
    factors: int

    @property
    def waits_for(self) -> list[str]:
        """Return the roles whose key nobody has passed to her yet."""
        return [role for role in self.roles if role not in self.holds]


def members(session: Session) -> list[Member]:
    """Return who belongs to the viewer's organisation and may sign in."""
    return [Member(*row) for row in ask(session, "members")]


def set_roles(session: Session, member: Member, wanted: Sequence[str], *, on: date) -> None:
    """Give and take roles until the member has those wanted.

    :raises PeopleRefused: when two of them must not meet, or the officer may not.
    """
    require_apart(member.display_name, wanted, on=on)
    for role in set(member.roles) - set(wanted):
        ask(session, "take_role", member.account, role)
    for role in set(wanted) - set(member.roles):
        ask(session, "give_role", member.account, role)


def require_apart(name: str, roles: Sequence[str], *, on: date) -> None:
    """Refuse roles that must not meet in one account (R67).

    :raises PeopleRefused: when two of them must not.
    """
    try:
        require_account_apart(name, roles, on=on)
    except RolesClash as clash:
        raise PeopleRefused(str(clash)) from clash


def close_account(session: Session, account: UUID) -> int:
    """Close an account: her sessions end at once, her keys are gone, her groups' are to renew.

    Returns in how many cases she alone knew the whereabouts; two officers can recover those.

    :raises PeopleRefused: when the officer may not, or too few officers would stay.
    """
    ((alone,),) = ask(session, "close_account", account)
    return int(alone)


def end_sessions(session: Session, account: UUID) -> int:
    """End every session of a member and shut out her programs; return how many sessions ended.

    :raises PeopleRefused: when the viewer is no officer of hers, or showed no factor just now.
    """
    ((ended,),) = ask(session, "end_sessions_of", account)
    return int(ended)
