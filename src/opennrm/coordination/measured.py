"""Measures what the registers hold of the Rapporteur's indicators, and finds actions behind them.

No register here is about a person who was trafficked: places, training, campaigns, money, actions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.translation import gettext

from opennrm.coordination.directory import with_free_places
from opennrm.coordination.models import (
    Action,
    Budget,
    Campaign,
    Indicator,
    Recommendation,
    ServiceProvided,
)
from opennrm.coordination.plan import has_money, light_of
from opennrm.coordination.training import standing
from opennrm.vocabulary import registry
from opennrm.vocabulary.redress import minor_digits

KEY = re.compile(r"\bNR\d\d\b")
HOUSING = ("shelter", "semi_independent_housing")
Line = tuple[str, str]
"""What is measured, and the figure as it is read."""


def actions_by_key() -> Mapping[str, list[Action]]:
    """The actions under each key that stands in the words of one of their indicators."""
    found: dict[str, list[Action]] = {}
    rows = Indicator.objects.select_related("action").filter(text__contains="NR")
    for one in rows.order_by("action__number"):
        for key in dict.fromkeys(KEY.findall(one.text)):
            found.setdefault(key, []).append(one.action)
    return found


def kept_in_registers(*, on: date) -> Mapping[str, Sequence[Line]]:
    """The lines of each indicator that the registers hold, as they stand today.

    A register that is empty, or closed to who asks, has no line: nothing is shown as zero that
    nobody counted.
    """
    return {
        "NR09": tuple(_places()),
        "NR18": tuple(_training(on)),
        "NR19": tuple(_campaigns()),
        "NR20": tuple(_money()),
        "NR21": tuple(_plan(on)),
    }


def _places() -> Iterator[Line]:
    """Places of houses that told how many are free; one for several groups counts in each."""
    rows = ServiceProvided.objects.filter(service__in=HOUSING, places__isnull=False)
    told = [one for one in with_free_places(rows) if one.free is not None]
    for code, label in registry.code_list("group_taken").labels().items():
        taking = [one for one in told if code in one.groups]
        if taking:
            whole = sum(one.places for one in taking)
            yield (
                gettext("%(group)s: places in use, of all") % {"group": gettext(label)},
                _of(whole - sum(one.free for one in taking), whole),
            )


def _training(on: date) -> Iterator[Line]:
    """Who has the training that a role needs; a person of two roles counts twice."""
    labels = registry.code_list("training_tag").labels()
    whole: Counter[str] = Counter()
    trained: Counter[str] = Counter()
    for one in standing(on=on):
        whole[one.tag] += one.people
        trained[one.tag] += one.trained
    for tag, people in whole.items():
        yield gettext(labels[tag]), _of(trained[tag], people)


def _campaigns() -> Iterator[Line]:
    closed = Campaign.objects.filter(status="closed")
    measured = closed.filter(change_before__isnull=False, change_after__isnull=False)
    if whole := closed.count():
        yield gettext("Campaigns that ended and were evaluated"), _of(measured.count(), whole)


def _money() -> Iterator[Line]:
    labels = registry.code_list("pillar").labels()
    adopted = Budget.objects.filter(action__objective__plan__status="adopted")
    added = adopted.values("action__objective__pillar", "currency").annotate(
        planned=Sum("planned"), allocated=Sum("allocated"), spent=Sum("spent")
    )
    for one in added.order_by("currency", "action__objective__pillar"):
        digits = minor_digits(one["currency"])
        told = (Decimal(one[name]).scaleb(-digits) for name in ("planned", "allocated", "spent"))
        label = labels[one["action__objective__pillar"]]
        says = gettext("%(pillar)s (%(currency)s): planned, allocated, spent")
        yield (
            says % {"pillar": gettext(label), "currency": one["currency"]},
            " / ".join(f"{amount:,.{digits}f}".replace(",", "\u202f") for amount in told),
        )


def _plan(on: date) -> Iterator[Line]:
    adopted = Action.objects.filter(objective__plan__status="adopted")
    actions = list(adopted.prefetch_related("budgets"))
    lights = [light_of(one, on=on) for one in actions]
    if whole := len(actions):
        unpaid = sum(not has_money(one) for one in actions)
        yield gettext("Actions done"), _of(lights.count("done"), whole)
        yield gettext("Actions late"), _of(lights.count("late"), whole)
        yield gettext("Actions without money"), _of(unpaid, whole)
    if asked := Recommendation.objects.count():
        answered = Recommendation.objects.filter(~Q(status="open") | Q(answers__isnull=False))
        yield gettext("Recommendations answered"), _of(answered.distinct().count(), asked)


def _of(part: int, whole: int) -> str:
    return gettext("%(part)d of %(whole)d") % {"part": part, "whole": whole}
