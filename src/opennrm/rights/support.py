"""Rules on who is taken in, on her plan, and on coming back; nothing here sees co-operation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import (
    BACKGROUND_NOTE,
    REPORT_2006,
    REPORT_2009,
    project,
    stated,
)

TWO_HOUSES = 2
NEW_PROOF = frozenset({"proof_asked", "screening", "statement", "decision", "documents"})


@dataclass(frozen=True, slots=True)
class TakingSituation:
    """Whom a service takes: the groups it leaves out, and how many houses agreed to that.

    `left_out` holds forms of exploitation or words for sexes; None when the service never said.
    `others_take` tells whether another service of the same kind takes every group left out.
    """

    left_out: frozenset[str] | None
    agreeing_houses: int = 0
    others_take: bool | None = None


@dataclass(frozen=True, slots=True)
class PlanSituation:
    """A plan: whether anything in it is her own, and whether it was talked over with her."""

    has_own_entry: bool | None = None
    was_discussed: bool | None = None
    has_language: bool | None = None


@dataclass(frozen=True, slots=True)
class ComingBackSituation:
    """A person who may have been helped before, and what someone wants to see first.

    `asked_for` holds what help would wait for; None when nobody said.
    """

    came_back: bool | None
    asked_for: frozenset[str] | None = frozenset()


def every_form_taken(situation: TakingSituation, on: date) -> Finding:
    """Find whether a service leaves out a form of exploitation (R04)."""
    if situation.left_out is None:
        return not_known(
            "R04",
            "not_said",
            "state_service",
            "This service has not said which forms of exploitation it takes. Ask it.",
        )
    if not situation.left_out or situation.agreeing_houses >= TWO_HOUSES:
        return holds("R04")
    return broken(
        "R04",
        "form_left_out",
        "offer_elsewhere",
        "Help is for every form of exploitation, and a service leaves one out. Offer another "
        "service now, and tell the national co-ordinator of the gap.",
    )


def every_sex_taken(situation: TakingSituation, on: date) -> Finding:
    """Find whether women, men, girls, boys and transgender persons all have a place (R05)."""
    if situation.left_out is not None and not situation.left_out:
        return holds("R05")
    if situation.left_out is None or situation.others_take is None:
        return not_known(
            "R05",
            "not_said",
            "state_service",
            "It is not known who takes men, women and transgender persons here. Ask the services.",
        )
    if situation.others_take:
        return holds("R05", "others_take")
    return broken(
        "R05",
        "no_place_for_sex",
        "offer_elsewhere",
        "Help is for every sex, and no service here takes this group. Look for a place elsewhere, "
        "and tell the national co-ordinator of the gap.",
    )


def plan_is_her_own(situation: PlanSituation, on: date) -> Finding:
    """Find whether a plan holds anything of her own beside ticked goals (R10)."""
    if situation.has_own_entry:
        return holds("R10")
    if situation.has_own_entry is None:
        return not_known(
            "R10",
            "entries_not_known",
            "look_at_plan",
            "It is not recorded whether the plan says anything of her own. Look at it with her.",
        )
    return broken(
        "R10",
        "no_own_entry",
        "add_own_entry",
        "The plan is hers, and it holds ticked goals only. Add what she wants, in her words, or "
        "the steps agreed with her.",
    )


def plan_was_talked_over(situation: PlanSituation, on: date) -> Finding:
    """Find whether she saw and shaped her plan, in a language she understands (R12)."""
    if situation.was_discussed is False:
        return broken(
            "R12",
            "not_talked_over",
            "talk_over_plan",
            "She decides on her plan, and it was not talked over with her yet. Do so, and record "
            "the day, the language and what she says.",
        )
    if situation.was_discussed is None or not situation.has_language:
        return not_known(
            "R12",
            "talk_not_recorded",
            "talk_over_plan",
            "It is not recorded when and in which language the plan was talked over. Record it.",
        )
    return holds("R12")


def no_new_proof(situation: ComingBackSituation, on: date) -> Finding:
    """Find whether a person who comes back is asked to prove anything again (R13)."""
    if situation.came_back is False:
        return holds("R13")
    if situation.came_back is None or situation.asked_for is None:
        return not_known(
            "R13",
            "history_not_asked",
            "help_now",
            "It is not known whether she was helped before. Help now; the door is open.",
        )
    if situation.asked_for & NEW_PROOF:
        return broken(
            "R13",
            "proof_asked_again",
            "help_now",
            "She was helped before and has come back. Nothing has to be proven again, and an old "
            "decision is not argued anew. Offer the help.",
        )
    return holds("R13")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "taking": TakingSituation,
    "plan": PlanSituation,
    "coming_back": ComingBackSituation,
}
RULES = (
    Rule(
        "R04",
        Chapter.ACCESS,
        "All forms of exploitation",
        (Action.WARN, Action.REPORT),
        override=(Override.TWO_PEOPLE,),
        sources=(stated(REPORT_2006), stated(BACKGROUND_NOTE), stated(REPORT_2009)),
        check=every_form_taken,
        tells_her="You have a right to help whatever was done to you: in a house, a field, "
        "a factory, on the street or anywhere else.",
        enforced_at=("gaps", "warnings"),
    ),
    Rule(
        "R05",
        Chapter.ACCESS,
        "Men, boys, transgender persons have access too",
        (Action.REPORT, Action.WARN),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2006),),
        check=every_sex_taken,
        tells_her="Help is for women, men, girls, boys and transgender persons alike. "
        "If one place cannot take you, another is looked for.",
        enforced_at=("gaps", "warnings"),
    ),
    Rule(
        "R10",
        Chapter.ACCESS,
        "Individual plan, not one package",
        (Action.WARN,),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(BACKGROUND_NOTE), stated(REPORT_2009)),
        check=plan_is_her_own,
        tells_her="Your plan is made for you alone. It says what you want, not only what is "
        "usually offered.",
        enforced_at=("warnings",),
    ),
    Rule(
        "R12",
        Chapter.ACCESS,
        "The person sees and shapes her plan",
        (Action.WARN,),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2009),),
        check=plan_was_talked_over,
        tells_her="Your plan is talked over with you, in a language you understand. You can "
        "change it at any time.",
        enforced_at=("warnings",),
    ),
    Rule(
        "R13",
        Chapter.ACCESS,
        "Re-trafficked persons come back without new proof",
        (Action.DEFAULT,),
        sources=(
            stated(REPORT_2006),
            stated(REPORT_2009),
            project("Reading 0007 of this project"),
        ),
        check=no_new_proof,
        tells_her="If you left and need help again, you can come back. You do not have to prove "
        "anything a second time.",
        enforced_at=("answer_offer", "acknowledge_referral"),
    ),
)
