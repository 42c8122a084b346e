"""Writes the audit of a published file as lines that a person reads at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

WIDTH = 96
MOST_STEPS = 8
HEADINGS = {
    "computed": "Can be computed back:",
    "narrowed": "Limits closer than the protection width:",
}


def lines(document: Mapping[str, Any], cells: int) -> Iterator[str]:
    """Write the counts first, then what contradicts itself, then the cells given away."""
    yield from _wrapped(_headline(document))
    yield from map(str, _table(document))
    for sentence in _notes(document):
        yield ""
        yield from _wrapped(sentence)
    yield from _contradictions(document["contradictions"], cells)
    for verdict, heading in HEADINGS.items():
        found = [one for one in document["cells"] if one["verdict"] == verdict]
        if found:
            yield from ("", heading)
            yield from _cells(found, cells)


def _headline(document: Mapping[str, Any]) -> str:
    masked, computed = document["masked"], document["computed"]
    if not masked:
        return f"No masked cell among {document['figures']:,} figures."
    return (
        f"{computed:,} of {masked:,} masked cells can be computed back, "
        f"{document['computed_by_one_subtraction']:,} of them by one subtraction."
    )


def _table(document: Mapping[str, Any]) -> Iterator[str]:
    said = {
        "figures": document["figures"],
        "masked cells": document["masked"],
        "can be computed back": document["computed"],
        "  by one subtraction": document["computed_by_one_subtraction"],
        f"limits closer than {document['protection_width']}, or than the mask": document[
            "narrowed"
        ],
        "stay hidden": document["kept"],
        "not judged: figures contradict": document["contradicted"],
        "limits not exact: time was up": document["limits_not_exact"],
        "sums found": document["sums"],
    }
    for name, count in said.items():
        yield f"  {name:44}{count:>10,}"


def _notes(document: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"Added up along: {', '.join(document['added_along']) or 'nothing'}. A level that stands "
        "nowhere in the files is taken not to exist."
    )
    if document["sums_without_total"]:
        yield f"{document['sums_without_total']:,} groups of figures have no total in the files."
    absent = document["sums_with_absent_rows_that_reach_the_total"]
    if document["sums_with_absent_rows"]:
        yield (
            f"In {document['sums_with_absent_rows']:,} sums some rows are not in the file; each "
            "was taken as unknown. Where all others are shown, they reach the total in "
            f"{absent['reach']:,} of {absent['of']:,} sums. If an absent row means nobody, say "
            "--absent zero: more may be given away."
        )
    if not document["values_below_threshold_shown"] and document["computed"]:
        yield (
            f"Counts below {document['threshold']} are not printed: they are about persons. "
            "--show prints them."
        )


def _contradictions(found: Sequence[Mapping[str, Any]], most: int) -> Iterator[str]:
    if found:
        yield from ("", f"{len(found):,} contradictions; cells that hang on them are not judged:")
        for one in found[:most]:
            yield from _indented(one["says"])
        yield from _more(len(found) - most)


def _cells(found: Sequence[Mapping[str, Any]], most: int) -> Iterator[str]:
    for one in found[:most]:
        yield from _cell(one)
    yield from _more(len(found) - most)


def _cell(one: Mapping[str, Any]) -> Iterator[str]:
    column = f", column {one['column']}" if one["column"] else ""
    name = ", ".join(f"{name} {level}" for name, level in one["cell"].items()) or "the total"
    limits = one["limits"]
    said = f": {_between(limits)}" if limits else ""
    yield f"  {one['file']} line {one['line']}{column}, “{one['mask']}”{said}"
    yield from _indented(name)
    for step in one["by"][:MOST_STEPS]:
        yield from _indented(step["says"])
    yield from _more(len(one["by"]) - MOST_STEPS)


def _between(limits: Mapping[str, int]) -> str:
    low, high = limits["low"], limits["high"]
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"    and {count:,} more (--json has all)"


def _wrapped(text: str) -> Iterator[str]:
    return iter(textwrap.wrap(text, WIDTH))


def _indented(text: str) -> Iterator[str]:
    return iter(textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      "))
