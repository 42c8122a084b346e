"""Writes protected and careless tables as the CSV files an outsider would find."""

import io

from opennrm.statistics.published.auditing import audit_published
from opennrm.statistics.published.linking import Ways
from opennrm.statistics.published.reading import read_published
from opennrm.statistics.published.wanted import Wanted

WITHIN = {"age": {"child_0_8": "child", "child_9_17": "child"}}
OURS = Ways(several=frozenset({"form"}), within=WITHIN)


def read(text: str, file: str = "table.csv", **wanted):
    """Read a file that consists of this text."""
    return read_published(io.BytesIO(text.encode()), file, Wanted(**wanted))


def audited(*texts: str, ways: Ways | None = None, width: int = 5, **wanted):
    """Audit files that consist of these texts."""
    several = len(texts) > 1
    files = [
        read(text, f"table{number}.csv", is_one_of_several=several, **wanted)
        for number, text in enumerate(texts)
    ]
    return audit_published(files, ways, width=width)


def long_table(shape, cells, mask="*"):
    """Write one table with a row for each cell, as its publisher would."""
    names = [one.name for one in shape.dimensions]
    lines = [",".join([*names, "value"])]
    for cell, value in cells.items():
        levels = dict(cell)
        if set(levels) <= set(names):
            row = [levels.get(name, "Total") for name in names]
            lines.append(",".join([*row, mask if value is None else str(value)]))
    return "\n".join(lines) + "\n"
