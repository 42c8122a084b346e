"""Rules on redress: every route is examined, and money received is what counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, REPORT_2006, REPORT_2009, known, stated
from opennrm.vocabulary.redress import RedressRoute


@dataclass(frozen=True, slots=True)
class RoutesSituation:
    """A case at its end: whether there ever was a sign, and which routes nobody answered."""

    has_sign: bool
    unanswered: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class MoneySituation:
    """Money of one currency, in its smallest unit: what was awarded, and what she received."""

    awarded: int
    paid: int | None = None


def routes_examined(situation: RoutesSituation, on: date) -> Finding:
    """Find whether every route to compensation was answered: pursued or not, and why (R58)."""
    if not situation.has_sign:
        return holds("R58", "no_sign")
    if situation.unanswered is None:
        return not_known(
            "R58",
            "routes_not_known",
            "answer_routes",
            "Which ways to compensation were talked over with her is not known. Go through them.",
        )
    if situation.unanswered:
        missing = "; ".join(sorted(RedressRoute(code).label for code in situation.unanswered))
        return broken(
            "R58",
            "routes_unanswered",
            "answer_routes",
            f"Ways to compensation nobody has answered yet: {missing}. "
            "Talk them over with her and note for each whether it is pursued, and if not, why.",
        )
    return holds("R58")


def money_received(situation: MoneySituation, on: date) -> Finding:
    """Find whether what was awarded has come; an order is not money (R59)."""
    if not situation.awarded:
        return holds("R59")
    if situation.paid is None:
        return not_known(
            "R59",
            "payment_not_recorded",
            "record_payment",
            "Money was awarded. Has she received it? Record what has come.",
        )
    if situation.paid < situation.awarded:
        return broken(
            "R59",
            "order_not_paid",
            "ask_for_enforcement",
            "She has received less than was awarded. Ask for enforcement, and count what came.",
        )
    return holds("R59")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "routes": RoutesSituation,
    "money": MoneySituation,
}
RULES = (
    Rule(
        "R58",
        Chapter.JUSTICE,
        "Every route to compensation is examined",
        (Action.BLOCK, Action.TIMER),
        override=(Override.TWO_PEOPLE,),
        sources=(stated(REPORT_2009), known(COE + "15")),
        check=routes_examined,
        tells_her=(
            "You may have a right to money for what was done to you: wages, costs, harm. "
            "Someone must look at every way with you before your case is closed."
        ),
        enforced_at=("close_case", "T12", "warnings"),
        unknown_stops=True,
    ),
    Rule(
        "R59",
        Chapter.JUSTICE,
        "Money received is counted, not orders made",
        (Action.REPORT,),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2009), stated(REPORT_2006)),
        check=money_received,
        tells_her=(
            "A court order is not yet money in your hand. What counts is what you received, "
            "and someone helps you to get the rest."
        ),
        enforced_at=("redress_report", "warnings", "subjects"),
    ),
)
