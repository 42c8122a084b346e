"""Rules on the best interests of the child: assessed, determined by a panel, the child heard."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.children import AT_ONCE
from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, REPORT_2009, known, read, stated

SERVED = "in_best_interests"
FOR_A_PANEL = frozenset(
    {
        *("separation", "return", "removal", "dublin_transfer", "transfer_abroad"),
        *("family_reunification", "durable_placement"),
    }
)
ABROAD = frozenset({"return", "removal", "dublin_transfer", "transfer_abroad"})
WITH_RISKS = ABROAD | {"family_reunification"}


@dataclass(frozen=True, slots=True)
class BestInterestsSituation:
    """An act on a person, and what the last assessment made for this act found."""

    act: str
    is_child: bool | None
    assessed: str | None = None


@dataclass(frozen=True, slots=True)
class DeterminationSituation:
    """A grave act on a child: what the panel determined, who signed, whether risks were seen.

    `determined` is the result of the panel, None when there is none for this act.
    """

    act: str
    is_child: bool | None
    determined: str | None = None
    is_signed: bool | None = None
    child_was_heard: bool | None = None
    risk_is_fresh: bool | None = None


@dataclass(frozen=True, slots=True)
class PanelSituation:
    """A panel about to close: how many members of how many houses signed, against how many."""

    members: int
    houses: int
    least_members: int
    least_houses: int


@dataclass(frozen=True, slots=True)
class ViewsSituation:
    """The views of the child: heard or why not, and the weight they were given."""

    is_heard: bool | None
    weight: str | None = None
    why_not: str | None = None


def assessed_before(situation: BestInterestsSituation, on: date) -> Finding:
    """Find whether the child's best interests were assessed before an act on her (R33).

    Emergency care and moving to safety never wait; the assessment follows within a day.
    """
    if situation.is_child is False or situation.act in AT_ONCE:
        return holds("R33")
    if situation.is_child is None:
        return not_known(
            "R33",
            "child_not_known",
            "look_at_age",
            "It is not known whether this is a child. Find out before this act; help goes on.",
        )
    if situation.assessed == SERVED:
        return holds("R33")
    if situation.assessed is None:
        return broken(
            "R33",
            "not_assessed",
            "assess_best_interests",
            "What is done to a child serves her best interests. Assess them for this very act "
            "first. Emergency care and moving her to safety do not wait for it.",
        )
    if situation.assessed == "needs_determination":
        return broken(
            "R33",
            "needs_determination",
            "open_determination",
            "The assessment asks for a panel. Open a determination of her best interests.",
        )
    return broken(
        "R33",
        "not_in_best_interests",
        "leave_act",
        "The assessment found that this is not in the child's best interests. Leave it, and "
        "look for another way.",
    )


def determined_before(situation: DeterminationSituation | PanelSituation, on: date) -> Finding:
    """Find whether a panel determined the best interests before a grave act (R34)."""
    if isinstance(situation, PanelSituation):
        return _panel_is_whole(situation)
    if situation.is_child is False or situation.act not in FOR_A_PANEL:
        return holds("R34")
    if situation.is_child is None:
        return not_known(
            "R34",
            "child_not_known",
            "look_at_age",
            "It is not known whether this is a child. No return or transfer until it is.",
        )
    if situation.determined is None or not situation.is_signed:
        return broken(
            "R34",
            "not_determined",
            "open_determination",
            "No child is returned, transferred abroad, reunited or placed for good before a "
            "panel has determined and signed what is best for her. Nobody can pass this by.",
        )
    if situation.determined != SERVED:
        return broken(
            "R34",
            "determined_against",
            "leave_act",
            "The panel found that this is not in the child's best interests. It cannot be done; "
            "look for another durable solution.",
        )
    return _heard_and_safe(situation)


def _heard_and_safe(situation: DeterminationSituation) -> Finding:
    if not situation.child_was_heard:
        return broken(
            "R34",
            "determined_without_views",
            "hear_child",
            "The determination lacks the child's views, or the reason why she could not be "
            "heard. Hear the child, then determine again.",
        )
    if situation.act in WITH_RISKS and not situation.risk_is_fresh:
        return broken(
            "R34",
            "risks_not_assessed",
            "assess_risk",
            "There is no fresh assessment of the risks that wait for the child there. Assess "
            "them first.",
        )
    return holds("R34")


def _panel_is_whole(situation: PanelSituation) -> Finding:
    enough = situation.members >= situation.least_members
    if enough and situation.houses >= situation.least_houses:
        return holds("R34")
    return broken(
        "R34",
        "panel_incomplete",
        "ask_panel",
        "Not enough members of different houses have signed yet. Ask the others; a dissent "
        "counts as a signature and is kept.",
    )


def child_heard(situation: ViewsSituation, on: date) -> Finding:
    """Find whether the child was heard, and what weight her views were given (R36)."""
    if situation.is_heard is None:
        return not_known(
            "R36",
            "views_not_asked",
            "hear_child",
            "It is not recorded whether the child was heard. Hear the child, or say why that "
            "was not possible.",
        )
    if not situation.is_heard:
        return holds("R36") if situation.why_not else _no_reason()
    if situation.weight:
        return holds("R36")
    return broken(
        "R36",
        "weight_missing",
        "give_weight",
        "The child was heard; say what weight her views were given, and why.",
    )


def _no_reason() -> Finding:
    return broken(
        "R36",
        "not_heard",
        "hear_child",
        "The child was not heard, and no reason is given. Hear the child in a way that fits her "
        "age, or name the reason; no time is not one.",
    )


BIP = "UNHCR Best Interests Procedure Guidelines, 2021"
SITUATIONS: Mapping[str, Callable[..., object]] = {
    "best_interests": BestInterestsSituation,
    "determination": DeterminationSituation,
    "panel": PanelSituation,
    "views": ViewsSituation,
}
RULES = (
    Rule(
        "R33",
        Chapter.CHILDREN,
        "Best-interests assessment before each act",
        (Action.TIMER, Action.BLOCK),
        override=(Override.IMMINENT_DANGER,),
        sources=(stated(REPORT_2009), known("Convention on the Rights of the Child art. 3")),
        check=assessed_before,
        tells_her="Before something is done that matters for your life, those who help you find "
        "out what is best for you. If you need care or safety now, you get it at once.",
        enforced_at=("authorise_child_act", "T14", "warnings"),
        unknown_stops=True,
    ),
    Rule(
        "R34",
        Chapter.CHILDREN,
        "No return or transfer of a child without determination and risk assessment",
        (Action.BLOCK,),
        sources=(stated(REPORT_2009), known(COE + "16(7)")),
        check=determined_before,
        tells_her="Nobody may send you to another country, or to family, before several people "
        "from different offices have found out together that it is best for you.",
        enforced_at=(
            *("authorise_child_act", "complete_determination"),
            *("authorise_return", "authorise_removal_task"),
        ),
        unknown_stops=True,
    ),
    Rule(
        "R36",
        Chapter.CHILDREN,
        "The child is heard",
        (Action.BLOCK,),
        sources=(stated(REPORT_2009), read(BIP)),
        check=child_heard,
        tells_her="You are asked what you think and what you wish, in a way that is right for "
        "you. What you say counts, and it is written down how much.",
        enforced_at=("assess_best_interests", "open_determination"),
        unknown_stops=True,
    ),
)
