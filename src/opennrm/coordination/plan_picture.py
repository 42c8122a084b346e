"""A whole plan as plain values: what a page, a document, a workbook and the public see of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from opennrm.coordination.models import Action, Budget, Indicator, Objective, Plan
from opennrm.coordination.plan import light_of


@dataclass(frozen=True, slots=True)
class Money:
    """Money of an action by year and source, in the smallest unit of the plan's currency."""

    year: int
    source: str
    donor: str
    planned: int
    allocated: int
    spent: int


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator with where it began, where it shall be, and where it is."""

    text: str
    unit: str
    baseline: str
    target: str
    target_on: str
    reached: str


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a plan, as it stands on a day."""

    number: str
    text: str
    lead: str
    partners: tuple[str, ...]
    from_on: str
    until_on: str
    status: str
    light: str
    topics: tuple[str, ...]
    commitments: tuple[str, ...]
    money: tuple[Money, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """One objective of a plan with its actions."""

    number: str
    pillar: str
    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A plan on a day."""

    title: str
    version: int
    status: str
    from_on: str
    until_on: str
    adopted_on: str
    adopting_body: str
    currency: str
    situation: str
    rights_impact: str
    as_of: str
    aims: tuple[Aim, ...]

    def as_content(self) -> dict[str, Any]:
        """Return the picture as plain values that can be kept and published."""
        return asdict(self)


def picture_of(plan: Plan, *, on: date) -> Picture:
    """Describe a plan as it stands on a day; organisations are named, people are not."""
    objectives = plan.objectives.prefetch_related(
        "actions__lead",
        "actions__partners",
        "actions__budgets",
        "actions__indicators",
        "actions__commitments",
    )
    return Picture(
        title=plan.title,
        version=plan.version,
        status=plan.status,
        from_on=_day(plan.from_on),
        until_on=_day(plan.until_on),
        adopted_on=_day(plan.adopted_on),
        adopting_body=plan.adopting_body,
        currency=plan.currency,
        situation=plan.situation,
        rights_impact=plan.rights_impact,
        as_of=_day(on),
        aims=tuple(_aim(one, on) for one in sorted(objectives, key=_by_number)),
    )


def _by_number(row: Objective | Action) -> list[tuple[int, str]]:
    """Sort 2.10 after 2.9."""
    parts = row.number.replace("-", ".").split(".")
    return [(int(part) if part.isdecimal() else 0, part) for part in parts]


def _aim(objective: Objective, on: date) -> Aim:
    actions = sorted(objective.actions.all(), key=_by_number)
    return Aim(
        objective.number,
        objective.pillar,
        objective.text,
        tuple(_step(action, on) for action in actions),
    )


def _step(action: Action, on: date) -> Step:
    return Step(
        number=action.number,
        text=action.text,
        lead=action.lead.name if action.lead else "",
        partners=tuple(partner.name for partner in action.partners.all()),
        from_on=_day(action.from_on),
        until_on=_day(action.until_on),
        status=action.status,
        light=light_of(action, on=on),
        topics=tuple(action.topics),
        commitments=tuple(one.number for one in action.commitments.all()),
        money=tuple(_money(action.budgets.all())),
        measures=tuple(_measures(action.indicators.all())),
    )


def _money(lines: Iterable[Budget]) -> Iterable[Money]:
    for one in lines:
        yield Money(one.year, one.source, one.donor, one.planned, one.allocated, one.spent)


def _measures(indicators: Iterable[Indicator]) -> Iterable[Measure]:
    for one in indicators:
        until = _day(one.target_on)
        yield Measure(one.text, one.unit, one.baseline, one.target, until, one.reached)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
