"""Writes the catalogue of rules as a page of Markdown, enforced ones apart from planned ones.

Renew the page: `python -m opennrm.rights.catalogue > docs/reference/rules.md`.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date

from opennrm.rights.registry import RULES
from opennrm.rights.rule import Chapter, Rule

Row = Callable[[Rule], tuple[str, ...]]
HEAD = """# Rights rules

Written from the register of rules; a test fails when this page is not current. Each enforced rule
answers holds, broken or not known yet, and has a scenario for each answer in
`tests/rights/scenarios/`. The mark behind a source says how far it was checked; only *stated* and
*public text* were read. A planned rule is not asked by any use case yet.

**Rules stop our acts, never the recording of what happened.**
"""
ENFORCED_COLUMNS = ("id", "rule", "action", "override", "in force", "sources")
PLANNED_COLUMNS = ("id", "rule", "action")


def rules_page() -> str:
    """Return the whole page."""
    enforced = [rule for rule in RULES.values() if rule.is_enforced]
    planned = [rule for rule in RULES.values() if not rule.is_enforced]
    lines = (
        HEAD,
        f"## Enforced ({len(enforced)})",
        *_tables(enforced, ENFORCED_COLUMNS, _enforced),
        f"\n## Planned, not enforced ({len(planned)})",
        *_tables(planned, PLANNED_COLUMNS, _planned),
    )
    return "\n".join(lines) + "\n"


def days_in_force(from_on: date | None, until_on: date | None) -> str:
    """Return in words on which days a rule or a value stands; the end is excluded."""
    begins = f"from {from_on.isoformat()}" if from_on else ""
    ends = f"until {until_on.isoformat()}" if until_on else ""
    return " ".join(part for part in (begins, ends) if part) or "always"


def _tables(rules: list[Rule], columns: tuple[str, ...], row: Row) -> Iterator[str]:
    for chapter in Chapter:
        chosen = [rule for rule in rules if rule.chapter is chapter]
        if chosen:
            yield f"\n### {chapter.value}\n"
            yield _line(columns)
            yield "|" + " --- |" * len(columns)
            yield from (_line(row(rule)) for rule in chosen)


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _planned(rule: Rule) -> tuple[str, ...]:
    return rule.rule, rule.label, ", ".join(rule.actions)


def _enforced(rule: Rule) -> tuple[str, ...]:
    sources = "; ".join(
        f"{source.text} ({source.verification.value.replace('_', ' ')})" for source in rule.sources
    )
    override = ", ".join(rule.override).replace("_", " ")
    return *_planned(rule), override, days_in_force(rule.from_on, rule.until_on), sources


if __name__ == "__main__":
    sys.stdout.write(rules_page())
