"""Writes the glossary page from the register of code lists."""

from opennrm.vocabulary.code import Code, CodeList
from opennrm.vocabulary.registry import code_lists

OPENING = """\
# Glossary

The words of OpenNRM, generated from the room `vocabulary`. Do not edit this page: change the
word and write the page again.

A value marked "known, not re-read" or "proposed by this project" is not law.
"""


def glossary_markdown() -> str:
    """Return the glossary as Markdown: every list with its source, every code with its label."""
    return OPENING + "".join(_section(entry) for entry in code_lists())


def _section(entry: CodeList) -> str:
    head = f"\n## {entry.title} (`{entry.name}`)\n\n{entry.definition}\n\n"
    source = f"Source: {entry.source}. Verification: {entry.verification.label.lower()}.\n\n"
    table = "| code | label | meaning |\n| --- | --- | --- |\n"
    return head + source + table + "".join(_row(member) for member in entry.codes)


def _row(member: Code) -> str:
    return f"| `{member.value}` | {member.label} | {member.definition} |\n"
