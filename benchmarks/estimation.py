"""Measures estimation: 1,000 full bootstrap samples, each with the whole choice of a model.

Usage: python benchmarks/estimation.py [FOLDER_OF_PUBLISHED_TABLES]

CPU seconds of this process on one core, each beside a floor of the same run: 1,000 main-effects
models fitted one after the other by plain weighted least squares, as a loop in NumPy does it. A
table of eight lists is always measured; it is invented.
"""

# ruff: noqa: E402 - one core only, and that is settled before NumPy is imported

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from opennrm.statistics.estimation import existence
from opennrm.statistics.estimation.drawing import samples_of
from opennrm.statistics.estimation.existence import design, hierarchical_terms
from opennrm.statistics.estimation.graphs import posterior
from opennrm.statistics.estimation.information import rank
from opennrm.statistics.estimation.information_limits import widen
from opennrm.statistics.estimation.reading import read_table
from opennrm.statistics.estimation.resampling import resample
from opennrm.statistics.estimation.stepwise import stepwise_estimates
from opennrm.statistics.estimation.tables import ListTable, table_of_records
from opennrm.statistics.estimation.thresholding import threshold

SAMPLES, SEED, ROUNDS = 1000, 1234, 3
TARGETS = {"uk_5": 1.2, "uk_6": 2.7, "eight lists, few links": 6.0, "eight lists, many links": 6.0}
PUBLISHED = ("korea_3", "australia_4", "western_us_5", "uk_5", "netherlands_5", "uk_6")


def cpu(act: Callable[[], Any]) -> float:
    """The fewest CPU seconds of some rounds, nothing remembered from one to the next."""
    spent = []
    for _ in range(ROUNDS):
        existence._standing.cache_clear()
        existence._identified.cache_clear()
        began = time.process_time()
        act()
        spent.append(time.process_time() - began)
    return min(spent)


def plain_fits(table: ListTable) -> None:
    """The floor: main effects fitted to every sample, one after the other, and nothing chosen."""
    cells = range(1, 1 << len(table.lists))
    columns = design(list(cells), hierarchical_terms(len(table.lists), ()))
    for counts in samples_of(table, SAMPLES, SEED)[:, 1:]:
        weights, logs, deviance = counts + 0.1, np.log(counts + 0.1), np.inf
        while True:
            working = weights * logs + counts - weights
            logs = columns @ np.linalg.solve((columns.T * weights) @ columns, columns.T @ working)
            weights = np.exp(np.clip(logs, -700, 700))
            before, deviance = deviance, 2 * (weights.sum() - counts @ logs)
            if abs(deviance - before) < 1e-8 * (abs(deviance) + 0.1):
                break


def eight_lists(spread: float) -> ListTable:
    """Eight lists on 20,000 invented people; the wider the spread, the more links there are."""
    random = np.random.default_rng(SEED)
    ease = spread * random.normal(size=20_000)
    chances = 1 / (1 + np.exp(-(ease[:, None] - 3.2 + np.linspace(-0.5, 0.5, 8))))
    found = random.random(chances.shape) < chances
    found[:, 1] |= found[:, 0] & (random.random(len(found)) < 0.3)
    return table_of_records("ABCDEFGH", [np.flatnonzero(row).tolist() for row in found])


def tables(folder: Path | None) -> dict[str, ListTable]:
    """The tables measured, by name."""
    found = {}
    for name in PUBLISHED if folder else ():
        with (folder / f"{name}.csv").open("rb") as stream:
            found[name] = read_table(stream).table
    few, many = eight_lists(0.0), eight_lists(1.2)
    return {**found, "eight lists, few links": few, "eight lists, many links": many}


def stepwise(found: dict[str, ListTable]) -> bool:
    """Measure the stepwise estimate with its limits; tell whether every target is met."""
    print("| table | cells seen | CPU s | floor CPU s | ratio | target CPU s |")
    print("| --- | --- | --- | --- | --- | --- |")
    met = True
    for name, table in found.items():
        spent = cpu(lambda table=table: resample(table, stepwise_estimates, SAMPLES, SEED))
        floor = cpu(lambda table=table: plain_fits(table))
        target = TARGETS.get(name)
        met = met and (target is None or spent < target)
        print(
            f"| {name} | {len(table.masks)} | {spent:.2f} | {floor:.2f} | {spent / floor:.2f} "
            f"| {target or ''} |"
        )
    return met


def others(found: dict[str, ListTable]) -> None:
    """Measure the other members of the panel once each."""
    print("\n| table | all models | best 20, limits | graphs | thresholding |")
    print("| --- | --- | --- | --- | --- |")
    for name, table in found.items():
        ranking = rank(table, keep=20)
        spent = [
            cpu(lambda table=table: rank(table, keep=20)),
            cpu(lambda table=table, ranking=ranking: widen(table, ranking, SAMPLES, SEED)),
            cpu(lambda table=table: posterior(table)),
            cpu(lambda table=table: threshold(table, proper=True, seed=SEED)),
        ]
        print(f"| {name} | {' | '.join(f'{one:.2f}' for one in spent)} |")


def main() -> int:
    """Measure everything; exit 1 when a target is missed."""
    found = tables(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    met = stepwise(found)
    others(found)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
