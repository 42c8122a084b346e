"""Enrols organisations with their agreements, for national co-ordinators and administrators."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from opennrm.records import sessions
from opennrm.records.enrolment import NewOrganisation
from opennrm.records.people.asking import PeopleRefused, ask, call
from opennrm.records.separation import RolesClash, require_house_apart
from opennrm.records.sessions import Session

AGREEMENT = "Memorandum of understanding"


def enrol(session: Session, new: NewOrganisation, *, on: date) -> None:
    """Enrol an organisation with the agreement it signed; its officers are invited next.

    :raises PeopleRefused: when the viewer may not, the name is taken, or roles would meet that
        must be kept apart without a stated reason.
    """
    try:
        require_house_apart(new.name, new.roles, on=on, combination=new.combination)
    except RolesClash as clash:
        raise PeopleRefused(str(clash)) from clash
    values = (new.ref, new.name, new.kind, new.jurisdiction, list(new.roles))
    with sessions.reading(session.token) as cursor:
        call(cursor, "enrol_organisation", *values, new.is_enforcement, new.combination.strip())
        if new.agreement_from and new.agreement_until:
            agreed = (new.agreement_from, new.agreement_until)
            call(cursor, "add_agreement", new.ref, AGREEMENT, *agreed)


def add_agreement(session: Session, house: UUID, begins: date, ends: date) -> None:
    """Record a further agreement of an organisation.

    :raises PeopleRefused: when the viewer may not, or it would end before it begins.
    """
    if ends <= begins:
        raise PeopleRefused("An agreement ends after it begins. Look at the two days.")
    ask(session, "add_agreement", house, AGREEMENT, begins, ends)
