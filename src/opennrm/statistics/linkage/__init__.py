"""Which records are likely of one person, why, and what that does to counts; nothing is merged."""

from opennrm.statistics.linkage.links import Decision, contradictions, persons, standing
from opennrm.statistics.linkage.matching import (
    Answer,
    Line,
    Match,
    compare,
    find_like,
    find_pairs,
)
from opennrm.statistics.linkage.records import Agreement, Record
from opennrm.statistics.linkage.reviewing import Distinct, Rate, distinct_persons, rate
from opennrm.statistics.linkage.weights import USUAL, Weights, learn

__all__ = [
    "USUAL",
    "Agreement",
    "Answer",
    "Decision",
    "Distinct",
    "Line",
    "Match",
    "Rate",
    "Record",
    "Weights",
    "compare",
    "contradictions",
    "distinct_persons",
    "find_like",
    "find_pairs",
    "learn",
    "persons",
    "rate",
    "standing",
]
