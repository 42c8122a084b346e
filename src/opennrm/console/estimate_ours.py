"""Works out, for each line of a file of published results, what OpenNRM gives for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from opennrm.statistics.estimation.graphs import posterior
from opennrm.statistics.estimation.hierarchies import in_brackets, in_names
from opennrm.statistics.estimation.information import MOST_MODELS, rank
from opennrm.statistics.estimation.information_limits import Widening, widen
from opennrm.statistics.estimation.loglinear import fit_model, stepwise_model
from opennrm.statistics.estimation.metropolis import NoPosterior
from opennrm.statistics.estimation.resampling import Resampled, resample
from opennrm.statistics.estimation.stepwise import stepwise_estimates
from opennrm.statistics.estimation.subsets import pairs, spelled
from opennrm.statistics.estimation.tables import ListTable
from opennrm.statistics.estimation.thresholding import keeping, threshold

SAMPLES, SEED = 1000, 1234
FEW_MODELS = 20
Row = Mapping[str, str]


@dataclass(frozen=True)
class Ours:
    """Our figures for one line, the model, and what has to be said with them."""

    figures: Mapping[str, float]
    model: str = ""
    says: str = ""


@dataclass
class DataSet:
    """One table; what several lines ask for is worked out once."""

    table: ListTable
    _limits: dict[bool, Widening] = field(default_factory=dict)

    @cached_property
    def stepwise(self) -> Resampled:
        """The stepwise estimate with its limits."""
        return resample(self.table, stepwise_estimates, SAMPLES, SEED)

    def information(self, *, counting: bool) -> Widening:
        """The limits around the best models, the combinations drawn in one of two orders."""
        if counting not in self._limits:
            table = in_counting_order(self.table) if counting else self.table
            ranking = rank(table, keep=FEW_MODELS)
            self._limits[counting] = widen(table, ranking, SAMPLES, SEED)
        return self._limits[counting]


def in_counting_order(table: ListTable) -> ListTable:
    """Put the combinations in the order 1, 2, 1 and 2, 3 ... in which some programs draw."""
    cells = sorted(zip(table.masks, table.counts, strict=True))
    return replace(
        table, masks=tuple(mask for mask, _ in cells), counts=tuple(count for _, count in cells)
    )


def ours(row: Row, one: DataSet) -> list[Ours]:
    """Work out a line; several answers stand for several ways in which it can be meant."""
    for begins, makes in MAKERS.items():
        if row["method"].startswith(begins):
            return makes(row, one)
    return []


def _main_effects(_row: Row, one: DataSet) -> list[Ours]:
    found = fit_model(one.table, ())
    return [Ours({"estimate": found.estimate, "lo95": found.low, "hi95": found.high})]


def _stepwise(_row: Row, one: DataSet) -> list[Ours]:
    model = stepwise_model(one.table)
    found = fit_model(one.table, model)
    figures = {"estimate": found.estimate, "lo95": found.low, "hi95": found.high}
    return [Ours(figures, in_names(model, one.table.lists, found.never_seen))]


def _stepwise_limits(_row: Row, one: DataSet) -> list[Ours]:
    return [Ours(_figures(one.stepwise))]


def _information(row: Row, one: DataSet) -> list[Ours]:
    order = 3 if "order 3" in row["settings"] else 2
    best = rank(one.table, order=order, keep=1).best[0]
    return [Ours({"estimate": best.estimate}, in_brackets(best.model, len(one.table.lists)))]


def _information_limits(row: Row, one: DataSet) -> list[Ours]:
    found = []
    if "all orders" in row["settings"]:
        return []
    if "exhaustive" in row["settings"]:
        every = widen(one.table, rank(one.table, keep=MOST_MODELS), SAMPLES, SEED)
        return [Ours(_figures(every.widest))]
    for counting in (False, True):
        by_number = one.information(counting=counting).by_number
        asked = re.search(r"top (\d+)", row["settings"])
        number = int(asked[1]) if asked else max(by_number)
        says = "combinations drawn in counting order" if counting else ""
        found.append(Ours(_figures(by_number[number]), says=says))
    return found


def _graphs(row: Row, one: DataSet) -> list[Ours]:
    asked = re.search(r"delta=([\d.]+)", row["settings"])
    found = posterior(one.table, float(asked[1]) if asked else None)
    low, high = found.limits[0.025], found.limits[0.975]
    return [Ours({"estimate": found.median, "lo95": low, "hi95": high})]


def _thresholding(row: Row, one: DataSet) -> list[Ours]:
    proper = row["settings"].startswith("proper")
    try:
        found = threshold(one.table, proper=proper, seed=SEED)
    except NoPosterior as reason:
        return [Ours({}, says=f"no estimate: {reason}")]
    names = one.table.lists
    mine = Ours(_of_levels(found.median, found.limits), in_names(found.kept, names))
    theirs = _pairs_named(row["model"], names)
    changed = set(theirs) ^ set(found.kept)
    if not row["model"] or not changed:
        return [mine]
    edge = ", ".join(f"{spelled(one, names)} {found.strengths.get(one, 0):.2f}" for one in changed)
    again = keeping(one.table, theirs, proper=proper, seed=SEED)
    says = f"with the pairs kept there; strength here, where 2 keeps a pair: {edge}"
    return [mine, Ours(_of_levels(again.median, again.limits), in_names(theirs, names), says)]


def as_asked_before(rows: Sequence[Row]) -> list[Row]:
    """Give a published line of thresholding the model that the same run was computed with."""
    models = {_asked(row): row["model"] for row in rows if row["kind"] == "computed"}
    return [{**row, "model": row["model"] or models.get(_asked(row), "")} for row in rows]


def _asked(row: Row) -> tuple[str, ...]:
    if row["method"] != "Bayesian thresholding":
        return (*row.values(),)
    return row["dataset"], row["method"], row["settings"].partition(" ")[0]


def _pairs_named(model: str, names: tuple[str, ...]) -> tuple[int, ...]:
    kept = model.partition(";-inf:")[0].split(";")
    by_name = {spelled(pair, names): pair for pair in pairs(len(names))}
    return tuple(sorted(by_name[name] for name in kept if name in by_name))


def _of_levels(middle: float, limits: Mapping[float, float]) -> dict[str, float]:
    names = {"lo95": 0.025, "hi95": 0.975, "lo80": 0.1, "hi80": 0.9}
    return {"estimate": middle, **{name: limits[level] for name, level in names.items()}}


def _figures(again: Resampled) -> dict[str, float]:
    (low, high), (low_80, high_80) = again.interval, again.interval_80
    return {
        "estimate": again.estimate,
        "lo95": low,
        "hi95": high,
        "lo80": low_80,
        "hi80": high_80,
    }


MAKERS: Mapping[str, Callable[[Row, DataSet], list[Ours]]] = {
    "loglinear main effects": _main_effects,
    "loglinear stepwise p=0.02 + BCa": _stepwise_limits,
    "loglinear stepwise p=0.02": _stepwise,
    "stepwise (original": _stepwise,
    "loglinear best BIC": _information,
    "loglinear BIC + BCa": _information_limits,
    "Bayesian decomposable graphs": _graphs,
    "Bayesian thresholding": _thresholding,
}
"""How each method of the file is worked out; the others are not built, or not from a table."""
