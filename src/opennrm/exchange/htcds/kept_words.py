"""Keeps what a row says and the record has no field for, as lines that people read.

The lines read back into the fields they came from, so that a row that was taken in and not worked
on since goes out as it came.
"""

from collections.abc import Mapping
from dataclasses import fields as fields_of
from datetime import date
from typing import Any

from opennrm.exchange.htcds.cells import Setting, read_phone
from opennrm.exchange.htcds.imported import (
    CaseStatus,
    DecidingBody,
    ImportedCase,
    Phone,
    ReferralReason,
)
from opennrm.vocabulary.code import Code
from opennrm.vocabulary.exploitation import SexualExploitationKind
from opennrm.vocabulary.identification import IdentificationStatus
from opennrm.vocabulary.industry import RecruitmentMethod, Sector

HEAD = "As the sender had it:"
NAMES = {"Second name": "second_name", "Salutation": "salutation", "Title": "title"}
REACH = {"Mobile phone": "mobile_phone", "Home phone": "home_phone", "E-mail": "email"}
ADDRESS = {
    "Street": "street",
    "Postal code": "postal_code",
    "City": "city",
    "State or province": "state",
    "Country": "country",
}
NOTES = {
    "Reference of the sender": "external_id",
    "Case owner": "case_owner",
    "Consent": "consent",
    "Registered on": "registered_on",
    "Status": "trafficking_status",
    "Decided by": "deciding_body",
    "How recruited": "recruitment_methods",
    "Where recruited": "recruitment_location",
    "Where exploited": "exploitation_location",
    "Sector": "sectors",
    "Kind": "sexual_kinds",
    "Case at the sender": "case_status",
    "Why closed there": "closure_reason",
    "Referred by": "referring_organisation",
    "Referred by, worker": "referring_worker",
    "Referred on day": "incoming_on",
    "Why referred": "incoming_reason",
    "Why referred, in words": "incoming_reason_text",
    "About the referral": "incoming_details",
    "Referred on to": "referred_organisation",
    "Referred on to, worker": "referred_worker",
    "Referred on, day": "outgoing_on",
    "Referred on, why": "outgoing_reason",
    "Referred on, about": "outgoing_details",
}
CODES: dict[str, type[Code]] = {
    "trafficking_status": IdentificationStatus,
    "deciding_body": DecidingBody,
    "recruitment_methods": RecruitmentMethod,
    "sectors": Sector,
    "sexual_kinds": SexualExploitationKind,
    "case_status": CaseStatus,
    "incoming_reason": ReferralReason,
    "outgoing_reason": ReferralReason,
}
DAYS = frozenset({"registered_on", "incoming_on", "outgoing_on"})
PHONES = frozenset({"mobile_phone", "home_phone"})
SEVERAL = frozenset(one.name for one in fields_of(ImportedCase) if one.default == ())
BETWEEN, FURTHER, YES = "; ", "\n  ", {True: "yes", False: "no"}


def lines_of(case: ImportedCase, wanted: Mapping[str, str]) -> str:
    """Return the lines of the fields of a case that are named, without those it does not fill."""
    said = {label: _said(getattr(case, attribute)) for label, attribute in wanted.items()}
    lines = (f"{label}: {text}" for label, text in said.items() if text)
    return "\n".join(line.replace("\n", FURTHER) for line in lines)


def read_lines(text: str, wanted: Mapping[str, str]) -> dict[str, Any]:
    """Read lines back into the fields they came from; what is no such line is passed over."""
    found: dict[str, Any] = {}
    for line in text.replace(FURTHER, "\0").split("\n"):
        label, _between, said = line.partition(": ")
        value = _read(wanted[label], said.replace("\0", "\n")) if label in wanted else None
        if value is not None:
            found[wanted[label]] = value
    return found


def _said(value: Any) -> str:
    if value in (None, "", ()):
        return ""
    if isinstance(value, tuple):
        return BETWEEN.join(one.label for one in value)
    if isinstance(value, bool):
        return YES[value]
    if isinstance(value, Code):
        return value.label
    return value.as_typed if isinstance(value, Phone) else str(value)


def _read(attribute: str, said: str) -> Any:
    if attribute in CODES:
        return _code(attribute, said)
    if attribute == "consent":
        return {text: flag for flag, text in YES.items()}.get(said)
    if attribute in PHONES:
        read: Any = read_phone(said, Setting())
        return read if isinstance(read, Phone) else read.value
    return _day(said) if attribute in DAYS else said


def _code(attribute: str, said: str) -> Any:
    known = {one.label: one for one in CODES[attribute]}
    if attribute not in SEVERAL:
        return known.get(said)
    return tuple(known[text] for text in said.split(BETWEEN) if text in known) or None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
