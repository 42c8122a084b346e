"""Turns a row of the case data standard into what the use case of taking in takes."""

from __future__ import annotations

from datetime import date

from opennrm.casework.contact import AccountNote, Contact, PersonDescription
from opennrm.casework.screening import Screening
from opennrm.casework.taking_in import BroughtAlong
from opennrm.exchange.htcds.imported import ImportedCase
from opennrm.exchange.htcds.kept_words import ADDRESS, HEAD, NAMES, NOTES, REACH, lines_of
from opennrm.vocabulary.age import AgeGroup, age_group_on, majority
from opennrm.vocabulary.code import Code


def brought_by(case: ImportedCase, *, today: date) -> BroughtAlong:
    """Build what a row brings along.

    Where the row says that the person did not consent, only codes are kept: no name, no way to
    reach her, no account. A status that another body decided is kept as that body's word; it is
    never a decision here.
    """
    agreed = case.consent is not False
    return BroughtAlong(
        contact=_contact(case, today=today, agreed=agreed),
        person=_person(case, today=today, agreed=agreed),
        account=_account(case, agreed=agreed),
    )


def screening_by(case: ImportedCase) -> Screening | None:
    """Build the screening a row brings along; none where it says no sign and presumes nothing."""
    if not (case.signs_told or case.signs_seen or case.presumed):
        return None
    return Screening(
        told=case.signs_told,
        seen=case.signs_seen,
        presumed=bool(case.presumed),
        reason=case.screening_reason or "",
        forms=_codes(case.forms),
    )


def _contact(case: ImportedCase, *, today: date, agreed: bool) -> Contact:
    on = min(case.incoming_on or case.registered_on or today, today)
    group = _age_group(case.birthdate, on)
    reach = lines_of(case, REACH) if agreed else ""
    return Contact(
        route="referred" if case.referring_organisation or case.incoming_on else "unknown",
        channel="unknown",
        contact_on=on,
        majority=majority(group).value if group else "unknown",
        safe_channel="not_asked" if reach else None,
        safe_way=reach,
        whereabouts=lines_of(case, ADDRESS) if agreed else "",
    )


def _person(case: ImportedCase, *, today: date, agreed: bool) -> PersonDescription | None:
    on = min(case.incoming_on or case.registered_on or today, today)
    words = (case.salutation, case.title, case.first_name, case.second_name)
    group = _age_group(case.birthdate, on)
    person = PersonDescription(
        sex=case.sex.value if case.sex else None,
        gender=case.gender.value if case.gender else None,
        age_group=group.value if group else None,
        citizenship=tuple(dict.fromkeys(case.citizenships)),
        names=" ".join(word for word in words[2:] if word) if agreed else "",
        called=" ".join(word for word in words[:2] if word) if agreed else "",
        birthdate=case.birthdate.isoformat() if case.birthdate and agreed else "",
        documents=lines_of(case, NAMES) if agreed else "",
    )
    return person if person != PersonDescription() else None


def _account(case: ImportedCase, *, agreed: bool) -> AccountNote | None:
    note = AccountNote(
        forms=_codes(case.forms),
        means=_codes(case.means_of_control),
        notes=_notes(case) if agreed else "",
    )
    return note if note != AccountNote() else None


def _age_group(birthdate: date | None, on: date) -> AgeGroup | None:
    """Return the band on a day; a birth after that day tells nothing."""
    return age_group_on(birthdate, on) if birthdate and birthdate <= on else None


def _codes(values: tuple[Code, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.value for value in values))


def _notes(case: ImportedCase) -> str:
    lines = lines_of(case, NOTES)
    return f"{HEAD}\n{lines}" if lines else ""
