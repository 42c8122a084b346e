"""The automatic check of a plan: what it rests on, covers and costs, and who takes part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from opennrm.coordination.models import Action, Plan
from opennrm.coordination.organisations import CIVIL_SOCIETY
from opennrm.coordination.plan import (
    actions_of,
    commitments_not_served,
    has_money,
    light_of,
    rules_on,
)
from opennrm.rights.registry import ask
from opennrm.vocabulary.exploitation import ExploitationForm
from opennrm.vocabulary.plans import Pillar, PlanTopic

# What a plan must touch at least once. Source: national structures reference, section 2.
PILLARS = (Pillar.PROSECUTION, Pillar.PREVENTION, Pillar.PROTECTION, Pillar.PARTNERSHIP)
FORMS = tuple(form for form in ExploitationForm if form.value not in ("other", "unknown"))


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of the check: what was looked for, what was found, whether it is well.

    `is_well` is None for a figure that says nothing by itself.
    """

    title: str
    found: str
    is_well: bool | None
    rule: str = ""


def check_plan(plan: Plan, *, on: date) -> list[Checked]:
    """Check what a plan lacks; it reports and stops nothing.

    Source: national structures reference, section 2, automatic plan check.
    """
    actions = list(
        actions_of(plan)
        .select_related("objective", "lead")
        .prefetch_related("partners", "budgets", "indicators")
    )
    unserved = commitments_not_served(plan).count()
    return [
        *_by_rule(plan, actions, on),
        *_coverage(actions),
        *_shares(actions, on),
        Checked(gettext("Commitments without any action"), str(unserved), None),
    ]


def _by_rule(plan: Plan, actions: Sequence[Action], on: date) -> Iterator[Checked]:
    titles = {
        "R71": gettext("Rests on an assessment of the situation"),
        "R72": gettext("Impact on human rights assessed and looked at again"),
        "R75": gettext("Acts on demand"),
    }
    for rule, situation in rules_on(plan, actions):
        finding = ask(rule, situation, on)
        found = gettext(finding.says) if finding.says else gettext("Yes")
        yield Checked(titles[rule], found, finding.holds, rule)


def _coverage(actions: Sequence[Action]) -> Iterator[Checked]:
    for pillar in PILLARS:
        number = sum(action.objective.pillar == pillar.value for action in actions)
        yield _counted(gettext("Pillar: %(name)s"), pillar.label, number)
    for topic in PlanTopic:
        number = sum(topic.value in action.topics for action in actions)
        yield _counted(gettext("Topic: %(name)s"), topic.label, number)
    for form in FORMS:
        number = sum(form.value in action.forms for action in actions)
        yield _counted(gettext("Form: %(name)s"), form.label, number)


def _counted(title: str, label: str, number: int) -> Checked:
    return Checked(title % {"name": gettext(label)}, str(number), number > 0)


def _shares(actions: Sequence[Action], on: date) -> Iterator[Checked]:
    whole = len(actions)
    funded = sum(map(has_money, actions))
    shared = sum(map(_has_civil_partner, actions))
    measured = sum(map(_has_baseline, actions))
    ownerless = sum(action.lead_id is None for action in actions)
    late = sum(light_of(action, on=on) == "late" for action in actions)
    yield _share(gettext("Actions with money"), funded, whole)
    yield _share(gettext("Actions with a partner of civil society"), shared, whole)
    yield _share(gettext("Actions with a baseline"), measured, whole)
    yield Checked(gettext("Actions without owner"), str(ownerless), ownerless == 0)
    yield Checked(gettext("Actions past due"), str(late), late == 0)


def _has_civil_partner(action: Action) -> bool:
    return any(partner.kind in CIVIL_SOCIETY for partner in action.partners.all())


def _has_baseline(action: Action) -> bool:
    return any(indicator.baseline for indicator in action.indicators.all())


def _share(title: str, number: int, whole: int) -> Checked:
    percent = round(100 * number / whole) if whole else 0
    found = gettext("%(number)s of %(whole)s (%(percent)s%%)") % {
        "number": number,
        "whole": whole,
        "percent": percent,
    }
    return Checked(title, found, None)
