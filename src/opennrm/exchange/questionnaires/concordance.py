"""Which question of one round answers to which of another, and whether their numbers compare."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from opennrm.exchange.questionnaires.question import CHOOSING, Question, Questionnaire


class Match(StrEnum):
    """How far two questions are the same."""

    SAME = "same"
    REWORDED = "reworded"
    CHANGED = "changed"


COMPARABLE = frozenset({Match.SAME, Match.REWORDED})


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as one version of a questionnaire asks it."""

    questionnaire: str
    version: int
    code: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two questions that somebody judged, with how they match and why.

    ``options`` says which answer of the second stands for which of the first, where they differ.
    """

    first: Asked
    second: Asked
    match: Match
    note: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


class NotComparable(Exception):
    """Two questions must not be compared; the message says why."""


def pair_of(entry: Mapping[str, Any]) -> Pair:
    """Read one judged pair from plain mappings.

    :raises ValueError: when the pair is not written as it should be.
    """
    try:
        return Pair(
            first=_asked(entry["first"]),
            second=_asked(entry["second"]),
            match=Match(entry["match"]),
            note=str(entry.get("note", "")),
            options={str(old): str(new) for old, new in entry.get("options", {}).items()},
        )
    except KeyError as error:
        raise ValueError(f"A pair of questions needs {error.args[0]}.") from error


def unfounded(pair: Pair, first: Question, second: Question) -> list[str]:
    """List why two questions cannot be comparable although somebody judged that they are."""
    if pair.match not in COMPARABLE:
        return []
    found = []
    if first.kind is not second.kind:
        found.append(f"One asks for {first.kind}, the other for {second.kind}.")
    if first.unit != second.unit:
        found.append(
            f"One counts {first.unit or 'nothing'}, the other {second.unit or 'nothing'}."
        )
    if first.definition != second.definition:
        found.append("Their definitions differ.")
    if first.kind in CHOOSING and second.kind in CHOOSING:
        found += _option_gaps(pair, first, second)
    return found


def matched(
    wanted: Asked, other: Questionnaire, pairs: tuple[Pair, ...], question: Question
) -> tuple[Question, Mapping[str, str]]:
    """Find the question of another version that may be compared, and how its options translate.

    :raises NotComparable: when no judged pair allows it.
    """
    for pair in pairs:
        found = _other_side(pair, wanted, other)
        if found is None:
            continue
        code, options, first_is_wanted = found
        second = other.question(code)
        if pair.match not in COMPARABLE:
            raise NotComparable(pair.note or "The question was changed between these rounds.")
        sides = (question, second) if first_is_wanted else (second, question)
        reasons = unfounded(pair, *sides)
        if reasons:
            raise NotComparable(" ".join(reasons))
        return second, options
    raise NotComparable("Nobody judged yet whether a question of this round asks the same.")


def _other_side(
    pair: Pair, wanted: Asked, other: Questionnaire
) -> tuple[str, Mapping[str, str], bool] | None:
    """Return the other question of a pair with the way from its options to the wanted ones."""
    there = (other.key, other.version)
    if pair.first == wanted and (pair.second.questionnaire, pair.second.version) == there:
        return pair.second.code, {new: old for old, new in pair.options.items()}, True
    if pair.second == wanted and (pair.first.questionnaire, pair.first.version) == there:
        return pair.first.code, dict(pair.options), False
    return None


def _option_gaps(pair: Pair, first: Question, second: Question) -> list[str]:
    mapped = {pair.options.get(one.code, one.code) for one in first.options}
    there = {one.code for one in second.options}
    gone = sorted(mapped ^ there)
    return [f"These answers are offered in one round only: {', '.join(gone)}."] if gone else []


def _asked(entry: Mapping[str, Any]) -> Asked:
    return Asked(str(entry["questionnaire"]), int(entry["version"]), str(entry["code"]))
