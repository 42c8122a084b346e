"""Says what stands in a case in the words of the case data standard, to be handed to others.

Only what the reader has opened is there to be said. What a case was taken in with goes out as it
came, as far as nothing here says otherwise. Of other cases the name stands whole in the first
name, and ways of contact stay behind: neither can be taken apart without guessing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from opennrm.exchange.htcds.imported import CaseStatus, ImportedCase
from opennrm.exchange.htcds.kept_words import ADDRESS, HEAD, NAMES, NOTES, REACH, read_lines
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.vocabulary.exploitation import ExploitationForm, Means, MeansOfControl
from opennrm.vocabulary.identification import IdentificationStatus
from opennrm.vocabulary.person import Gender, Sex

Told = Mapping[UUID, Mapping[str, str] | None]
# What our own record decides; the sender's word goes out only while nobody here has decided.
DECIDED_HERE = frozenset({"trafficking_status", "deciding_body", "case_status"})
UNDECIDED = frozenset({None, IdentificationStatus.NONE, IdentificationStatus.PRESUMED})
ACCOUNTS, SCREENINGS = ("account_noted", "screening_recorded"), ("screening_recorded",)


def row_of(case: Case, told: Told, *, reference: str) -> ImportedCase:
    """Return a case as one row: the newest word on each thing, several words together."""
    row = _own_row(case, told, reference=reference)
    came = _taken_in(case, told)
    return _with_what_came(row, came) if came else row


def _own_row(case: Case, told: Told, *, reference: str) -> ImportedCase:
    came, person = case.newest("contact_recorded"), case.newest("person_described")
    said = (told.get(person.fact_ref) or {}) if person else {}
    return ImportedCase(
        external_id=reference,
        registered_on=_day(came.text("contact_on") if came else None),
        first_name=said.get("names"),
        birthdate=_day(said.get("birthdate")),
        sex=Sex(sex) if (sex := _code(person, "sex")) else None,
        gender=Gender(gender) if (gender := _code(person, "gender")) else None,
        citizenships=person.texts("citizenship") if person else (),
        trafficking_status=_status(case.identification),
        forms=tuple(ExploitationForm(one) for one in _several(case, ACCOUNTS, "forms")),
        means_of_control=tuple(map(_means, _several(case, ("account_noted",), "means"))),
        signs_told=tuple(_several(case, SCREENINGS, "told")),
        signs_seen=tuple(_several(case, SCREENINGS, "seen")),
        presumed=_presumed(case),
        case_status=CaseStatus.CLOSED if case.is_closed else CaseStatus.ACTIVE,
        incoming_details=_notes(case, told),
    )


def _taken_in(case: Case, told: Told) -> dict[str, Any]:
    """Return what the lines say that a case was taken in with; nothing of another case."""
    notes = _first(case, told, "account_noted", "notes")
    if not notes.startswith(HEAD):
        return {}
    return {
        **read_lines(notes, NOTES),
        **read_lines(_first(case, told, "person_described", "documents"), NAMES),
        **read_lines(_first(case, told, "safe_contact_noted", "safe_way"), REACH),
        **read_lines(_first(case, told, "safe_contact_noted", "whereabouts"), ADDRESS),
    }


def _first(case: Case, told: Told, kind: str, name: str) -> str:
    facts = case.of_kind(kind)
    return (told.get(facts[0].fact_ref) or {}).get(name, "") if facts else ""


def _with_what_came(row: ImportedCase, came: dict[str, Any]) -> ImportedCase:
    """Fill in what came with a case where the record says nothing of its own."""
    kept = {name: value for name, value in came.items() if name not in DECIDED_HERE}
    kept.pop("external_id", None)
    if row.trafficking_status in UNDECIDED and "trafficking_status" in came:
        kept |= {name: came.get(name) for name in ("trafficking_status", "deciding_body")}
    if row.case_status is not CaseStatus.CLOSED and "case_status" in came:
        kept["case_status"] = came["case_status"]
    if row.first_name and "second_name" in came:
        kept["first_name"] = row.first_name.removesuffix(came["second_name"]).rstrip() or None
    details = row.incoming_details or ""
    later = "\n\n".join(one for one in details.split("\n\n") if not one.startswith(HEAD))
    kept["incoming_details"] = "\n\n".join(filter(None, (came.get("incoming_details"), later)))
    return replace(row, **{**kept, "incoming_details": kept["incoming_details"] or None})


def _code(fact: Fact | None, name: str) -> str | None:
    return fact.text(name) if fact else None


def _several(case: Case, kinds: tuple[str, ...], name: str) -> Iterable[str]:
    every = (one for fact in case.standing if fact.kind in kinds for one in fact.texts(name))
    return dict.fromkeys(every)


def _means(code: str) -> MeansOfControl | Means:
    known = {one.value for one in MeansOfControl}
    return MeansOfControl(code) if code in known else Means(code)


def _presumed(case: Case) -> bool | None:
    screened = case.newest("screening_recorded")
    return screened.flag("presumed") if screened else None


def _status(state: str) -> IdentificationStatus | None:
    known = {one.value for one in IdentificationStatus}
    return IdentificationStatus(state) if state in known else None


def _notes(case: Case, told: Told) -> str | None:
    words = [
        text
        for fact in case.standing
        if fact.kind == "account_noted"
        for text in (told.get(fact.fact_ref) or {}).values()
    ]
    return "\n\n".join(words)[:10_000] or None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
