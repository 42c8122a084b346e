"""Reads a questionnaire that was written as an XLSForm workbook."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from opennrm.exchange.questionnaires.question import (
    Condition,
    Kind,
    Option,
    Question,
    Questionnaire,
    QuestionnaireRefused,
    Side,
    problems_of,
)
from opennrm.exchange.questionnaires.uploaded import fault_of

KINDS = {
    "select one": Kind.CHOICE,
    "select all that apply": Kind.CHOICES,
    "integer": Kind.COUNT,
    "decimal": Kind.NUMBER,
    "date": Kind.DAY,
    "text": Kind.TEXT,
}
# Filled by the telephone or the form itself; nobody is asked anything.
UNASKED = frozenset(
    {"start", "end", "today", "deviceid", "phonenumber", "username", "calculate", "note", "audit"}
)
EQUALS = re.compile(r"^\s*\$\{(\w+)\}\s*=\s*'([^']*)'\s*$")
SELECTED = re.compile(r"^\s*selected\(\s*\$\{(\w+)\}\s*,\s*'([^']*)'\s*\)\s*$")
LOOSE = "general"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a question stands, and in which language the form is read."""

    section: str
    language: str


def from_xlsform(content: bytes, *, name: str, version: int = 1) -> Questionnaire:
    """Read an XLSForm workbook (.xlsx); columns ``instance::unit`` and the like add what it lacks.

    Extra columns are ``instance::unit``, ``concept``, ``definition``, ``side``, ``practice_of``,
    ``dated``, ``sourced`` and ``percent``, each with ``instance::`` before it.

    :raises QuestionnaireRefused: naming the row or the question, and what to write instead.
    """
    if says := fault_of(content):
        raise QuestionnaireRefused((says,))
    try:
        sheets = get_xlsform(BytesIO(content), file_type=".xlsx")
        form = workbook_to_json(sheets, form_name=name, default_language="default", warnings=[])
    except PyXFormError as error:
        raise QuestionnaireRefused((f"The form is not in order: {error}",)) from error
    language = str(form.get("default_language", "default"))
    sections: dict[str, str] = {}
    questions, problems = [], []
    for child, place in _walk(form["children"], _Place(LOOSE, language), sections):
        try:
            questions.append(_question(child, place))
        except ValueError as error:
            problems.append(f"Question {child.get('name')}: {error}")
    if any(one.section == LOOSE for one in questions):
        sections[LOOSE] = "Questions"
    built = Questionnaire(
        key=str(form.get("id_string") or name),
        version=version,
        title=str(form.get("title") or name),
        language=_tag(language),
        source=f"XLSForm {name}, form version {form.get('version', 'not given')}",
        sections=sections,
        questions=tuple(questions),
    )
    problems += problems_of(built)
    if problems:
        raise QuestionnaireRefused(tuple(problems))
    return built


def _walk(
    children: list[Mapping[str, Any]], place: _Place, sections: dict[str, str]
) -> Iterator[tuple[Mapping[str, Any], _Place]]:
    for child in children:
        if child["type"] == "group" and child["name"] != "meta":
            inner = child["name"] if place.section == LOOSE else place.section
            sections.setdefault(inner, _words(child.get("label", inner), place.language))
            yield from _walk(child.get("children", []), _Place(inner, place.language), sections)
        elif child["type"] not in UNASKED and child["name"] != "meta":
            yield child, place


def _question(child: Mapping[str, Any], place: _Place) -> Question:
    more = child.get("instance", {})
    bind = child.get("bind", {})
    return Question(
        code=str(child["name"]),
        text=_words(child.get("label", child["name"]), place.language),
        kind=_kind(child, more),
        section=place.section,
        options=tuple(
            Option(str(one["name"]), _words(one.get("label", one["name"]), place.language))
            for one in child.get("choices", ())
        ),
        unit=str(more.get("unit", "")),
        hint=_words(child.get("hint", ""), place.language),
        concept=str(more.get("concept", "")),
        definition=str(more.get("definition", "")),
        side=Side(more.get("side", "")),
        practice_of=str(more.get("practice_of", "")),
        asked_if=_condition(str(bind.get("relevant", ""))),
        dated=_is_yes(more.get("dated")),
        sourced=_is_yes(more.get("sourced")),
        required=_is_yes(bind.get("required")),
    )


def _kind(child: Mapping[str, Any], more: Mapping[str, Any]) -> Kind:
    typed = str(child["type"])
    if typed == "repeat":
        raise ValueError("repeated groups cannot be compared. Ask a fixed number of questions.")
    if typed not in KINDS:
        listed = ", ".join(sorted(KINDS))
        raise ValueError(f"answers of type {typed} cannot be counted. Use one of: {listed}.")
    if _is_yes(more.get("percent")):
        return Kind.PERCENT
    return KINDS[typed]


def _condition(relevant: str) -> Condition | None:
    if not relevant:
        return None
    found = EQUALS.match(relevant) or SELECTED.match(relevant)
    if found is None:
        raise ValueError(
            f"the condition {relevant} is not understood. Write ${{question}} = 'code' or"
            " selected(${question}, 'code')."
        )
    return Condition(found[1], (found[2],))


def _words(label: object, language: str) -> str:
    """Read a label in the form's own language, or in the first there is."""
    if isinstance(label, Mapping):
        return str(label.get(language) or next(iter(label.values()), ""))
    return str(label)


def _tag(language: str) -> str:
    """Read the language tag of a name such as "English (en)"."""
    found = re.search(r"\((\w[\w-]*)\)", language)
    return found[1] if found else "en"


def _is_yes(value: object) -> bool:
    return str(value).strip().lower() in {"yes", "true", "true()", "1"}
