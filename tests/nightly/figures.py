"""Keeps what the long security tests really did, and writes it out for people to read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "reference" / "security-figures.json"
PAGE = ROOT / "docs" / "reference" / "security-figures.md"
HEAD = """# Security figures

Written by `bin/nightly` from what it measured; do not edit it. A line says what was really run,
where and when. "Not run" means exactly that. What each attack is stands in
[decision 0029](../decisions/0029-how-attacks-and-faults-are-tried.md), what stands against it in
[SECURITY.md](../../SECURITY.md).

"""
COLUMNS = "| what was tried | promised | what was run | when, where |\n| --- | --- | --- | --- |\n"


@dataclass(frozen=True)
class Figure:
    """One figure: what was tried, what the project promises to try, and with which outcome."""

    name: str
    title: str
    promised: str


FIGURES = (
    Figure("attacker", "Random stories: after each step that was done those whose rights it "
           "changed, and one drawn, ask every table and function; all do after one step in 20 and "
           "at each end; one tries a page or an operation of the API after one done in four, and "
           "opens the case after one in two",
           "250,000 steps, 0 leaks"),
    Figure("seeded", "The same with a bug put into the database (control)", "every bug found"),
    Figure("locks", "Policy, row security and keys asked for every member and part after each "
           "step of random stories", "0 disagreements"),
    Figure("addresses", "Every address of a case, hidden against not there, byte for byte",
           "0 differences"),
    Figure("timing", "Time of a hidden case against one that is not there",
           "2,000 pairs, medians less than 5 ms apart"),
    Figure("tampered_sealed", "Sealed parts changed or moved", "10,000 changes, all found"),
    Figure("tampered_record", "Recorded facts changed past every trigger",
           "10,000 changes, all found"),
    Figure("kills", "Worker or database killed in mid-write",
           "1,000 kills, 0 acknowledged facts lost"),
    Figure("power_on", "Simulated power cuts", "200 cuts, 0 acknowledged facts lost"),
    Figure("power_off", "The same without waiting for the disk (control)",
           "facts lost in at least 80 of 100 cuts"),
    Figure("fullness", "Disk full of data and journal", "20 rounds, 0 acknowledged facts lost"),
    Figure("race_referral", "One referral answered by eight clients at once",
           "1,000 rounds, one winner each"),
    Figure("race_bed", "One bed asked for by eight clients at once, and freed again",
           "1,000 rounds, one winner each"),
    Figure("race_form", "One form sent by eight clients at once", "1,000 rounds, one effect each"),
    Figure("race_withdrawal", "Readings begun after a withdrawal was confirmed",
           "1,000 rounds, 0 readings"),
    Figure("clocks", "Clocks of the application that jump", "50 scenarios, nothing revived"),
    Figure("canaries", "Invented identities typed through the use cases, looked for in dump, data "
           "files, journals, logs, pages and feeds", "300 identities, 0 hits"),
    Figure("erasure", "Erased cases read with every key there is, after restoring the oldest "
           "backup beside today's keys", "100 erased, 0 readable; all others readable"),
    Figure("drill", "A backup restored and checked on a fresh instance, by commands alone",
           "100,000 cases in less than 30 minutes"),
    Figure("fuzzed_forms", "Every form filled with odd values", "0 failures"),
    Figure("fuzzed_imports", "Damaged files given to the importers", "0 failures"),
)  # fmt: skip
NOT_HERE = (
    ("The server's own clock set back", "no tool for it among the dependencies (faketime)"),
    ("24 CPU-hours of coverage-guided fuzzing", "atheris is not among the dependencies"),
    ("Policy against an independent rewrite (Cedar)", "cedarpy is not among the dependencies"),
)


def keep(name: str, entry: Mapping[str, Any]) -> None:
    """Keep what one figure came to, in place of what stood there."""
    every = kept() | {name: dict(entry)}
    known = {figure.name for figure in FIGURES}
    text = json.dumps({key: every[key] for key in sorted(every) if key in known}, indent=1)
    KEPT.write_text(text + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


def kept() -> dict[str, Any]:
    """Return what was measured so far."""
    if not KEPT.exists():
        return {}
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def page() -> str:
    """Write out the page."""
    entries = kept()
    lines = [
        HEAD,
        "| what was tried | promised | what was run | when, where |\n| --- | --- | --- | --- |\n",
    ]
    for figure in FIGURES:
        lines.append(f"| {figure.title} | {figure.promised} | {ran(entries.get(figure.name))} |\n")
    lines.append("\nNot run, and why:\n\n")
    lines += [f"- {what}: {why}.\n" for what, why in NOT_HERE]
    return "".join(lines)


def ran(entry: Mapping[str, Any] | None) -> str:
    """Write the last two cells of a line."""
    if entry is None:
        return "not run | "
    where = f"{entry['on']}, {entry['seconds']:,} s, {entry['machine']}, {entry['commit']}"
    if "not_run" in entry:
        return f"not run: {entry['not_run']} | {where}"
    outcome = "" if entry["held"] else "**FAILED** "
    return f"{outcome}{said(entry['counts'])} | {where}"


def said(counts: Mapping[str, Any]) -> str:
    """Write counts as words and numbers."""
    return "; ".join(f"{name.replace('_', ' ')} {worded(value)}" for name, value in counts.items())


def worded(value: Any) -> str:
    """Write one count, or several under their names."""
    if isinstance(value, Mapping):
        return "(" + ", ".join(f"{key} {times:,}" for key, times in value.items()) + ")"
    return f"{value:,}" if isinstance(value, int | float) else str(value)
