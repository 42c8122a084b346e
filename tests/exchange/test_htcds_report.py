"""The report says where and what to do, and repeats nothing that was typed about a person."""

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from opennrm.exchange.htcds.problems import Problem, RowProblem, hint, write_report
from opennrm.exchange.htcds.reading import read_workbook
from tests.exchange.workbooks import person, template

SECRETS = ("Amina", "Kovač", "nobody@", "her cousin", "Zebra street")


@pytest.fixture
def problems(book: Path) -> list[RowProblem]:
    """Give the problems of a workbook full of personal content in the wrong places."""
    bad = person(
        Gender="Amina",
        Citizenship="Zebra street",
        Email="nobody@",
        Mobile_Phone="her cousin",
        Birthdate="Kovač",
        Status="=Amina",
    )
    reading = read_workbook(template(book, [bad, person(Home_Phone="her cousin")]))
    assert len(list(reading.rows)) == 1
    return reading.problems


class TestWriteReport:
    def test_names_sheet_row_column_problem_and_remedy(
        self, problems: list[RowProblem], tmp_path: Path
    ) -> None:
        path = tmp_path / "report.csv"

        count = write_report(problems, path)

        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.DictReader(stream))
        assert count == len(lines) == 7
        gender = next(line for line in lines if line["header"] == "Gender")
        assert gender == {
            "sheet": "Case Sheet",
            "row": "3",
            "column": "H",
            "header": "Gender",
            "content": "text of 5 characters",
            "problem": Problem.NOT_IN_LIST.label,
            "remedy": Problem.NOT_IN_LIST.definition,
            "result": "row not imported",
        }
        assert lines[-1]["result"] == "row imported"

    @pytest.mark.parametrize("ending", [".csv", ".xlsx"])
    def test_repeats_nothing_personal(
        self, problems: list[RowProblem], tmp_path: Path, ending: str
    ) -> None:
        path = tmp_path / f"report{ending}"

        write_report(problems, path)

        if ending == ".xlsx":
            text = str(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
        else:
            text = path.read_text(encoding="utf-8-sig")
        assert Problem.FORMULA.label in text
        assert not [secret for secret in SECRETS if secret in text]

    def test_runs_no_formula_from_the_name_of_a_sheet(self, tmp_path: Path) -> None:
        path = tmp_path / "report.csv"
        trick = RowProblem("=1+1", 3, "H", "@x", "number", Problem.NOT_TEXT)

        write_report([trick], path)

        assert "\n'=1+1,3,H,'@x," in path.read_text(encoding="utf-8-sig")

    def test_refuses_another_ending(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="xlsx or"):
            write_report([], tmp_path / "report.txt")


class TestHint:
    @pytest.mark.parametrize(
        ("value", "words"),
        [("", "empty"), ("abc", "text of 3 characters"), (1.5, "number"), (None, "empty")],
    )
    def test_says_the_kind_of_content_only(self, value: object, words: str) -> None:
        assert hint(value) == words


class TestProblem:
    def test_has_a_sentence_and_a_remedy_for_each(self) -> None:
        assert all(kind.label.endswith(".") and kind.definition.endswith(".") for kind in Problem)
