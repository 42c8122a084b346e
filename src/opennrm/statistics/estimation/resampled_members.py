"""The members whose limits come from repeating the whole choice of a model in every sample."""

from __future__ import annotations

from collections.abc import Mapping

from opennrm.statistics.estimation.hierarchies import Model, in_names
from opennrm.statistics.estimation.information import Ranking, rank
from opennrm.statistics.estimation.information_limits import Widening, widen
from opennrm.statistics.estimation.resampling import Resampled, resample
from opennrm.statistics.estimation.results import Check, Limits, Member, Settings
from opennrm.statistics.estimation.shapes import histogram, humps
from opennrm.statistics.estimation.stepwise import THRESHOLD, choose, stepwise_estimates
from opennrm.statistics.estimation.tables import ListTable
from opennrm.statistics.estimation.wording import (
    differ,
    far_beyond,
    joined,
    linked,
    noting,
    without_estimate,
)

STEPWISE, BIC = "stepwise", "bic"
LABELS = {
    STEPWISE: "Stepwise log-linear model",
    BIC: "Log-linear model with the best criterion (BIC)",
}
WORST_BIAS = 1.0
NOTED_BIAS = 0.5
COVERAGE = "In simulations of its authors limits of this kind at 95 in 100 held the truth in 90."
_KEPT = {2: 2, 3: 8, 4: 20}
_KEPT_OF_MORE = 100
_ORDER_3_LISTS = 5


def stepwise(table: ListTable, settings: Settings) -> Member:
    """Add links whose overlap is surprising; repeat all of it in every sample."""
    links = tuple(choose(table.dense[None]).added[0])
    again = resample(table, stepwise_estimates, settings.bootstrap, settings.seed)
    tells = (
        "It adds a link between two lists only where their overlap is very unlikely by chance "
        f"(below {THRESHOLD:.0%}); {linked(table, links)}."
    )
    details = {"threshold": THRESHOLD, "links_in_order": in_names(links, table.lists)}
    return _member(STEPWISE, table, (links, tells), again, details)


def bic(table: ListTable, settings: Settings) -> Member:
    """Take the best of all models; choose among the best again in every sample."""
    ranking = rank(table, keep=_KEPT.get(len(table.lists), _KEPT_OF_MORE))
    if not ranking.best:
        return without_estimate(BIC, LABELS[BIC], "no model has one")
    widening = widen(table, ranking, settings.bootstrap, settings.seed)
    best = ranking.best[0]
    tells = (
        f"It takes, of {ranking.looked_at:,} models, the one that best weighs fit against "
        f"simplicity; {linked(table, best.model)}."
    )
    details = {**_ranked(table, ranking), **_widened(widening)}
    member = _member(BIC, table, (best.model, tells), widening.widest, details)
    return noting(member, _of_search(table, ranking))


def _ranked(table: ListTable, ranking: Ranking) -> Mapping[str, object]:
    return {
        "order": ranking.order,
        "models": ranking.looked_at,
        "criterion": ranking.best[0].criterion,
        "next_best": [
            {"model": in_names(one.model, table.lists), "estimate": one.estimate}
            for one in ranking.best[1:6]
        ],
    }


def _widened(widening: Widening) -> Mapping[str, object]:
    steps = widening.by_number.items()
    return {"limits_by_number_of_models": {str(number): one.interval for number, one in steps}}


def _of_search(table: ListTable, ranking: Ranking) -> list[str]:
    """Warn where not all models were looked at, or where larger terms change the answer."""
    if not ranking.exhaustive:
        return ["Not all models were looked at, only those around the best."]
    if not 2 < len(table.lists) <= _ORDER_3_LISTS:
        return []
    larger = rank(table, order=3, keep=1).best
    if larger and differ(larger[0].estimate, ranking.best[0].estimate):
        return [
            "With links between three lists the best model gives "
            f"{larger[0].estimate:,.0f} ({in_names(larger[0].model, table.lists)})."
        ]
    return []


def _member(
    method: str,
    table: ListTable,
    chosen: tuple[Model, str],
    again: Resampled,
    details: Mapping[str, object],
) -> Member:
    """Build a member from its bootstrap."""
    links, tells = chosen
    limits = Limits(*again.interval, *again.interval_80)
    shown = {
        **details,
        "bias_z0": again.bias,
        "acceleration": again.acceleration,
        "samples": again.samples,
        "samples_without_estimate": again.without_limit,
        "histogram": histogram(again.estimates),
    }
    model = in_names(links, table.lists)
    checks = _checks(table, again, limits)
    member = Member(
        method,
        LABELS[method],
        again.estimate,
        limits,
        model,
        links,
        tells,
        checks,
        (COVERAGE,),
        shown,
    )
    return far_beyond(table, noting(member, _warnings(table, again)))


def _checks(table: ListTable, again: Resampled, limits: Limits) -> tuple[Check, ...]:
    return (
        Check("finite", limits.finite, "Estimate and limits are finite."),
        Check(
            "bias",
            abs(again.bias) <= WORST_BIAS,
            f"The estimate lies in the middle of its samples (|z0| at most {WORST_BIAS:g}; here "
            f"{again.bias:.2f}).",
        ),
        Check(
            "beyond_seen",
            again.estimate > table.people,
            "More people are estimated than were seen.",
        ),
    )


def _warnings(table: ListTable, again: Resampled) -> list[str]:
    found = []
    if NOTED_BIAS < abs(again.bias) <= WORST_BIAS:
        found.append(f"The limits rest on a handful of samples (z0 {again.bias:.2f}).")
    tops = humps(again.estimates)
    if len(tops) > 1:
        named = joined(f"{top:,.0f}" for top in tops)
        found.append(f"The samples fall into {len(tops)} groups, around {named}.")
    if again.without_limit:
        found.append(f"{again.without_limit} of {again.samples} samples have no estimate.")
    never = [pair for pair, seen in table.overlaps().items() if not seen]
    if never:
        found.append(f"Never seen together: {joined(never)}.")
    return found
