"""Takes a plan in from a spreadsheet: all of it, or nothing with every fault named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from opennrm.coordination.desk import because
from opennrm.coordination.models import (
    Action,
    Budget,
    Commitment,
    Indicator,
    Objective,
    Plan,
    RegisterEntry,
)
from opennrm.coordination.plan import actions_of
from opennrm.coordination.plan_table import MONEY, Read, read_table
from opennrm.exchange.questionnaires.workbook_back import Fault, WorkbookRefused
from opennrm.vocabulary.redress import minor_digits


@dataclass(frozen=True, slots=True)
class Known:
    """What the lines may name: organisations, commitments, what the plan holds already."""

    entries: Mapping[str, RegisterEntry]
    commitments: Mapping[str, Commitment]
    objectives: Mapping[str, Objective]
    actions: frozenset[str]


def import_plan(plan: Plan, content: bytes, *, why: str) -> int:
    """Take the actions of a spreadsheet into a draft; tell how many.

    :raises WorkbookRefused: naming row, column and remedy of every fault; nothing is kept then.
    """
    if plan.status != "draft":
        raise WorkbookRefused((Fault("", 0, "", gettext("Only a draft takes new actions.")),))
    read = read_table(content)
    known = _known(plan)
    _check(read, plan, known)
    if not read.lines and not read.faults:
        read.fault(2, "", gettext("The sheet has no action in it."))
    if read.faults:
        raise WorkbookRefused(tuple(read.faults))
    with because(why):
        objectives = dict(known.objectives)
        for _row, line in read.lines:
            _keep(line, plan, known, objectives)
    return len(read.lines)


def _known(plan: Plan) -> Known:
    entries = RegisterEntry.objects.filter(left_on=None)
    return Known(
        entries={one.name.casefold(): one for one in entries},
        commitments={one.number.casefold(): one for one in Commitment.objects.all()},
        objectives={one.number: one for one in plan.objectives.all()},
        actions=frozenset(actions_of(plan).values_list("number", flat=True)),
    )


def _check(read: Read, plan: Plan, known: Known) -> None:
    """Name whatever in the lines does not fit the register, the commitments or the plan."""
    numbers: dict[str, int] = {}
    aims = {number: (one.pillar, one.text) for number, one in known.objectives.items()}
    for row, line in read.lines:
        number = line.get("number", "")
        if number in known.actions:
            read.fault(row, "number", gettext("The plan has an action of this number already."))
        elif number in numbers:
            says = gettext("Row %(row)s has this number already.") % {"row": numbers[number]}
            read.fault(row, "number", says)
        numbers.setdefault(number, row)
        told = (line.get("pillar", ""), line.get("objective", ""))
        if aims.setdefault(line.get("objective_number", ""), told) != told:
            says = gettext("Another row gives this objective another pillar or another text.")
            read.fault(row, "objective", says)
        _check_names(read, row, line, known)
        _check_money(read, row, line, plan)


def _check_names(read: Read, row: int, line: Mapping[str, Any], known: Known) -> None:
    says = gettext("%(name)s is not in the register. Write its name as it stands there.")
    if line.get("lead") and line["lead"].casefold() not in known.entries:
        read.fault(row, "lead", says % {"name": line["lead"]})
    for name in line.get("partners", ()):
        if name.casefold() not in known.entries:
            read.fault(row, "partners", says % {"name": name})
    for number in line.get("commitments", ()):
        if number.casefold() not in known.commitments:
            missing = gettext("%(number)s is no commitment of the library.")
            read.fault(row, "commitments", missing % {"number": number})


def _check_money(read: Read, row: int, line: Mapping[str, Any], plan: Plan) -> None:
    amounts = [name for name in MONEY if line.get(name) is not None]
    if amounts and line.get("currency", plan.currency) not in ("", plan.currency):
        says = gettext("The plan counts in %(currency)s.") % {"currency": plan.currency}
        read.fault(row, "currency", says)
    digits = minor_digits(plan.currency)
    for name in amounts:
        if line[name].scaleb(digits) % 1:
            read.fault(row, name, gettext("It has more digits than this currency knows."))
    if bool(line.get("indicator")) != bool(line.get("target")):
        read.fault(
            row, "target", gettext("An indicator needs a target, and a target an indicator.")
        )


def _keep(
    line: Mapping[str, Any], plan: Plan, known: Known, objectives: dict[str, Objective]
) -> None:
    number = line["objective_number"]
    if number not in objectives:
        objectives[number] = Objective.objects.create(
            plan=plan, number=number, pillar=line["pillar"], text=line["objective"]
        )
    action = Action.objects.create(
        objective=objectives[number],
        number=line["number"],
        text=line["text"],
        lead=known.entries.get(line.get("lead", "").casefold()),
        from_on=line.get("from_on"),
        until_on=line.get("until_on"),
        status=line.get("status") or "not_started",
    )
    action.partners.set(known.entries[name.casefold()] for name in line.get("partners", ()))
    action.commitments.set(
        known.commitments[number.casefold()] for number in line.get("commitments", ())
    )
    _keep_beside(line, action, plan)


def _keep_beside(line: Mapping[str, Any], action: Action, plan: Plan) -> None:
    amounts = {name: line[name] for name in MONEY if line.get(name) is not None}
    if amounts:
        Budget.objects.create(
            action=action,
            source="state",
            year=(action.from_on or plan.from_on).year,
            currency=plan.currency,
            **{name: _minor(amount, plan.currency) for name, amount in amounts.items()},
        )
    if line.get("indicator"):
        Indicator.objects.create(
            action=action,
            text=line["indicator"],
            unit="",
            baseline=line.get("baseline", ""),
            target=line["target"],
            target_on=action.until_on or plan.until_on,
        )


def _minor(amount: Decimal, currency: str) -> int:
    return int(amount.scaleb(minor_digits(currency)))
