"""Tests of consent: specific, informed, for an end, and taken back at any time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from opennrm.casework.consent import ConsentGiven, Withdrawal, take_consent, withdraw_consent
from opennrm.casework.refusals import (
    CaseNotFound,
    ConsentMissing,
    PermissionMissing,
    RuleBroken,
)
from tests import cast
from tests.casework.story import NEXT_YEAR, TODAY, Story
from tests.cast import Member

SHELTER = cast.GREEN_DOOR.organisation


def withdrawn(story: Story, consent: UUID, who: Member = cast.POLICE_OFFICER, **more: Any) -> UUID:
    withdrawal = Withdrawal(consent=consent, withdrawn_on=TODAY, **more)
    return withdraw_consent(withdrawal=withdrawal, **story.by(who))


class TestTakeConsent:
    def test_keeps_who_may_have_what_for_what_and_until_when(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM", scopes=("D9",), note="slowly, twice")

        kept = story.case.fact(consent)
        assert kept is not None
        assert kept.compartment == "D10"
        assert kept.reference("recipient") == SHELTER
        assert kept.text("until") == NEXT_YEAR.isoformat()
        assert kept.reference("explained_by") == cast.POLICE_OFFICER.account
        assert story.office.sealed(consent) == {"note": "slowly, twice"}

    def test_opens_nothing_by_itself(self, story: Story) -> None:
        story.consent(cast.CASE_MANAGER, "CM")

        assert story.office.rows_of(story.case_ref, SHELTER) == []

    def test_is_spelt_out_as_what_the_role_may_hold(self, story: Story) -> None:
        consent = story.consent(cast.HEALTH_WORKER, "HC", scopes=("D4", "D5"))

        kept = story.case.fact(consent)
        assert kept is not None
        assert set(kept.texts("scopes")) == {"D1", "D1S", "D4S", "D5", "D5S", "D16"}

    def test_may_be_for_a_summary_only(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM", scopes=("D4S",))

        kept = story.case.fact(consent)
        assert kept is not None
        assert set(kept.texts("scopes")) == {"D1", "D1S", "D4S", "D16"}

    def test_may_name_no_recipient_where_nothing_is_shared(self, story: Story) -> None:
        consent = ConsentGiven(
            purpose="interview", until=NEXT_YEAR, language="sq", form="spoken", given_on=TODAY
        )

        given = take_consent(consent=consent, **story.by(cast.POLICE_OFFICER))

        kept = story.case.fact(given)
        assert kept is not None
        assert kept.texts("scopes") == ()

    @pytest.mark.parametrize(
        "gap", [{"scopes": ()}, {"language": ""}], ids=["no part", "no language"]
    )
    def test_is_refused_when_it_is_not_specific(self, story: Story, gap: dict[str, Any]) -> None:
        with pytest.raises(ConsentMissing) as refused:
            story.consent(cast.CASE_MANAGER, "CM", **gap)

        assert refused.value.finding.reason == "consent_incomplete"

    def test_is_refused_for_sharing_with_nobody(self, story: Story) -> None:
        consent = ConsentGiven(
            purpose="assistance", until=NEXT_YEAR, language="sq", form="spoken", given_on=TODAY
        )

        with pytest.raises(ConsentMissing) as refused:
            take_consent(consent=consent, **story.by(cast.POLICE_OFFICER))

        assert refused.value.finding.reason == "consent_incomplete"

    @pytest.mark.parametrize(
        "term",
        [
            {"until": TODAY},
            {"until": TODAY + timedelta(days=400)},
            {"given_on": TODAY + timedelta(days=1)},
        ],
        ids=["ended before it began", "longer than a year", "not given yet"],
    )
    def test_is_refused_for_a_term_that_is(self, story: Story, term: dict[str, Any]) -> None:
        with pytest.raises(ConsentMissing) as refused:
            story.consent(cast.CASE_MANAGER, "CM", **term)

        assert refused.value.finding.reason == "consent_too_long"

    def test_needs_guardian_and_assent_for_a_child(self, story: Story) -> None:
        story.contact(majority="child")

        with pytest.raises(ConsentMissing) as refused:
            story.consent(cast.CASE_MANAGER, "CM", guardian=True)
        story.consent(cast.CASE_MANAGER, "CM", guardian=True, assent=True)

        assert refused.value.finding.reason == "guardian_needed"

    def test_is_refused_for_what_the_role_may_never_hold(self, story: Story) -> None:
        with pytest.raises(PermissionMissing) as refused:
            story.consent(cast.CASE_MANAGER, "SH", scopes=("D12",))

        assert refused.value.finding.rule == "R42"

    def test_is_refused_for_a_part_that_does_not_exist(self, story: Story) -> None:
        with pytest.raises(ConsentMissing) as refused:
            story.consent(cast.CASE_MANAGER, "CM", scopes=("everything",))

        assert refused.value.finding.reason == "role_may_not_hold"

    def test_never_names_immigration_enforcement(self, story: Story) -> None:
        with pytest.raises(RuleBroken) as refused:
            story.consent(cast.IMMIGRATION_OFFICER, "MI")

        assert refused.value.finding.rule == "R43"

    def test_never_serves_a_removal(self, story: Story) -> None:
        with pytest.raises(RuleBroken) as refused:
            story.consent(cast.CASE_MANAGER, "CM", purpose="removal")

        assert refused.value.finding.rule == "R43"

    @pytest.mark.parametrize(
        ("role", "reason"), [("LA", "recipient_lacks_role"), ("XX", "recipient_lacks_role")]
    )
    def test_is_refused_for_a_role_the_recipient_lacks(
        self, story: Story, role: str, reason: str
    ) -> None:
        with pytest.raises(PermissionMissing) as refused:
            story.consent(cast.CASE_MANAGER, role)

        assert refused.value.finding.reason == reason

    def test_is_refused_for_an_organisation_nobody_knows(self, story: Story) -> None:
        stranger = replace(cast.GREEN_DOOR, organisation=uuid4())

        with pytest.raises(PermissionMissing) as refused:
            story.consent(replace(cast.CASE_MANAGER, organisation=stranger), "CM")

        assert refused.value.finding.reason == "recipient_unknown"

    def test_is_refused_for_a_named_person_who_works_elsewhere(self, story: Story) -> None:
        with pytest.raises(PermissionMissing) as refused:
            story.consent(cast.CASE_MANAGER, "CM", recipient_account=cast.HEALTH_WORKER.account)

        assert refused.value.finding.reason == "recipient_account_unknown"

    def test_for_a_named_person_serves_nobody_else(self, story: Story) -> None:
        consent = story.consent(
            cast.DECIDING_OFFICER,
            "CA",
            purpose="identification",
            recipient_account=cast.DECIDING_OFFICER.account,
        )

        with pytest.raises(ConsentMissing) as refused:
            story.refer(
                cast.DECIDING_OFFICER,
                "CA",
                consent,
                purpose="identification",
                account=cast.SECOND_READER.account,
            )

        assert refused.value.finding.reason == "consent_for_another"

    def test_is_refused_to_roles_that_do_not_take_it(self, story: Story) -> None:
        with pytest.raises(PermissionMissing):
            story.consent(cast.CASE_MANAGER, "CM", who=cast.DECIDING_OFFICER)

    def test_finds_no_case_where_none_is_open(self, story: Story) -> None:
        with pytest.raises(CaseNotFound):
            story.consent(cast.CASE_MANAGER, "CM", who=cast.BORDER_OFFICER)


class TestAssent:
    @pytest.mark.parametrize("assent", [True, False, None])
    def test_is_kept_as_answered_and_left_out_when_nobody_asked(
        self, story: Story, assent: bool | None
    ) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM", assent=assent)

        given = story.case.fact(consent)
        assert given is not None
        assert given.flag("assent") is assent


class TestDayOfAConsent:
    def test_is_the_day_it_is_where_the_case_is(self, story: Story) -> None:
        story.at = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)  # half past midnight in Skopje

        consent = story.consent(cast.CASE_MANAGER, "CM", given_on=date(2026, 3, 5))

        given = story.case.fact(consent)
        assert given is not None
        assert given.text("given_on") == "2026-03-05"

    def test_is_over_when_its_last_day_begins_there(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM", until=date(2026, 3, 5))
        story.at = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)

        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.CASE_MANAGER, "CM", consent, until=date(2026, 3, 5))

        assert refused.value.finding.reason == "consent_not_live"


class TestWithdrawConsent:
    def test_closes_every_row_at_once(self, story: Story) -> None:
        consent = story.hand_over(cast.CASE_MANAGER, "CM")

        withdrawn(story, consent)

        assert story.office.rows_of(story.case_ref, SHELTER) == []
        with pytest.raises(CaseNotFound):
            story.office.desk(cast.CASE_MANAGER.actor, story.at).cases.load(story.case_ref)

    def test_closes_what_was_only_offered(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")
        story.refer(cast.CASE_MANAGER, "CM", consent)

        withdrawn(story, consent)

        assert story.office.rows_of(story.case_ref, SHELTER) == []

    def test_leaves_what_stands_on_another_consent(self, story: Story) -> None:
        first = story.hand_over(cast.CASE_MANAGER, "CM")
        story.with_authority()

        withdrawn(story, first)

        assert "D14" in story.open_parts(cast.DECIDING_OFFICER)
        assert "D10" in story.open_parts(cast.POLICE_OFFICER)

    def test_tells_the_recipient_by_the_reference_it_knows(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")
        referral = story.refer(cast.CASE_MANAGER, "CM", consent)
        story.office.notices.clear()

        withdrawn(story, consent)

        (notice,) = story.office.notices
        assert (notice.organisation, notice.kind, notice.about) == (
            SHELTER,
            "consent_withdrawn",
            referral,
        )

    def test_tells_nobody_who_never_got_anything(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")
        declined = story.consent(cast.SHELTER_WITHOUT_CONSENT, "CM")
        referral = story.refer(cast.SHELTER_WITHOUT_CONSENT, "CM", declined)
        story.answer(cast.SHELTER_WITHOUT_CONSENT, referral, "declined", reason="no_place")
        story.office.notices.clear()

        withdrawn(story, consent)
        withdrawn(story, declined)

        assert story.office.notices == []

    def test_stops_later_sharing(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")
        withdrawn(story, consent)

        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.CASE_MANAGER, "CM", consent)

        assert refused.value.finding.reason == "consent_not_live"

    def test_works_without_agreement_or_reason_and_after_the_term(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM", until=TODAY + timedelta(days=2))
        story.at += timedelta(days=9)
        lapsed = replace(cast.POLICE_OFFICER.actor, agreement_until=TODAY)

        withdrawn(story, consent, replace(cast.POLICE_OFFICER, actor=lapsed))

        assert story.case.facts[-1].kind == "consent_withdrawn"

    def test_is_done_once(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")
        withdrawn(story, consent)

        with pytest.raises(ConsentMissing) as refused:
            withdrawn(story, consent)

        assert refused.value.finding.reason == "consent_already_ended"

    def test_names_a_consent(self, story: Story) -> None:
        with pytest.raises(ConsentMissing) as refused:
            withdrawn(story, uuid4())

        assert refused.value.finding.reason == "consent_not_found"

    def test_is_refused_to_roles_that_do_not_take_it_back(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        with pytest.raises(PermissionMissing):
            withdrawn(story, consent, cast.ANALYST)
