"""Reads and writes a questionnaire as YAML, and names the place of whatever is wrong in it."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from opennrm.exchange.questionnaires.concordance import Pair, pair_of
from opennrm.exchange.questionnaires.question import (
    Condition,
    Group,
    Kind,
    Option,
    Question,
    Questionnaire,
    QuestionnaireRefused,
    Side,
    problems_of,
)

SHIPPED = files("opennrm.exchange.questionnaires") / "shipped"
TOP = frozenset({"key", "version", "title", "language", "source", "sections", "questions"})
PLAIN = ("unit", "hint", "concept", "definition", "practice_of")
MARKS = ("coded", "dated", "sourced", "required")
KNOWN = frozenset(
    {"code", "text", "kind", "section", "options", "side", "asked_if", "groups", "articles"}
    | set(PLAIN)
    | set(MARKS)
)


def shipped(name: str) -> Questionnaire:
    """Read one of the questionnaires that come with the software."""
    return from_yaml((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"))


def shipped_pairs() -> tuple[Pair, ...]:
    """Read which questions of the shipped questionnaires were judged to match."""
    listed = yaml.safe_load((SHIPPED / "concordance.yaml").read_text(encoding="utf-8"))
    return tuple(pair_of(entry) for entry in listed)


def from_yaml(text: str) -> Questionnaire:
    """Read a questionnaire.

    :raises QuestionnaireRefused: naming each question and what to write instead.
    """
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise QuestionnaireRefused((f"This is not YAML: {error}",)) from error
    return from_content(content)


def from_content(content: Any) -> Questionnaire:
    """Build a questionnaire from plain lists and mappings.

    :raises QuestionnaireRefused: naming each question and what to write instead.
    """
    if not isinstance(content, Mapping) or set(content) != TOP:
        listed = ", ".join(sorted(TOP))
        raise QuestionnaireRefused((f"A questionnaire has exactly these parts: {listed}.",))
    questions, problems = [], []
    for place, entry in enumerate(content["questions"] or [], 1):
        try:
            questions.append(_question(entry))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problems.append(f"Question {_name(entry, place)}: {_reason(error)}")
    if problems:
        raise QuestionnaireRefused(tuple(problems))
    built = Questionnaire(
        key=str(content["key"]),
        version=int(content["version"]),
        title=str(content["title"]),
        language=str(content["language"]),
        source=str(content["source"]),
        sections={str(code): str(title) for code, title in content["sections"].items()},
        questions=tuple(questions),
    )
    if problems_of(built):
        raise QuestionnaireRefused(problems_of(built))
    return built


def as_content(wanted: Questionnaire) -> dict[str, Any]:
    """Write a questionnaire as plain lists and mappings, as ``from_content`` reads them."""
    return {
        "key": wanted.key,
        "version": wanted.version,
        "title": wanted.title,
        "language": wanted.language,
        "source": wanted.source,
        "sections": dict(wanted.sections),
        "questions": [_entry(one) for one in wanted.questions],
    }


def _question(entry: Mapping[str, Any]) -> Question:
    strange = sorted(set(entry) - KNOWN)
    if strange:
        raise ValueError(f"Not known here: {', '.join(strange)}.")
    condition = entry.get("asked_if")
    groups = entry.get("groups", [Group.STATE.value, Group.NGO.value])
    return Question(
        code=str(entry["code"]),
        text=str(entry["text"]),
        kind=Kind(entry["kind"]),
        section=str(entry["section"]),
        options=tuple(_option(one) for one in entry.get("options", ())),
        side=Side(entry.get("side", "")),
        asked_if=_condition(condition) if condition else None,
        groups=tuple(Group(one) for one in groups),
        articles=tuple(str(one) for one in entry.get("articles", ())),
        **_more(entry),
    )


def _more(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Read the plain words and the marks of a question; what is not there is empty."""
    words: dict[str, Any] = {name: str(entry.get(name, "")) for name in PLAIN}
    return words | {name: bool(entry.get(name, False)) for name in MARKS}


def _option(entry: Mapping[str, Any]) -> Option:
    return Option(_code(entry["code"]), str(entry["label"]), bool(entry.get("open", False)))


def _condition(entry: Mapping[str, Any]) -> Condition:
    return Condition(str(entry["question"]), tuple(_code(one) for one in entry["codes"]))


def _code(value: object) -> str:
    """Read a code; YAML takes an unquoted yes and no for true and false.

    :raises ValueError: when the code is no text.
    """
    if isinstance(value, bool):
        raise ValueError("put the codes yes and no between quotes.")
    return str(value)


def _entry(one: Question) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "code": one.code,
        "text": one.text,
        "kind": one.kind.value,
        "section": one.section,
        "groups": [group.value for group in one.groups],
    }
    entry |= {name: getattr(one, name) for name in PLAIN if getattr(one, name)}
    entry |= {name: True for name in MARKS if getattr(one, name)}
    if one.options:
        entry["options"] = [_option_entry(option) for option in one.options]
    if one.side:
        entry["side"] = one.side.value
    if one.asked_if:
        hangs = {"question": one.asked_if.question, "codes": list(one.asked_if.codes)}
        entry["asked_if"] = hangs
    if one.articles:
        entry["articles"] = list(one.articles)
    return entry


def _option_entry(option: Option) -> dict[str, Any]:
    entry: dict[str, Any] = {"code": option.code, "label": option.label}
    return entry | {"open": True} if option.is_open else entry


def _name(entry: Any, place: int) -> str:
    has_code = isinstance(entry, Mapping) and "code" in entry
    return str(entry["code"]) if has_code else f"no. {place}"


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"This is missing: {error.args[0]}."
    return str(error)
