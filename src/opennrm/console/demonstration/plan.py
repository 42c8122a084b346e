"""Makes the invented action plan: aims, actions with money and indicators, reports, comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from opennrm.console.demonstration.lines import rows
from opennrm.console.demonstration.organisations import JURISDICTION, ref
from opennrm.coordination.models import (
    Action,
    Approval,
    Budget,
    Commitment,
    Indicator,
    Objective,
    Plan,
    PlanComment,
    ProgressReport,
    RegisterEntry,
)
from opennrm.coordination.models.kept import Kept
from opennrm.rights.months import months_after

LENGTH = 36
CURRENCY = "EUR"
# Indicators of the Rapporteur that show whether these actions work.
MEASURED_BY = {
    "3.7": "NR07 Recovery and reflection periods",
    "3.8": "NR11 Residence permits",
    "4.2": "NR14 Non-punishment assessed and applied",
    "4.4": "NR15 Protection and lawyers",
    "6.3": "NR16 Compensation paid",
}
MONEY_GONE = {"done": (100, 100), "on_track": (80, 45), "delayed": (60, 15)}


@dataclass(frozen=True, slots=True)
class Line:
    """One action as the list of the demonstration tells it."""

    number: str
    text: str
    lead: str
    partners: str
    first: str
    last: str
    status: str
    topics: str
    forms: str
    commitment: str
    cost: str


def make_plan(aims: str, actions: str, *, on: date) -> Plan:
    """Make the plan with all that belongs to it, as the owner."""
    plan = _plan(on)
    plan.save(using="owner", force_insert=True)
    Approval(
        ref=ref("approval"),
        plan=plan,
        outcome="approved",
        decided_on=plan.from_on,
        says="Approved with the votes of civil society.",
    ).save(using="owner", force_insert=True)
    objectives = {}
    for number, pillar, text in rows(aims):
        made = Objective(
            ref=ref(f"aim {number}"), plan=plan, number=number, pillar=pillar, text=text
        )
        made.save(using="owner", force_insert=True)
        objectives[number] = made
    for parts in rows(actions):
        line = Line(*parts)
        _make_action(line, objectives[line.number.split(".")[0]], plan, on)
    _comment(plan, on)
    return plan


def _plan(on: date) -> Plan:
    start = date(on.year - 1, 1, 1)
    return Plan(
        ref=ref("plan"),
        title="National action plan against trafficking in human beings",
        jurisdiction=JURISDICTION,
        from_on=start,
        until_on=months_after(start, LENGTH),
        currency=CURRENCY,
        commission_id=ref("commission structure"),
        adopting_body="Government, on the word of the commission",
        status="adopted",
        adopted_on=start,
        situation="Assessment of the situation by the Rapporteur's office, in the year before.",
        rights_impact="Read by two organisations of the people concerned before it was adopted.",
        rights_impact_on=start - timedelta(days=60),
        rights_review_on=months_after(start, LENGTH - 6),
        review_on=months_after(start, 18),
        evaluation_on=months_after(start, LENGTH),
    )


def _make_action(line: Line, aim: Objective, plan: Plan, on: date) -> None:
    first = months_after(plan.from_on, int(line.first))
    last = months_after(plan.from_on, int(line.last))
    action = Action(
        ref=ref(f"action {line.number}"),
        objective=aim,
        number=line.number,
        text=line.text,
        lead_id=ref(f"entry {line.lead}"),
        from_on=first,
        until_on=last,
        status=line.status,
        active_on=None if line.status == "not_started" else first,
        unfunded_why="A donor is looked for." if line.status == "unfunded" else "",
        topics=line.topics.split(),
        forms=line.forms.split(),
    )
    action.save(using="owner", force_insert=True)
    partners = [ref(f"entry {key}") for key in line.partners.split()]
    action.partners.set(RegisterEntry.objects.using("owner").filter(ref__in=partners))
    served = Commitment.objects.using("owner").filter(number__in=line.commitment.split())
    action.commitments.set(served)
    for row in _beside(line, action, on):
        row.save(using="owner", force_insert=True)


def _beside(line: Line, action: Action, on: date) -> Iterator[Kept]:
    cost = int(line.cost) * 100
    allocated, spent = MONEY_GONE.get(line.status, (0, 0))
    yield Budget(
        ref=ref(f"money {line.number}"),
        action=action,
        source="donor" if line.number.endswith("5") else "state",
        donor="Invented Fund" if line.number.endswith("5") else "",
        year=on.year,
        currency=CURRENCY,
        planned=cost,
        allocated=cost * allocated // 100,
        spent=cost * spent // 100,
    )
    yield Indicator(
        ref=ref(f"indicator {line.number}"),
        action=action,
        text=MEASURED_BY.get(line.number, "Steps of the action that are done"),
        unit="per cent",
        baseline="0",
        baseline_on=action.from_on,
        target="100",
        target_on=action.until_on or on,
        reached={"done": "100", "on_track": "45", "delayed": "15"}.get(line.status, "0"),
        evidence="Reports of the lead, seen by the commission",
    )
    if action.active_on is not None:
        yield ProgressReport(
            ref=ref(f"report {line.number}"),
            action=action,
            entry_id=ref(f"entry {line.lead}"),
            half_year=f"{on.year - 1}-2",
            status=line.status,
            percent={"done": 100, "on_track": 45, "delayed": 15}.get(line.status, 0),
            says="What was planned for this half-year was looked at line by line.",
        )


def _comment(plan: Plan, on: date) -> None:
    for key, number, text in (
        ("roma_women", "2.5", "Women ask for this credit every week. Who looks for the money?"),
        ("quiet", "3.1", "Men still sleep in the waiting room. The house cannot wait."),
    ):
        PlanComment(
            ref=ref(f"comment {number}"),
            plan=plan,
            action_id=ref(f"action {number}"),
            entry_id=ref(f"entry {key}"),
            said_on=on - timedelta(days=20),
            text=text,
        ).save(using="owner", force_insert=True)
