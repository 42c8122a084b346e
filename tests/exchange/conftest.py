"""What the tests of workbooks share: a place to write one and a quick way to read it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from opennrm.exchange.htcds.imported import ImportedCase
from opennrm.exchange.htcds.problems import RowProblem
from opennrm.exchange.htcds.reading import read_workbook
from tests.exchange.workbooks import template

Outcome = tuple[list[ImportedCase], list[RowProblem]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Give the path of a workbook that may be written."""
    return tmp_path / "cases.xlsx"


@pytest.fixture
def read(book: Path) -> Callable[..., Outcome]:
    """Give a reading of people written into the official layout."""

    def reading(*people: Mapping[str, object], region: str | None = None) -> Outcome:
        found = read_workbook(template(book, people), region=region)
        return [row.case for row in found.rows], found.problems

    return reading
