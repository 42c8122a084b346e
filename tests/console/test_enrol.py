"""Enrolling for real use: all of a file or nothing of it, and passphrases shown once."""

import argparse
from pathlib import Path
from typing import Any

import pytest

from opennrm.accounts.models import Organisation
from opennrm.console import enrol
from opennrm.records.sessions import open_session
from tests.database import NOW, prepared

FILE = """
organisations:
  - name: {name}
    kind: ngo
    jurisdiction: MK
    roles: [CM, SH]
    agreement: {{from: 2026-01-01, until: 2028-01-01}}
    people:
      - {{sign_in_name: {sign_in}, name: Invented Person, roles: [CM], training: [safety]}}
"""
SERVICES = """
services:
  - {organisation: Blue Lake, service: shelter, leaves_out_sexes: [male]}
"""


@pytest.fixture(scope="module", autouse=True)
def _database() -> None:
    prepared()


def run(path: Path, text: str) -> int:
    """Enrol what a text says."""
    path.write_text(text, encoding="utf-8")
    nothing: Any = None
    return enrol.run(argparse.Namespace(file=str(path)), nothing)


class TestEnrol:
    def test_lets_each_person_sign_in_with_the_passphrase_that_was_printed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(tmp_path / "new.yaml", FILE.format(name="Clear Lake", sign_in="lake1")) == 0

        said = capsys.readouterr().out
        passphrase = next(line.split()[1] for line in said.splitlines() if " lake1 " in line)
        session = open_session("lake1", passphrase, at=NOW).session
        assert session.organisation_name == "Clear Lake"
        assert session.actor.training == {"safety"}

    def test_enrols_nothing_of_a_file_with_one_fault(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        two = FILE.format(name="Dry Lake", sign_in="lake2") + FILE.format(
            name="Dry Lake", sign_in="lake3"
        ).replace("organisations:\n", "")

        assert run(tmp_path / "two.yaml", two) == 1

        assert "Dry Lake is enrolled already" in capsys.readouterr().err
        assert not Organisation.objects.using("owner").filter(name="Dry Lake").exists()

    @pytest.mark.parametrize(
        ("wrong", "right", "answer"),
        [
            ("kind: ngo", "kind: club", "club is no kind"),
            ("[CM, SH]", "[CM, XX]", "XX is no roles"),
            ("roles: [CM], ", "roles: [LE], ", "does not hold the role LE"),
            ("2028-01-01", "soon", "2027-12-31"),
            ("kind: ngo", "front_door: true\n    kind: ngo", "keeps the front door already"),
            ("organisations:", "houses:", "has no list of organisations"),
            ("{sign_in_name", "{[", "cannot be read as YAML"),
        ],
    )
    def test_says_what_to_write_instead(
        self,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        wrong: str,
        right: str,
        answer: str,
    ) -> None:
        text = FILE.format(name="Wrong Lake", sign_in="lake9").replace(wrong, right, 1)

        assert run(tmp_path / "wrong.yaml", text) == 1

        assert answer in capsys.readouterr().err

    def test_makes_passphrases_that_are_long_and_never_the_same(self) -> None:
        made = {enrol.new_passphrase() for _ in range(100)}

        assert len(made) == 100
        assert all(len(one) == 35 for one in made)

    def test_says_which_groups_have_nowhere_to_go(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = FILE.format(name="Blue Lake", sign_in="lake4").replace("MK", "AL") + SERVICES

        assert run(tmp_path / "gaps.yaml", text) == 0

        said = capsys.readouterr().out
        assert "Gap: Blue Lake, shelter: Help is for every sex" in said
        assert "(R05)" in said

    def test_keeps_services_of_those_already_enrolled(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = FILE.format(name="Grey Lake", sign_in="lake5").replace("MK", "AL")
        assert run(tmp_path / "first.yaml", text) == 0

        again = "services:\n  - {organisation: Grey Lake, service: shelter}\n"
        assert run(tmp_path / "second.yaml", again) == 0
        wrong = again.replace("shelter", "castle")
        assert run(tmp_path / "third.yaml", wrong) == 1
        assert "castle is no service" in capsys.readouterr().err

    def test_refuses_a_rapporteur_who_does_the_work(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = FILE.format(name="Red Lake", sign_in="lake6").replace("[CM, SH]", "[CM, NR]")

        assert run(tmp_path / "nr.yaml", text) == 1

        assert "does no work of it" in capsys.readouterr().err
