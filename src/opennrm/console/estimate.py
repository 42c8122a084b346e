"""`./run estimate`: those no list saw, from a table of lists: a range, or why there is none."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from opennrm.console import estimate_reference, estimate_text
from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.statistics.estimation.diagnostics import consistency, leave_one_out
from opennrm.statistics.estimation.document import (
    Document,
    of_diagnostics,
    of_linkage,
    of_panel,
    of_refusal,
)
from opennrm.statistics.estimation.panel import run_panel
from opennrm.statistics.estimation.reading import Read, read_table
from opennrm.statistics.estimation.resampling import resample
from opennrm.statistics.estimation.results import Refusal, Settings
from opennrm.statistics.estimation.sensitivity import Reviewed, limits_with_linkage, sensitivity
from opennrm.statistics.estimation.stepwise import stepwise_estimates
from opennrm.statistics.estimation.strata import NEVER_ADDED, run_strata
from opennrm.statistics.estimation.tables import ListTable, TableRefused

REFUSED = 1
FEWEST_SAMPLES, MOST_SAMPLES = 100, 20_000
LARGEST_SEED = 2**31 - 1


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Estimate from the file; exit 1 when it, or what was asked, cannot be used."""
    try:
        if given.reference:
            return estimate_reference.run(Path(given.reference))
        document = _estimated(given)
    except TableRefused as refused:
        return _refused(given, str(refused))
    if given.json:
        say(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        for line in estimate_text.lines(document):
            say(line)
    return 0


def _estimated(given: argparse.Namespace) -> Document:
    settings = _settings(given)
    read = _read(given)
    table = read.table
    for names in given.merge or ():
        table = _merged(table, names.split("+"))
    document: Document = {"file": Path(given.file).name}
    document |= of_panel(run_panel(table, settings, methods=tuple(given.method or ())))
    if not given.method and len(table.lists) > 2:
        document["diagnostics"] = _diagnosed(table, settings)
    if given.own:
        own = _of_file(Path(given.own), None).table
        document["by_own_detection_only"] = of_panel(run_panel(own, settings))
    if given.missed_links or given.false_links:
        document["with_linkage_errors"] = _with_linkage(given, table, settings)
    if read.strata:
        strata = run_strata(read.strata, settings)
        document["strata"] = {
            "says": NEVER_ADDED,
            "each": {name: of_panel(one) for name, one in strata.by_stratum.items()},
        }
    return document


def _settings(given: argparse.Namespace) -> Settings:
    if not FEWEST_SAMPLES <= given.bootstrap <= MOST_SAMPLES:
        raise TableRefused(f"--bootstrap takes {FEWEST_SAMPLES} to {MOST_SAMPLES} samples.")
    if not 0 <= given.seed <= LARGEST_SEED:
        raise TableRefused(f"--seed takes a whole number from 0 to {LARGEST_SEED}.")
    return Settings(given.bootstrap, given.seed)


def _read(given: argparse.Namespace) -> Read:
    if not given.file:
        raise TableRefused("Name the file: ./run estimate FILE.csv")
    return _of_file(Path(given.file), given.by)


def _of_file(path: Path, by: str | None) -> Read:
    if not path.is_file():
        raise TableRefused(f"There is no file {path}. Check its name.")
    try:
        with path.open("rb") as stream:
            return read_table(stream, by=by)
    except OSError as reason:
        raise TableRefused(f"{path} cannot be read: {reason.strerror}.") from reason


def _merged(table: ListTable, names: Sequence[str]) -> ListTable:
    unknown = [name for name in names if name not in table.lists]
    if unknown or len(set(names)) < 2:
        raise TableRefused(
            f"--merge takes two or more of the lists {', '.join(table.lists)}, joined by a plus."
        )
    return table.merged(names)


def _diagnosed(table: ListTable, settings: Settings) -> Document:
    return of_diagnostics(
        consistency(table, seed=settings.seed),
        leave_one_out(table, seed=settings.seed),
        sensitivity(table, seed=settings.seed),
    )


def _with_linkage(given: argparse.Namespace, table: ListTable, settings: Settings) -> Document:
    reviewed = _reviewed(given.missed_links), _reviewed(given.false_links)
    again = resample(table, stepwise_estimates, settings.bootstrap, settings.seed)
    return of_linkage(limits_with_linkage(table, again, reviewed))


def _reviewed(text: str | None) -> Reviewed | None:
    """Read how many of a reviewed sample of pairs were wrong, as in 12/150."""
    if not text:
        return None
    wrong, _, looked_at = text.partition("/")
    if not (wrong.isdecimal() and looked_at.isdecimal() and int(wrong) <= int(looked_at)):
        raise TableRefused(
            f"“{text}” is not a number of wrong pairs out of those reviewed: 12/150"
        )
    return Reviewed(int(wrong), int(looked_at))


def _refused(given: argparse.Namespace, reason: str) -> int:
    if given.json:
        refusal = of_refusal(Refusal("file_cannot_be_used", reason))
        say(json.dumps({"headline": None, "refusal": refusal}, ensure_ascii=False))
    say(reason, to=sys.stderr)
    return REFUSED
