"""`./run estimate --reference FOLDER`: published results beside ours, line by line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from opennrm.console.estimate_ours import DataSet, Ours, Row, as_asked_before, ours
from opennrm.console.saying import say
from opennrm.statistics.estimation.existence import hierarchical_terms, standing
from opennrm.statistics.estimation.reading import read_table
from opennrm.statistics.estimation.stepwise import choose
from opennrm.statistics.estimation.tables import ListTable, TableRefused

FIGURES = ("estimate", "lo95", "hi95", "lo80", "hi80")
DIFFERS = 1
EXACT, SAMPLES_SAME = 1e-5, 1e-6
NO_ESTIMATE = 1e6
ONE_CHAIN = "one short chain"
"""The far quantiles of one short chain are chance: they are shown and not judged."""
_RANGE = re.compile(r"\d+-\d+")
_SAME, _OTHER, _NOT_COMPARED = "same", "DIFFERS", "not compared"
_TOLERANCES = {"3%": 0.03, "5%": 0.05, "1e-5": EXACT, "1 person": 0.005, "as printed": 0.03}


@dataclass(frozen=True)
class Compared:
    """One line of the file beside our answer to it."""

    row: Row
    answer: Ours | None
    verdict: str
    worst: float


def run(folder: Path) -> int:
    """Compare everything the folder holds; exit 1 when something differs."""
    if not (folder / "reference.csv").is_file():
        raise TableRefused(f"There is no reference.csv in {folder}.")
    data_sets: dict[str, DataSet] = {}
    verdicts: Counter[str] = Counter()
    say(f"{'data set':14}{'method and settings':58}{'':9}{'published':>13}{'ours':>13}{'off':>9}")
    for row in as_asked_before(_rows(folder / "reference.csv")):
        name = row["dataset"]
        if name not in data_sets:
            data_sets[name] = DataSet(_table(folder / f"{name}.csv"))
        found = compare(row, data_sets[name])
        verdicts[found.verdict] += 1
        for line in _lines(found):
            say(line)
    verdicts += _samples(folder, data_sets) + _existence(folder, data_sets)
    say()
    say(", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items())))
    return DIFFERS if verdicts[_OTHER] else 0


def compare(row: Row, one: DataSet) -> Compared:
    """Compare one line with our answers to it; the nearest one counts."""
    answers = [answer for answer in ours(row, one) if answer.figures]
    if not answers or "not a target" in row["tolerance"]:
        return Compared(row, None, _NOT_COMPARED, 0.0)
    found = [_judged(row, answer) for answer in answers]
    return min(found, key=lambda each: (each.verdict != _SAME, each.worst))


def _judged(row: Row, answer: Ours) -> Compared:
    allowed = _tolerance(row["tolerance"])
    off = {name: _off(row, answer, name) for name in FIGURES}
    limits = 0.0 if ONE_CHAIN in row["tolerance"] else max(off[name] for name in FIGURES[1:])
    exact = EXACT if "BCa" in row["method"] and row["kind"] == "computed" else allowed
    people = 1.0 / answer.figures["estimate"] if "1 person" in row["tolerance"] else 0.0
    same = off["estimate"] <= max(exact, people) and limits <= max(allowed, people)
    return Compared(row, answer, _SAME if same else _OTHER, max(limits, off["estimate"]))


def _off(row: Row, answer: Ours, name: str) -> float:
    published, mine = _number(row[name]), answer.figures.get(name)
    if mine is None or (published is None and not _RANGE.fullmatch(row[name])):
        return 0.0
    if published is None:
        low, high = map(float, row[name].split("-"))
        return 0.0 if low <= mine <= high else 1.0
    return abs(mine / published - 1)


def _tolerance(text: str) -> float:
    return next((value for begins, value in _TOLERANCES.items() if text.startswith(begins)), EXACT)


def _lines(found: Compared) -> Iterator[str]:
    row = found.row
    what = f"{row['dataset']:14}{row['method']}"
    yield f"{what}; {row['settings']} [{row['kind']}]: {found.verdict}"
    if found.answer is None:
        why = row["note"] or "no such method here, or no figure to compare with"
        yield f"{'':72}{'estimate':9}{row['estimate']:>13}{'':>13}  {why}"
        return
    for name in FIGURES:
        published, mine = _number(row[name]), found.answer.figures.get(name)
        if row[name] and mine is not None:
            shown = row[name] if published is None else f"{published:,.2f}"
            yield f"{'':72}{name:9}{shown:>13}{mine:>13,.2f}{_off(row, found.answer, name):>9.1e}"
    if row["model"]:
        yield f"{'':14}published model {row['model']}"
        yield f"{'':14}our model       {found.answer.model}"
    if found.answer.says:
        yield f"{'':14}{found.answer.says}"


def _samples(folder: Path, data_sets: Mapping[str, DataSet]) -> Counter[str]:
    """Compare the stepwise estimates of published bootstrap samples."""
    verdicts: Counter[str] = Counter()
    for path in sorted(folder.glob("replicates_*.csv")):
        name = path.stem.removeprefix("replicates_")
        lists = len(data_sets[name].table.lists)
        counts, wanted = _drawn(path, lists)
        found = choose(counts).estimates
        without = np.isinf(found) & (wanted > NO_ESTIMATE)
        off = np.where(without, 0.0, np.abs(found / wanted - 1))
        wrong = int((off > SAMPLES_SAME).sum())
        verdicts[_OTHER if wrong else _SAME] += 1
        say(
            f"{name:14}stepwise estimates of {len(wanted)} published samples: {wrong} differ, "
            f"furthest {off.max():.1e}"
        )
    return verdicts


def _drawn(path: Path, lists: int) -> tuple[np.ndarray, np.ndarray]:
    rows = _rows(path)
    places = {name: int(name[2:][::-1], 2) for name in rows[0] if name.startswith("n_")}
    counts = np.zeros((len(rows), 1 << lists))
    for number, row in enumerate(rows):
        for name, place in places.items():
            counts[number, place] = float(row[name])
    return counts, np.array([float(row["estimate"]) for row in rows])


def _existence(folder: Path, data_sets: Mapping[str, DataSet]) -> Counter[str]:
    """Compare whether estimates exist and are identified."""
    path = folder / "existence_checks.csv"
    if not path.is_file():
        return Counter()
    rows = _rows(path)
    wrong = [row for row in rows if _code(row, data_sets[row["dataset"]].table) != row["code"]]
    say(f"existence and identification of {len(rows)} models: {len(wrong)} differ")
    return Counter({_OTHER if wrong else _SAME: 1})


def _code(row: Row, table: ListTable) -> str:
    names = [pair.split(":") for pair in row["pairs_in_model"].split("+") if pair]
    model = [sum(1 << table.lists.index(name) for name in pair) for pair in names]
    return str(standing(table.dense, hierarchical_terms(len(table.lists), model)).code)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _table(path: Path) -> ListTable:
    with path.open("rb") as stream:
        return read_table(stream).table


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
