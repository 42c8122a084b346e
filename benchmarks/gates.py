"""Measures the gates of microdata: honest rehearsals, planted leaks, and anonymeter beside them.

Usage: python benchmarks/gates.py PUBLIC_FILE.csv.gz COUNTRY_REGIONS.csv
           [--runs 24] [--leaks 6] [--shape SHAPE] [--sample SEED] [--anonymeter PYTHON]

A leak puts persons word for word among the rows that were made. The script exits with 1 when a
leak passes, or when more than one honest rehearsal in twelve is refused. With the interpreter of
an environment that has anonymeter, the same rows are attacked by it too, with 10,000 attacks.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from microdata import SEED, SHAPES, rows_of, schema_of

from opennrm.statistics.microdata import Microdata, attack, promise_of, rehearse, settings_for
from opennrm.statistics.microdata.gates import Maker
from opennrm.statistics.microdata.synthesis import synthesise_freely

LEAKS = (0.05, 0.20)
ANONYMETER = """
import json, logging, sys, warnings
warnings.filterwarnings("ignore"); logging.disable(logging.CRITICAL)
import pandas as pd
from anonymeter.evaluators import InferenceEvaluator, LinkabilityEvaluator, SinglingOutEvaluator
ori, con, syn = (pd.read_csv(p, dtype=str).astype(object) for p in sys.argv[1:4])
most, found = int(sys.argv[4]), {}
def told(name, evaluator, attacks, **how):
    evaluator.evaluate(**how)
    risk, rates = evaluator.risk(confidence_level=0.95), evaluator.results()
    excess = rates.attack_rate.value - rates.control_rate.value
    found[name] = excess if name.startswith("inference") else risk.ci[1]
names = list(ori)
told("singling_out", SinglingOutEvaluator(
    ori=ori, syn=syn, control=con, n_attacks=most, n_cols=4, max_attempts=20 * most, seed=1),
    most, mode="multivariate")
fewer = min(most // 2, len(ori), len(con))
for near in (1, 10):
    told(f"linkability_{near}", LinkabilityEvaluator(ori=ori, syn=syn, control=con,
        aux_cols=(names[::2], names[1::2]), n_attacks=fewer, n_neighbors=near), fewer, n_jobs=1)
most = min(most, len(ori), len(con))
for name in names:
    told(f"inference_{name}", InferenceEvaluator(ori=ori, syn=syn, control=con,
        aux_cols=[one for one in names if one != name], secret=name, n_attacks=most), most,
        n_jobs=1)
print(json.dumps(found))
"""


def leaking(share: float) -> Maker:
    """Make rows as usual, and put a share of the persons among them word for word."""

    def make(*given: object) -> Microdata:
        made = synthesise_freely(*given)
        leaked = int(share * len(given[0]))
        return replace(made, rows=np.concatenate([given[0][:leaked], made.rows[leaked:]]))

    return make


def rehearsed(
    codes: np.ndarray, schema: object, promise: object, make: Maker, runs: int
) -> tuple[int, Counter[str]]:
    """How many of so many rehearsals were refused, and by which gates."""
    settings, refused, gates = settings_for(len(codes)), 0, Counter()
    for seed in range(runs):
        chosen = replace(settings, seed=seed)
        found, _ = rehearse(codes, schema, promise, chosen, seed=seed, make=make)
        refused += not found.passed
        gates.update(one.name for one in found.failures)
    return refused, gates


def beside(
    codes: np.ndarray, schema: object, promise: object, interpreter: str
) -> Iterator[tuple[str, float, float]]:
    """Each gate that both know: its name, our figure, and that of anonymeter."""
    codes = codes[np.random.default_rng(0).permutation(len(codes))]
    half = min(len(codes) // 2, 20_000)
    inside, outside = codes[:half], codes[half : 2 * half]
    made = synthesise_freely(inside, schema, promise, settings_for(len(codes)))
    ours = {one.name: one.found for one in attack(inside, outside, made.rows, schema).gates}
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("inside", "outside", "published")]
        for path, rows in zip(paths, (inside, outside, made.rows), strict=True):
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow([one.name for one in schema.columns])
                writer.writerows([f"v{code}" for code in row] for row in rows)
        command = [interpreter, "-c", ANONYMETER, *map(str, paths), "10000"]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for name, theirs in json.loads(said.splitlines()[-1]).items():
        yield name, ours[name], theirs


def main() -> int:
    """Measure, print, and say by the exit code whether the gates do what they should."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("file", type=Path)
    given.add_argument("regions", type=Path)
    given.add_argument("--runs", type=int, default=24)
    given.add_argument("--leaks", type=int, default=6)
    given.add_argument("--shape", default="10,000 x 8 coarse")
    given.add_argument("--sample", type=int, default=SEED, help="which rows small shapes take")
    given.add_argument("--anonymeter")
    asked = given.parse_args()
    shape = next(one for one in SHAPES if one.name == asked.shape)
    rows = rows_of(asked.file, asked.regions, shape, asked.sample)
    schema, promise = schema_of(rows, shape.columns), promise_of(shape.epsilon, shape.delta)
    codes = np.array(
        [[one.place[row[one.name]] for one in schema.columns] for row in rows], np.int16
    )
    refused, gates = rehearsed(codes, schema, promise, synthesise_freely, asked.runs)
    print(f"honest: {refused} of {asked.runs} refused {dict(gates)}", flush=True)
    failed = refused > asked.runs / 12
    for share in LEAKS:
        found, gates = rehearsed(codes, schema, promise, leaking(share), asked.leaks)
        print(f"leak of {share:.0%}: {found} of {asked.leaks} refused {dict(gates)}", flush=True)
        failed = failed or found < asked.leaks
    if asked.anonymeter:
        print(f"{'':36}{'ours':>8}{'anonymeter':>12}")
        for name, ours, theirs in beside(codes, schema, promise, asked.anonymeter):
            print(f"{name:36}{ours:>8.4f}{theirs:>12.4f}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
