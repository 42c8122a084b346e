"""Rules on children."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Rule
from opennrm.rights.sources import COE, EU, known, read

CHILD = frozenset({"child", "presumed_child"})


@dataclass(frozen=True, slots=True)
class AgeSituation:
    """What is known of a person's age: whether it is in doubt, and the status recorded."""

    is_in_doubt: bool | None
    age_status: str | None = None


def age_status_for(majority: str | None, is_in_doubt: bool | None) -> str | None:
    """Return the age status to record: a person whose age is in doubt is a presumed child."""
    if is_in_doubt and majority != "child":
        return "presumed_child"
    return majority if majority in ("child", "adult") else None


def presumed_minor(situation: AgeSituation, on: date) -> Finding:
    """Find whether a person whose age is in doubt is treated as a child (R31)."""
    if situation.age_status in CHILD or situation.is_in_doubt is False:
        return holds("R31")
    if situation.is_in_doubt is None:
        return not_known(
            "R31",
            "age_not_asked",
            "look_at_age",
            "Nobody said whether her age is in doubt. If it may be, treat her as a child.",
        )
    return broken(
        "R31",
        "doubt_not_given",
        "presume_child",
        "Her age is in doubt, so she is treated as a child until it is verified.",
    )


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "age": AgeSituation,
}
RULES = (
    Rule(
        "R31",
        Chapter.CHILDREN,
        "A person whose age is in doubt is treated as a child",
        (Action.DEFAULT,),
        sources=(
            known(COE + "10(3)"),
            known(EU + "13(2)"),
            read("Parliamentary Assembly of the Council of Europe"),
            read("UNICEF Guidelines on the Protection of Child Victims of Trafficking"),
        ),
        check=presumed_minor,
    ),
)
