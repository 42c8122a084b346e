"""Sorts a short list of indicators by how one comes to know them: seen, heard, asked with care."""

from collections.abc import Mapping

from opennrm.indicators.catalogue import Indicator, indicators
from opennrm.indicators.groups import asks_with_care, fast_screening
from opennrm.vocabulary.code import Code
from opennrm.vocabulary.screening import Population


class Manner(Code):
    """How somebody comes to know a sign, in the order in which a meeting goes."""

    SEEN = "seen", "What can be seen"
    HEARD = "heard", "What the person says"
    ASKED = "asked", "What is asked only with care"


# Signs of the general lists that somebody at a counter or at a workplace can see without asking.
# The choice is this project's; the lists themselves do not say how a sign comes to be known.
VISIBLE: Mapping[Population, tuple[str, ...]] = {
    Population.ADULT: (
        "UNODC-GEN-03",
        "UNODC-GEN-18",
        "UNODC-GEN-19",
        "UNODC-GEN-05",
        "UNODC-GEN-07",
        "UNODC-GEN-13",
        "UNODC-GEN-27",
        "UNODC-LAB-03",
        "UNODC-LAB-12",
    ),
    Population.CHILD: (
        "UNODC-CHI-01",
        "UNODC-CHI-02",
        "UNODC-CHI-11",
        "UNODC-CHI-09",
        "UNODC-CHI-06",
        "UNODC-GEN-18",
        "UNODC-GEN-07",
        "UNODC-GEN-13",
    ),
}


def signs_by_manner(population: Population) -> Mapping[Manner, tuple[Indicator, ...]]:
    """Return the signs of a first meeting under how they come to be known, each once.

    A child is asked about none of them: what may harm when it is asked stands among what a child
    may say unasked, and is written down by whoever hears it.
    """
    seen = tuple(indicators()[key] for key in VISIBLE[population])
    short = (sign for group in fast_screening(population) for sign in group.indicators)
    told = [sign for sign in short if sign not in seen]
    careful = [sign for sign in told if asks_with_care(sign)]
    if population is Population.CHILD:
        return {Manner.SEEN: seen, Manner.HEARD: tuple(told), Manner.ASKED: ()}
    heard = tuple(sign for sign in told if sign not in careful)
    return {Manner.SEEN: seen, Manner.HEARD: heard, Manner.ASKED: tuple(careful)}
