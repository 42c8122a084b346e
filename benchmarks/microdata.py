"""Measures microdata beside other synthesizers, each in a process and an environment of its own.

Usage: python benchmarks/microdata.py PUBLIC_FILE.csv.gz COUNTRY_REGIONS.csv
           [--pac PYTHON] [--mst PYTHON] [--only SHAPE] [--sample SEED] [--runs 1]

Each process is given the same rows and the same promise, and reports its own CPU and memory. The
rows that come out are weighed by the same measure here. The script exits with 1 when a target is
missed. `benchmarks/README.md` says how to make the environments of the others.
"""

import argparse
import csv
import gzip
import json
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from opennrm.statistics.microdata import (
    Column,
    MicrodataRefused,
    Schema,
    promise_of,
    read_rows,
    synthesise,
    worth,
)

TWENTY = [
    "yearOfRegistration",
    "gender",
    "ageBroad",
    "majorityStatusAtExploit",
    "traffickMonths",
    "citizenship",
    "CountryOfExploitation",
    "meansOfControlDebtBondage",
    "meansOfControlThreats",
    "meansOfControlPsychologicalAbuse",
    "meansOfControlPhysicalAbuse",
    "meansOfControlFalsePromises",
    "meansOfControlRestrictsMovement",
    "meansOfControlExcessiveWorkingHours",
    "meansOfControlWithholdsDocuments",
    "isForcedLabour",
    "isSexualExploit",
    "isOtherExploit",
    "recruiterRelationFriend",
    "recruiterRelationOther",
]
EIGHT = [*TWENTY[:3], *TWENTY[5:7], *TWENTY[15:18]]
CHILD = ("0--8", "09--17")
YOUNG = ("18--20", "21--23", "24--26", "27--29")
SEED = 1


@dataclass(frozen=True)
class Shape:
    """Rows to be measured: how many, which columns, the promise, and the targets in percent."""

    name: str
    rows: int | None
    columns: list[str]
    epsilon: float
    delta: float
    suppressed: tuple[float, ...] = ()
    fabricated: tuple[float, ...] = ()
    error: tuple[float, ...] = ()
    seconds: float = float("inf")
    megabytes: float = float("inf")


SHAPES = (
    Shape(
        "193,015 x 20",
        None,
        TWENTY,
        4.0,
        4.3e-7,
        (100, 33, 30),
        (100, 3, 5),
        (25, 40, 55),
        seconds=15,
        megabytes=700,
    ),
    Shape("10,000 x 8 coarse", 10_000, EIGHT, 1.0, 1e-6, (24, 37, 35), (2, 2, 2)),
    Shape("2,000 x 20", 2_000, TWENTY, 1.0, 1e-6),
)  # fmt: skip
OTHERS = {
    "pac-synth": """
import sys, pandas as pd
from pacsynth import Dataset, DpAggregateSeededParametersBuilder as Builder
from pacsynth import DpAggregateSeededSynthesizer as Synthesizer, AccuracyMode, FabricationMode
rows, out, epsilon, delta = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
given = pd.read_csv(rows, dtype=str, keep_default_na=False)
builder = (Builder().reporting_length(3).epsilon(epsilon).delta(delta)
    .fabrication_mode(FabricationMode.minimize()).use_synthetic_counts(True)
    .accuracy_mode(AccuracyMode.prioritize_long_combinations()))
maker = Synthesizer(builder.build())
maker.fit(Dataset.from_data_frame(given))
Dataset.raw_data_to_data_frame(maker.sample()).to_csv(out, index=False)
""",
    "MST (mbi)": """
import sys, math, itertools, numpy as np, pandas as pd
from mbi import Dataset, Domain, LinearMeasurement, estimation
rows, out, rho = sys.argv[1], sys.argv[2], float(sys.argv[5])
given = pd.read_csv(rows, dtype=str, keep_default_na=False)
lists = {c: sorted(given[c].unique()) for c in given}
coded = pd.DataFrame({c: given[c].map({v: i for i, v in enumerate(lists[c])}) for c in given})
random = np.random.default_rng(0)
domain = Domain(tuple(given), tuple(len(lists[c]) for c in given))
full = Dataset({c: coded[c].to_numpy() for c in coded}, domain)
width, found = len(given.columns), []
def measure(columns, sigma):
    counts = np.asarray(full.project(columns).datavector())
    noisy = counts + random.normal(0, sigma, counts.shape)
    found.append(LinearMeasurement(noisy, columns, stddev=sigma))
    return noisy
ones = {c: np.maximum(measure((c,), math.sqrt(width / (2 * rho / 3))), 0) for c in given}
size = np.mean([one.sum() for one in ones.values()])
scores = {}
for a, b in itertools.combinations(given, 2):
    counts = np.asarray(full.project((a, b)).datavector()).reshape(len(ones[a]), len(ones[b]))
    scores[a, b] = np.abs(counts - np.outer(ones[a], ones[b]) / size).sum()
group, edges = {c: c for c in given}, []
for _ in range(width - 1):
    left = [e for e in scores if group[e[0]] != group[e[1]]]
    noise = random.gumbel(size=len(left)) / (math.sqrt(8 * rho / 3 / (width - 1)) / 2)
    edge = left[int(np.argmax(np.array([scores[e] for e in left]) + noise))]
    edges.append(edge)
    old, new = group[edge[1]], group[edge[0]]
    group = {c: new if g == old else g for c, g in group.items()}
for edge in edges:
    measure(edge, math.sqrt((width - 1) / (2 * rho / 3)))
model = estimation.MirrorDescent().estimate(domain, found)
made = model.synthetic_data(rows=int(round(size)))
table = {c: [lists[c][int(v)] for v in np.asarray(made.data[c])] for c in given}
pd.DataFrame(table).to_csv(out, index=False)
""",
}


def rows_of(path: Path, regions: Path, shape: Shape, sample: int = SEED) -> list[dict[str, str]]:
    """The rows of a shape: those with enough answers for the small ones, and coarser."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        kept = [
            {name: "" if row[name] == "0" else row[name] for name in TWENTY}
            for row in csv.DictReader(stream)
        ]
    kept = [row for row in kept if any(row.values())]
    if shape.rows is None:
        return kept
    rich = [row for row in kept if sum(map(bool, row.values())) >= 5]
    chosen = random.Random(sample).sample(rich, shape.rows)  # noqa: S311 - nothing here is secret
    return chosen if shape.columns == TWENTY else coarse(chosen, regions)


def coarse(rows: list[dict[str, str]], regions: Path) -> list[dict[str, str]]:
    """Eight columns: years by five, three ages, and regions of the world."""
    with regions.open(encoding="utf-8", newline="") as stream:
        region = {one["iso3"]: one["un_subregion"] for one in csv.DictReader(stream)}
    age = {**dict.fromkeys(CHILD, "child"), **dict.fromkeys(YOUNG, "18-29"), "": ""}
    year = "yearOfRegistration"
    return [
        {
            **{name: row[name] for name in EIGHT},
            year: str(int(row[year]) // 5 * 5) if row[year] else "",
            "ageBroad": age.get(row["ageBroad"], "30+"),
            "citizenship": region.get(row["citizenship"], ""),
            "CountryOfExploitation": region.get(row["CountryOfExploitation"], ""),
        }
        for row in rows
    ]


def schema_of(rows: list[dict[str, str]], columns: list[str]) -> Schema:
    """Code lists of a public file; those of a State come from its vocabulary, not from rows."""
    values = {name: sorted({row[name] for row in rows} - {""}) for name in columns}
    return Schema(tuple(Column(name, tuple(values[name])) for name in columns))


def write(rows: list[dict[str, str]], columns: list[str], path: Path) -> None:
    """Write rows for each process to read."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def ours(given: list[str]) -> int:
    """Make microdata in this process and say what it took; started by `measured`."""
    rows, out, lists, epsilon, delta = given
    columns = json.loads(Path(lists).read_text(encoding="utf-8"))
    schema = Schema(tuple(Column(name, tuple(codes)) for name, codes in columns))
    with Path(rows).open("rb") as stream:
        codes = read_rows(stream, schema)
    try:
        made = synthesise(codes, schema, promise_of(float(epsilon), float(delta)))
    except MicrodataRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    with Path(out).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([one.name for one in schema.columns])
        writer.writerows(schema.written(made.rows))
    return 0


def measured(words: list[str]) -> tuple[float, float, subprocess.CompletedProcess[str]]:
    """Run a process to its end: its CPU seconds, its largest memory in MB, and what it said.

    Memory of a child is the largest of all children so far, so each is asked by a child between.
    """
    asking = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]).returncode; "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024); sys.exit(done)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asking, *words], capture_output=True, text=True, check=False
    )
    seconds, megabytes = map(float, done.stdout.split()[-2:])
    return seconds, megabytes, done


def compare(shape: Shape, rows: list[dict[str, str]], others: dict[str, str], times: int) -> bool:
    """Measure ours and the others on one shape, print a line each; whether ours meets targets.

    Ours is judged by the median of its runs: noise differs each time.
    """
    schema = schema_of(rows, shape.columns)
    rho = promise_of(shape.epsilon, shape.delta).rho
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "rows.csv", Path(folder) / "out.csv"
        lists = Path(folder) / "lists.json"
        write(rows, shape.columns, given)
        lists.write_text(json.dumps([[one.name, one.codes] for one in schema.columns]))
        with given.open("rb") as stream:
            true = read_rows(stream, schema)
        promise = [str(shape.epsilon), str(shape.delta)]
        me = [sys.executable, __file__, "--ours", str(given), str(out), str(lists), *promise]
        runs = [("OpenNRM", me)] * times
        for name, python in others.items():
            script = Path(folder) / f"{name[:3]}.py"
            script.write_text(OTHERS[name], encoding="utf-8")
            runs.append((name, [python, str(script), str(given), str(out), *promise, str(rho)]))
        ours: list[dict[str, float]] = []
        for name, words in runs:
            out.unlink(missing_ok=True)
            seconds, megabytes, done = measured(words)
            if done.returncode:
                print(f"| {shape.name} | {name} | {done.stderr.strip().splitlines()[-1]} |")
                continue
            with out.open("rb") as stream:
                made = read_rows(stream, schema)
            found = worth(true, made, schema.sizes)
            print(line(shape, name, seconds, megabytes, len(made), found), flush=True)
            if name == "OpenNRM":
                ours.append(figures_of(seconds, megabytes, len(true), len(made), found))
    return not ours or is_met(shape, {name: median(one[name] for one in ours) for name in ours[0]})


def line(shape, name, seconds, megabytes, rows, found) -> str:
    """One line of the table."""
    three = [
        "/".join(f"{100 * one.suppressed:.0f}" for one in found),
        "/".join(f"{100 * one.fabricated:.1f}" for one in found),
        "/".join(f"{one.error:.0f}" for one in found),
    ]
    took = f"{seconds:.1f} | {megabytes:.0f} | {rows:,}"
    return f"| {shape.name} | {name} | {took} | {' | '.join(three)} |"


def figures_of(seconds, megabytes, before, after, found) -> dict[str, float]:
    """Every figure that has a target, by its name."""
    told = {"seconds": seconds, "megabytes": megabytes}
    told["rows off, %"] = 100 * abs(after - before) / before
    for one in found:
        told[f"{one.ways} suppressed"] = 100 * one.suppressed
        told[f"{one.ways} fabricated"] = 100 * one.fabricated
        told[f"{one.ways} error"] = one.error
    return told


def is_met(shape: Shape, figures: dict[str, float]) -> bool:
    """Whether every target of a shape is met; those missed are named."""
    limits = {"seconds": shape.seconds, "megabytes": shape.megabytes}
    limits["rows off, %"] = 0.1 if shape.rows is None else 100
    for name in ("suppressed", "fabricated", "error"):
        for ways, limit in enumerate(getattr(shape, name), 1):
            limits[f"{ways} {name}"] = limit
    missed = {name: limit for name, limit in limits.items() if figures[name] > limit}
    for name, limit in missed.items():
        print(
            f"missed: {shape.name}, {name}: {figures[name]:.2f}, target {limit}", file=sys.stderr
        )
    return not missed


def main() -> int:
    """Measure every shape; exit 1 when a target is missed."""
    if sys.argv[1] == "--ours":
        return ours(sys.argv[2:])
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("regions", type=Path)
    parser.add_argument("--pac", help="a Python that has pac-synth")
    parser.add_argument("--mst", help="a Python that has mbi")
    parser.add_argument("--only", help="part of the name of one shape")
    parser.add_argument("--sample", type=int, default=SEED, help="which rows the small ones take")
    parser.add_argument(
        "--runs", type=int, default=1, help="how often ours is made, each measured"
    )
    given = parser.parse_args()
    pairs = (("pac-synth", given.pac), ("MST (mbi)", given.mst))
    others = {name: python for name, python in pairs if python}
    print("| rows | by | CPU s | MB | rows out | missing % 1/2/3 | invented % | error |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    met = [
        compare(shape, rows_of(given.file, given.regions, shape, given.sample), others, given.runs)
        for shape in SHAPES
        if not given.only or given.only in shape.name
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
