"""Reads the answers of the digital referral form by the table of its fields."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from opennrm.exchange.htcds.cells import CellRefused, read_country
from opennrm.vocabulary.age import completed_years

LONGEST = 15_000
NOT_SAID = ("", "no-answer")
SAFE_IF = "safe_if:"
FORM = "form:"
MAJORITIES = {"yes": "child", "no": "adult", "not-sure": "unknown"}
SEXES = {"female": "female", "male": "male", "unknown": "unknown"}
TICKED = ("true", "yes", "on", "1")
MAJORITY_AT = 18


class AnswersRefused(Exception):
    """The answers are not those of the form; the message names the field, never what it holds."""


@dataclass(frozen=True)
class Mapped:
    """One field of the form: where it goes, what it is called here, and why so."""

    name: str
    place: str
    label: str
    why: str


@dataclass(frozen=True)
class Answers:
    """What the form says of one person; `consent` is None where it was not asked."""

    consent: bool | None = None
    majority: str = "unknown"
    names: str = ""
    called: str = ""
    birthdate: str = ""
    sex: str | None = None
    citizenship: tuple[str, ...] = ()
    nationality_note: str = ""
    documents: str = ""
    forms: tuple[str, ...] = ()
    safe_way: str = ""
    whereabouts: str = ""
    notes: str = ""


@cache
def mapped() -> dict[str, Mapped]:
    """Return the table of fields by name."""
    path = files("opennrm.exchange.digital_referral").joinpath("fields.csv")
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    return {row["name"]: Mapped(**row) for row in rows}


def read_answers(sent: Mapping[str, str], *, on: date) -> Answers:
    """Read the answers of one report.

    :raises AnswersRefused: when a field is none of the form's, is too long, or the date of birth
        contradicts the answer on age.
    """
    known = {name: value.strip() for name, value in sent.items() if value.strip() not in NOT_SAID}
    for name, value in known.items():
        if name not in mapped():
            raise AnswersRefused(f"{_told(name)} is no field of the form.")
        if len(value) > LONGEST:
            raise AnswersRefused(f"{name} is longer than {LONGEST} characters.")
    majority = MAJORITIES.get(known.get("pv-under-age", ""), "unknown")
    countries, note = _citizenships(_at(known, "citizenship"))
    return Answers(
        consent={"yes": True, "no": False}.get(known.get("pv-want-to-submit-nrm", "")),
        majority=majority,
        names=" ".join(_at(known, "names")),
        called=" ".join(_at(known, "called")),
        birthdate=_birthdate(known.get("pv-dob", ""), majority, on),
        sex=SEXES.get(known.get("pv-gender", "")),
        citizenship=countries,
        nationality_note=note,
        documents="; ".join(_at(known, "documents")),
        forms=_forms(known),
        safe_way=_lines(known, lambda one: one.place == "safe_way" or _is_safe(one, known)),
        whereabouts=", ".join(_at(known, "whereabouts")),
        notes=_lines(known, lambda one: one.place == "notes" or one.place.startswith(FORM)),
    )


def coarse(answers: Answers) -> tuple[str, str, str, tuple[str, ...]]:
    """Return what a notification may say of the person: age, sex, form and citizenships.

    It reads four answers and no other, so that nothing else can go along.
    """
    form = answers.forms[0] if len(answers.forms) == 1 else "unknown"
    return answers.majority, answers.sex or "unknown", form, answers.citizenship


def _at(known: Mapping[str, str], place: str) -> list[str]:
    return [
        known[one.name] for one in mapped().values() if one.place == place and one.name in known
    ]


def _lines(known: Mapping[str, str], wanted: Callable[[Mapped], bool]) -> str:
    chosen = (one for one in mapped().values() if one.name in known and wanted(one))
    return "\n".join(f"{one.label}: {known[one.name]}" for one in chosen)


def _is_safe(one: Mapped, known: Mapping[str, str]) -> bool:
    """Tell whether the tick stands on which this way of contact depends."""
    tick = one.place.removeprefix(SAFE_IF)
    return one.place.startswith(SAFE_IF) and known.get(tick, "").lower() in TICKED


def _forms(known: Mapping[str, str]) -> tuple[str, ...]:
    ticked = (
        one.place.removeprefix(FORM)
        for one in mapped().values()
        if one.place.startswith(FORM) and known.get(one.name, "").lower() in TICKED
    )
    return tuple(dict.fromkeys(ticked))


def _citizenships(said: Iterable[str]) -> tuple[tuple[str, ...], str]:
    found: list[str] = []
    others: list[str] = []
    for text in said:
        try:
            found.append(read_country(text))
        except CellRefused:
            others.append(text)
    return tuple(dict.fromkeys(found)), "; ".join(others)


def _birthdate(text: str, majority: str, on: date) -> str:
    if not text:
        return ""
    try:
        born = date.fromisoformat(text)
        age = completed_years(born, on)
    except ValueError:
        raise AnswersRefused("pv-dob is no day before today, written as 1996-05-04.") from None
    if majority != "unknown" and (age >= MAJORITY_AT) != (majority == "adult"):
        raise AnswersRefused("pv-dob contradicts pv-under-age. Ask again, or leave one out.")
    return born.isoformat()


def _told(name: str) -> str:
    return name if len(name) <= 80 and name.replace("-", "").isalnum() else "A field"


def table_markdown() -> str:
    """Return the page of the table."""
    lines = [
        "# The digital referral of the United Kingdom, field by field",
        "",
        "Written by `python -m opennrm.exchange.digital_referral`; do not edit. Field names are",
        "those of the public form (Home Office, MIT licence), the table is this project's own.",
        "",
        "| field | becomes | called here | why |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{one.name}` | {_becomes(one.place)} | {one.label} | {one.why} |"
        for one in mapped().values()
    ]
    return "\n".join(lines) + "\n"


BECOMES = {
    "notes": "account, sealed (D4)",
    "majority": "contact: child or adult (D1)",
    "names": "names, sealed (D2)",
    "called": "called, sealed (D2)",
    "birthdate": "birth date, sealed (D2)",
    "sex": "sex (D2)",
    "citizenship": "citizenship (D2)",
    "documents": "documents, sealed (D2)",
    "safe_way": "safe way of contact, sealed (D3)",
    "whereabouts": "whereabouts, sealed (D3)",
    "consent": "the way: referral or notification",
    "control": "nothing by itself",
    "left_out": "left out",
}


def _becomes(place: str) -> str:
    if place.startswith(FORM):
        return f"form of exploitation `{place.removeprefix(FORM)}` (D4)"
    if place.startswith(SAFE_IF):
        return f"safe way of contact, sealed (D3), if `{place.removeprefix(SAFE_IF)}`"
    return BECOMES[place]
