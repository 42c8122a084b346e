"""`./run estimate`: ranges, refusals, bad files and the comparison, as typed at a terminal."""

import json
import os
import shutil
from pathlib import Path

import pytest

from opennrm.console.commands import main
from tests.statistics.estimation.invented import population, published_folder

QUICK = ["--bootstrap", "100"]
BY_DAY = ("artificial_3", "korea_3", "australia_4")


class NoMachine:
    """A machine that no command may touch."""


def typed(*words: str) -> int:
    return main(["estimate", *words], NoMachine())  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An ordinary table in a file, with a column of strata."""
    drawn = population(1200, (0.25, 0.2, 0.25), 8)
    lines = ["A,B,C,sex,count"]
    for mask, count in zip(drawn.masks, drawn.counts, strict=True):
        row = ",".join(str(mask >> place & 1) for place in range(3))
        lines += [f"{row},f,{count - count // 2}", f"{row},m,{count // 2}"]
    path = tmp_path / "lists.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """An ordinary table in a file."""
    path = tmp_path / "plain.csv"
    path.write_text(
        "A,B,C,count\n1,0,0,90\n0,1,0,80\n0,0,1,70\n1,1,0,20\n1,0,1,18\n0,1,1,16\n1,1,1,4\n",
        encoding="utf-8",
    )
    return path


class TestEstimate:
    def test_prints_a_range_and_what_it_rests_on(self, plain: Path, capsys) -> None:
        status = typed(str(plain), *QUICK)

        said = capsys.readouterr().out
        assert status == 0
        assert said.startswith("Between ")
        assert "298 people on 3 lists" in said
        assert "Lowest:" in said and "Highest:" in said
        assert "publish estimates only" in said
        assert "seed 1234" in said

    def test_prints_a_document_for_programs(self, plain: Path, capsys) -> None:
        typed(str(plain), "--json", "--seed", "7", *QUICK)

        document = json.loads(capsys.readouterr().out)
        assert document["refusal"] is None
        assert document["headline"]["low"] < document["headline"]["high"]
        assert document["base"]["seed"] == 7
        for method in ("stepwise", "bic", "graphs", "thresholding"):
            one = document["methods"][method]
            assert one["limits"]["low_95"] <= one["estimate"] <= one["limits"]["high_95"]
            assert one["base"] == 298
            assert {"model", "checks", "warnings", "passes"} <= set(one)
        assert set(document["diagnostics"]) == {
            "internal_consistency",
            "leave_one_list_out",
            "sensitivity",
        }

    def test_says_the_same_for_the_same_seed(self, plain: Path, capsys) -> None:
        said = []
        for _ in range(2):
            typed(str(plain), "--json", *QUICK)
            said.append(capsys.readouterr().out)

        assert said[0] == said[1]

    def test_runs_one_method_without_a_range(self, plain: Path, capsys) -> None:
        typed(str(plain), "--json", "--method", "stepwise", *QUICK)

        document = json.loads(capsys.readouterr().out)
        assert document["headline"] is None
        assert document["refusal"]["code"] == "not_all_methods"
        assert set(document["methods"]) == {"stepwise", "main_effects"}

    def test_shows_strata_and_never_adds_them(self, file: Path, capsys) -> None:
        status = typed(str(file), "--by", "sex", *QUICK)

        said = capsys.readouterr().out
        assert status == 0
        assert "not to be added up" in said
        assert "\nf:\n" in said and "\nm:\n" in said

    def test_joins_lists_first(self, file: Path, plain: Path, capsys) -> None:
        status = typed(str(plain), "--merge", "A+B", "--json", *QUICK)

        document = json.loads(capsys.readouterr().out)
        assert status == 0
        assert document["base"]["lists"] == ["C", "A+B"]
        assert document["refusal"]["code"] == "fewer_than_three_lists"

    def test_shows_own_detection_and_reviewed_links_beside(self, plain: Path, capsys) -> None:
        typed(
            str(plain), "--json", "--own", str(plain), "--missed-links", "12/150",
            "--false-links", "3/200", *QUICK,
        )  # fmt: skip

        document = json.loads(capsys.readouterr().out)
        assert document["by_own_detection_only"]["headline"]
        assert document["with_linkage_errors"]["estimate"] > 298


class TestRefusal:
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("A,B,C,count\n1,0,0,-4\n", "below zero"),
            ("A,B,C,count\n1,0,2,4\n", "neither 0"),
            ("A,B,C,count\n1,0,0,4\n0,1,0,3\n", "Nobody is on list C"),
            ("A,B,C,count\n1,0,0,4\n1,0,0,4\n", "Lines 2 and 3"),
            ("A,B,C,count\n1,1,0," + "9" * 40 + "\n", "larger than"),
        ],
    )
    def test_of_a_bad_file_is_said_to_people_and_programs(
        self, tmp_path: Path, capsys, text: str, says: str
    ) -> None:
        path = tmp_path / "bad.csv"
        path.write_text(text, encoding="utf-8")

        status = typed(str(path), "--json")

        said = capsys.readouterr()
        document = json.loads(said.out)
        assert status == 1
        assert document["headline"] is None
        assert says in document["refusal"]["reason"]
        assert says in said.err

    def test_of_two_lists_shows_the_aside(self, tmp_path: Path, capsys) -> None:
        path = tmp_path / "two.csv"
        path.write_text("A,B,count\n1,0,30\n0,1,40\n1,1,5\n", encoding="utf-8")

        status = typed(str(path))

        said = capsys.readouterr().out
        assert status == 0
        assert said.startswith("No estimate: At least three lists are needed")
        assert "Chapman" in said

    def test_of_a_table_with_one_row(self, tmp_path: Path, capsys) -> None:
        path = tmp_path / "one.csv"
        path.write_text("A,B,C,count\n1,1,1,50\n", encoding="utf-8")

        typed(str(path), *QUICK)

        assert "One list holds everyone" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "words",
        [
            ["nowhere.csv"],
            [],
            ["--bootstrap", "3"],
            ["--bootstrap", "99999999"],
            ["--seed", "-1"],
            ["--merge", "A+Z"],
            ["--missed-links", "7/3"],
            ["--by", "age"],
            ["--own", "nowhere.csv"],
            ["--reference", "nowhere"],
        ],
    )
    def test_of_what_was_typed_says_what_to_type(self, plain: Path, capsys, words) -> None:
        given = words if words == ["nowhere.csv"] or not words else [str(plain), *words]

        status = typed(*given, *([] if "--bootstrap" in words else QUICK))

        assert status == 1
        assert len(capsys.readouterr().err) > 20

    def test_of_a_file_that_is_a_folder(self, tmp_path: Path, capsys) -> None:
        assert typed(str(tmp_path)) == 1
        assert "no file" in capsys.readouterr().err


class TestReference:
    def test_prints_both_side_by_side_and_nothing_differs(self, capsys, tmp_path: Path) -> None:
        # bin/nightly compares all of them.
        all_tables = "OPENNRM_REFERENCE" in os.environ
        folder = published_folder() if all_tables else some_of(published_folder(), tmp_path)

        status = typed("--reference", str(folder))

        said = capsys.readouterr().out
        assert "DIFFERS" not in said
        assert status == 0
        assert said.count(": same") > (70 if all_tables else 30)
        assert "published samples: 0 differ" in said


def some_of(published: Path, folder: Path) -> Path:
    """Lay the published figures of a few tables into a folder, as they stand."""
    for name in ("reference.csv", "existence_checks.csv"):
        first, *lines = (published / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.startswith(BY_DAY)]
        (folder / name).write_text("".join([first, *kept]), encoding="utf-8")
    for table in BY_DAY:
        for name in (f"{table}.csv", f"replicates_{table}.csv"):
            shutil.copy(published / name, folder)
    return folder
