"""Rules on what a child is never asked or refused, and on a child who goes missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Rule
from opennrm.rights.sources import COE, REPORT_2009, known, stated

NEGATIVE = frozenset({"negative", "not_identified"})
NO_MEANS = "no_means"
NEVER_A_GROUND = frozenset(
    {
        *("no_place_for_sex", "sex", "gender", "ethnicity", "origin", "nationality"),
        *("status", "immigration_status", "religion"),
    }
)


@dataclass(frozen=True, slots=True)
class MeansSituation:
    """A decision on a person: what it says, its coded reasons, and whether she is a child."""

    is_child: bool | None
    outcome: str
    reasons: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChildRefusal:
    """A service refused to a person: on which grounds, and whether she is a child."""

    is_child: bool | None
    grounds: frozenset[str] | None = frozenset()


@dataclass(frozen=True, slots=True)
class MissingSituation:
    """A child who is not where she should be: who was reached, and who was not yet."""

    is_found: bool = False
    police_told: bool | None = None
    guardian_told: bool | None = None
    has_guardian: bool = True


@dataclass(frozen=True, slots=True)
class ReturnInterview:
    """A talk with a child who came back: whether those who hear her are another house."""

    is_own_house: bool | None


def means_not_required(situation: MeansSituation, on: date) -> Finding:
    """Find whether a no to a child rests on missing means (R37)."""
    if situation.outcome not in NEGATIVE or NO_MEANS not in situation.reasons:
        return holds("R37")
    if situation.is_child is False:
        return holds("R37")
    if situation.is_child is None:
        return not_known(
            "R37",
            "child_not_known",
            "look_at_age",
            "It is not known whether this is a child. For a child no means are asked for.",
        )
    return broken(
        "R37",
        "means_asked_of_child",
        "decide_without_means",
        "A child does not have to be forced or deceived to be trafficked: act and purpose are "
        "enough. Look at these two, and decide without the means.",
    )


def protected_regardless(situation: ChildRefusal, on: date) -> Finding:
    """Find whether a child is refused on status, sex or origin (R38)."""
    if situation.is_child is False:
        return holds("R38")
    if situation.grounds is None:
        return not_known(
            "R38",
            "grounds_not_said",
            "record_grounds",
            "Nobody said why the child was refused. Ask for the reason; help goes on.",
        )
    if not situation.grounds & NEVER_A_GROUND:
        return holds("R38")
    if situation.is_child is None:
        return not_known(
            "R38",
            "child_not_known",
            "look_at_age",
            "It is not known whether this is a child. A child is never refused on this ground.",
        )
    return broken(
        "R38",
        "child_refused_on_ground",
        "accept_or_find_place",
        "A child is protected whatever her status, sex or origin, so this is no reason to "
        "refuse. Accept, or find another place with the child-protection service. If she was "
        "refused all the same, record that as a breach; it is counted.",
    )


def missing_is_reported(situation: MissingSituation | ReturnInterview, on: date) -> Finding:
    """Find whether a missing child is reported, and heard by others when she is back (R39)."""
    if isinstance(situation, ReturnInterview):
        return _heard_by_others(situation)
    if situation.is_found:
        return holds("R39")
    missing = situation.police_told is False
    unguarded = situation.has_guardian and situation.guardian_told is False
    if missing or unguarded:
        return broken(
            "R39",
            "missing_not_reported",
            "call_police_and_guardian",
            "A child is missing, and the police or the guardian were not reached. Call them now "
            "and note each call.",
        )
    if situation.police_told is None or (
        situation.has_guardian and situation.guardian_told is None
    ):
        return not_known(
            "R39",
            "report_not_known",
            "call_police_and_guardian",
            "It is not noted whether police and guardian know that the child is missing. Call "
            "them, and note the police number.",
        )
    return holds("R39")


def _heard_by_others(situation: ReturnInterview) -> Finding:
    if situation.is_own_house is None:
        return not_known(
            "R39",
            "house_not_known",
            "name_house",
            "It is not noted from which house the child went missing. Make sure that she is "
            "heard by somebody else.",
        )
    if situation.is_own_house:
        return broken(
            "R39",
            "interviewer_not_independent",
            "ask_independent_person",
            "A child who went missing tells why to somebody who is not of the house she left. "
            "Ask the guardian or the child-protection service to hear her.",
        )
    return holds("R39")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "means": MeansSituation,
    "child_refusal": ChildRefusal,
    "missing_child": MissingSituation,
    "return_interview": ReturnInterview,
}
RULES = (
    Rule(
        "R37",
        Chapter.CHILDREN,
        "Means not required for a child",
        (Action.BLOCK,),
        sources=(known("Palermo Protocol art. 3(c)"), known(COE + "4(c)")),
        check=means_not_required,
        tells_her="If you are under 18, you do not have to show that you were forced or lied to.",
        enforced_at=("decide_reasonable_grounds", "identify"),
    ),
    Rule(
        "R38",
        Chapter.CHILDREN,
        "Protection regardless of status, sex, ethnicity",
        (Action.BLOCK, Action.REPORT),
        sources=(stated(REPORT_2009),),
        check=protected_regardless,
        tells_her="You get help whether you are a boy or a girl, wherever you come from and "
        "whatever papers you have.",
        enforced_at=("answer_offer", "acknowledge_referral"),
    ),
    Rule(
        "R39",
        Chapter.CHILDREN,
        "A missing child is reported and looked for",
        (Action.TIMER, Action.BLOCK),
        sources=(stated(REPORT_2009),),
        check=missing_is_reported,
        tells_her="If you go missing, people look for you at once. When you are back, you can "
        "tell somebody who has nothing to do with the place you left.",
        enforced_at=("hold_return_interview", "T18", "T18R", "warnings"),
    ),
)
