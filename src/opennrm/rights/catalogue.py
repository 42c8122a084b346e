"""Writes the pages on the rules: one for each rule with its scenarios, and a list of all.

Renew them: `python -m opennrm.rights.catalogue src/opennrm/rights/told docs/reference/rights`.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from opennrm.rights.registry import RULES
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.scenarios import Scenario, read_scenarios
from opennrm.vocabulary.code import Verification

Told = Mapping[str, list[Scenario]]
HEAD = """# Rights rules

Written from the register of rules and their scenarios; a test fails when a page is not current.
Each enforced rule answers holds, broken or not known yet. The mark behind a source says how far it
was checked: only what was *found in a source text* or *read in a public text* may be shown as law.
A rule that is not enforced is registered, and nothing asks it yet.

**Rules stop our acts, never the recording of what happened.**

`./run rules` prints the counts; `./run scenarios FOLDER` asks the rules scenarios of your own
([how to write one](../../how-to/write-a-scenario.md)).
"""
DOES = {
    Action.BLOCK: "The act cannot be saved.",
    Action.HOLD: "The act waits for a second, different person.",
    Action.JUSTIFY: "The act needs a reason from a list and a text, which are counted.",
    Action.WARN: "It is shown; the work may go on.",
    Action.TIMER: "A deadline runs.",
    Action.REPORT: "It appears in a report.",
    Action.DEFAULT: "It is what is set unless something else is known.",
}
MAY = {
    Override.NONE: "No one.",
    Override.TWO_PEOPLE: "Two named people of different organisations.",
    Override.IMMINENT_DANGER: (
        "Only where life or a child's safety is in imminent danger; she is told afterwards."
    ),
    Override.COURT_ORDER: "An order of a court, with a reason on record.",
    Override.OWN_REQUEST: "The person herself, by her own wish on record.",
    Override.NOT_APPLICABLE: "Nothing is stopped, so nothing needs to be overridden.",
}
MARKS = {
    Verification.STATED: "found in a source text",
    Verification.PUBLIC_TEXT: "read in a public text",
    Verification.SECONDARY: "read in a second-hand copy, to be confirmed",
    Verification.KNOWLEDGE: "known, not read again; to be confirmed before it is shown as law",
    Verification.PROJECT: "decision of this project, not law",
}
COLUMNS = ("id", "rule", "action", "override", "scenarios")


def pages(told: Told) -> dict[str, str]:
    """Return every page by the name of its file."""
    each = {f"{name}.md": rule_page(rule, told.get(name, ())) for name, rule in RULES.items()}
    return {"README.md": index_page(told), **each}


def index_page(told: Told) -> str:
    """Return the list of all rules, enforced ones apart from those that are not."""
    enforced = [rule for rule in RULES.values() if rule.is_enforced]
    elsewhere = [rule for rule in RULES.values() if not rule.is_enforced and rule.lives_in]
    waiting = [rule for rule in RULES.values() if not rule.is_enforced and not rule.lives_in]
    lines = [HEAD, f"## Enforced ({len(enforced)})", *_tables(enforced, told)]
    lines += [f"\n## Registered, to live in another room ({len(elsewhere)})"]
    lines += [*_tables(elsewhere, told)]
    lines += [f"\n## Registered, not enforced yet ({len(waiting)})", *_tables(waiting, told)]
    return "\n".join(lines) + "\n"


def rule_page(rule: Rule, scenarios: Iterable[Scenario]) -> str:
    """Return the page of one rule."""
    lines = [
        f"# {rule.rule} {rule.label}\n",
        f"{rule.chapter.value}. In force: {days_in_force(rule.from_on, rule.until_on)}.\n",
        *(f"- **{action}**: {DOES[action]}" for action in rule.actions),
        *_overrides(rule),
        *_paragraph("What it means for the person", rule.tells_her),
        "\n## Sources\n",
        *(f"- {one.text} ({MARKS[one.verification]})" for one in rule.sources),
        *_standing(rule),
        *_told(scenarios),
    ]
    return "\n".join(lines) + "\n"


def days_in_force(from_on: date | None, until_on: date | None) -> str:
    """Return in words on which days a rule or a value stands; the end is excluded."""
    begins = f"from {from_on.isoformat()}" if from_on else ""
    ends = f"until {until_on.isoformat()}" if until_on else ""
    return " ".join(part for part in (begins, ends) if part) or "always"


def read_folder(folder: Path) -> Told:
    """Read the scenarios of a folder, by their rule; what is not in order is left out."""
    told: dict[str, list[Scenario]] = {}
    for file in sorted(folder.glob("*.yaml")):
        for scenario in read_scenarios(file.read_text(encoding="utf-8"), file.name)[0]:
            told.setdefault(scenario.rule, []).append(scenario)
    return told


def _overrides(rule: Rule) -> Iterator[str]:
    if rule.override:
        yield "\nWho may go on in spite of it:\n"
        yield from (f"- {MAY[one]}" for one in rule.override)


def _paragraph(heading: str, text: str) -> Iterator[str]:
    if text:
        yield f"\n## {heading}\n"
        yield text


def _standing(rule: Rule) -> Iterator[str]:
    yield "\n## Where it is asked\n"
    yield from (f"- `{place}`" for place in rule.enforced_at)
    if rule.lives_in and not rule.is_enforced:
        yield f"Registered; it will be asked in the room `{rule.lives_in}`."
    elif not rule.is_enforced:
        yield "Registered; nothing asks it yet."


def _told(scenarios: Iterable[Scenario]) -> Iterator[str]:
    for number, scenario in enumerate(scenarios):
        if number == 0:
            yield "\n## Scenarios"
        finding = scenario.found()
        yield f"\n### {scenario.name}\n"
        answer = finding.answer.replace("_", " ").capitalize()
        codes = ", ".join(f"`{one}`" for one in (finding.reason, finding.remedy) if one)
        yield f"On {scenario.day.isoformat()}. **{answer}**{f' ({codes})' if codes else ''}."
        if finding.says:
            yield f"\n> {finding.says}"
        yield ""
        yield from (f"- {name}: {_plain(value)}" for name, value in scenario.facts.items())


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value) or "none"
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {_plain(one)}" for name, one in value.items())
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ") if value != "" else "nothing"


def _tables(rules: list[Rule], told: Told) -> Iterator[str]:
    for chapter in Chapter:
        chosen = [rule for rule in rules if rule.chapter is chapter]
        if chosen:
            yield f"\n### {chapter.value}\n"
            yield _line(COLUMNS)
            yield "|" + " --- |" * len(COLUMNS)
            yield from (_line(_row(rule, told)) for rule in chosen)


def _row(rule: Rule, told: Told) -> tuple[str, ...]:
    count = len(told.get(rule.rule, ()))
    override = ", ".join(rule.override).replace("_", " ")
    name = f"[{rule.rule}]({rule.rule}.md)"
    return name, rule.label, ", ".join(rule.actions), override, str(count or "")


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def write(folder: Path, target: Path) -> None:
    """Write all pages into a folder, and take away those of rules that are no more."""
    target.mkdir(parents=True, exist_ok=True)
    written = pages(read_folder(folder))
    for old in target.glob("*.md"):
        if old.name not in written:
            old.unlink()
    for name, text in written.items():
        (target / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
