"""What a rights rule is: an id, a label, sources, dates in force, what the software does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from opennrm.rights.findings import Answer, Finding
from opennrm.vocabulary.code import Verification

Check = Callable[[Any, date], Finding]


class Action(StrEnum):
    """What the software does about a rule."""

    BLOCK = "block"
    HOLD = "hold"
    JUSTIFY = "justify"
    WARN = "warn"
    TIMER = "timer"
    REPORT = "report"
    DEFAULT = "default"


class Override(StrEnum):
    """Who may go on in spite of a rule."""

    NONE = "none"
    TWO_PEOPLE = "2p"
    IMMINENT_DANGER = "imminent"
    COURT_ORDER = "court_order"
    OWN_REQUEST = "own_request"
    NOT_APPLICABLE = "not_applicable"


class Chapter(StrEnum):
    """The chapters of the rules."""

    ACCESS = "Access to help"
    IDENTIFICATION = "Identification"
    RECOVERY = "Recovery, reflection, residence"
    CHILDREN = "Children"
    PRIVACY = "Data, confidentiality, consent"
    JUSTICE = "Justice, non-punishment, redress"
    SAFE_RETURN = "Return"
    SYSTEM = "Plans, prevention, monitoring"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, and how far that was checked."""

    text: str
    verification: Verification


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; without a check it is planned, and never shown as enforced.

    `tells_her` explains it to the person it protects; `enforced_at` names the use cases, timers
    and pages that ask it; `lives_in` names the room of a rule that no case work asks.
    """

    rule: str
    chapter: Chapter
    label: str
    actions: tuple[Action, ...]
    override: tuple[Override, ...] = (Override.NONE,)
    sources: tuple[Source, ...] = ()
    check: Check | None = None
    tells_her: str = ""
    enforced_at: tuple[str, ...] = ()
    lives_in: str = ""
    unknown_stops: bool = False
    from_on: date | None = None
    until_on: date | None = None

    @property
    def is_enforced(self) -> bool:
        """Tell whether the rule is asked by use cases today."""
        return self.check is not None

    def is_in_force(self, on: date) -> bool:
        """Tell whether the rule stands on a day; its end is excluded."""
        started = self.from_on is None or self.from_on <= on
        return started and (self.until_on is None or on < self.until_on)

    def stops(self, finding: Finding) -> bool:
        """Tell whether an answer stops the act; where the act may harm, not knowing stops it."""
        return finding.is_broken or (self.unknown_stops and finding.answer is Answer.NOT_KNOWN)
