"""The page of the night duty: sealed, opened on a reason, looked at the next morning."""

from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.casework.contact import SafeContactNote, note_safe_contact
from opennrm.casework.plan import RiskAssessment, assess_risk
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
    note = SafeContactNote(safe_channel="phone_call", whereabouts="at her aunt's in the hills")
    stories.do(note_safe_contact, OFFICER, case_ref=case_ref, note=note)
    risk = RiskAssessment(level="high", review_on=stories.in_days(7), reasons="a man in a red car")
    stories.do(assess_risk, OFFICER, case_ref=case_ref, assessment=risk)
    shared = ("D1", "D3", "D8", "D9", "D10")
    referral = stories.referred(OFFICER, case_ref, HOUSE, "SH", shared)
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
        assert "Look at why a sealed part was opened" in case
        opening = stories.newest(OFFICER, housed, "emergency_opened")
        address = f"{reverse('review_emergency', args=[housed])}?opening={opening}"
        done = sent(browser(OFFICER), address, finding="needed", words="She had a rash.")
        assert done.status_code == 302

    def test_opens_one_more_part_after_a_word_of_why(self, housed: UUID) -> None:
        client, address = browser(NIGHT), reverse("night_part", args=[housed])
        early = client.get(address)
        sent(client, reverse("night"), reason="medical")

        silent = sent(client, address, part="D8", reason="threat")
        answer = sent(client, address, part="D8", reason="threat", why="Glass in the yard.")

        assert early.status_code == 404
        assert silent.status_code == 422
        assert answer.status_code == 302
        shown = client.get(reverse("night")).content.decode()
        assert "a man in a red car" in shown
        reviewing = browser(OFFICER).get(reverse("review_emergency", args=[housed]))
        assert "Safety: Somebody threatens" in reviewing.content.decode()

    def test_opens_whereabouts_when_a_second_person_agrees(self, housed: UUID) -> None:
        client, second = browser(NIGHT), browser(cast.NIGHT_COLLEAGUE)
        sent(client, reverse("night"), reason="missing")
        sent(
            client, reverse("night_part", args=[housed]), part="D3", reason="missing", why="Gone."
        )
        asked = stories.newest(OFFICER, housed, "emergency_asked")
        address = reverse("night_agree", args=[housed, asked])

        own = client.get(address)
        before = client.get(reverse("night")).content.decode().count("in the hills")
        listed = second.get(reverse("night")).content.decode()
        answer = sent(second, address)

        assert own.status_code == 404
        assert address in listed
        assert answer.status_code == 302
        after = client.get(reverse("night")).content.decode().count("in the hills")
        assert after == before + 1
        assert "in the hills" not in second.get(reverse("night")).content.decode()
        assert second.get(address).status_code == 404

    @pytest.mark.parametrize("who", (HOUSE, OFFICER, cast.DATA_OFFICER))
    def test_is_no_way_in_for_anybody_else(self, housed: UUID, who: cast.Member) -> None:
        assert browser(who).get(reverse("night_part", args=[housed])).status_code == 404

    @pytest.mark.parametrize("who", (HOUSE, OFFICER, cast.DATA_OFFICER))
    def test_is_no_page_of_anybody_else(self, housed: UUID, who: cast.Member) -> None:
        client = browser(who)

        assert client.get(reverse("night")).status_code == 404
        assert "Night duty" not in client.get("/").content.decode()
