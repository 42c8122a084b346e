"""The pages of the safety sheet: written, read, and what is said of it before a withdrawal."""

from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.records.reference import reference
from tests import cast, stories
from tests.web.browsing import browser, sent

OFFICER, HOUSE = cast.POLICE_OFFICER, cast.SHELTER_WITHOUT_CONSENT


def page(name: str, case_ref: UUID) -> str:
    """Return the address of a page of the case."""
    return reverse(name, kwargs={"case_ref": case_ref})


@pytest.fixture()
def case_ref(_database: None) -> UUID:
    """A person with a house, and a sheet written on the page."""
    case_ref = stories.contact(OFFICER, majority="adult")
    sent(
        browser(OFFICER),
        page("write_safety_sheet", case_ref),
        called="Blue room",
        allergies="nuts",
        threats="a grey car",
    )
    referral = stories.referred(OFFICER, case_ref, HOUSE, "SH", ("D1", "D9"))
    stories.answered(HOUSE, case_ref, referral)
    return case_ref


class TestTheSheet:
    def test_is_read_by_the_house_on_one_page(self, case_ref: UUID) -> None:
        shown = browser(HOUSE).get(page("safety_sheet", case_ref)).content.decode()

        assert "nuts" in shown
        assert "a grey car" in shown
        assert "in the log" in shown

    def test_begins_anew_with_what_stood_on_it(self, case_ref: UUID) -> None:
        again = browser(HOUSE).get(page("write_safety_sheet", case_ref)).content.decode()

        assert "nuts" in again

    def test_is_refused_empty(self, case_ref: UUID) -> None:
        answer = sent(
            browser(OFFICER),
            page("write_safety_sheet", case_ref),
            called="",
            allergies=" ",
            threats="",
        )

        assert answer.status_code == 422
        assert "none known" in answer.content.decode()

    def test_is_closed_to_those_without_it(self, case_ref: UUID) -> None:
        assert browser(cast.LAWYER).get(page("safety_sheet", case_ref)).status_code == 404

    def test_is_what_the_withdrawal_says_stays_and_what_stays(self, case_ref: UUID) -> None:
        consent = stories.newest(OFFICER, case_ref, "consent_given")
        address = f"{page('withdraw_consent', case_ref)}?consent={consent}"
        officer = browser(OFFICER)

        warned = officer.get(address).content.decode()
        sent(officer, address)

        assert "for 90 days" in warned
        assert "Nobody has written a safety sheet" not in warned
        house = browser(HOUSE)
        assert "has ended" in house.get(page("safety_sheet", case_ref)).content.decode()
        assert (
            "Safety sheet only"
            in house.get(f"/?view=all&text={reference(case_ref)}").content.decode()
        )
        assert house.get(page("case", case_ref)).status_code == 200
        assert house.get(page("who_looked", case_ref)).status_code == 404
