"""`./run audit-table`: leaks, silence about small counts, and bad files, at a terminal."""

import json
from pathlib import Path

import pytest

from opennrm.console.commands import main

CROSS = "Age,Female,Male,Total\nchild,*,12,15\nadult,30,*,50\nTotal,33,*,65\n"
LONG = "sex,age,value\nf,child,<5\nf,adult,40\nf,Total,43\nm,child,<5\nm,adult,*\nTotal,child,7\n"


class NoMachine:
    """A machine that no command may touch."""


def typed(*words: str) -> int:
    return main(["audit-table", *words], NoMachine())  # type: ignore[arg-type]


@pytest.fixture
def write(tmp_path: Path):
    def written(text: str, name: str = "table.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


class TestAuditTable:
    def test_names_cells_and_sums_but_no_small_count(self, write, capsys) -> None:
        status = typed(write(CROSS), "--across", "Sex")

        said = capsys.readouterr().out
        assert status == 3
        assert said.startswith("3 of 3 masked cells can be computed back, 3 of them by one")
        assert "table.csv line 2, column Female, “*”\n" in said
        assert "less Age adult (table.csv line 3, column Female)" in said
        assert "table.csv line 3, column Male, “*”: 20" in said

    def test_prints_small_counts_when_asked(self, write, capsys) -> None:
        typed(write(CROSS), "--across", "Sex", "--show")

        assert "table.csv line 2, column Female, “*”: 3" in capsys.readouterr().out

    def test_prints_a_document_for_programs(self, write, capsys) -> None:
        typed(write(CROSS), "--across", "Sex", "--json")

        document = json.loads(capsys.readouterr().out)
        assert (document["masked"], document["computed"]) == (3, 3)
        small, large, _ = document["cells"]
        assert small["limits"] is None
        assert small["by"][0]["parts"] == [
            "table.csv line 2, column Female",
            "table.csv line 3, column Female",
        ]
        assert large["limits"] == {"low": 20, "high": 20}

    def test_exits_with_success_when_every_mask_holds(self, write, capsys) -> None:
        status = typed(write("a,value\nx,*\ny,*\nTotal,20\n"))

        assert status == 0
        assert "0 of 2 masked cells" in capsys.readouterr().out

    def test_takes_several_files_together(self, write, capsys) -> None:
        details = write("sex,age,value\nf,child,*\nf,adult,9\nm,child,5\nm,adult,7\n")
        margins = write("sex,value\nf,12\nm,12\n", "margins.csv")

        status = typed(details, margins, "--not-added", "sex")

        assert status == 3
        assert "(margins.csv line 2)" in capsys.readouterr().out

    def test_adds_up_levels_within_another(self, write, capsys) -> None:
        path = write("age,value\n0-8,*\n9-17,4\nchild,9\nadult,20\nTotal,29\n")

        status = typed(path, "--within", "age: 0-8 + 9-17 = child", "--show")

        said = capsys.readouterr().out
        assert status == 3
        assert "“*”: 5" in said and "contradictions" not in said

    def test_says_what_absent_rows_may_mean(self, write, capsys) -> None:
        path = write("s,a,value\nf,x,1\nf,y,*\nm,x,2\nu,y,1\nTotal,x,3\nTotal,y,9\nf,Total,7\n")

        typed(path)

        said = " ".join(capsys.readouterr().out.split())
        assert "they reach the total in 1 of 1 sums" in said
        assert "--absent zero" in said

    def test_leaves_out_rows_that_are_no_counts(self, write, capsys) -> None:
        path = write("a,unit,value\nx,n,*\ny,n,4\nTotal,n,8\nx,rate,0.3\ny,rate,1.5\n")

        assert typed(path, "--only", "unit=n") == 3


class TestRefusal:
    @pytest.mark.parametrize(
        ("text", "words", "says"),
        [
            ("a,value\nx,7.5\nTotal,9\n", [], "line 2, column value: “7.5” is neither"),
            ("a,value\nx,\nTotal,9\n", [], "--mask '=1..9'"),
            ("a,value\nx,-\nTotal,9\n", [], "--mask '-=1..9'"),
            ("a,value\nx,*\ny,3\n", [], "--total"),
            ("a,value\nx,*\nx,3\nTotal,9\n", [], "line 2 and table.csv line 3 are the same"),
            (LONG, [], "several masks: “<5” (table.csv line 2), “*” (table.csv line 6)"),
            ("a,value\nx,*\ny,3\nTotal,10\n", ["--rounding", "5"], "line 3, column value: 3 is"),
            ("a,b,value\nx,u,*\nTotal,u,9\nAll,v,9\n", [], "two words for a total"),
            ("a,value\nx,*,3\nTotal,9\n", [], "line 2 has 3 columns"),
            ("a,b,value\n,u,*\nTotal,u,9\n", [], "line 2, column a is empty"),
            ("a,a,value\nx,u,*\n", [], "column 2 has a second column a"),
            ('a,value\n"x,*\n', [], "quotation marks"),
            ("a,value\nx,*\nTotal,9\n", ["--only", "year=2020"], "no column year"),
            ("a,value\nx,*\nTotal,9\n", ["--mask", "*=few"], "does not declare a mask"),
            ("a,value\nx,*\nTotal,9\n", ["--within", "a: q + x = z"], "has no level z"),
            ("a,value\nx,*\nTotal,9\n", ["--several", "z"], "No column of levels is called z"),
            ("a,value\nx,*\nTotal,9\n", ["--rounding", "1"], "--rounding takes"),
            ("", [], "has no table"),
            ("a,value\n", [], "holds no figures"),
            ("a,value\n" + "x" * 200_000 + "\n", [], "too long"),
        ],
    )
    def test_names_the_place_and_the_remedy(self, write, capsys, text, words, says) -> None:
        status = typed(write(text), "--json", *words)

        said = capsys.readouterr()
        assert status == 1
        assert says in said.err
        assert says in json.loads(said.out)["refusal"]

    def test_of_a_file_that_is_not_there(self, capsys) -> None:
        assert typed("nowhere.csv") == 1
        assert "no file" in capsys.readouterr().err

    def test_takes_several_masks_once_each_is_declared(self, write, capsys) -> None:
        status = typed(write(LONG), "--mask", "<5=1..4", "--mask", "*=hidden", "--show")

        said = capsys.readouterr().out
        assert status == 3
        assert "line 2, “<5”: 3" in said and "line 5, “<5”: 4" in said
