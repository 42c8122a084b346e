"""Rules on signs in removal procedures, on permits, and on the door to asylum."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, EU, REPORT_2006, REPORT_2009, known, stated

WITH_SIGNS = frozenset(
    {
        "presumed",
        "reasonable_grounds_pending",
        "reasonable_grounds_positive",
        "identified",
        "reconsideration_pending",
        "withdrawn_by_person",
    }
)
FOLLOWED_UP = frozenset({"reasonable_grounds_negative", "not_identified"})
AGREES = "agrees"
CO_OPERATION = "co-operation"


@dataclass(frozen=True, slots=True)
class SignSituation:
    """A removal, detention or transfer about to be authorised, and where identification stands.

    `second_opinion` is what a second person of another house said of exactly this act.
    """

    identification: str | None
    second_opinion: str | None = None


@dataclass(frozen=True, slots=True)
class PermitSituation:
    """The grounds an application for a permit rests on; None when none was named yet."""

    grounds: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class AsylumDoorSituation:
    """Whether grounds were found, whether she is a national here, and when she was told."""

    grounds_found: bool
    is_national: bool | None
    told_on: date | None = None


def signs_followed_up(situation: SignSituation, on: date) -> Finding:
    """Find whether signs of trafficking hold a removal until someone else has agreed (R21)."""
    status = situation.identification
    if status in FOLLOWED_UP or situation.second_opinion == AGREES:
        return holds("R21")
    if status in WITH_SIGNS:
        return broken(
            "R21",
            "signs_not_followed_up",
            "ask_second_person",
            "There are signs that this person was trafficked. Tell the competent authority, and "
            "ask a second person of another office before anything is authorised.",
        )
    return not_known(
        "R21",
        "not_screened_yet",
        "screen_first",
        "It is not known whether there are signs of trafficking. Screen first, in private and "
        "with an interpreter.",
    )


def both_grounds_offered(situation: PermitSituation, on: date) -> Finding:
    """Find whether a permit is asked for on more than co-operation alone (R29)."""
    if not situation.grounds:
        return not_known(
            "R29",
            "ground_not_named",
            "offer_both_grounds",
            "Say on what the application rests. Explain both grounds to her: her personal "
            "situation, and co-operation.",
        )
    if situation.grounds == {CO_OPERATION}:
        return broken(
            "R29",
            "only_co_operation",
            "add_personal_situation",
            "The application rests on co-operation alone, so the permit could end with the "
            "criminal case. Ask her whether to add her personal situation.",
        )
    return holds("R29")


def asylum_door_shown(situation: AsylumDoorSituation, on: date) -> Finding:
    """Find whether a person who is no national here was told of asylum (R30)."""
    if not situation.grounds_found or situation.is_national or situation.told_on is not None:
        return holds("R30")
    if situation.is_national is None:
        return not_known(
            "R30",
            "nationality_not_known",
            "tell_of_asylum",
            "It is not known whether she is a national here. Telling her of asylum does no harm: "
            "tell her, and record the day.",
        )
    return broken(
        "R30",
        "not_told_of_asylum",
        "tell_of_asylum",
        "She may have a right to asylum, and nobody has recorded that she was told. Tell her in "
        "her language; a permit never stands in the way of a claim.",
    )


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "sign_in_removal": SignSituation,
    "permit": PermitSituation,
    "asylum_door": AsylumDoorSituation,
}
RULES = (
    Rule(
        "R21",
        Chapter.IDENTIFICATION,
        "Signs in migration and detention settings are followed up",
        (Action.HOLD,),
        (Override.TWO_PEOPLE,),
        sources=(stated(REPORT_2006),),
        check=signs_followed_up,
        tells_her="If there are signs that you were trafficked, nobody may send you away or lock "
        "you up on one person's word. Someone trained must look into it first.",
        enforced_at=("authorise_removal_task", "authorise_return"),
        unknown_stops=True,
    ),
    Rule(
        "R29",
        Chapter.RECOVERY,
        "Permit on personal situation is offered besides co-operation",
        (Action.DEFAULT, Action.WARN),
        (Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2009), stated(REPORT_2006), known(COE + "14(1)")),
        check=both_grounds_offered,
        tells_her="You can ask to stay because of your own situation. You do not have to help the "
        "police for that.",
        enforced_at=("warnings",),
    ),
    Rule(
        "R30",
        Chapter.RECOVERY,
        "Asylum door shown to everyone",
        (Action.WARN,),
        (Override.NOT_APPLICABLE,),
        sources=(known(COE + "14(5)"), known(EU + "11a")),
        check=asylum_door_shown,
        tells_her="You are told that you can ask for asylum, and how. Asking for it takes no help "
        "away from you.",
        enforced_at=("warnings",),
    ),
)
