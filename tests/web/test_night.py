"""The page of the night duty: sealed, opened on a reason, looked at the next morning."""

from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.casework.safety_sheet import SafetySheet, write_safety_sheet
from tests import cast, stories
from tests.web.browsing import browser, sent

OFFICER, HOUSE, NIGHT = cast.POLICE_OFFICER, cast.SHELTER_WITHOUT_CONSENT, cast.NIGHT_WORKER


@pytest.fixture()
def housed(_database: None) -> UUID:
    """A person in the house, with a sheet."""
    case_ref = stories.contact(OFFICER, majority="adult")
    sheet = SafetySheet(called="Green room", allergies="latex")
    stories.do(write_safety_sheet, OFFICER, case_ref=case_ref, sheet=sheet)
    referral = stories.referred(OFFICER, case_ref, HOUSE, "SH", ("D1", "D9", "D10"))
    stories.answered(HOUSE, case_ref, referral)
    return case_ref


class TestTheNight:
    def test_opens_nothing_without_a_reason(self, housed: UUID) -> None:
        client = browser(NIGHT)

        answer = client.post(reverse("night"), {})

        assert answer.status_code == 422
        assert "latex" not in client.get(reverse("night")).content.decode()

    def test_reads_the_sheets_after_a_reason_and_leads_to_a_review(self, housed: UUID) -> None:
        client = browser(NIGHT)
        before = client.get(reverse("night")).content.decode()

        answer = sent(client, reverse("night"), reason="medical")

        assert "sealed" in before
        assert answer.status_code == 302
        shown = client.get(reverse("night")).content.decode()
        assert "Green room" in shown
        assert "latex" in shown
        case = browser(OFFICER).get(reverse("case", args=[housed])).content.decode()
        assert "Look at why the safety sheet was opened" in case
        opening = stories.newest(OFFICER, housed, "emergency_opened")
        address = f"{reverse('review_emergency', args=[housed])}?opening={opening}"
        done = sent(browser(OFFICER), address, finding="needed", words="She had a rash.")
        assert done.status_code == 302

    @pytest.mark.parametrize("who", (HOUSE, OFFICER, cast.DATA_OFFICER))
    def test_is_no_page_of_anybody_else(self, housed: UUID, who: cast.Member) -> None:
        client = browser(who)

        assert client.get(reverse("night")).status_code == 404
        assert "Night duty" not in client.get("/").content.decode()
