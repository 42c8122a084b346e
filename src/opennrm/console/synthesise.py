"""`./run synthesise`: differentially private microdata from a file, weighed and attacked."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.statistics.microdata import (
    Attacked,
    BudgetRefused,
    Column,
    Layout,
    Microdata,
    MicrodataRefused,
    Promise,
    Schema,
    Worth,
    dictionary,
    header,
    promise_of,
    read_rows,
    rehearse,
    settings_for,
    synthesise,
    worth,
)
from opennrm.statistics.microdata.dictionary import without_counterpart
from opennrm.statistics.microdata.synthesis import require_enough_people

REFUSED, FAILED = 1, 2
NEEDED = ("column", "code")


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Write the rows and what goes with them; exit 1 when refused, 2 when an attack succeeds."""
    try:
        return _released(given)
    except (MicrodataRefused, BudgetRefused) as refused:
        say(str(refused), to=sys.stderr)
        return REFUSED


def _released(given: argparse.Namespace) -> int:
    schema, out = _code_lists(Path(given.codes)), Path(given.out)
    promise, layout = promise_of(given.epsilon, given.delta), Layout(given.layout)
    with _opened(Path(given.file)).open("rb") as stream:
        codes = read_rows(stream, schema)
    require_enough_people(len(codes), schema)
    settings = settings_for(len(codes))
    attacked, _ = rehearse(codes, schema, promise, settings)
    if not attacked.passed:
        for one in attacked.failures:
            say(f"{one.says}: {one.found:.3f}, at most {one.limit:g}.", to=sys.stderr)
        say("Nothing was written. Take fewer or coarser columns.", to=sys.stderr)
        return FAILED
    made = synthesise(codes, schema, promise, settings)
    _write(out, made, layout)
    report = _report(made, worth(codes, made.rows, schema.sizes), attacked)
    _beside(out, "desk").write_text(json.dumps(report, indent=2), encoding="utf-8")
    for line in _told(out, made, report, layout):
        say(line)
    return 0


def _opened(path: Path) -> Path:
    if not path.is_file():
        raise MicrodataRefused(f"There is no file {path}. Check its name.")
    return path


def _code_lists(path: Path) -> Schema:
    """Read the columns and their public codes: one line for each code, in order."""
    with _opened(path).open(encoding="utf-8-sig", newline="") as stream:
        lines = csv.DictReader(stream)
        if not set(NEEDED) <= set(lines.fieldnames or ()):
            raise MicrodataRefused(f"{path.name} needs the columns {' and '.join(NEEDED)}.")
        found: dict[str, list[dict[str, str]]] = {}
        for line in lines:
            found.setdefault(line["column"] or "", []).append(line)
    return Schema(tuple(_column(name, listed) for name, listed in found.items()))


def _column(name: str, listed: list[dict[str, str]]) -> Column:
    return Column(
        name,
        tuple(one["code"] or "" for one in listed),
        name,
        {one["code"]: one.get("label") or one["code"] for one in listed},
        listed[0].get("htcds") or "",
        listed[0].get("ctdc") or "",
    )


def _write(out: Path, made: Microdata, layout: Layout) -> None:
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header(made.schema, layout))
        writer.writerows(made.schema.written(made.rows))
    published = {
        **made.stated(),
        "columns": dictionary(made.schema),
        "no_name_in_this_layout": without_counterpart(made.schema, layout),
    }
    text = json.dumps(published, indent=2, ensure_ascii=False)
    _beside(out, "about").write_text(text, encoding="utf-8")


def _beside(out: Path, what: str) -> Path:
    return out.with_name(f"{out.stem}.{what}.json")


def _report(made: Microdata, found: tuple[Worth, ...], attacked: Attacked) -> dict[str, Any]:
    """What the desk and the second reader look at; made from the true rows, not published."""
    return {
        "not_for_publication": "Made from the true rows. Publish what is in the file beside it.",
        "utility": [vars(one) for one in found],
        "attacks_on_a_rehearsal": [vars(one) for one in attacked.gates],
        "kept": made.kept,
        "believed": made.believed,
    }


def _told(out: Path, made: Microdata, report: dict[str, Any], layout: Layout) -> Iterator[str]:
    promise: Promise = made.promise
    about = _beside(out, "about").name
    yield f"{len(made.rows):,} invented rows in {out.name}; about them: {about}"
    yield (
        f"Epsilon {promise.epsilon:.3f} at delta {promise.delta:g} for each person, "
        f"{promise.units:,} units. Charge them in the ledger: a second run costs as much again."
    )
    for one in report["utility"]:
        yield (
            f"{one['ways']} together: {one['suppressed']:.1%} of common ones missing, "
            f"{one['fabricated']:.1%} never occurred, counts err by {one['error']:.1f}"
        )
    yield f"{len(report['attacks_on_a_rehearsal'])} attacks on a rehearsal found nobody."
    if nameless := without_counterpart(made.schema, layout):
        yield f"Without a name in {layout.value}: {', '.join(nameless)}."
    yield f"For the second reader only: {_beside(out, 'desk').name}"
