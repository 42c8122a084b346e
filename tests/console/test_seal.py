"""Sealing, proving and checking on the command line, as whoever runs the server would."""

import argparse
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from opennrm.console import prove, seal, verify
from opennrm.console.seal import KEY
from tests import cast, stories
from tests.database import prepared
from tests.records.stand_alone import script
from tests.records.test_seals import first_fact

verifier = script("verify-seal")


@pytest.fixture(scope="module", autouse=True)
def _database() -> None:
    prepared()


def given(**words: Any) -> argparse.Namespace:
    return argparse.Namespace(**words)


def machine(home: Path) -> Any:
    return SimpleNamespace(home=home)


def confirmed(monkeypatch: pytest.MonkeyPatch, key: str, *files: Path) -> int:
    monkeypatch.setattr("sys.argv", ["verify-seal", "--key", key, *map(str, files)])
    return int(verifier.main())


class TestSeal:
    def test_is_written_for_others_and_confirmed_by_them(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fact = first_fact(stories.contact(cast.POLICE_OFFICER))
        first, later = tmp_path / "first.json", tmp_path / "later.json"
        proof, growth = tmp_path / "proof.json", tmp_path / "growth.json"
        number = sealed(tmp_path, first, capsys)
        again = sealed(tmp_path, later, capsys)

        key = seal.signing_key(tmp_path).public_key().public_bytes_raw().hex()
        assert prove.run(given(fact=str(fact), out=str(proof)), machine(tmp_path)) == 0
        asked = given(fact=None, earlier=number, later=again, out=str(growth))
        assert prove.run(asked, machine(tmp_path)) == 0

        assert confirmed(monkeypatch, key, first, later, proof, growth) == 0
        assert confirmed(monkeypatch, "00" * 32, first) == 1
        assert verify.run(given(seals=[str(first), str(later)]), machine(tmp_path)) == 0

    def test_signs_with_a_key_that_only_its_account_reads(self, tmp_path: Path) -> None:
        made = seal.signing_key(tmp_path).private_bytes_raw()

        assert seal.signing_key(tmp_path).private_bytes_raw() == made
        assert stat.S_IMODE((tmp_path / KEY).stat().st_mode) == 0o600


class TestWords:
    def test_that_name_nothing_to_prove_are_answered(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        nothing = given(fact=None, earlier=None, later=3, out=str(tmp_path / "x"))

        assert prove.run(nothing, machine(tmp_path)) == 2
        assert prove.run(given(fact="she", out=str(tmp_path / "x")), machine(tmp_path)) == 2
        assert "no reference of a fact" in capsys.readouterr().out
        assert not (tmp_path / "x").exists()

    def test_about_seals_that_are_not_there_are_answered(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked = given(fact=None, earlier=900_000, later=900_001, out=str(tmp_path / "x"))

        assert prove.run(asked, machine(tmp_path)) == 1
        assert "./run seal" in capsys.readouterr().out

    def test_that_name_no_seal_are_answered(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "bad.json").write_text("not a seal", encoding="utf-8")

        assert verify.run(given(seals=[str(tmp_path / "bad.json")]), machine(tmp_path)) == 2
        assert "could not be read" in capsys.readouterr().out


def sealed(home: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> int:
    """Make a seal and return its number."""
    assert seal.run(given(out=str(out)), machine(home)) == 0
    return int(capsys.readouterr().out.split()[1])
