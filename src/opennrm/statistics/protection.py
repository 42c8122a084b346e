"""Protecting linked tables together: count, suppress, audit, and only then hand out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

from opennrm.statistics.audit import audit, require_safe
from opennrm.statistics.counting import Tally, count_cells
from opennrm.statistics.dimensions import Cell, TableShape
from opennrm.statistics.relations import Relations, nested_without_circle, relate
from opennrm.statistics.results import Parameters, ProtectedSet, ProtectedTable, cells_of_table
from opennrm.statistics.rounding import rounded
from opennrm.statistics.suppression import Rule, complementary_suppression

SUPPRESSED = (
    "Some cells are suppressed. A suppressed cell may be zero, small, or large and hidden only "
    "to protect another; it is never to be read as zero."
)
SEVERAL = (
    "One person may be counted under several values of: {names}. These rows do not add up to "
    "the total, which counts each person once."
)
MISSING = (
    "Unknown and not asked are shown as values of their own. They are not zero, and percentages "
    "of known persons leave them out."
)
ROUNDED = "All figures, totals included, are rounded to the nearest {base} and may not add up."
CIRCULAR = (
    "The linked tables share dimensions in a circle, so that limits of suppressed cells were "
    "computed table by table."
)


def protect(
    shapes: Sequence[TableShape],
    tallies: Mapping[str, Tally] | Tally,
    rule: Rule | None = None,
    *,
    exact: bool = True,
) -> ProtectedSet:
    """Protect tables over the same persons together, so that none gives another away.

    :raises AuditFailed: when a suppressed cell could still be worked out; nothing is handed out.
    """
    rule = rule or Rule()
    relations = relate(shapes)
    counts = _counts(relations, shapes, tallies)
    hidden = complementary_suppression(relations, counts, rule)
    cells: dict[Cell, int | None] = {
        cell: None if place in hidden else counts[place]
        for place, cell in enumerate(relations.cells)
    }
    return release_set(relations, shapes, cells, rule, exact=exact)


def release_set(
    relations: Relations,
    shapes: Sequence[TableShape],
    cells: Mapping[Cell, int | None],
    rule: Rule,
    *,
    exact: bool = True,
) -> ProtectedSet:
    """Audit suppressed cells and hand out the tables with everything said about them.

    :raises AuditFailed: when a suppressed cell could still be worked out.
    """
    found = audit(relations, cells, minimum_width=rule.minimum_width, exact=exact)
    require_safe(found)
    return ProtectedSet(tuple(_table(one, shapes, cells, rule) for one in shapes), found)


def software_version() -> str:
    """The version of this software, as printed with every figure."""
    try:
        return version("opennrm")
    except PackageNotFoundError:
        return "0.1.0"


def _counts(
    relations: Relations, shapes: Sequence[TableShape], tallies: Mapping[str, Tally] | Tally
) -> list[int]:
    counted: dict[Cell, int] = {}
    for shape in shapes:
        tally = tallies if isinstance(tallies, Tally) else tallies[shape.name]
        counted |= count_cells(shape, tally)
    return [counted[cell] for cell in relations.cells]


def _table(
    shape: TableShape,
    shapes: Sequence[TableShape],
    cells: Mapping[Cell, int | None],
    rule: Rule,
) -> ProtectedTable:
    own = cells_of_table(shape, cells)
    hidden = sum(value is None for value in own.values())
    return ProtectedTable(
        shape,
        rounded(own, rule.rounding),
        Parameters(rule, tuple(one.name for one in shapes)),
        hidden,
        tuple(_caveats(shape, shapes, rule, hidden)),
        software_version(),
    )


def _caveats(
    shape: TableShape, shapes: Sequence[TableShape], rule: Rule, hidden: int
) -> list[str]:
    several = [one.label for one in shape.dimensions if one.multiple]
    said = {
        SUPPRESSED: hidden > 0,
        SEVERAL.format(names=", ".join(several)): bool(several),
        MISSING: any(one.missing for one in shape.dimensions),
        ROUNDED.format(base=rule.rounding): rule.rounding is not None,
        CIRCULAR: not nested_without_circle(shapes),
    }
    return [words for words, applies in said.items() if applies]
