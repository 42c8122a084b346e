"""Fifty invented people of a workbook become cases, and leave in the same standard (nightly)."""

import os
from datetime import date
from pathlib import Path

import pytest

from opennrm.console.import_htcds import import_workbook
from opennrm.exchange.htcds.imported import ImportedCase
from opennrm.exchange.htcds.reading import read_workbook
from opennrm.exchange.htcds.writing import Asked, write_workbook
from opennrm.records.backup.encrypting import new_identity
from opennrm.records.sessions import Session
from opennrm.records.taking_out import take_out
from tests.database import NOW
from tests.exchange.htcds_cases import fifty
from tests.records.test_taking_out import opened
from tests.web.real_people import enrolled, session_of, with_passkey

pytestmark = pytest.mark.skipif(
    "OPENNRM_FAULTS" not in os.environ, reason="bin/nightly takes fifty people through the record"
)


@pytest.fixture(scope="module")
def through(tmp_path_factory: pytest.TempPathFactory) -> dict[date | None, ImportedCase]:
    """Take fifty people in from a workbook, take the house out, and read its workbook by day."""
    officer: Session = session_of(with_passkey(enrolled("FR", officers=1)[0]))
    folder: Path = tmp_path_factory.mktemp("standard")
    write_workbook(fifty(), folder / "in.xlsx", Asked())
    import_workbook(folder / "in.xlsx", officer, at=NOW, progress=lambda _done, _of: None)
    secret, public = new_identity()
    take_out(officer, folder / "all.age", public, at=NOW)
    (folder / "out.xlsx").write_bytes(opened(folder / "all.age", secret).read("cases.xlsx"))
    rows = [row.case for row in read_workbook(folder / "out.xlsx").rows]
    assert len(rows) == 50
    return {case.registered_on: case for case in rows if case is not None}


def coded(case: ImportedCase) -> tuple[object, ...]:
    """Return what a case says in codes and days, without the order of several words."""
    return (
        case.sex,
        case.gender,
        frozenset(case.citizenships),
        frozenset(case.forms),
        frozenset(case.means_of_control),
        frozenset(case.signs_told),
        frozenset(case.signs_seen),
        case.presumed,
    )


class TestFiftyPeople:
    def test_come_out_with_the_codes_they_came_in_with(
        self, through: dict[date | None, ImportedCase]
    ) -> None:
        assert {n: coded(through[one.incoming_on]) for n, one in enumerate(fifty())} == {
            n: coded(one) for n, one in enumerate(fifty())
        }

    def test_come_out_with_name_and_birth_date_where_they_agreed_and_never_else(
        self, through: dict[date | None, ImportedCase]
    ) -> None:
        for one in fifty():
            case = through[one.incoming_on]
            name = f"{one.first_name} {one.second_name}"
            assert case.first_name == (name if one.consent else None)
            assert case.birthdate == (one.birthdate if one.consent else None)

    def test_keep_what_the_record_has_no_place_for_as_words(
        self, through: dict[date | None, ImportedCase]
    ) -> None:
        for one in fifty():
            words = through[one.incoming_on].incoming_details or ""
            told = [one.external_id, one.recruitment_location, one.exploitation_location]
            told += [one.referring_organisation, one.referred_worker, one.incoming_details]
            told += [one.trafficking_status.label if one.trafficking_status else None]
            assert [text in words for text in told if text] == [bool(one.consent)] * 7
