"""Rules on return: assessed, chosen, with remedies kept, and received by someone."""

from collections.abc import Callable, Mapping
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.return_situations import (
    AssessmentSituation,
    ChoiceSituation,
    OutcomeSituation,
    ReceptionSituation,
    RemediesSituation,
)
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import (
    BACKGROUND_NOTE,
    COE,
    GUIDELINES,
    REPORT_2006,
    REPORT_2009,
    known,
    read,
    stated,
)

PRINCIPLES = "ODIHR, Guiding Principles on Return, 2014, principle "
FORCED = "by_authority"
CHOSEN = frozenset({"voluntary", "assisted"})
AGREES = "agrees"


def assessed(situation: AssessmentSituation, on: date) -> Finding:
    """Find whether a signed, fresh assessment by another body carries a return (R61)."""
    until = situation.valid_until
    if situation.is_signed is None or until is None:
        return not_known(
            "R61",
            "not_assessed",
            "assess_risk_of_return",
            "Nobody has assessed yet what could happen to her there. Ask a body that does not "
            "carry out the return to assess it, best with an NGO.",
        )
    if not situation.is_signed:
        return broken(
            "R61",
            "assessment_not_signed",
            "sign_assessment",
            "The risk assessment is not signed. Whoever made it signs it first.",
        )
    if until <= on:
        return broken(
            "R61",
            "assessment_too_old",
            "assess_again",
            "The risk assessment is too old to rely on. Assess again what could happen to her.",
        )
    return _by_whom(situation)


def _by_whom(situation: AssessmentSituation) -> Finding:
    if situation.by_other_body is False:
        return broken(
            "R61",
            "assessor_is_remover",
            "ask_other_body",
            "Whoever asks for or authorises a return does not assess its risks. Ask another body.",
        )
    if situation.by_other_body is None or situation.ngo_input is None:
        return not_known(
            "R61",
            "assessor_or_input_not_known",
            "note_ngo_input",
            "Say who assessed the risks, and what an NGO said; if none could be asked, say that.",
        )
    return holds("R61")


def voluntary(situation: ChoiceSituation, on: date) -> Finding:
    """Find whether a return called voluntary rests on her own informed choice (R62)."""
    if situation.comes_about == FORCED:
        return holds("R62", "not_called_voluntary")
    if situation.comes_about not in CHOSEN or situation.wish is None:
        return not_known(
            "R62",
            "choice_not_known",
            "ask_her",
            "She has not said what she wants. Tell her what else she can do, then ask her.",
        )
    if situation.is_taken_back or situation.wish != "return":
        return broken(
            "R62",
            "does_not_choose_return",
            "stop_return",
            "She does not choose to return, so this return is not voluntary. Stop it, and talk "
            "with her about staying.",
        )
    return _informed(situation, on)


def _informed(situation: ChoiceSituation, on: date) -> Finding:
    if not situation.alternatives_told:
        return broken(
            "R62",
            "alternatives_not_told",
            "tell_alternatives",
            "She chose before she was told what else she can do. Tell her, and ask her again.",
        )
    if not situation.is_written:
        return broken(
            "R62",
            "choice_not_written",
            "take_written_choice",
            "Her choice is not in writing. Write it down with her in her language, and let her "
            "sign it.",
        )
    if situation.cooled_on is None:
        return not_known(
            "R62",
            "cooling_off_not_known",
            "note_day_of_choice",
            "It is not known when she chose. Record the day, so that her days to think again "
            "can be counted.",
        )
    if on < situation.cooled_on:
        return broken(
            "R62",
            "cooling_off_runs",
            "wait_for_cooling_off",
            f"She has until {situation.cooled_on.isoformat()} to think again. Authorise the "
            f"return on that day or later, if she still wants it.",
        )
    return holds("R62")


def remedies_kept(situation: RemediesSituation, on: date) -> Finding:
    """Find whether open claims and hearings are cared for before a return (R63)."""
    if situation.open_remedies is None:
        return not_known(
            "R63",
            "remedies_not_known",
            "ask_lawyer",
            "It is not known whether a claim or a hearing is open. Ask her lawyer first.",
        )
    kept = situation.is_arranged or situation.is_own_wish or situation.second_opinion == AGREES
    if not situation.open_remedies or kept:
        return holds("R63")
    return broken(
        "R63",
        "remedies_open",
        "arrange_representation",
        "A claim or a hearing of hers is still open. Arrange with her lawyer how she takes part "
        "from there, or record that she wants to go all the same; else ask a second person.",
    )


def possible(situation: OutcomeSituation, on: date) -> Finding:
    """Find whether the risk assessment lets a return happen at all (R64)."""
    if situation.outcome == "return_safe":
        return holds("R64")
    if situation.outcome == "return_not_safe":
        return broken(
            "R64",
            "return_not_safe",
            "open_residence",
            "Return is not safe for her, so it does not happen. Ask for a permit on her personal "
            "situation, and tell her of asylum.",
        )
    if situation.outcome == "postponed":
        return broken(
            "R64",
            "return_postponed",
            "assess_again",
            "The assessment says: not now. Help goes on; assess again later.",
        )
    return not_known(
        "R64",
        "outcome_not_known",
        "assess_risk_of_return",
        "It is not known whether return is safe. Have it assessed first.",
    )


def received(situation: ReceptionSituation, on: date) -> Finding:
    """Find whether someone receives her, and whether she has someone safe to call (R65)."""
    if situation.has_service is None or situation.has_safe_contact is None:
        return not_known(
            "R65",
            "reception_not_known",
            "name_reception",
            "Nobody has written down who receives her. Ask the focal point for a service there.",
        )
    if not (situation.has_service and situation.has_safe_contact):
        return broken(
            "R65",
            "nobody_receives_her",
            "name_reception",
            "She would arrive without a service that knows of her or someone safe to call. Name "
            "both before she travels.",
        )
    return holds("R65")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "return_assessment": AssessmentSituation,
    "return_outcome": OutcomeSituation,
    "return_choice": ChoiceSituation,
    "return_remedies": RemediesSituation,
    "return_reception": ReceptionSituation,
}
RULES = (
    Rule(
        "R61",
        Chapter.SAFE_RETURN,
        "No return without individual risk assessment",
        (Action.BLOCK,),
        sources=(stated(REPORT_2009), read(PRINCIPLES + "1")),
        check=assessed,
        tells_her="Before you go back, someone who does not send you must look at what could "
        "happen to you there.",
        enforced_at=("assess_return", "authorise_return", "authorise_removal_task", "T15"),
        unknown_stops=True,
    ),
    Rule(
        "R62",
        Chapter.SAFE_RETURN,
        "Voluntary means voluntary",
        (Action.BLOCK,),
        sources=(stated(GUIDELINES), stated(BACKGROUND_NOTE)),
        check=voluntary,
        tells_her="Going back is your choice. You are told what else you can do, you have time to "
        "think, and you can change your mind until you leave.",
        enforced_at=("authorise_return",),
        unknown_stops=True,
    ),
    Rule(
        "R63",
        Chapter.SAFE_RETURN,
        "Remedies before return",
        (Action.HOLD,),
        (Override.OWN_REQUEST,),
        sources=(stated(REPORT_2009), read(PRINCIPLES + "6")),
        check=remedies_kept,
        tells_her="If you are owed money or a court hears your case, this is arranged before you "
        "go, so that you lose nothing by going back.",
        enforced_at=("authorise_return", "authorise_removal_task"),
        unknown_stops=True,
    ),
    Rule(
        "R64",
        Chapter.SAFE_RETURN,
        "Protection when return is not possible",
        (Action.BLOCK,),
        sources=(read(PRINCIPLES + "3"),),
        check=possible,
        tells_her="If going back is not safe, you are not sent back, and you are helped to ask "
        "for a right to stay.",
        enforced_at=("authorise_return", "authorise_removal_task", "warnings", "T15P"),
        unknown_stops=True,
    ),
    Rule(
        "R65",
        Chapter.SAFE_RETURN,
        "Named receiving service and safe contact",
        (Action.WARN,),
        (Override.NOT_APPLICABLE,),
        sources=(known(COE + "16(6)"), stated(REPORT_2006)),
        check=received,
        tells_her="If you go back, you know who meets you there and whom you can safely call.",
        enforced_at=("warnings",),
    ),
)
