"""Fifty invented people of the official workbook become cases, and leave equal (nightly)."""

import os
from pathlib import Path

import pytest

from opennrm.console.import_htcds import import_workbook
from opennrm.exchange.htcds.reading import read_workbook
from opennrm.exchange.htcds.writing import Asked, table_of, write_workbook
from opennrm.records.backup.encrypting import new_identity
from opennrm.records.sessions import Session
from opennrm.records.taking_out import take_out
from tests.database import NOW
from tests.exchange.htcds_cases import fifty
from tests.exchange.test_htcds_layouts import ORIGINALS
from tests.exchange.workbooks import official, shown
from tests.records.test_taking_out import opened
from tests.web.real_people import enrolled, session_of, with_passkey

pytestmark = [
    pytest.mark.skipif(
        "OPENNRM_FAULTS" not in os.environ,
        reason="bin/nightly takes fifty people through the record",
    ),
    pytest.mark.skipif(not ORIGINALS.exists(), reason="the official workbooks are not here"),
]
PLAIN = Asked(additions=False)
# What is kept of somebody who did not agree: codes, and the day on which she came.
OPEN = ("prs_Gender", "prs_Citizenship", "vic_MethodsOfControl", "vic_TypeOfExploitation")
CAME, CONSENT = "cas_IncomingReferralDate", "con_Consent"
Row = dict[str, str]
Sheets = tuple[list[Row], list[Row]]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    """Take the official workbook in, take the house out, and read the rows of both sheets."""
    officer: Session = session_of(with_passkey(enrolled("FR", officers=1)[0]))
    folder: Path = tmp_path_factory.mktemp("standard")
    original = ORIGINALS / "HTCDS Excel Spreadsheet v2.0.xlsx"
    filled = official(folder / "in.xlsx", original, table_of(fifty(), PLAIN).rows)
    import_workbook(filled, officer, at=NOW, progress=lambda _done, _of: None)
    secret, public = new_identity()
    take_out(officer, folder / "all.age", public, at=NOW)
    (folder / "out.xlsx").write_bytes(opened(folder / "all.age", secret).read("cases.xlsx"))
    came = [row.case for row in read_workbook(folder / "out.xlsx").rows]
    write_workbook(came, folder / "plain.xlsx", PLAIN)
    return rows_of(filled), rows_of(folder / "plain.xlsx")


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a sheet, cell by cell."""
    head, _labels, *rows = shown(path, 52)
    return [dict(zip(head[1:], row[1:], strict=True)) for row in rows]


class TestFiftyPeople:
    def test_come_out_word_for_word_where_they_agreed(self, sheets: Sheets) -> None:
        before, after = ({row[CAME]: row for row in rows} for rows in sheets)
        agreed = [day for day, row in before.items() if row[CONSENT] == "True"]

        assert len(before) == 50
        assert len(agreed) > 40
        assert [after[day] for day in agreed] == [before[day] for day in agreed]

    def test_come_out_as_codes_and_without_a_name_where_they_did_not(self, sheets: Sheets) -> None:
        before = [row for row in sheets[0] if row[CONSENT] != "True"]
        after = [row for row in sheets[1] if not row[CAME]]

        assert len(before) == len(after) > 5
        assert sorted(map(codes, before)) == sorted(map(codes, after))
        for name in ("prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_MailingCity"):
            assert {row[name] for row in after} == {""}


def codes(row: Row) -> list[str]:
    """Return what is kept of a row in codes."""
    return [row[name] for name in OPEN]
