"""The work list as a file: locked, without a person, with a reason that is kept."""

import io

import pyrage
import pytest
from python_calamine import CalamineWorkbook

from opennrm.records.reference import reference
from tests import cast, stories
from tests.database import as_administrator
from tests.web.browsing import browser

WHO, WORDS = cast.BORDER_OFFICER, "a long enough passphrase"
ADDRESS = "/lists/file/"


def last_noted() -> tuple[str, int]:
    """Return what the journal says of the list saved last by this person."""
    with as_administrator() as connection:
        row = connection.execute(
            "SELECT action, rows_read FROM nrm.journal WHERE account = %s "
            "AND action LIKE 'list_saved%%' ORDER BY entry DESC LIMIT 1",
            [WHO.account],
        ).fetchone()
    assert row is not None
    return row


class TestTheListAsAFile:
    @pytest.mark.usefixtures("_database")
    def test_opens_with_its_passphrase_and_holds_references_without_a_person(self) -> None:
        case = stories.contact(WHO, words="A van came each morning.", danger="high")
        stories.described(WHO, case, names="Teuta Rama")

        answer = browser(WHO).post(ADDRESS, {"reason": "meeting", "passphrase": WORDS})
        opened = pyrage.passphrase.decrypt(answer.content, WORDS)
        lines = CalamineWorkbook.from_filelike(io.BytesIO(opened)).get_sheet_by_index(0)
        kept = lines.to_python()

        assert 'filename="list.xlsx.age"' in answer["Content-Disposition"]
        assert reference(case) in {line[0] for line in kept}
        assert "Rama" not in str(kept)
        assert b"PK" not in answer.content[:64]
        assert last_noted() == ("list_saved_meeting", len(kept) - 1)

    @pytest.mark.usefixtures("_database")
    def test_shows_one_nothing_that_is_not_open_to_her(self) -> None:
        case = stories.contact(cast.POLICE_OFFICER)

        answer = browser(WHO).post(ADDRESS, {"reason": "own_check", "passphrase": WORDS})

        opened = pyrage.passphrase.decrypt(answer.content, WORDS)
        lines = CalamineWorkbook.from_filelike(io.BytesIO(opened)).get_sheet_by_index(0)
        assert reference(case) not in {line[0] for line in lines.to_python()}

    @pytest.mark.usefixtures("_database")
    @pytest.mark.parametrize(
        "typed", ({"passphrase": WORDS}, {"reason": "meeting", "passphrase": "short"})
    )
    def test_is_not_made_without_a_reason_or_a_long_passphrase(self, typed: dict[str, str]):
        answer = browser(WHO).post(ADDRESS, typed)

        assert answer.status_code == 422
        assert "Content-Disposition" not in answer
