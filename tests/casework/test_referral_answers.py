"""Tests of the answers to a referral."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from opennrm.casework.refusals import (
    AccessMissing,
    CaseNotFound,
    MoveRefused,
    PermissionMissing,
)
from tests import cast
from tests.casework.story import TODAY, Story

SHELTER = cast.GREEN_DOOR.organisation


class TestAcknowledgeReferral:
    def offered(self, story: Story) -> object:
        consent = story.consent(cast.CASE_MANAGER, "CM")
        return story.refer(cast.CASE_MANAGER, "CM", consent)

    def test_opens_the_case_when_accepted_and_tells_the_sender(self, story: Story) -> None:
        referral = self.offered(story)

        story.answer(cast.CASE_MANAGER, referral)

        assert story.open_parts(cast.CASE_MANAGER) >= {"D1", "D2", "D4", "D8", "D9", "D10"}
        notice = story.office.notices[-1]
        assert (notice.organisation, notice.kind, notice.about) == (
            cast.TOWN_POLICE.organisation,
            "referral_accepted",
            referral,
        )

    def test_closes_what_was_offered_when_declined_and_tells_the_sender(
        self, story: Story
    ) -> None:
        referral = self.offered(story)

        story.answer(cast.CASE_MANAGER, referral, "declined", reason="no_place")

        assert story.office.rows_of(story.case_ref, SHELTER) == []
        assert story.office.notices[-1].kind == "referral_declined"
        with pytest.raises(CaseNotFound):
            story.answer(cast.CASE_MANAGER, referral)

    def test_may_ask_back_without_opening_anything(self, story: Story) -> None:
        referral = self.offered(story)

        story.answer(cast.CASE_MANAGER, referral, "asks", reason="more_information_needed")

        assert story.open_parts(cast.CASE_MANAGER) == set()
        assert story.office.notices[-1].kind == "referral_asks"

    def test_needs_a_reason_to_decline(self, story: Story) -> None:
        with pytest.raises(MoveRefused) as refused:
            story.answer(cast.CASE_MANAGER, self.offered(story), "declined")

        assert refused.value.finding.reason == "reason_needed"

    def test_is_given_once(self, story: Story) -> None:
        referral = self.offered(story)
        story.answer(cast.CASE_MANAGER, referral)

        with pytest.raises(MoveRefused) as refused:
            story.answer(cast.CASE_MANAGER, referral)

        assert refused.value.finding.reason == "offer_already_answered"

    def test_comes_too_late_after_the_day_it_was_asked_by(self, story: Story) -> None:
        referral = self.offered(story)
        story.at += timedelta(days=4)

        with pytest.raises(MoveRefused) as refused:
            story.answer(cast.CASE_MANAGER, referral)

        assert refused.value.finding.reason == "offer_expired"

    def test_is_not_given_by_the_sender(self, story: Story) -> None:
        with pytest.raises(AccessMissing) as refused:
            story.answer(cast.POLICE_OFFICER, self.offered(story))

        assert refused.value.finding.reason == "not_the_addressee"

    def test_names_a_referral(self, story: Story) -> None:
        with pytest.raises(MoveRefused) as refused:
            story.answer(cast.POLICE_OFFICER, uuid4())

        assert refused.value.finding.reason == "referral_not_found"

    def test_cannot_accept_when_the_own_agreement_has_ended(self, story: Story) -> None:
        referral = self.offered(story)
        lapsed = replace(cast.CASE_MANAGER.actor, agreement_until=TODAY)
        member = replace(cast.CASE_MANAGER, actor=lapsed)

        with pytest.raises(PermissionMissing):
            story.answer(member, referral)
        story.answer(member, referral, "declined", reason="no_place")

    def test_finds_nothing_where_nothing_was_offered(self, story: Story) -> None:
        with pytest.raises(CaseNotFound):
            story.answer(cast.SHELTER_WITHOUT_CONSENT, self.offered(story))
