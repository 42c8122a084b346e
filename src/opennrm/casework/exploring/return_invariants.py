"""What must hold of returns and removals that are authorised here."""

from opennrm.casework.exploring.act import Step
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import OVER, State

FRESH_DAYS = 90
COOLING_DAYS = 7
FORCED = "by_authority"
SENDS = frozenset({"authorise_return", "authorise_removal"})


def sent_after_assessment(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether a return rests on a fresh, signed assessment of another body that says safe."""
    if step.act.name not in SENDS or step.choice == "detention":
        return True
    way = state.way_home
    if way is None or way.assessed_on is None:
        return False
    is_fresh = state.day - way.assessed_on < FRESH_DAYS
    return is_fresh and way.is_signed and way.by_other_body and way.outcome == "return_safe"


def not_in_recovery(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether nothing against her will is authorised while her recovery period runs."""
    if step.act.name not in SENDS or state.recovery in (None, OVER):
        return True
    way = state.way_home
    return step.act.name == "authorise_return" and way is not None and way.wish == "return"


def chosen_freely(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether a return called voluntary is hers: informed, written, and not in haste."""
    way = state.way_home
    if step.act.name != "authorise_return" or way is None or way.comes_about == FORCED:
        return True
    is_told = way.wish == "return" and way.informed and way.written
    return is_told and way.chosen_on is not None and state.day - way.chosen_on >= COOLING_DAYS


def no_child_sent_by_others(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether no child is returned or transferred without a panel, and none is detained."""
    if step.act.name not in SENDS or state.age == "adult":
        return True
    act = "return" if step.act.name == "authorise_return" else step.choice
    if act not in law.bounds.grave or state.child is None or not state.child.dossiers:
        return False
    one = state.child.dossiers[law.bounds.grave.index(str(act))]
    return one.result == "in_best_interests" and one.members >= 3 and one.houses >= 2


def signs_were_followed_up(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether nobody with signs is sent against her will without a second person."""
    way = state.way_home
    is_forced = step.act.name == "authorise_removal" or (
        step.act.name == "authorise_return" and way is not None and way.comes_about == FORCED
    )
    if not is_forced or state.identification.state != "presumed":
        return True
    return way is not None and way.second == "agrees"
