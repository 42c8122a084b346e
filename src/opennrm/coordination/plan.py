"""Runs a plan: activates its actions, proposes it, adopts it, and checks what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext

from opennrm.coordination.desk import ChangeRefused, because
from opennrm.coordination.models import Action, Budget, Commitment, Plan
from opennrm.rights.findings import Finding
from opennrm.rights.plans import (
    ActionSituation,
    BasisSituation,
    CoverageSituation,
    ImpactSituation,
)
from opennrm.rights.registry import ask, stopped_by

CLOSED = frozenset({"done", "dropped"})


def activate_action(action: Action, *, on: date, why: str) -> None:
    """Start an action that names who leads it, its days, its money and an indicator.

    :raises ChangeRefused: when it lacks one of these (R70), or has started already.
    """
    if action.active_on is not None:
        raise ChangeRefused(gettext("This action has started already."))
    finding = stopped_by("R70", _action_situation(action), on)
    if finding is not None:
        raise ChangeRefused(gettext(finding.says))
    action.active_on = on
    action.status = "on_track" if has_money(action) else "unfunded"
    with because(why):
        action.save(update_fields=["active_on", "status"])


def propose_plan(plan: Plan, *, on: date, why: str) -> None:
    """Put a plan before the commission, once its impact on human rights was assessed.

    :raises ChangeRefused: when it is no draft, is empty, or nobody assessed its impact (R72).
    """
    if plan.status != "draft":
        raise ChangeRefused(gettext("Only a draft is put before the commission."))
    if not actions_of(plan).exists():
        raise ChangeRefused(gettext("This plan has no actions yet."))
    finding = stopped_by("R72", _impact_situation(plan), on)
    if finding is not None:
        raise ChangeRefused(gettext(finding.says))
    _set_status(plan, "proposed", why=why)


def take_back_plan(plan: Plan, *, why: str) -> None:
    """Take a plan back from the commission, to be changed.

    :raises ChangeRefused: when it is not before the commission.
    """
    if plan.status != "proposed":
        raise ChangeRefused(gettext("Only a plan before the commission is taken back."))
    _set_status(plan, "draft", why=why)


def adopt_plan(plan: Plan, *, on: date, why: str) -> None:
    """Adopt a plan that the commission approved.

    :raises ChangeRefused: when it is not before the commission, or the newest word is no approval.
    """
    if plan.status != "proposed":
        raise ChangeRefused(gettext("Only a plan before the commission is adopted."))
    newest = plan.approvals.order_by("-decided_on", "-pk").first()
    if newest is None or newest.outcome != "approved":
        raise ChangeRefused(
            gettext("The commission has not approved this plan. Ask for its word first.")
        )
    plan.adopted_on = on
    _set_status(plan, "adopted", why=why)


def actions_of(plan: Plan) -> QuerySet[Action]:
    """Return the actions of a plan in their order."""
    return Action.objects.filter(objective__plan=plan)


def rules_on(plan: Plan, actions: Sequence[Action]) -> Iterator[tuple[str, object]]:
    """Yield the rules a plan is checked by, each with what it looks at."""
    on_demand = sum("demand" in action.topics for action in actions)
    yield "R71", BasisSituation(is_linked=bool(plan.situation.strip()))
    yield "R72", _impact_situation(plan)
    yield "R75", CoverageSituation(on_demand=on_demand if actions else None)


def findings_on_plan(plan: Plan, *, on: date) -> list[Finding]:
    """List what the rules on plans find broken or not known."""
    actions = list(actions_of(plan))
    asked = [ask(rule, situation, on) for rule, situation in rules_on(plan, actions)]
    return [finding for finding in asked if not finding.holds]


def money_of(plan: Plan) -> list[dict[str, Any]]:
    """Add up the money of a plan by year and source, in the smallest unit of its currency."""
    lines = Budget.objects.filter(action__objective__plan=plan, currency=plan.currency)
    added: list[Any] = list(
        lines.values("year", "source")
        .annotate(planned=Sum("planned"), allocated=Sum("allocated"), spent=Sum("spent"))
        .order_by("year", "source")
    )
    return added


def commitments_not_served(plan: Plan) -> QuerySet[Commitment]:
    """Return the commitments of States that no action of a plan serves."""
    promised = Commitment.objects.filter(kind__in=("commitment", "recommended_national_action"))
    return promised.exclude(actions__objective__plan=plan)


def light_of(action: Action, *, on: date) -> str:
    """Tell how an action stands: well, watch, late, done, dropped or not started."""
    if action.status in CLOSED:
        return "done" if action.status == "done" else "dropped"
    if action.until_on is not None and action.until_on < on:
        return "late"
    if action.status in ("delayed", "unfunded"):
        return "watch"
    is_due = action.from_on is not None and action.from_on <= on
    if action.active_on is None:
        return "watch" if is_due else "not_started"
    return "well"


def _set_status(plan: Plan, status: str, *, why: str) -> None:
    plan.status = status
    with because(why):
        plan.save(update_fields=["status", "adopted_on"])


def has_money(action: Action) -> bool:
    """Tell whether any money is planned or allocated for an action."""
    return any(line.planned or line.allocated for line in action.budgets.all())


def _action_situation(action: Action) -> ActionSituation:
    lines = list(action.budgets.all())
    return ActionSituation(
        has_lead=action.lead_id is not None,
        has_days=action.from_on is not None and action.until_on is not None,
        has_indicator=action.indicators.exists(),
        has_money=has_money(action) if lines else None,
        is_justified=bool(action.unfunded_why.strip()),
    )


def _impact_situation(plan: Plan) -> ImpactSituation:
    is_written = bool(plan.rights_impact.strip())
    return ImpactSituation(is_written, plan.rights_impact_on, plan.rights_review_on)
