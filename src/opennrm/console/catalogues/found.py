"""Finds every text that a page may show: what the code marks, and what law and lists say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from opennrm.indicators.catalogue import indicators
from opennrm.lifecycle.deadline import TIMERS
from opennrm.lifecycle.kinds import KINDS
from opennrm.rights.registry import RULES
from opennrm.rights.rule import Chapter
from opennrm.vocabulary.registry import code_lists

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
)
METHODS = [("**/jinja2/**.html", "jinja2"), ("**.py", "python")]
MARKS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "ngettext_lazy": (1, 2), "gettext_noop": None}
SENTENCE = re.compile(r"[A-Z][^\n]* [^\n]*[.?!]")
REFUSAL = re.compile(r"(?:nrm\.refuse\(|RAISE EXCEPTION )'((?:[^'%]|'')+)'")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)

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
    for entry in code_lists():
        yield entry.title
        yield from (member.label for member in entry.codes)
    for rule in RULES.values():
        yield from (rule.label, rule.tells_her)
    yield from (chapter.value for chapter in Chapter)
    yield from (sign.text for sign in indicators().values())
    yield from (kind.label for kind in KINDS.values())
    yield from TIMERS.values()


def _said() -> Iterator[str]:
    for room in SAYING:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            yield from _sentences(ast.parse(path.read_text()))
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


def _apart(node: ast.AST) -> list[ast.expr]:
    """Return what is no text by itself: what documents the code, and parts of a joined text."""
    if isinstance(node, ast.JoinedStr):
        return node.values
    if isinstance(node, DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr):
        return [node.body[0].value]
    return []
