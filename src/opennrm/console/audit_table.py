"""`./run audit-table`: which masked cells of published files can be computed back, and how."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from opennrm.console import audit_table_text
from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.statistics.published.auditing import audit_published
from opennrm.statistics.published.document import document_of
from opennrm.statistics.published.figures import (
    FileUnusable,
    Published,
    Rounding,
    RoundingWay,
    declared,
)
from opennrm.statistics.published.linking import Ways
from opennrm.statistics.published.reading import read_published
from opennrm.statistics.published.wanted import Wanted

REFUSED = 1
GIVEN_AWAY = 3


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Audit the files; exit 3 when a masked cell is given away, 1 when they cannot be used."""
    try:
        wanted = _wanted(given)
        files = [_read(Path(name), wanted) for name in given.files]
        _require_columns(files, wanted)
        found = audit_published(
            files, _ways(given, files), width=given.width, may_go_on=_patience(given.seconds)
        )
    except FileUnusable as refused:
        return _refused(given, str(refused))
    document = document_of(found, files, threshold=given.threshold, show=given.show)
    if given.json:
        say(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        for line in audit_table_text.lines(document, given.cells):
            say(line)
    return 0 if found.holds else GIVEN_AWAY


def _wanted(given: argparse.Namespace) -> Wanted:
    if given.rounding is not None and given.rounding < 2:
        raise FileUnusable("--rounding takes the base to which all figures are rounded: 3, 5, 10.")
    if given.width < 1 or given.labels < 1 or given.threshold < 0:
        raise FileUnusable("--width and --labels take 1 or more, --threshold 0 or more.")
    rounding = given.rounding and Rounding(given.rounding, RoundingWay(given.rounding_way))
    return Wanted(
        value=given.value,
        across=given.across,
        labels=given.labels,
        only=tuple(_pair(one, "=", "--only COLUMN=VALUE") for one in given.only),
        ignored=tuple(given.ignore),
        totals=tuple(given.total),
        masks=declared(given.mask),
        rounding=rounding or None,
        groups=tuple(_pair(one, "/", "--groups COLUMN/COLUMN") for one in given.groups),
        is_one_of_several=len(given.files) > 1,
    )


def _pair(typed: str, sign: str, form: str) -> tuple[str, str]:
    first, found, second = typed.partition(sign)
    if not (found and first.strip() and second.strip()):
        raise FileUnusable(f"“{typed}” is not understood. Write {form}.")
    return first.strip(), second.strip()


def _read(path: Path, wanted: Wanted) -> Published:
    if not path.is_file():
        raise FileUnusable(f"There is no file {path}. Check its name.")
    try:
        with path.open("rb") as stream:
            return read_published(stream, path.name, wanted)
    except OSError as reason:
        raise FileUnusable(f"{path} cannot be read: {reason.strerror}.") from reason


def _require_columns(files: Sequence[Published], wanted: Wanted) -> None:
    """Whatever column was named is in one of the files; files are told apart by their names."""
    known = {name for one in files for name in one.header}
    for name in wanted.names():
        if name not in known:
            raise FileUnusable(f"No file has a column {name}. They have: {', '.join(known)}.")
    if len({one.file for one in files}) < len(files):
        raise FileUnusable("Two files have the same name. Name each once, and rename one.")


def _ways(given: argparse.Namespace, files: Sequence[Published]) -> Ways:
    dimensions = {name for one in files for name in one.dimensions}
    for name in (*given.not_added, *given.several):
        if name not in dimensions:
            raise FileUnusable(
                f"No column of levels is called {name}. "
                f"There are: {', '.join(sorted(dimensions))}."
            )
    return Ways(
        frozenset(given.not_added),
        frozenset(given.several),
        _within(given.within, files),
        given.absent == "zero",
    )


def _within(typed: Sequence[str], files: Sequence[Published]) -> dict[str, dict[str, str]]:
    """Read which levels make up another: `age: 0 to 8 + 9 to 17 = child`."""
    known = {pair for one in files for figure in one.figures for pair in figure.cell}
    found: dict[str, dict[str, str]] = {}
    for one in typed:
        column, rest = _pair(one, ":", "--within 'COLUMN: PART + PART = WHOLE'")
        parts, whole = _pair(rest, "=", "--within 'COLUMN: PART + PART = WHOLE'")
        for level in (whole, *(part.strip() for part in parts.split(" + "))):
            if (column, level) not in known:
                raise FileUnusable(f"Column {column} has no level {level} (--within {one}).")
            if level != whole:
                found.setdefault(column, {})[level] = whole
    return found


def _patience(seconds: float) -> Callable[[], bool]:
    """Say yes until the seconds are over."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until


def _refused(given: argparse.Namespace, reason: str) -> int:
    if given.json:
        say(json.dumps({"refusal": reason}, ensure_ascii=False))
    say(reason, to=sys.stderr)
    return REFUSED
