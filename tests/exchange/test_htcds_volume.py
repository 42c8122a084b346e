"""Ten thousand rows, three hundred of them bad, are read in reasonable time and memory."""

import resource
import time
from itertools import islice
from pathlib import Path

from opennrm.exchange.htcds.problems import Problem
from opennrm.exchange.htcds.reading import read_workbook
from tests.exchange.workbooks import person, template

ROWS, BAD_EVERY = 10_000, 33
BAD = 300


def people() -> list[dict[str, object]]:
    rows = [
        person(First_Name=f"Ana {number}", Methods_of_Control="Debt bondage; False promises")
        for number in range(ROWS)
    ]
    for number in range(BAD):
        rows[number * BAD_EVERY]["Gender"] = "not a value"
    return rows


class TestTenThousandRows:
    def test_are_read_with_the_bad_ones_reported(self, book: Path) -> None:
        path = template(book, people())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.process_time()

        reading = read_workbook(path)
        good = sum(1 for _ in reading.rows)

        assert (reading.total, good) == (ROWS, ROWS - BAD)
        assert [p.kind for p in reading.problems] == [Problem.NOT_IN_LIST] * BAD
        assert [p.row for p in islice(reading.problems, 3)] == [3, 36, 69]
        assert time.process_time() - begun < 60
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600_000

    def test_are_handed_on_one_by_one(self, book: Path) -> None:
        reading = read_workbook(template(book, [person(), person(First_Name="B", Gender="x")]))

        first = next(reading.rows)

        assert first.row_number == 3
        assert reading.problems == []
