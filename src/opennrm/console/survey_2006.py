"""`./run survey-2006`: prints every published figure of the survey of 2005/06 beside ours."""

from __future__ import annotations

import argparse

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.coordination.surveys.coded import read_by_two
from opennrm.coordination.surveys.published_2006 import CHALLENGES, codings, published, rebuilt
from opennrm.coordination.surveys.rebuilt_2006 import Line, Verdict, beside_each_other

SIZES = {"id": 5, "published": 13, "found": 9, "base": 7, "verdict": 9}


def run(_given: argparse.Namespace, _machine: Machine) -> int:
    """Print the figures, how far two coders agree, and the count; exit 1 on any gap."""
    lines = beside_each_other(published(), rebuilt())
    say("Survey of States 2005/06, analysed anew from replies that are all INVENTED so that")
    say("the analysis can be checked against what was published. No State gave these answers.")
    say()
    say(_columns(dict(zip(SIZES, ("no.", "published", "found", "base", ""), strict=True)), ""))
    for line in lines:
        _print(line)
    say("* The source states no base; this one is how many of the invented replies answered.")
    _print_agreement()
    counts = {verdict: sum(one.verdict is verdict for one in lines) for verdict in Verdict}
    say()
    say(
        f"{counts[Verdict.AGREES]} figures agree, {counts[Verdict.DIFFERS]} differ,"
        f" {counts[Verdict.OPEN]} are open because the source states no number."
    )
    return 1 if counts[Verdict.DIFFERS] else 0


def _print(line: Line) -> None:
    result, figure = line.result, line.figure
    stated = "not stated" if result.count is None else f"{result.count}"
    cells = {
        "id": result.number,
        "published": f"more than {stated}" if result.is_bound else stated,
        "found": "" if figure is None else f"{figure.value}",
        "base": _base(line),
        "verdict": line.verdict.value,
    }
    say(_columns(cells, f"{result.question}: {result.answer} [{result.unit}]"))
    if figure is not None and figure.caveat:
        say(f"{'':<47} {figure.caveat}")
    if result.note:
        say(f"{'':<47} ({result.note})")


def _base(line: Line) -> str:
    """Say the base; a star where the source states none and ours comes from the replies."""
    if line.figure is None or line.figure.base is None:
        return ""
    return f"{line.figure.base}{'' if line.result.base else '*'}"


def _columns(cells: dict[str, str], rest: str) -> str:
    return " ".join(f"{cells[name]:<{size}}" for name, size in SIZES.items()) + f" {rest}"


def _print_agreement() -> None:
    seen = codings()
    say()
    say("Two invented coders on the challenges (Cohen's kappa, 95 % interval):")
    for reading in read_by_two(CHALLENGES, seen["first"], seen["second"]):
        found = reading.agreement
        if found.kappa is None:
            says = "one code throughout, so no kappa"
        else:
            says = f"{found.kappa:.2f} ({found.low:.2f} to {found.high:.2f})"
        differing = len(reading.differing)
        say(f"  {reading.code.label:<30} {says:<24} {differing} of {found.units} answers differ")
