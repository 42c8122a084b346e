"""The ILO/EC rule: when is a dimension positive, and what do the dimensions say together?

Source: ILO and European Commission, Operational indicators of trafficking in human beings
(2009), p. 3, read in a second-hand transcription; the combination follows the reference table of
the ILO's use in Moldova. For a child the means are not required (Palermo Protocol art. 3(c)).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from opennrm.indicators.catalogue import Indicator
from opennrm.vocabulary.screening import AdviceOutcome, Dimension, Population, Strength

RECRUITMENT = frozenset(
    {
        Dimension.DECEPTIVE_RECRUITMENT,
        Dimension.COERCIVE_RECRUITMENT,
        Dimension.RECRUITMENT_BY_ABUSE_OF_VULNERABILITY,
    }
)
DESTINATION = frozenset(
    {Dimension.COERCION_AT_DESTINATION, Dimension.ABUSE_OF_VULNERABILITY_AT_DESTINATION}
)

# recruitment means, exploitation, coercion or abuse at destination -> reading for an adult
ADULT_READINGS = {
    (False, False, False): AdviceOutcome.NO_SIGN,
    (False, True, False): AdviceOutcome.LABOUR_RIGHTS_REFERRAL,
    (True, True, False): AdviceOutcome.POSSIBLE,
    (True, True, True): AdviceOutcome.STRONG_GROUNDS,
    (True, False, False): AdviceOutcome.POSSIBLE,
    (True, False, True): AdviceOutcome.POSSIBLE,
    (False, True, True): AdviceOutcome.POSSIBLE,
    (False, False, True): AdviceOutcome.POSSIBLE,  # not in the table; read in her favour
}


@dataclass(frozen=True)
class PositiveDimension:
    """A dimension that is positive in one list, with the indicators that carry it."""

    dimension: Dimension
    series: str
    carried_by: tuple[str, ...]


def positive(strong: int, medium: int, weak: int) -> bool:
    """Tell whether counts of indicators that are there make a dimension positive.

    >>> positive(1, 0, 1), positive(0, 2, 1), positive(0, 2, 0), positive(0, 1, 9)
    (True, True, False, False)
    """
    with_strong = strong >= 2 or (strong >= 1 and strong + medium + weak >= 2)
    return with_strong or medium >= 3 or (medium >= 2 and weak >= 1)


def positive_dimensions(present: Iterable[Indicator]) -> tuple[PositiveDimension, ...]:
    """Return the positive dimensions, list by list; only checked strengths count."""
    weighed = [sign for sign in present if sign.is_weighed and sign.may_trigger]
    keys = sorted({(sign.dimension, sign.series) for sign in weighed})
    found = (_positive_in(weighed, dimension, series) for dimension, series in keys)
    order = list(Dimension)
    return tuple(sorted(filter(None, found), key=lambda each: order.index(each.dimension)))


def combined(
    dimensions: Iterable[Dimension], population: Population, *, act_noted: bool = False
) -> AdviceOutcome:
    """Return what the positive dimensions say together, for an adult or for a child.

    A child's exploitation with a sign of an act (recruitment, moving, keeping) is enough; the
    means only add weight.
    """
    found = frozenset(dimensions)
    recruited, held = bool(found & RECRUITMENT), bool(found & DESTINATION)
    exploited = Dimension.EXPLOITATION in found
    if population is Population.ADULT:
        return ADULT_READINGS[recruited, exploited, held]
    if exploited and (recruited or held or act_noted):
        return AdviceOutcome.STRONG_GROUNDS
    return AdviceOutcome.POSSIBLE if found else AdviceOutcome.NO_SIGN


def _positive_in(
    weighed: list[Indicator], dimension: str, series: str
) -> PositiveDimension | None:
    signs = [sign for sign in weighed if (sign.dimension, sign.series) == (dimension, series)]
    counts = Counter(sign.strength for sign in signs)
    if not positive(counts[Strength.STRONG], counts[Strength.MEDIUM], counts[Strength.WEAK]):
        return None
    return PositiveDimension(Dimension(dimension), series, tuple(sorted(s.id for s in signs)))
