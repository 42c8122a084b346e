"""The action plan: its sheets, and the steps from a draft to an adopted and published plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opennrm.coordination import plan as plans
from opennrm.coordination.models import (
    Action,
    Approval,
    Budget,
    Indicator,
    Objective,
    Plan,
    PlanComment,
    ProgressReport,
    RegisterEntry,
)
from opennrm.coordination.organisations import CIVIL_SOCIETY
from opennrm.coordination.permissions import Area, May, may
from opennrm.coordination.publishing import publish_plan
from opennrm.lifecycle.calendars import local_day
from opennrm.web.coordination.columns import by_code, by_one_of, column, columns
from opennrm.web.coordination.listing import Filter, Listing
from opennrm.web.coordination.register import house_of_entry
from opennrm.web.coordination.sheets import Children, Sheet, SheetForm
from opennrm.web.coordination.steps import Step, Taken
from opennrm.web.work import WorkRequest


def _writes(request: WorkRequest) -> bool:
    return may(request.work.actor, Area.PLAN, May.WRITE)


def today(request: WorkRequest) -> Any:
    """Return the day it is where the viewer works."""
    return local_day(request.work.actor.jurisdiction, request.at)


class ReportForm(SheetForm):
    """Asks a lead for the half-year report on an action its organisation leads or shares."""

    def prepare(self) -> None:
        """Offer the actions and the organisation that the viewer may report for."""
        if _writes(self.request):
            return
        house = self.request.work.actor.organisation
        ours = Q(lead__member_id=house) | Q(partners__member_id=house)
        _offer(self, "action", Action.objects.filter(ours).distinct())
        _offer(self, "entry", RegisterEntry.objects.filter(member_id=house))


class CommentForm(SheetForm):
    """Asks an organisation of civil society what it says to a plan."""

    def prepare(self) -> None:
        """Offer the organisations of civil society; the viewer's own unless she writes plans."""
        entries = RegisterEntry.objects.filter(kind__in=CIVIL_SOCIETY)
        if not _writes(self.request):
            entries = entries.filter(member_id=self.request.work.actor.organisation)
            self.fields.pop("answer", None)
        _offer(self, "entry", entries)


class BudgetForm(SheetForm):
    """Asks for money in the currency of the plan."""

    def clean(self) -> dict[str, Any]:
        """Take the currency from the plan, whatever was typed."""
        action = self.cleaned_data.get("action")
        if action is not None:
            self.instance.currency = action.objective.plan.currency
        return super().clean()


def _offer(form: forms.BaseForm, name: str, rows: Any) -> None:
    chosen: Any = form.fields[name]
    chosen.queryset = rows


INDICATORS = Sheet(
    "indicators",
    Area.PLAN,
    Indicator,
    _("Indicator"),
    Listing(
        "indicators",
        _("Indicators"),
        columns(Indicator, "text", "action", "unit", "baseline", "target", "target_on", "reached"),
        searched=("text", "action__text"),
        order="text",
        empty=_("Nothing shows yet whether it works."),
    ),
    parent="action",
    is_listed=False,
)
BUDGETS = Sheet(
    "budgets",
    Area.PLAN,
    Budget,
    _("Money"),
    Listing(
        "money",
        _("Money"),
        columns(Budget, "year", "action", "source", "donor", "planned", "allocated", "spent"),
        (by_code("source", _("Source"), "money_source"),),
        ("action__text", "donor"),
        order="year",
        empty=_("No money is planned yet."),
    ),
    form=BudgetForm,
    fields=("action", "source", "donor", "year", "planned", "allocated", "spent"),
    parent="action",
    is_listed=False,
)
REPORTS = Sheet(
    "progress",
    Area.PLAN,
    ProgressReport,
    _("Half-year report"),
    Listing(
        "half-year-reports",
        _("Half-year reports of leads"),
        columns(
            ProgressReport, "half_year", "action", "entry", "status", "percent", "says", "evidence"
        ),
        (by_code("status", _("Status"), "action_status"),),
        ("action__text", "entry__name", "says"),
        order="-half_year",
        empty=_("No report yet."),
    ),
    form=ReportForm,
    owner=house_of_entry,
    parent="action",
)
COMMENTS = Sheet(
    "comments",
    Area.PLAN,
    PlanComment,
    _("Comment"),
    Listing(
        "comments",
        _("Comments of civil society"),
        columns(PlanComment, "said_on", "entry", "plan", "action", "text", "answer"),
        searched=("text", "entry__name"),
        order="-said_on",
        empty=_("Nobody has commented yet."),
    ),
    form=CommentForm,
    owner=house_of_entry,
    parent="plan",
)
APPROVALS = Sheet(
    "approvals",
    Area.APPROVALS,
    Approval,
    _("Word of the commission"),
    Listing(
        "approvals",
        _("Word of the commission"),
        columns(Approval, "decided_on", "plan", "outcome", "says"),
        order="-decided_on",
        empty=_("The commission has not spoken yet."),
    ),
    parent="plan",
    is_listed=False,
)


def _activate(taken: Taken) -> None:
    plans.activate_action(taken.row, on=today(taken.request), why=taken.why)


ACTIVATE = Step(
    "activate",
    _("Start this action"),
    _("An action starts once it names who leads it, its days, an indicator and its money."),
    lambda row, request: row.active_on is None and _writes(request),
    _activate,
    _("The action has started."),
)
ACTIONS = Sheet(
    "actions",
    Area.PLAN,
    Action,
    _("Action"),
    Listing(
        "actions",
        _("Actions"),
        (
            column("number", _("Number"), order="number", links=True),
            column("text", _("Action")),
            column("objective", _("Objective"), order="objective__number"),
            column("lead", _("Lead"), order="lead__name"),
            column("from_on", _("From"), order="from_on"),
            column("until_on", _("Until"), order="until_on"),
            column("status", _("Status"), order="status"),
        ),
        (
            by_code("status", _("Status"), "action_status"),
            by_code("objective__pillar", _("Pillar"), "pillar"),
            by_one_of("topics", _("Topic"), "plan_topic"),
            Filter(
                "plan",
                _("Plan"),
                lambda: [(str(one.pk), str(one)) for one in Plan.objects.all()],
                lambda value: Q(objective__plan=value),
            ),
        ),
        ("number", "text", "lead__name", "objective__text"),
        order="number",
        empty=_("No action yet."),
    ),
    parent="objective",
    children=(
        Children(BUDGETS, "action"),
        Children(INDICATORS, "action"),
        Children(REPORTS, "action"),
        Children(COMMENTS, "action"),
    ),
    steps=(ACTIVATE,),
)
OBJECTIVES = Sheet(
    "objectives",
    Area.PLAN,
    Objective,
    _("Objective"),
    Listing(
        "objectives",
        _("Objectives"),
        columns(Objective, "number", "text", "pillar", "plan"),
        (by_code("pillar", _("Pillar"), "pillar"),),
        ("number", "text"),
        order="number",
        empty=_("No objective yet."),
    ),
    parent="plan",
    children=(Children(ACTIONS, "objective"),),
    is_listed=False,
)


def _offers(status: str) -> Any:
    return lambda row, request: row.status == status and _writes(request)


def _propose(taken: Taken) -> None:
    plans.propose_plan(taken.row, on=today(taken.request), why=taken.why)


def _take_back(taken: Taken) -> None:
    plans.take_back_plan(taken.row, why=taken.why)


def _adopt(taken: Taken) -> None:
    plans.adopt_plan(taken.row, on=taken.day, why=taken.why)


def _publish(taken: Taken) -> None:
    publish_plan(taken.row, at=taken.request.at, on=today(taken.request), why=taken.why)


STEPS = (
    Step(
        "propose",
        _("Put before the commission"),
        _("The commission reads the plan and says its word. Its impact on human rights is known."),
        _offers("draft"),
        _propose,
        _("The plan is before the commission."),
    ),
    Step(
        "take-back",
        _("Take back to change it"),
        _("The plan becomes a draft again."),
        _offers("proposed"),
        _take_back,
        _("The plan is a draft again."),
    ),
    Step(
        "adopt",
        _("Adopt"),
        _("Only a plan whose newest word of the commission is an approval can be adopted."),
        _offers("proposed"),
        _adopt,
        _("The plan is adopted."),
        asks_day=True,
    ),
    Step(
        "publish",
        _("Publish as it stands now"),
        _("Everybody can read this state of the plan, its actions and its money, without names."),
        _offers("adopted"),
        _publish,
        _("The plan can be read by everybody."),
    ),
)


def _check(row: Any, request: WorkRequest) -> dict[str, Any]:
    return {"findings": plans.findings_on_plan(row, on=today(request))}


PLANS = Sheet(
    "plans",
    Area.PLAN,
    Plan,
    _("Action plan"),
    Listing(
        "plans",
        _("Action plans"),
        columns(Plan, "title", "version", "level", "from_on", "until_on", "status", "adopted_on"),
        (
            by_code("status", _("Status"), "plan_status"),
            by_code("level", _("Level"), "plan_level"),
        ),
        ("title", "area"),
        order="-from_on",
        empty=_("No plan yet."),
    ),
    shown_fields=(
        "status",
        "adopted_on",
        "from_on",
        "until_on",
        "commission",
        "adopting_body",
        "legal_basis",
        "situation",
        "rights_impact",
        "rights_impact_on",
        "rights_review_on",
        "review_on",
        "evaluation_on",
        "evaluator",
    ),
    more=_check,
    children=(
        Children(OBJECTIVES, "plan"),
        Children(APPROVALS, "plan"),
        Children(COMMENTS, "plan"),
    ),
    template="coordination/plan.html",
    steps=STEPS,
)
SHEETS = (
    PLANS,
    OBJECTIVES,
    ACTIONS,
    REPORTS,
    COMMENTS,
    BUDGETS,
    INDICATORS,
    APPROVALS,
)
