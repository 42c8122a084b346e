"""Sorts signs by the element of the definition they speak of: act, means, purpose."""

from collections.abc import Iterable, Mapping

from opennrm.indicators.catalogue import Indicator
from opennrm.vocabulary.code import Code


class Element(Code):
    """An element of the definition of trafficking. Source: Palermo Protocol art. 3."""

    ACT = "act", "What was done: recruiting, moving, housing or receiving"
    MEANS = "means", "How: threat, force, deception, abuse of power or of a weak position"
    PURPOSE = "purpose", "What for: exploitation"


# How somebody was recruited or moved tells of the act too, whatever means it shows.
ACTS = frozenset(
    {
        "act",
        "recruitment",
        "deceptive_recruitment",
        "coercive_recruitment",
        "recruitment_by_abuse_of_vulnerability",
        "transport",
    }
)


def by_element(signs: Iterable[Indicator]) -> Mapping[Element, tuple[Indicator, ...]]:
    """Return the signs under each element they speak of; a sign may stand under several."""
    listed = tuple(signs)
    return {
        element: tuple(sign for sign in listed if element in elements_of(sign))
        for element in Element
    }


def elements_of(sign: Indicator) -> frozenset[Element]:
    """Return the elements a sign speaks of; a reminder or a sign of a trait speaks of none."""
    if not sign.may_trigger:
        return frozenset()
    named = {one for one in Element if one.value in sign.element.split("_")}
    return frozenset(named | ({Element.ACT} if sign.dimension in ACTS else set()))
