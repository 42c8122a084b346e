"""Sets every published figure of the survey of 2005/06 beside the one the analysis finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from opennrm.coordination.surveys.published_2006 import FOUND, Figure, Published, Survey


class Verdict(StrEnum):
    """How a figure found compares with the one published."""

    AGREES = "agrees"
    DIFFERS = "differs"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Line:
    """One published result beside the figure found; open where the source states no number."""

    result: Published
    figure: Figure | None
    verdict: Verdict


def beside_each_other(results: Iterable[Published], survey: Survey) -> tuple[Line, ...]:
    """Compute every figure the source states, and leave open those it leaves open."""
    return tuple(_line(one, survey) for one in results)


def _line(result: Published, survey: Survey) -> Line:
    if result.count is None:
        return Line(result, None, Verdict.OPEN)
    figure = FOUND[result.number](survey)
    return Line(result, figure, _verdict(result, figure))


def _verdict(result: Published, figure: Figure) -> Verdict:
    count = result.count or Decimal(0)
    agrees = figure.value > count if result.is_bound else figure.value == count
    if result.base is not None and result.base != figure.base:
        agrees = False
    return Verdict.AGREES if agrees else Verdict.DIFFERS
