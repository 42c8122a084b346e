"""Turns a row of the case data standard into what the use case of taking in takes."""

from __future__ import annotations

from datetime import date

from opennrm.casework.contact import AccountNote, Contact, PersonDescription
from opennrm.casework.screening import Screening
from opennrm.casework.taking_in import BroughtAlong
from opennrm.exchange.htcds.imported import ImportedCase
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
    reach = _ways(case) if agreed else ""
    return Contact(
        route="referred" if case.referring_organisation or case.incoming_on else "unknown",
        channel="unknown",
        contact_on=on,
        majority=majority(group).value if group else "unknown",
        safe_channel="not_asked" if reach else None,
        safe_way=reach,
        whereabouts=_address(case) if agreed else "",
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


def _ways(case: ImportedCase) -> str:
    phones = (case.mobile_phone, case.home_phone)
    numbers = [phone.international or phone.as_typed for phone in phones if phone]
    return "; ".join([*numbers, *([case.email] if case.email else [])])


def _address(case: ImportedCase) -> str:
    parts = (case.street, case.postal_code, case.city, case.state, case.country)
    return ", ".join(part for part in parts if part)


def _notes(case: ImportedCase) -> str:
    lines = {
        "Reference of the sender": case.external_id,
        "Status, as the sender has it": _label(case.trafficking_status),
        "Decided by": _label(case.deciding_body),
        "How recruited": _labels(case.recruitment_methods),
        "Where recruited": case.recruitment_location,
        "Where exploited": case.exploitation_location,
        "Sector": _labels(case.sectors),
        "Kind": _labels(case.sexual_kinds),
        "Case at the sender": _label(case.case_status),
        "Why closed there": case.closure_reason,
        "Referred by": _both(case.referring_organisation, case.referring_worker),
        "Why referred": _both(_label(case.incoming_reason), case.incoming_reason_text),
        "About the referral": case.incoming_details,
        "Referred on to": _both(case.referred_organisation, case.referred_worker),
        "Referred on, why": _both(_label(case.outgoing_reason), case.outgoing_details),
    }
    return "\n".join(f"{name}: {text}" for name, text in lines.items() if text)


def _label(code: Code | None) -> str | None:
    return code.label if code else None


def _labels(codes: tuple[Code, ...]) -> str:
    return ", ".join(code.label for code in codes)


def _both(first: str | None, second: str | None) -> str:
    return ", ".join(part for part in (first, second) if part)
