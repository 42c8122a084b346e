"""`./run synthesise`: rows, what is said about them, and refusals, as typed at a terminal."""

import csv
import json
from pathlib import Path

import pytest

from opennrm.console.commands import main
from tests.statistics.microdata.invented import EIGHT, people


class NoMachine:
    """A machine that no command may touch."""


def typed(*words: str) -> int:
    return main(["synthesise", *words], NoMachine())  # type: ignore[arg-type]


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Public code lists; the first column has a name in another layout."""
    path = tmp_path / "codes.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["column", "code", "label", "ctdc"])
        for place, column in enumerate(EIGHT.columns):
            for code in column.codes:
                writer.writerow([column.name, code, code.upper(), "" if place else "gender"])
    return path


def file_of(number: int, tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([one.name for one in EIGHT.columns])
        writer.writerows(EIGHT.written(people(number)[:, :8]))
    return path


class TestSynthesise:
    def test_writes_rows_and_what_is_said_about_them(self, lists, tmp_path, capsys, monkeypatch):
        # Attacks have tests of their own; a few, let through, show the way from file to file.
        monkeypatch.setattr("opennrm.statistics.microdata.attacks.ATTACKS", 200)
        for limit in ("RISK", "EXCESS", "RATIO", "DIFFERENCE", "AUC"):
            monkeypatch.setattr(f"opennrm.statistics.microdata.gates.HIGHEST_{limit}", 9)
        out = tmp_path / "public.csv"

        status = typed(
            str(file_of(6_000, tmp_path)), "--codes", str(lists), "--out", str(out),
            "--layout", "ctdc", "--epsilon", "2",
        )  # fmt: skip

        said = capsys.readouterr().out
        about = json.loads((tmp_path / "public.about.json").read_text(encoding="utf-8"))
        with out.open(encoding="utf-8", newline="") as stream:
            first, *rows = csv.reader(stream)
        assert status == 0
        assert first == ["gender", *(one.name for one in EIGHT.columns[1:])]
        assert len(rows) == about["rows"] == pytest.approx(6_000, rel=0.03)
        assert about["epsilon"] == pytest.approx(2, abs=0.001)
        assert about["columns"][0]["codes"]["v1"] == "V1"
        assert "utility" not in about
        assert "Charge them in the ledger" in said
        assert json.loads((tmp_path / "public.desk.json").read_text())["utility"]

    def test_says_what_so_few_persons_could_have(self, lists, tmp_path, capsys):
        out = tmp_path / "public.csv"

        status = typed(str(file_of(900, tmp_path)), "--codes", str(lists), "--out", str(out))

        assert status == 1
        assert "900 persons are too few" in capsys.readouterr().err
        assert not out.exists()

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (["--delta", "0.001"], "Delta is at most"),
            (["--epsilon", "50"], "Epsilon lies above 0"),
            (["--codes", "nowhere.csv"], "There is no file nowhere.csv"),
        ],
    )
    def test_refuses_what_cannot_be_used(self, lists, tmp_path, capsys, words, says):
        file = str(file_of(20, tmp_path))

        status = typed(file, "--codes", str(lists), "--out", str(tmp_path / "o.csv"), *words)

        assert status == 1
        assert says in capsys.readouterr().err
