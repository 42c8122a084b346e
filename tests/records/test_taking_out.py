"""Everything an organisation holds comes out in open formats, for the key it names alone."""

import io
import json
import zipfile
from pathlib import Path

import pyrage
import pytest

from opennrm.casework.contact import AccountNote, note_account
from opennrm.exchange.htcds.reading import read_workbook
from opennrm.records.backup.administration import BackupRefused
from opennrm.records.backup.encrypting import new_identity
from opennrm.records.desk import at_work
from opennrm.records.sessions import Session
from opennrm.records.taking_out import TakingOutRefused, take_out
from tests import cast, stories
from tests.database import NOW, as_administrator
from tests.records.test_people import described
from tests.web.real_people import enrolled, session_of, with_passkey


@pytest.fixture
def officer() -> Session:
    """Sign in an officer of a house of her own, who is a first responder too."""
    return session_of(with_passkey(enrolled("FR", officers=1)[0]))


def opened(path: Path, secret: str) -> zipfile.ZipFile:
    """Open an archive with its private key."""
    identity = pyrage.x25519.Identity.from_str(secret)
    return zipfile.ZipFile(io.BytesIO(pyrage.decrypt(path.read_bytes(), [identity])))


class TestTakingOut:
    def test_holds_what_she_may_read_and_nothing_of_others(
        self, officer: Session, tmp_path: Path
    ) -> None:
        case_ref = described(officer)
        note = AccountNote(forms=("forced_criminality",), words="She carried parcels.")
        with at_work(officer, at=NOW) as desk:
            note_account(case_ref=case_ref, account=note, actor=officer.actor, at=NOW, desk=desk)
        elsewhere = stories.contact(cast.POLICE_OFFICER, words="Not hers.")
        secret, public = new_identity()

        done = take_out(officer, tmp_path / "all.age", public, at=NOW)

        archive = opened(tmp_path / "all.age", secret)
        lines = archive.read("cases.jsonl").decode().splitlines()
        cases = {json.loads(line)["case_ref"]: line for line in lines}
        assert done.cases == 1
        assert "She carried parcels." in cases[str(case_ref)]
        assert str(elsewhere) not in cases
        assert {"README.txt", "vocabulary.json", "coordination.jsonl", "losses.csv"} <= set(
            archive.namelist()
        )

    def test_gives_the_cases_in_the_standard_too(self, officer: Session, tmp_path: Path) -> None:
        case_ref = described(officer)
        note = AccountNote(forms=("forced_criminality",), means=("abduction",))
        with at_work(officer, at=NOW) as desk:
            note_account(case_ref=case_ref, account=note, actor=officer.actor, at=NOW, desk=desk)
        secret, public = new_identity()
        take_out(officer, tmp_path / "all.age", public, at=NOW)
        book = tmp_path / "cases.xlsx"
        book.write_bytes(opened(tmp_path / "all.age", secret).read("cases.xlsx"))

        (case,) = (row.case for row in read_workbook(book).rows)

        assert case.forms == ("forced_criminality",)
        assert case.means_of_control == ("abduction",)
        assert case.first_name

    def test_is_in_the_journal_before_anything_leaves(
        self, officer: Session, tmp_path: Path
    ) -> None:
        take_out(officer, tmp_path / "all.age", new_identity()[1], at=NOW)

        with as_administrator() as connection:
            found = connection.execute(
                "SELECT count(*) FROM nrm.journal WHERE account = %s AND action = %s",
                [officer.actor.account, "took_everything_out"],
            ).fetchone()
        assert found == (1,)

    def test_is_done_by_an_officer_alone(self, tmp_path: Path) -> None:
        session = session_of(with_passkey(enrolled("FR")[0]))

        with pytest.raises(TakingOutRefused):
            take_out(session, tmp_path / "all.age", new_identity()[1], at=NOW)

        assert not (tmp_path / "all.age").exists()

    def test_is_refused_to_a_key_that_is_none(self, officer: Session, tmp_path: Path) -> None:
        with pytest.raises(BackupRefused):
            take_out(officer, tmp_path / "all.age", "age1nonsense", at=NOW)

    def test_overwrites_no_file(self, officer: Session, tmp_path: Path) -> None:
        (tmp_path / "all.age").write_bytes(b"kept")

        with pytest.raises(FileExistsError):
            take_out(officer, tmp_path / "all.age", new_identity()[1], at=NOW)

        assert (tmp_path / "all.age").read_bytes() == b"kept"
