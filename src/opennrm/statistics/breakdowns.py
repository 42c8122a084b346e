"""Rule R66: figures by sex, age, form of exploitation, and internal or cross-border."""

from __future__ import annotations

from collections.abc import Sequence

from opennrm.statistics.dimensions import TableShape

REQUIRED = ("sex", "age", "form", "scope")
SOURCE = "R66; Council of Europe Convention, Article 17"


class BreakdownMissing(ValueError):
    """A table without a break-down that must be had, nor any table beside it that has it."""


def breakdowns_elsewhere(
    shape: TableShape, shapes: Sequence[TableShape]
) -> dict[str, tuple[str, ...]]:
    """For each required break-down that a table lacks, the tables beside it that have it."""
    own = {one.name for one in shape.dimensions}
    return {
        name: tuple(
            other.name for other in shapes if name in {one.name for one in other.dimensions}
        )
        for name in REQUIRED
        if name not in own
    }


def require_breakdowns(shapes: Sequence[TableShape]) -> None:
    """Let tables through that have, or name, every break-down that rule R66 asks for.

    :raises BreakdownMissing: when one is found nowhere; the message says which and what to do.
    """
    for shape in shapes:
        found = breakdowns_elsewhere(shape, shapes)
        lacking = [name for name, tables in found.items() if not tables]
        if lacking:
            raise BreakdownMissing(
                f"{shape.name}: no break-down by {', '.join(lacking)} here or in a table "
                "released with it. Add it, or release a table beside it that has it."
            )
