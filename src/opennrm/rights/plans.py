"""Rules on plans: owners and money, a basis in facts, human rights, demand, civil society."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import REPORT_2006, REPORT_2009, project, stated


@dataclass(frozen=True, slots=True)
class ActionSituation:
    """An action about to become active: what of it is named, and why it goes without money."""

    has_lead: bool
    has_days: bool
    has_indicator: bool
    has_money: bool | None
    is_justified: bool = False


@dataclass(frozen=True, slots=True)
class BasisSituation:
    """A plan: whether an assessment of the situation is linked; None while nobody has looked."""

    is_linked: bool | None


@dataclass(frozen=True, slots=True)
class ImpactSituation:
    """A measure: whether and when its impact on human rights was assessed, when to look again."""

    is_assessed: bool | None
    assessed_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class CoverageSituation:
    """A plan: how many of its actions reach the demand side; None while it has no actions."""

    on_demand: int | None


@dataclass(frozen=True, slots=True)
class SeatsSituation:
    """A co-ordinating body: how many seats civil society holds; None while no seat is named."""

    of_civil_society: int | None


def action_is_ready(situation: ActionSituation, on: date) -> Finding:
    """Find whether an action names owner, money, dates and an indicator (R70)."""
    lacking = [
        word
        for word, is_there in (
            ("who leads it", situation.has_lead),
            ("its first and last day", situation.has_days),
            ("an indicator with a target", situation.has_indicator),
        )
        if not is_there
    ]
    if lacking:
        return broken(
            "R70",
            "action_not_ready",
            "name_what_is_missing",
            f"This action does not name {', '.join(lacking)}. Name it before the action starts.",
        )
    if situation.has_money or situation.is_justified:
        return holds("R70", "" if situation.has_money else "unfunded")
    if situation.has_money is None:
        return not_known(
            "R70",
            "money_not_known",
            "plan_money",
            "Nobody has said what this action costs. Plan its money, or say why it needs none.",
        )
    return broken(
        "R70",
        "no_money",
        "plan_or_justify",
        "This action has no money. Plan it, or say why the action goes on without; it is then "
        "reported as unfunded.",
    )


def rests_on_assessment(situation: BasisSituation, on: date) -> Finding:
    """Find whether a plan rests on an assessment of the situation (R71)."""
    if situation.is_linked is None:
        return not_known(
            "R71",
            "basis_not_known",
            "link_assessment",
            "Nobody has said what this plan rests on. Name the assessment of the situation.",
        )
    if not situation.is_linked:
        return broken(
            "R71",
            "no_assessment",
            "link_assessment",
            "This plan rests on no assessment of the situation. Name one, or have one made.",
        )
    return holds("R71")


def impact_is_assessed(situation: ImpactSituation, on: date) -> Finding:
    """Find whether the impact on human rights was assessed, and looked at again (R72)."""
    if situation.is_assessed is None:
        return not_known(
            "R72",
            "impact_not_known",
            "assess_impact",
            "It is not known whether anybody assessed what this does to human rights.",
        )
    if not situation.is_assessed or situation.assessed_on is None:
        return broken(
            "R72",
            "no_impact_assessment",
            "assess_impact",
            "What this does to human rights was not assessed. Assess it before it starts.",
        )
    if situation.review_on is not None and situation.review_on <= on:
        return broken(
            "R72",
            "impact_review_due",
            "review_impact",
            "It is time to look again at what this does to human rights.",
        )
    return holds("R72")


def demand_is_covered(situation: CoverageSituation, on: date) -> Finding:
    """Find whether a plan acts on demand too (R75)."""
    if situation.on_demand is None:
        return not_known(
            "R75", "no_actions", "add_actions", "This plan has no actions yet, so none on demand."
        )
    if situation.on_demand < 1:
        return broken(
            "R75",
            "no_demand_action",
            "add_demand_action",
            "No action reaches those whose demand feeds exploitation. Prevention is shared by "
            "countries of origin, transit and destination. Add one.",
        )
    return holds("R75")


def civil_society_sits(situation: SeatsSituation, on: date) -> Finding:
    """Find whether civil society sits in the co-ordinating body (R77)."""
    if situation.of_civil_society is None:
        return not_known(
            "R77", "seats_not_known", "name_seats", "Nobody has named the seats of this body yet."
        )
    if situation.of_civil_society < 1:
        return broken(
            "R77",
            "no_civil_society",
            "give_seat",
            "Civil society has no seat in this body. Give one to an organisation that works with "
            "the people concerned.",
        )
    return holds("R77")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "plan_action": ActionSituation,
    "plan_basis": BasisSituation,
    "rights_impact": ImpactSituation,
    "plan_coverage": CoverageSituation,
    "seats": SeatsSituation,
}
RULES = (
    Rule(
        "R70",
        Chapter.SYSTEM,
        "Plan actions have owner, money, date, indicator",
        (Action.BLOCK, Action.JUSTIFY, Action.REPORT),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2006), stated(REPORT_2009)),
        check=action_is_ready,
        tells_her="What the State says it will do for people like you has somebody who must do "
        "it, money, a date, and a way to see whether it worked.",
        enforced_at=("activate_action",),
        unknown_stops=True,
    ),
    Rule(
        "R71",
        Chapter.SYSTEM,
        "Plan rests on a situation assessment",
        (Action.WARN,),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2006),),
        check=rests_on_assessment,
        tells_her="Before the State makes a plan, it looks at what really happens to people.",
        enforced_at=("check_plan",),
    ),
    Rule(
        "R72",
        Chapter.SYSTEM,
        "Human-rights impact assessed before and during a measure",
        (Action.HOLD, Action.TIMER),
        override=(Override.TWO_PEOPLE,),
        sources=(project("National structures reference, section 2: human-rights impact"),),
        check=impact_is_assessed,
        tells_her="Before something new starts, somebody asks whether it could harm your rights, "
        "and asks again later.",
        enforced_at=("propose_plan", "check_plan"),
        unknown_stops=True,
    ),
    Rule(
        "R75",
        Chapter.SYSTEM,
        "Prevention is shared by origin, transit and destination; demand included",
        (Action.REPORT,),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2006), stated(REPORT_2009)),
        check=demand_is_covered,
        tells_her="The plan also turns to those who profit from exploitation or pay for it.",
        enforced_at=("check_plan",),
    ),
    Rule(
        "R77",
        Chapter.SYSTEM,
        "Civil society sits in the co-ordinating body",
        (Action.WARN, Action.REPORT),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2009),),
        check=civil_society_sits,
        tells_her="Organisations that work with people like you have a seat where the decisions "
        "are made.",
        enforced_at=("check_structure",),
    ),
)
