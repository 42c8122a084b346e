"""Sums in words that a statistician can check by hand, with the lines where the figures stand."""

from __future__ import annotations

from collections.abc import Sequence

from opennrm.statistics.published.linking import Linked
from opennrm.statistics.published.ways import Step
from opennrm.statistics.relations import Sum

MOST_NAMED = 6


def step_in_words(linked: Linked, step: Step) -> str:
    """Say a subtraction as the cell and what it is worked out of, another sum as a sum."""
    one = linked.sums[step.sum]
    if step.yields is None or step.yields == one.total:
        return f"{_where(linked, one)}{_label(linked, one, one.total)} = {_parts(linked, one)}"
    if len(one.parts) == 1:
        return f"{_where(linked, one)}{_label(linked, one, one.total)} is the same cell"
    less = _parts(linked, one, without=step.yields, sign=" less ")
    found, total = (_label(linked, one, cell) for cell in (step.yields, one.total))
    return f"{_where(linked, one)}{found} = {total} less {less}"


def contradiction(linked: Linked, numbers: Sequence[int]) -> str:
    """Say that figures cannot all be true, and what to do."""
    said = "; ".join(step_in_words(linked, Step(number)) for number in numbers[:MOST_NAMED])
    more = f"; and {len(numbers) - MOST_NAMED} more" if len(numbers) > MOST_NAMED else ""
    return (
        f"No counts fit: {said}{more}. Either a figure is wrong, a mask hides other counts than "
        "declared (--mask), figures are rounded (--rounding), a level is part of another "
        "(--within), or these do not add up (--not-added, --several)."
    )


def place(linked: Linked, cell: int) -> str:
    """Say where a cell stands."""
    figure = linked.figures[cell]
    return figure.place if figure else "not in the file"


def _where(linked: Linked, one: Sum) -> str:
    """The levels that all cells of a sum share."""
    shared = _shared(linked, one)
    inside = [pair for pair in linked.cells[one.total] if pair in shared]
    return ", ".join(f"{name} {level}" for name, level in inside) + ": " if inside else ""


def _shared(linked: Linked, one: Sum) -> set[tuple[str, str]]:
    every = [set(linked.cells[cell]) for cell in one.cells]
    return set.intersection(*every)


def _label(linked: Linked, one: Sum, cell: int) -> str:
    """The levels of a cell that the others of its sum do not have, and where it stands."""
    shared = _shared(linked, one)
    own = ", ".join(
        f"{name} {level}" for name, level in linked.cells[cell] if (name, level) not in shared
    )
    return f"{own or 'total'} ({place(linked, cell)})"


def _parts(linked: Linked, one: Sum, without: int | None = None, sign: str = " + ") -> str:
    parts = [cell for cell in one.parts if cell != without]
    said = sign.join(_label(linked, one, cell) for cell in parts[:MOST_NAMED])
    more = len(parts) - MOST_NAMED
    return f"{said}{sign}{more} more" if more > 0 else said
