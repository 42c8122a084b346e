"""The page of who looked: for those who keep the person's consents, and without workers' names."""

from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.records import queries
from opennrm.records.queries.looked import who_looked
from tests import cast, stories
from tests.database import NOW, sign_in_name, signed_in
from tests.rights.removing import without
from tests.web.browsing import browser

HEALTH = cast.HEALTH_WORKER
MANAGER, LAWYER, OFFICER = cast.CASE_MANAGER, cast.LAWYER, cast.POLICE_OFFICER


def address(case_ref: UUID) -> str:
    """Return the address of the page."""
    return reverse("who_looked", kwargs={"case_ref": case_ref})


@pytest.fixture(scope="module")
def case_ref(_database: None) -> UUID:
    """A case shared with a case manager and a lawyer, whom the manager read."""
    case = stories.contact(OFFICER, majority="adult", words="A word")
    for who, role, parts in (
        (MANAGER, "CM", ("D1", "D4", "D9", "D10")),
        (LAWYER, "LA", ("D1", "D4")),
        (HEALTH, "HC", ("D1", "D9")),
    ):
        stories.answered(who, case, stories.referred(OFFICER, case, who, role, parts))
    for _ in range(2):
        queries.case_page(signed_in(MANAGER), case, at=NOW, opened=("D4",))
    return case


class TestWhoLooked:
    def test_names_house_role_and_part_and_no_worker(self, case_ref: UUID) -> None:
        page = browser(OFFICER).get(address(case_ref)).content.decode()

        assert cast.GREEN_DOOR.name in page
        assert "Case manager" in page
        assert "2 times" in page
        assert cast.LAWYERS.name in page
        assert sign_in_name(MANAGER) not in page

    def test_is_led_to_from_the_case_by_those_who_keep_her_consents(self, case_ref: UUID) -> None:
        case = reverse("case", kwargs={"case_ref": case_ref})

        assert address(case_ref) in browser(MANAGER).get(case).content.decode()
        assert address(case_ref) in browser(LAWYER).get(case).content.decode()
        assert address(case_ref) not in browser(HEALTH).get(case).content.decode()

    def test_is_closed_to_others_in_page_and_database(self, case_ref: UUID) -> None:
        assert browser(HEALTH).get(address(case_ref)).status_code == 404
        assert browser(cast.DETECTIVE).get(address(case_ref)).status_code == 404
        assert who_looked(signed_in(HEALTH), case_ref) == ()
        assert len(who_looked(signed_in(MANAGER), case_ref)) == 1

    def test_is_open_to_her_lawyer(self, case_ref: UUID) -> None:
        page = browser(LAWYER).get(address(case_ref)).content.decode()

        assert cast.GREEN_DOOR.name in page
        assert "Being referred to the mechanism" in page

    def test_is_there_by_its_rule(self, case_ref: UUID) -> None:
        with without("R51"):
            assert browser(OFFICER).get(address(case_ref)).status_code == 404
