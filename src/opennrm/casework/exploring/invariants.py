"""What must hold on every path: of acts authorised here, never of facts that are recorded."""

from collections.abc import Callable
from dataclasses import dataclass

from opennrm.casework.exploring.act import Step
from opennrm.casework.exploring.acts_child import Authorised, dossier, file_of
from opennrm.casework.exploring.acts_decisions import EarlyEnd, Verdict
from opennrm.casework.exploring.acts_help import Refused
from opennrm.casework.exploring.law import Law
from opennrm.casework.exploring.model import OVER, Share, State, is_child
from opennrm.casework.exploring.return_invariants import (
    chosen_freely,
    no_child_sent_by_others,
    not_in_recovery,
    sent_after_assessment,
    signs_were_followed_up,
)
from opennrm.rights.best_interests import SERVED

LEAST_DAYS = 30
LEGAL_GROUNDS = frozenset({"public_order", "status_claimed_improperly"})
# The least a panel needs, and how long a look at risks lasts: the project's defaults.
LEAST_MEMBERS, LEAST_HOUSES, FRESH_DAYS = 3, 2, 90
AWAY = frozenset({"return", "removal", "dublin_transfer", "transfer_abroad"}) | {
    "family_reunification"
}
NEVER_A_REASON = frozenset(
    {"co-operation", "suspect", "scope_of_trafficking", "organised_crime", "nationality"}
)
Permitted = frozenset[Step]


@dataclass(frozen=True, slots=True)
class Invariant:
    """One thing that must hold: of every state, of every step, or of what is permitted.

    `of_permitted` sees the steps permitted from a state. `steady` names acts after
    which the acts of `for_acts` must be permitted exactly as before. `can_reach_help` asks that
    from every state some path leads to an act of help. Walks without its chapter leave it out.
    """

    name: str
    chapter: str
    says: str
    of_state: Callable[[Law, State], bool] | None = None
    of_step: Callable[[Law, State, Step, State], bool] | None = None
    of_permitted: Callable[[Law, State, Permitted], bool] | None = None
    steady: frozenset[str] = frozenset()
    for_chapters: frozenset[str] = frozenset()
    can_reach_help: bool = False


def no_row_for_enforcement(law: Law, state: State) -> bool:
    """Tell whether no organisation that enforces immigration law has a row, offered or open."""
    return not any(
        house.is_enforcement and share.row
        for house, share in zip(law.houses, state.shares, strict=True)
    )


def rows_end_with_their_basis(law: Law, state: State) -> bool:
    """Tell whether every row rests on a consent or a duty that stands today."""
    return all(_stands(share, state.day) for share in state.shares if share.row)


def _stands(share: Share, day: int) -> bool:
    if share.basis == "duty":
        return day < share.duty_until
    return share.consent_from is not None and day < share.consent_until


def a_no_is_well_founded(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether a no came with reasons, a remedy and a second reader."""
    verdict = step.choice
    if not isinstance(verdict, Verdict) or not verdict.is_no:
        return True
    return verdict.has_reasons and verdict.has_remedy and verdict.reader == "colleague"


def period_is_long_enough(law: Law, state: State) -> bool:
    """Tell whether a recovery period lasts thirty days or more."""
    running = state.recovery
    return running in (None, OVER) or running.ends - running.begins >= LEAST_DAYS


def ended_early_by_two(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether an early end rests on one of the two legal grounds, with two persons."""
    choice = step.choice
    if not isinstance(choice, EarlyEnd):
        return True
    return choice.ground in LEGAL_GROUNDS and choice.reader == "colleague" and choice.has_reasons


def no_forbidden_refusal(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether a refusal of help rests on nothing that help may never rest on."""
    choice = step.choice
    return not (isinstance(choice, Refused) and choice.reason in NEVER_A_REASON)


def no_child_sent_without_a_panel(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether a grave act on a child rests on a determination that is whole and says yes."""
    choice = step.choice
    if not isinstance(choice, Authorised) or choice.act not in law.bounds.grave:
        return True
    one = dossier(law, state, law.bounds.grave.index(choice.act))
    is_whole = one.members >= LEAST_MEMBERS and one.houses >= LEAST_HOUSES
    return is_whole and one.result == SERVED and one.opened == "heard"


def no_child_sent_into_unseen_risk(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether a child is sent abroad or to family only where the risks were seen of late."""
    choice = step.choice
    if not isinstance(choice, Authorised) or choice.act not in AWAY & set(law.bounds.grave):
        return True
    seen = file_of(state).risk_on
    return seen is not None and state.day - seen < FRESH_DAYS


def no_child_detained(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether no child is placed in detention or among adults."""
    choice = step.choice
    return not isinstance(choice, Authorised) or choice.place == "family_care"


def no_conflicted_guardian(law: Law, state: State) -> bool:
    """Tell whether a guardian has no interest of her own."""
    return state.child is None or not state.child.conflicted


def no_act_without_guardian(law: Law, state: State, step: Step, after: State) -> bool:
    """Tell whether a child is interviewed only beside a guardian, or in danger."""
    choice = step.choice
    if not isinstance(choice, Authorised) or choice.act != "interview" or choice.in_danger:
        return True
    file = file_of(state)
    return file.guarded and file.assessed == SERVED


def care_of_a_child_is_open(law: Law, state: State, permitted: Permitted) -> bool:
    """Tell whether a child can be cared for and moved to safety now, without any override."""
    if not is_child(state):
        return True
    acts = {one.choice for one in permitted if isinstance(one.choice, Authorised)}
    return {Authorised("emergency_care"), Authorised("move_to_safety")} <= acts


def emergency_care_is_open(law: Law, state: State, permitted: Permitted) -> bool:
    """Tell whether emergency care can be given now."""
    return any(step.act.name == "emergency_care" for step in permitted)


FACTS = frozenset({"criminal_step", "residence"})
INVARIANTS = (
    Invariant(
        "no_row_for_enforcement",
        "sharing",
        "No organisation of immigration enforcement ever holds an access row.",
        of_state=no_row_for_enforcement,
    ),
    Invariant(
        "no_row_outlives_its_basis",
        "sharing",
        "No access row outlives the consent or the duty it rests on.",
        of_state=rows_end_with_their_basis,
    ),
    Invariant(
        "no_bare_no",
        "decisions",
        "No negative decision without reasons, a remedy and a second reader.",
        of_step=a_no_is_well_founded,
    ),
    Invariant(
        "thirty_days",
        "decisions",
        "A recovery period lasts at least thirty days.",
        of_state=period_is_long_enough,
    ),
    Invariant(
        "early_end",
        "decisions",
        "A recovery period ends early on the two legal grounds only, with reasons and two "
        "persons.",
        of_step=ended_early_by_two,
    ),
    Invariant(
        "help_unconditional",
        "service",
        "Help is never refused for co-operation, a criminal case, scope, organised crime or "
        "origin.",
        of_step=no_forbidden_refusal,
    ),
    Invariant(
        "help_unchanged",
        "tracks",
        "No step of a criminal case and no residence status changes what help is open.",
        steady=FACTS,
        for_chapters=frozenset({"help", "service", "sharing", "decisions"}),
    ),
    Invariant(
        "emergency_care",
        "help",
        "Emergency care is open in every state, to a child too.",
        of_permitted=emergency_care_is_open,
    ),
    Invariant(
        "care_of_a_child",
        "children",
        "No path leads to where emergency care of a child, or moving it to safety, is blocked.",
        of_permitted=care_of_a_child_is_open,
    ),
    Invariant(
        "no_child_sent_without_a_panel",
        "children",
        "No return, Dublin transfer, family reunification or durable placement of a child is "
        "authorised without a determination that was signed, heard the child, and says yes.",
        of_step=no_child_sent_without_a_panel,
    ),
    Invariant(
        "no_child_sent_into_unseen_risk",
        "children",
        "No child is sent abroad or to family without a fresh look at the risks there.",
        of_step=no_child_sent_into_unseen_risk,
    ),
    Invariant(
        "no_child_detained",
        "children",
        "No child is placed in detention or among adults.",
        of_step=no_child_detained,
    ),
    Invariant(
        "no_conflicted_guardian",
        "children",
        "No guardian has an interest of her own in what becomes of the child.",
        of_state=no_conflicted_guardian,
    ),
    Invariant(
        "no_act_without_guardian",
        "children",
        "No child is interviewed without a guardian and an assessment, save in danger.",
        of_step=no_act_without_guardian,
    ),
    Invariant(
        "no_return_unassessed",
        "return",
        "No return and no removal is authorised without a fresh, signed risk assessment by "
        "another body that finds it safe.",
        of_step=sent_after_assessment,
    ),
    Invariant(
        "no_removal_in_recovery",
        "return",
        "Nothing against her will is authorised while the recovery period runs.",
        of_step=not_in_recovery,
    ),
    Invariant(
        "voluntary",
        "return",
        "A return called voluntary is hers: informed, written, and not in haste.",
        of_step=chosen_freely,
    ),
    Invariant(
        "no_child_sent_by_others",
        "return",
        "No child is returned, removed or transferred without a panel, and none is detained.",
        of_step=no_child_sent_by_others,
    ),
    Invariant(
        "signs_followed_up",
        "return",
        "Nobody with signs of trafficking is sent away against her will on one person's word.",
        of_step=signs_were_followed_up,
    ),
    Invariant(
        "help_again",
        "help",
        "From every state, some path leads to help again.",
        can_reach_help=True,
    ),
)
