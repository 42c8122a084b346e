"""Invented tables of lists, ordinary and difficult, and where the published ones are found."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from opennrm.statistics.estimation.reading import read_table
from opennrm.statistics.estimation.tables import ListTable, table_of_records

NAMES = tuple("ABCDEFGH")
TREE = Path(__file__).parents[3]


def table(*cells: int, lists: int) -> ListTable:
    """Build a table from the counts of the combinations 1, 2, 3 ... in counting order."""
    counted = {mask: count for mask, count in enumerate(cells, 1) if count}
    return ListTable(NAMES[:lists], tuple(counted), tuple(counted.values()))


def population(
    people: int, chances: tuple[float, ...], seed: int, *, together: float = 0.0
) -> ListTable:
    """Let lists find people of a known number; `together`: the second list follows the first."""
    random = np.random.default_rng(seed)
    found = random.random((people, len(chances))) < np.array(chances)
    found[:, 1] |= found[:, 0] & (random.random(people) < together)
    records = [np.flatnonzero(row).tolist() for row in found]
    return table_of_records(NAMES[: len(chances)], records)


def tables(lists: st.SearchStrategy[int], *, most: int = 60) -> st.SearchStrategy[ListTable]:
    """Draw any table in which every list has someone, many of its combinations empty."""
    return lists.flatmap(lambda number: _tables_of(number, most))


def _tables_of(lists: int, most: int) -> st.SearchStrategy[ListTable]:
    count = st.one_of(st.just(0), st.just(0), st.integers(1, 3), st.integers(1, most))
    single = st.integers(1, most)
    cells = [single if mask.bit_count() == 1 else count for mask in range(1, 1 << lists)]
    return st.tuples(*cells).map(lambda drawn: table(*drawn, lists=lists))


def published_folder() -> Path:
    """Find the folder of published tables, or leave the test out and say why."""
    given = os.environ.get("OPENNRM_SHARED_DATA")
    folders = [Path(given)] if given else [one / "shared" / "data" for one in TREE.parents]
    for folder in folders:
        if (folder / "mse" / "reference.csv").is_file():
            return folder / "mse"
    return pytest.skip("the published tables are not beside this tree (OPENNRM_SHARED_DATA)")


def published(name: str) -> ListTable:
    """Read one published table."""
    with (published_folder() / f"{name}.csv").open("rb") as stream:
        return read_table(stream).table
