"""The members that weigh all models: decomposable graphs, and thresholding."""

from __future__ import annotations

from collections.abc import Mapping

from opennrm.statistics.estimation.chordal import in_words
from opennrm.statistics.estimation.graphs import Posterior, posterior
from opennrm.statistics.estimation.hierarchies import in_names
from opennrm.statistics.estimation.metropolis import NoPosterior
from opennrm.statistics.estimation.results import Check, Limits, Member, Settings
from opennrm.statistics.estimation.subsets import spelled
from opennrm.statistics.estimation.tables import ListTable
from opennrm.statistics.estimation.thresholding import Thresholded, threshold
from opennrm.statistics.estimation.wording import (
    differ,
    far_beyond,
    joined,
    linked,
    noting,
    without_estimate,
)

GRAPHS, THRESHOLDING = "graphs", "thresholding"
LABELS = {GRAPHS: "Average over decomposable graphs", THRESHOLDING: "Bayesian thresholding"}
WORST_RATIO = 1.05
MOST_AT_EDGE = 0.01
FACTORS = (0.25, 1.0, 4.0)
_LEAST_SHARE = 0.001
_LEVELS = (0.025, 0.975, 0.1, 0.9)


def decomposable_graphs(table: ListTable, _settings: Settings) -> Member:
    """Average over the ways in which lists can hang together."""
    found = posterior(table)
    beside = {
        f"{found.weight * one:g}": posterior(table, found.weight * one, around=found).median
        for one in FACTORS
    }
    top, share = found.graphs[0]
    words = in_words(top, table.lists)
    tells = (
        f"It averages over {'all' if found.exhaustive else 'the likeliest'} ways in which lists "
        f"can hang together; the likeliest ({share:.0%}) has: {words}."
    )
    member = Member(
        GRAPHS,
        LABELS[GRAPHS],
        found.median,
        Limits(*(found.limits[level] for level in _LEVELS)),
        words,
        tuple(sorted(top)),
        tells,
        (_edge(found),),
        (),
        _of_graphs(table, found, beside),
    )
    return far_beyond(table, noting(member, _prior_matters(found, beside)))


def thresholding(table: ListTable, settings: Settings) -> Member:
    """Pull weak links to none, keep the strong ones."""
    try:
        proper = threshold(table, proper=True, seed=settings.seed)
    except NoPosterior as reason:
        return without_estimate(THRESHOLDING, LABELS[THRESHOLDING], str(reason))
    flat = _flat(table, settings)
    tells = (
        "It begins with a link between every two lists, pulls weak ones towards none, and keeps "
        f"the strong ones; {linked(table, proper.kept)}."
    )
    member = Member(
        THRESHOLDING,
        LABELS[THRESHOLDING],
        proper.median,
        Limits(*(proper.limits[level] for level in _LEVELS)),
        in_names(proper.kept, table.lists),
        proper.kept,
        tells,
        (_chains(proper),),
        (),
        _of_thresholding(table, proper, flat),
    )
    return far_beyond(table, noting(member, _choice_matters(table, proper, flat)))


def _edge(found: Posterior) -> Check:
    return Check(
        "edge_of_grid",
        found.at_the_edge <= MOST_AT_EDGE,
        f"At most {MOST_AT_EDGE:.0%} of the posterior lies at the largest numbers looked at (here "
        f"{found.at_the_edge:.2%}).",
    )


def _prior_matters(found: Posterior, beside: Mapping[str, float]) -> list[str]:
    warnings = []
    low, high = min(beside.values()), max(beside.values())
    if differ(low, high):
        warnings.append(
            f"The prior weight matters: {low:,.0f} to {high:,.0f} with a quarter to four times "
            "the usual weight."
        )
    if not found.exhaustive:
        warnings.append("Not all graphs were looked at, only those around the best.")
    return warnings


def _of_graphs(
    table: ListTable, found: Posterior, beside: Mapping[str, float]
) -> Mapping[str, object]:
    return {
        "prior_weight": found.weight,
        "median_by_prior_weight": beside,
        "mean": found.mean,
        "posterior_at_the_edge": found.at_the_edge,
        "graphs": [
            {"graph": in_words(graph, table.lists), "share": share}
            for graph, share in found.graphs
            if share > _LEAST_SHARE
        ],
    }


def _flat(table: ListTable, settings: Settings) -> Thresholded | None:
    """Run the improper prior beside, where it has a posterior."""
    try:
        return threshold(table, proper=False, seed=settings.seed)
    except NoPosterior:
        return None


def _chains(found: Thresholded) -> Check:
    return Check(
        "chains_agree",
        found.ratio <= WORST_RATIO,
        f"The chains agree (ratio at most {WORST_RATIO:g}; here {found.ratio:.3f}).",
    )


def _choice_matters(table: ListTable, proper: Thresholded, flat: Thresholded | None) -> list[str]:
    warnings = []
    if flat is None:
        warnings.append("With flat priors there is no estimate.")
    elif differ(flat.median, proper.median):
        warnings.append(f"The prior matters: with flat priors {flat.median:,.0f}.")
    if proper.on_the_edge:
        named = joined(spelled(pair, table.lists) for pair in proper.on_the_edge)
        warnings.append(f"Hardly above or below the threshold: {named}.")
    return warnings


def _of_thresholding(
    table: ListTable, proper: Thresholded, flat: Thresholded | None
) -> Mapping[str, object]:
    strengths = {spelled(pair, table.lists): own for pair, own in proper.strengths.items()}
    shown: dict[str, object] = {"prior": "proper", "ratio": proper.ratio, "strengths": strengths}
    if flat is not None:
        shown["flat_priors"] = {
            "estimate": flat.median,
            "limits": [flat.limits[0.025], flat.limits[0.975]],
            "model": in_names(flat.kept, table.lists),
            "never_seen": in_names(flat.never_seen, table.lists) if flat.never_seen else "",
        }
    return shown
