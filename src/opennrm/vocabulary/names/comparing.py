"""Says how alike two names are, whatever script and spelling they are written in."""

from collections.abc import Callable
from itertools import product

from rapidfuzz.distance import JaroWinkler

from opennrm.vocabulary.names.arabic import is_arabic
from opennrm.vocabulary.names.folding import fold, skeleton

ALIKE = 0.85
CONSONANT_SHARE = 0.25
CONSONANT_SHARE_WITHOUT_VOWELS = 0.5


def likeness_to(sought: str) -> Callable[[str], float]:
    """Return a measure of how alike other names are to one name, from 0 to 1.

    Jaro-Winkler over the folded parts. Consonants count beside the whole, since vowels change
    from clerk to clerk; between Arabic and another script they count as much, because short
    vowels are not written in Arabic. Measured on 227 pairs of one name and 8,029 of two: 221
    found, 29 false.
    """
    arabic, folded, readings = is_arabic(sought), fold(sought), _readings(sought)

    def measure(name: str) -> float:
        if is_arabic(name) == arabic:
            return _weighed(folded, fold(name), CONSONANT_SHARE)
        pairs = product(readings, _readings(name))
        return max(_weighed(*pair, CONSONANT_SHARE_WITHOUT_VOWELS) for pair in pairs)

    return measure


def likeness(first: str, second: str) -> float:
    """Return how alike two names are, from 0 to 1."""
    return likeness_to(first)(second)


def are_alike(first: str, second: str) -> bool:
    """Tell whether two names may be one; a person looks and decides, never this function."""
    return likeness(first, second) >= ALIKE


def _weighed(left: str, right: str, share: float) -> float:
    if not left or not right:
        return 0.0
    whole = JaroWinkler.similarity(left, right)
    consonants = JaroWinkler.similarity(skeleton(left), skeleton(right))
    return max(whole, (1 - share) * whole + share * consonants)


def _readings(name: str) -> set[str]:
    """Return the folded readings: in names from Arabic, j may be heard as in Jamila."""
    return {fold(name), fold(name.lower().replace("j", "zh"))}
