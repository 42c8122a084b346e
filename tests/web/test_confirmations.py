"""Who lost access says what it did with what it had; who has not answered is seen."""

from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.casework.refusals import AccessMissing
from opennrm.records.queries import messages
from opennrm.records.queries.confirmations import answer_notice, asked_to_delete
from tests import cast, stories
from tests.database import as_administrator, signed_in
from tests.web.browsing import browser

OFFICER, MANAGER, OTHER = cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.SHELTER_WITHOUT_CONSENT
# Of this case alone: the page of notices ends at the newest, and others write notices, too.
NOTICE = (
    "SELECT notice_ref FROM nrm.notice WHERE kind = 'consent_withdrawn' "
    "AND about IN (SELECT fact_ref FROM nrm.fact WHERE case_ref = %s)"
)


@pytest.fixture()
def taken_back(_database: None) -> tuple[UUID, UUID]:
    """A case shared and taken back; the case, and the notice of it at the recipient."""
    case_ref = stories.contact(OFFICER, majority="adult")
    referral = stories.referred(OFFICER, case_ref, MANAGER, "CM", ("D1", "D4", "D9"))
    stories.answered(MANAGER, case_ref, referral)
    stories.withdrawn(OFFICER, case_ref, stories.newest(OFFICER, case_ref, "consent_given"))
    with as_administrator() as connection:
        ((notice,),) = connection.execute(NOTICE, [case_ref]).fetchall()
    return case_ref, notice


class TestTheListOfNotices:
    def test_lets_no_newer_word_push_out_a_request_without_an_answer(
        self, taken_back: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        later = stories.contact(OFFICER, majority="adult")
        stories.referred(OFFICER, later, MANAGER, "CM", ("D1",))
        monkeypatch.setattr(messages, "NEWEST", 1)

        (first,) = messages.notices(signed_in(MANAGER))

        assert first.asks


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
