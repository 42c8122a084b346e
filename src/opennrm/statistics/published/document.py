"""The audit of a published file as a document, for programs and for the words at a terminal.

Counts below the threshold are left out of it unless they are asked for: they are about persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opennrm.statistics.published.auditing import Finding, PublishedAudit, Verdict
from opennrm.statistics.published.figures import Published, Range
from opennrm.statistics.published.linking import Linked
from opennrm.statistics.published.ways import Step
from opennrm.statistics.published.words import contradiction, place, step_in_words

Document = dict[str, Any]


def document_of(
    found: PublishedAudit, files: Sequence[Published], *, threshold: int, show: bool
) -> Document:
    """Write the audit down; `show` writes counts below the threshold too."""
    linked = found.linked
    reach, of_all = found.absent_add_up
    return {
        "files": [one.file for one in files],
        "figures": sum(len(one.figures) for one in files),
        "masked": len(found.findings),
        **{one.value: len(found.of(one)) for one in Verdict},
        "computed_by_one_subtraction": found.one_subtraction,
        "limits_not_exact": sum(not one.is_exact for one in found.findings),
        "protection_width": found.width,
        "threshold": threshold,
        "values_below_threshold_shown": show,
        "added_along": list(linked.added_along),
        "sums": len(linked.sums),
        "sums_without_total": linked.without_total,
        "sums_with_absent_rows": linked.with_absent,
        "sums_with_absent_rows_that_reach_the_total": {"reach": reach, "of": of_all},
        "contradictions": [_contradiction(linked, one) for one in found.contradictions],
        "cells": [_finding(linked, one, threshold, show) for one in found.findings],
    }


def _contradiction(linked: Linked, numbers: Sequence[int]) -> Document:
    return {
        "says": contradiction(linked, numbers),
        "places": [place(linked, c) for n in numbers for c in linked.sums[n].cells],
    }


def _finding(linked: Linked, one: Finding, threshold: int, show: bool) -> Document:
    figure = one.figure
    may_show = show or one.low >= threshold
    return {
        "file": figure.file,
        "line": figure.line,
        "column": figure.column,
        "cell": dict(figure.cell),
        "mask": figure.mask,
        "promised": _range(figure.range),
        "verdict": one.verdict.value,
        "by_one_subtraction": one.is_one_subtraction,
        "limits": _range(Range(one.low, one.high)) if may_show else None,
        "limits_exact": one.is_exact,
        "by": [_step(linked, step) for step in one.steps],
    }


def _step(linked: Linked, step: Step) -> Document:
    cells = linked.sums[step.sum].cells
    return {
        "says": step_in_words(linked, step),
        "total": place(linked, cells[0]),
        "parts": [place(linked, cell) for cell in cells[1:]],
    }


def _range(limits: Range) -> Document:
    return {"low": limits.low, "high": limits.high}
