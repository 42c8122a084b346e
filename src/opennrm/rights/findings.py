"""What a rule answers: it holds, it is broken, or it is not known yet, with reason and remedy."""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """The three answers of a rule; missing data never counts against the person."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of one rule: coded reason and remedy, and a sentence a worker can read out."""

    rule: str
    answer: Answer
    reason: str = ""
    remedy: str = ""
    says: str = ""

    @property
    def holds(self) -> bool:
        """Tell whether the rule is kept."""
        return self.answer is Answer.HOLDS

    @property
    def is_broken(self) -> bool:
        """Tell whether the rule would be broken."""
        return self.answer is Answer.BROKEN


def holds(rule: str, reason: str = "", says: str = "") -> Finding:
    """Answer that the rule is kept."""
    return Finding(rule, Answer.HOLDS, reason, says=says)


def broken(rule: str, reason: str, remedy: str, says: str) -> Finding:
    """Answer that the rule would be broken, and what to do instead."""
    return Finding(rule, Answer.BROKEN, reason, remedy, says)


def not_known(rule: str, reason: str, remedy: str, says: str) -> Finding:
    """Answer that it is not known yet, and what would make it known."""
    return Finding(rule, Answer.NOT_KNOWN, reason, remedy, says)
