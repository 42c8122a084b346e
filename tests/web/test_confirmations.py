"""Who lost access says what it did with what it had; who has not answered is seen."""

from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.casework.refusals import AccessMissing
from opennrm.records import queries
from opennrm.records.queries.confirmations import answer_notice, asked_to_delete
from tests import cast, stories
from tests.database import signed_in
from tests.web.browsing import browser

OFFICER, MANAGER, OTHER = cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.SHELTER_WITHOUT_CONSENT


@pytest.fixture()
def taken_back(_database: None) -> tuple[UUID, UUID]:
    """A case shared and taken back; the case, and the notice of it at the recipient."""
    case_ref = stories.contact(OFFICER, majority="adult")
    referral = stories.referred(OFFICER, case_ref, MANAGER, "CM", ("D1", "D4", "D9"))
    stories.answered(MANAGER, case_ref, referral)
    before = {line.notice_ref for line in queries.notices(signed_in(MANAGER))}
    stories.withdrawn(OFFICER, case_ref, stories.newest(OFFICER, case_ref, "consent_given"))
    new = [line for line in queries.notices(signed_in(MANAGER)) if line.notice_ref not in before]
    assert [line.asks for line in new] == [True]
    return case_ref, new[0].notice_ref


class TestAConfirmation:
    def test_is_asked_for_and_shown_as_missing(self, taken_back):
        case_ref, _notice = taken_back

        (asked,) = asked_to_delete(signed_in(OFFICER), case_ref)
        page = browser(OFFICER).get(reverse("who_looked", args=[case_ref])).content.decode()

        assert (asked.organisation, asked.how) == (MANAGER.actor.organisation, None)
        assert "No answer yet" in page

    def test_is_given_on_the_page_of_notices_and_seen_by_those_who_asked(self, taken_back):
        case_ref, notice = taken_back
        client = browser(MANAGER)

        answer = client.post(reverse("answer_notice", args=[notice]), {"how": "deleted"})

        assert answer.status_code == 302
        assert "Deleted everywhere" in client.get(reverse("notices")).content.decode()
        page = browser(OFFICER).get(reverse("who_looked", args=[case_ref])).content.decode()
        assert "Deleted everywhere" in page
        assert "No answer yet" not in page

    def test_is_given_once_and_by_nobody_else(self, taken_back):
        case_ref, notice = taken_back

        with pytest.raises(AccessMissing):
            answer_notice(signed_in(OTHER), notice, "deleted")
        answer_notice(signed_in(MANAGER), notice, "kept_by_law")
        answer_notice(signed_in(MANAGER), notice, "deleted")

        (asked,) = asked_to_delete(signed_in(OFFICER), case_ref)
        assert asked.how == "kept_by_law"

    def test_is_shown_to_nobody_who_does_not_keep_her_consents(self, taken_back):
        case_ref, _notice = taken_back

        for who in (MANAGER, OTHER, cast.LAWYER, cast.IMMIGRATION_OFFICER):
            assert asked_to_delete(signed_in(who), case_ref) == ()

    def test_has_three_answers_and_no_other(self, taken_back):
        _case, notice = taken_back

        answer = browser(MANAGER).post(reverse("answer_notice", args=[notice]), {"how": "sold"})

        assert answer.status_code == 404
