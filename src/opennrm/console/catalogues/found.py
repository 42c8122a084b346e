"""Finds every text that a page may show: what the code marks, and what law and lists say."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from opennrm.exchange.field_forms.asking import (
    COUNTRY,
    notification_form,
    referral_form,
    screening_form,
)
from opennrm.exchange.htcds.additions import ADDITIONS
from opennrm.exchange.htcds.standard import fields
from opennrm.indicators.catalogue import indicators
from opennrm.lifecycle.deadline import TIMERS
from opennrm.lifecycle.kinds import KINDS
from opennrm.rapporteur.catalogue import CATALOGUE, OWN_DIMENSIONS
from opennrm.rapporteur.dimensions import STATUS, year_dimension
from opennrm.rights.jurisdictions.names import NAMES
from opennrm.rights.jurisdictions.preset import DEFAULT, FLOOR, LAW
from opennrm.rights.registry import RULES
from opennrm.rights.rule import Chapter
from opennrm.vocabulary.registry import EXPLAINED, code_lists, meanings

PACKAGE = Path(__file__).parents[2]
# A room without marks of its own: whatever sentence it says reaches a page through `gettext`.
SAYING = (
    "accounts",
    "casework",
    "consent",
    "coordination",
    "exchange",
    "indicators",
    "lifecycle",
    "rapporteur",
    "records",
    "rights",
    "statistics",
)
METHODS = [("**/jinja2/**.html", "jinja2"), ("**.py", "python")]
MARKS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "ngettext_lazy": (1, 2), "gettext_noop": None}
SENTENCE = re.compile(r"[A-Z][^\n]* [^\n]*[.?!]")
REFUSAL = re.compile(r"(?:nrm\.refuse\(|RAISE EXCEPTION )'((?:[^'%]|'')+)'")

Text = str | tuple[str, str]


def texts() -> dict[str, Text]:
    """Return every text by its English words; one with a plural carries both forms."""
    found: dict[str, Text] = {text: text for text in (*_said(), *_listed()) if text.strip()}
    for text in _marked():
        words = text if isinstance(text, str) else text[0]
        if words.strip():
            found[words] = text
    return dict(sorted(found.items()))


def _marked() -> Iterator[Text]:
    options = {"**/jinja2/**.html": {"trimmed": "true", "silent": "false"}}
    for _, _, message, _, _ in extract_from_dir(
        str(PACKAGE), METHODS, options, keywords=MARKS, comment_tags=()
    ):
        yield message if isinstance(message, str) else (message[0], message[1])


def _listed() -> Iterator[str]:
    yield from (entry.title for entry in code_lists())
    yield from _labels()
    for name in sorted(EXPLAINED):
        yield from meanings(name).values()
    for rule in RULES.values():
        yield from (rule.label, rule.tells_her)
    yield from (chapter.value for chapter in Chapter)
    yield from (sign.text for sign in indicators().values())
    for kind in KINDS.values():
        yield kind.label
        for name in (*kind.fields, *kind.sealed):
            yield name.removesuffix("_on").replace("_", " ").capitalize()
    yield from (label for _, label in NAMES.values())
    yield from (LAW, FLOOR, DEFAULT)
    yield from _asked_in_the_field()
    yield from TIMERS.values()
    yield from (table.title for table in CATALOGUE)
    for dimension in (*OWN_DIMENSIONS.values(), STATUS, year_dimension(())):
        yield dimension.label
        yield from (level.label for level in dimension.levels)


def _asked_in_the_field() -> Iterator[str]:
    """Yield what forms for telephones and columns of an import say; countries are CLDR's."""
    yield from (field.label for field in fields().values())
    yield from (addition.label for addition in ADDITIONS)
    for form in (referral_form(), screening_form(), notification_form(())):
        yield form.title
        for question in form.questions:
            yield from (question.label, question.hint)
        for name, offered in form.choices.items():
            yield from (label for _, label in offered if name != COUNTRY)


def _labels() -> Iterator[str]:
    """Yield the label of every code of every list, wherever the list is written."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and "Code" in map(ast.unparse, node.bases):
                yield from _labels_of(node)


def _labels_of(codes: ast.ClassDef) -> Iterator[str]:
    for member in codes.body:
        if isinstance(member, ast.Assign) and isinstance(member.value, ast.Tuple):
            label = member.value.elts[1]
            if isinstance(label, ast.Constant):
                yield str(label.value)


def _said() -> Iterator[str]:
    for room in SAYING:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            tree = ast.parse(path.read_text())
            yield from _sentences(tree)
            yield from _joined(tree)
        for path in sorted((PACKAGE / room).rglob("*.sql")):
            yield from (one.replace("''", "'") for one in REFUSAL.findall(path.read_text()))


def _sentences(tree: ast.Module) -> Iterator[str]:
    apart = {id(part) for node in ast.walk(tree) for part in _apart(node)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in apart
        ) and SENTENCE.fullmatch(node.value):
            yield node.value


def _joined(tree: ast.Module) -> Iterator[str]:
    """Yield each sentence around values, with the names of the values in braces."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            names = (f"{name}{number or ''}" for name, number in _numbered(node))
            parts = (
                "{" + next(names) + "}" if not isinstance(part, ast.Constant) else part.value
                for part in node.values
            )
            words = "".join(str(part) for part in parts)
            if SENTENCE.fullmatch(words):
                yield words


def _numbered(node: ast.JoinedStr) -> Iterator[tuple[str, int]]:
    seen: Counter[str] = Counter()
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            name = _name_of(part.value)
            yield name, seen[name]
            seen[name] += 1


def _name_of(value: ast.expr) -> str:
    """Name a value by the last word of what it is read from."""
    if isinstance(value, ast.Name):
        return value.id.strip("_")
    if isinstance(value, ast.Attribute):
        return value.attr.strip("_")
    if isinstance(value, ast.Call):
        return _name_of(value.args[0] if value.args else value.func)
    return "value"


def _apart(node: ast.AST) -> list[ast.expr]:
    """Return what is no text by itself: what documents the code, and parts of a joined text."""
    if isinstance(node, ast.JoinedStr):
        return node.values
    return [node.value] if isinstance(node, ast.Expr) else []
