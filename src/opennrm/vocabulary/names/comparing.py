"""Says how alike two names are, whatever script and spelling they are written in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from opennrm.vocabulary.names.arabic import is_arabic
from opennrm.vocabulary.names.folding import fold, skeleton

ALIKE = 0.85
CONSONANT_SHARE = 0.25
CONSONANT_SHARE_WITHOUT_VOWELS = 0.5


# Changes with what is folded and how: what was folded otherwise is folded again.
FOLDING = 1


@dataclass(frozen=True, slots=True)
class FoldedName:
    """A name in the letters it is compared by, and how else it may be heard."""

    is_arabic: bool
    readings: tuple[str, ...]


def folded(name: str) -> FoldedName:
    """Fold a name for comparing; in names from Arabic, j may be heard as in Jamila."""
    readings = (fold(name), fold(name.lower().replace("j", "zh")))
    return FoldedName(is_arabic(name), tuple(dict.fromkeys(readings)))


def likeness_to(sought: str, *, at_least: float = 0.0) -> Callable[[FoldedName], float]:
    """Return a measure of how alike other names are to one name, from 0 to 1.

    Jaro-Winkler over the folded parts. Consonants count beside the whole, since vowels change
    from clerk to clerk; between Arabic and another script they count as much, because short
    vowels are not written in Arabic. Measured on 227 pairs of one name and 8,029 of two: 221
    found, 29 false. What cannot reach `at_least` is not measured to the end: it stays below it.
    """
    own = folded(sought)

    def measure(name: FoldedName) -> float:
        if name.is_arabic == own.is_arabic:
            return _weighed(own.readings[0], name.readings[0], CONSONANT_SHARE, at_least)
        pairs = product(own.readings, name.readings)
        share = CONSONANT_SHARE_WITHOUT_VOWELS
        return max(_weighed(*pair, share, at_least) for pair in pairs)

    return measure


def alike_readings(
    heard: Sequence[str], readings: Sequence[str], *, same_script: bool, at_least: float
) -> Iterator[tuple[int, float]]:
    """Yield where among many readings one stands that is alike to one heard, and how alike.

    The measure is that of `likeness_to`. What cannot reach `at_least` even with all its
    consonants alike is passed over without being measured to the end.
    """
    share = CONSONANT_SHARE if same_script else CONSONANT_SHARE_WITHOUT_VOWELS
    whole = (at_least - share) / (1 - share) - 1e-9
    for one in filter(None, heard):
        consonants = skeleton(one)
        near = process.extract(
            one, readings, scorer=JaroWinkler.similarity, score_cutoff=whole, limit=None
        )
        for reading, score, place in near:
            found = max(score, (1 - share) * score + share * _alike(consonants, reading))
            if found >= at_least:
                yield place, found


def likeness(first: str, second: str) -> float:
    """Return how alike two names are, from 0 to 1."""
    return likeness_to(first)(folded(second))


def are_alike(first: str, second: str) -> bool:
    """Tell whether two names may be one; a person looks and decides, never this function."""
    return likeness(first, second) >= ALIKE


def _weighed(left: str, right: str, share: float, at_least: float) -> float:
    if not left or not right:
        return 0.0
    whole = JaroWinkler.similarity(left, right)
    if whole + share * (1 - whole) < at_least:
        return whole
    return max(whole, (1 - share) * whole + share * _alike(skeleton(left), right))


def _alike(consonants: str, reading: str) -> float:
    return JaroWinkler.similarity(consonants, skeleton(reading))
