"""One case goes out in the case data standard to who may read it, and each reading is logged."""

from pathlib import Path
from uuid import UUID

from django.urls import reverse
from python_calamine import CalamineWorkbook

from opennrm.casework.contact import AccountNote, note_account
from opennrm.exchange.htcds.reading import read_workbook
from tests import cast, stories
from tests.database import as_administrator
from tests.web.browsing import browser

POLICE = cast.POLICE_OFFICER


def told() -> UUID:
    """Record a case with a name and what was done to her."""
    case_ref = stories.contact(POLICE)
    stories.described(POLICE, case_ref, names="Drita Leka", citizenship=("AL", "stateless"))
    note = AccountNote(forms=("forced_criminality", "sexual"), means=("abduction",))
    stories.do(note_account, POLICE, case_ref=case_ref, account=note)
    return case_ref


def readings(case_ref: UUID) -> int:
    """Count what the journal says of sealed parts that were opened."""
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT count(*) FROM nrm.journal WHERE case_ref = %s AND action = 'read_sealed'",
            [case_ref],
        ).fetchone()
    return int(row[0]) if row else 0


class TestSaving:
    def test_gives_what_is_open_and_logs_the_reading(self, tmp_path: Path) -> None:
        case_ref = told()
        before = readings(case_ref)
        address = reverse("save_standard", kwargs={"case_ref": case_ref})

        answer = browser(POLICE).post(address)

        book = tmp_path / "case.xlsx"
        book.write_bytes(answer.content)
        (case,) = (row.case for row in read_workbook(book).rows)
        assert case.first_name == "Drita Leka"
        assert set(case.forms) == {"forced_criminality", "sexual"}
        assert set(case.citizenships) == {"AL", "stateless"}
        assert readings(case_ref) > before
        assert "Drita" not in answer["Content-Disposition"]

    def test_names_what_had_no_place_on_a_sheet_of_its_own(self, tmp_path: Path) -> None:
        address = reverse("save_standard", kwargs={"case_ref": told()})

        answer = browser(POLICE).post(address, {"carrier": "form"})

        (tmp_path / "case.xlsx").write_bytes(answer.content)
        book = CalamineWorkbook.from_path(tmp_path / "case.xlsx")
        lost = book.get_sheet_by_name("without a place").to_python()
        assert lost[0] == ["row", "what", "why it has no place"]

    def test_is_closed_to_others(self) -> None:
        address = reverse("save_standard", kwargs={"case_ref": told()})

        assert browser(cast.CASE_MANAGER).post(address).status_code == 404
        assert browser(POLICE).get(address).status_code == 405
