"""Measures the suppression of a cube: all margins of five break-downs of public rows together.

Usage: python benchmarks/cube.py PUBLIC_FILE.csv.gz [COLUMN ...]

Exits with 1 when the cube takes longer than ten CPU seconds.
"""

import csv
import gzip
import sys
import time
from collections import Counter
from pathlib import Path

from opennrm.statistics import Dimension, Level, Missing, TableShape, Tally, count_cells, protect

USUAL = ("gender", "ageBroad", "isForcedLabour", "isSexualExploit", "isOtherExploit")
TARGET = 10.0
UNKNOWN = "unknown"


def counted(path: Path, columns: tuple[str, ...]) -> Tally:
    """The persons of the file by their answers; an empty one is not known."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        return Tally(columns, Counter(tuple(r[c] or UNKNOWN for c in columns) for r in rows))


def shape_over(tally: Tally) -> TableShape:
    """The cube: every combination of the answers, with every margin."""
    dimensions = []
    for place, name in enumerate(tally.names):
        codes = sorted({answers[place] for answers in tally.persons})
        levels = (Level(c, c, Missing.UNKNOWN if c == UNKNOWN else None) for c in codes)
        dimensions.append(Dimension(name, name, tuple(levels)))
    return TableShape("cube", tuple(dimensions))


def main() -> int:
    """Measure once, beside counting alone; exit 1 when the target is missed."""
    tally = counted(Path(sys.argv[1]), tuple(sys.argv[2:]) or USUAL)
    shape = shape_over(tally)
    began = time.process_time()
    count_cells(shape, tally)
    floor, began = time.process_time() - began, time.process_time()
    table = protect((shape,), tally, exact=False).tables[0]
    spent = time.process_time() - began
    print("| rows | cells | hidden | CPU s | floor CPU s (counting) |")
    print("| --- | --- | --- | --- | --- |")
    row = f"| {tally.size:,} | {len(table.cells):,} | {table.suppressed:,} "
    print(f"{row}| {spent:.2f} | {floor:.3f} |")
    return 0 if spent < TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
