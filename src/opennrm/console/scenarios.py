"""`./run scenarios FOLDER`: asks the rules what somebody else expects of them, in a table."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.rights.findings import Finding
from opennrm.rights.scenarios import Scenario, read_scenarios

ALL_AS_EXPECTED, SOME_DIFFER, NOT_IN_ORDER = 0, 1, 2
WIDTH = 58
Asked = tuple[Scenario, Finding]


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Ask every scenario; exit 1 when an answer differs, 2 when a file is not in order."""
    folder = Path(given.folder)
    files = sorted(files_in(folder))
    if not files:
        say(f"{folder} holds no file ending in .yaml. Begin with a template.", to=sys.stderr)
        return NOT_IN_ORDER
    asked: list[Asked] = []
    bad: list[str] = []
    for file in files:
        good, faults = _read(file)
        asked.extend((one, one.found()) for one in good)
        bad.extend(faults)
    for line in table(asked):
        say(line)
    for fault in bad:
        say(fault, to=sys.stderr)
    return _told(asked, bad)


def files_in(folder: Path) -> Iterator[Path]:
    """Find the files of scenarios in a folder and the folders within it, or the one file named."""
    if folder.is_file():
        yield folder
    for suffix in ("*.yaml", "*.yml"):
        yield from folder.rglob(suffix)


def table(asked: Iterable[Asked]) -> Iterator[str]:
    """Write one row for each scenario, and under one that differs where it stands and why."""
    yield f"{'rule':<5} {'sentence':<{WIDTH}} {'expected':<10} {'found':<10}"
    for scenario, finding in asked:
        lines = textwrap.wrap(scenario.name, WIDTH) or [""]
        agrees = scenario.is_as_expected(finding)
        mark = "" if agrees else "  differs"
        yield (
            f"{scenario.rule:<5} {lines[0]:<{WIDTH}} {scenario.expect:<10} "
            f"{finding.answer:<10}{mark}".rstrip()
        )
        yield from (f"{'':<5} {line}" for line in lines[1:])
        if not agrees:
            yield from _why(scenario, finding)


def _why(scenario: Scenario, finding: Finding) -> Iterator[str]:
    wanted = " ".join(filter(None, (scenario.reason, scenario.remedy)))
    given = " ".join(filter(None, (finding.reason, finding.remedy)))
    yield f"{'':<5} {scenario.place}: expected {scenario.expect} {wanted}".rstrip()
    yield f"{'':<5} found {finding.answer} {given}. {finding.says}".rstrip()


def _read(file: Path) -> tuple[list[Scenario], list[str]]:
    try:
        return read_scenarios(file.read_text(encoding="utf-8"), str(file))
    except (OSError, UnicodeDecodeError) as fault:
        return [], [f"{file}:1: The file cannot be read: {fault}"]


def _told(asked: list[Asked], bad: list[str]) -> int:
    differ = sum(not scenario.is_as_expected(finding) for scenario, finding in asked)
    say(
        f"{len(asked)} scenarios asked: {len(asked) - differ} as expected, {differ} differ; "
        f"{len(bad)} not in order."
    )
    if bad:
        return NOT_IN_ORDER
    return SOME_DIFFER if differ else ALL_AS_EXPECTED
