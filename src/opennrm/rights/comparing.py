"""Rules on asking States and adding up what they say: ask once, and add only what is alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import REPORT_2006, REPORT_2009, stated


@dataclass(frozen=True, slots=True)
class AskedSituation:
    """A question put to a State: how many other monitors hold an answer to it already."""

    held_elsewhere: int | None


@dataclass(frozen=True, slots=True)
class TotalSituation:
    """Numbers to be added up: how many periods, units and definitions they have."""

    periods: int | None
    units: int | None
    definitions: int | None
    has_caveat: bool = False


def not_asked_twice(situation: AskedSituation, on: date) -> Finding:
    """Find whether another monitor holds the answer already (R79)."""
    if situation.held_elsewhere is None:
        return not_known(
            "R79",
            "monitors_not_looked_up",
            "look_up_answers",
            "Nobody looked yet whether another monitor holds this answer. Look it up first.",
        )
    if situation.held_elsewhere:
        return broken(
            "R79",
            "held_elsewhere",
            "use_earlier_answer",
            "Another monitor holds an answer to this. Read it and ask only what it leaves open.",
        )
    return holds("R79")


def adds_only_what_is_alike(situation: TotalSituation, on: date) -> Finding:
    """Find whether numbers are the same kind of number (R80)."""
    kinds = (situation.periods, situation.units, situation.definitions)
    if situation.has_caveat and situation.units is not None and situation.units <= 1:
        return holds("R80", "caveat_printed")
    if None in kinds:
        return not_known(
            "R80",
            "kind_not_known",
            "ask_period_and_definition",
            "It is not known for which period and by which definition each number was counted."
            " Ask, or print the caveat.",
        )
    if any(number is not None and number > 1 for number in kinds):
        return broken(
            "R80",
            "not_comparable",
            "print_caveat",
            "These numbers have different periods, units or definitions and must not be added up."
            " Show them one by one, or print with the total why it is not comparable.",
        )
    return holds("R80")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "asked": AskedSituation,
    "total": TotalSituation,
}
RULES = (
    Rule(
        "R79",
        Chapter.SYSTEM,
        "Avoid double reporting",
        (Action.WARN,),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2009),),
        check=not_asked_twice,
        tells_her="People who help you should spend their days on you, not on answering the same "
        "question twice.",
        enforced_at=("already_held",),
    ),
    Rule(
        "R80",
        Chapter.SYSTEM,
        "Numbers that cannot be compared are not added up",
        (Action.BLOCK, Action.JUSTIFY),
        sources=(stated(REPORT_2006),),
        check=adds_only_what_is_alike,
        tells_her="Nobody adds up numbers about people like you that do not mean the same.",
        enforced_at=("total_of",),
        unknown_stops=True,
    ),
)
