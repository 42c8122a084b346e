"""Tests of referral: what goes, to whom, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from opennrm.casework.referral import LegalDuty, Summary
from opennrm.casework.refusals import (
    AccessMissing,
    CaseNotFound,
    ConsentMissing,
    PermissionMissing,
    Refused,
    RuleBroken,
)
from tests import cast
from tests.casework.story import NEXT_YEAR, TODAY, Story
from tests.cast import Member

SHELTER = cast.GREEN_DOOR.organisation


class TestRefer:
    def test_offers_what_she_agreed_to_until_the_addressee_answers(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        referral = story.refer(cast.CASE_MANAGER, "CM", consent)

        rows = story.office.rows_of(story.case_ref, SHELTER)
        assert {row.state for row in rows} == {"offered"}
        assert {row.offer_fact for row in rows} == {referral}
        assert {row.basis_fact for row in rows} == {consent}
        assert "D9" in {row.compartment for row in rows}
        assert not {row.compartment for row in rows} & {"D5", "D6", "D7", "D11", "D14"}

    def test_leaves_whereabouts_out_when_nobody_is_named(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        story.refer(cast.CASE_MANAGER, "CM", consent)

        rows = story.office.rows_of(story.case_ref, SHELTER)
        assert not {"D3", "D3S"} & {row.compartment for row in rows}

    def test_gives_whereabouts_to_the_person_named(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        story.refer(cast.CASE_MANAGER, "CM", consent, account=cast.CASE_MANAGER.account)

        rows = story.office.rows_of(story.case_ref, SHELTER)
        named = {row.compartment for row in rows if row.account == cast.CASE_MANAGER.account}
        assert named == {"D3", "D3S"}

    def test_can_share_less_than_was_agreed_to(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        story.refer(cast.CASE_MANAGER, "CM", consent, compartments=("D9",))

        rows = story.office.rows_of(story.case_ref, SHELTER)
        assert {row.compartment for row in rows} == {"D1", "D1S", "D9", "D9S", "D16"}

    def test_carries_a_short_summary_for_a_role_that_may_hold_no_more(self, story: Story) -> None:
        consent = story.consent(cast.HEALTH_WORKER, "HC", scopes=("D4", "D9"))

        story.refer(
            cast.HEALTH_WORKER,
            "HC",
            consent,
            summaries=(Summary(compartment="D4S", text="locked in for weeks"),),
        )

        told = story.case.facts[-1]
        assert (told.kind, told.compartment) == ("summary_shared", "D4S")
        assert story.office.sealed(told.fact_ref) == {"text": "locked in for weeks"}

    def test_lies_where_an_addressee_that_holds_extracts_only_can_see_it(
        self, story: Story
    ) -> None:
        consent = story.consent(cast.CONSUL, "CO", purpose="safe_return", scopes=("D2",))

        referral = story.refer(cast.CONSUL, "CO", consent, purpose="safe_return")
        story.answer(cast.CONSUL, referral)

        places = {fact.kind: fact.compartment for fact in story.case.facts}
        assert places["referral_sent"] == places["referral_acknowledged"] == "D1S"
        assert story.open_parts(cast.CONSUL) == {"D1S", "D2S"}

    def test_tells_the_addressee(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        referral = story.refer(cast.CASE_MANAGER, "CM", consent)

        notice = story.office.notices[-1]
        assert (notice.organisation, notice.kind, notice.about) == (
            SHELTER,
            "referral_received",
            referral,
        )

    def test_moves_the_case_to_waiting_when_it_goes_to_the_authority(self, story: Story) -> None:
        consent = story.consent(
            cast.DECIDING_OFFICER, "CA", purpose="identification", scopes=("D4", "D14")
        )

        story.refer(cast.DECIDING_OFFICER, "CA", consent, purpose="identification")

        assert story.case.identification == "reasonable_grounds_pending"

    def test_is_refused_without_consent_or_duty(self, story: Story) -> None:
        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.CASE_MANAGER, "CM", None)

        assert refused.value.finding.rule == "R41"
        assert story.office.rows_of(story.case_ref, SHELTER) == []

    def test_is_refused_with_a_consent_that_is_not_there(self, story: Story) -> None:
        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.CASE_MANAGER, "CM", uuid4())

        assert refused.value.finding.reason == "consent_not_found"

    @pytest.mark.parametrize(
        ("to", "role", "purpose"),
        [
            (cast.SHELTER_WITHOUT_CONSENT, "CM", "assistance"),
            (cast.CASE_MANAGER, "SH", "assistance"),
            (cast.CASE_MANAGER, "CM", "safety"),
        ],
        ids=["another organisation", "another role", "another purpose"],
    )
    def test_is_refused_with_a_consent_for(
        self, story: Story, to: cast.Member, role: str, purpose: str
    ) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        with pytest.raises(ConsentMissing) as refused:
            story.refer(to, role, consent, purpose=purpose)

        assert refused.value.finding.reason == "consent_for_another"

    def test_is_refused_when_the_consent_has_ended(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM", until=TODAY + timedelta(days=5))
        story.at += timedelta(days=5)

        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.CASE_MANAGER, "CM", consent, until=TODAY + timedelta(days=5))

        assert refused.value.finding.reason == "consent_not_live"

    def test_is_refused_for_longer_than_was_agreed_to(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.CASE_MANAGER, "CM", consent, until=NEXT_YEAR + timedelta(days=1))

        assert refused.value.finding.reason == "consent_too_narrow"

    def test_is_refused_for_a_part_that_was_not_agreed_to(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM", scopes=("D9",))

        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.CASE_MANAGER, "CM", consent, compartments=("D9", "D4"))

        assert refused.value.finding.reason == "consent_too_narrow"

    def test_is_refused_for_whereabouts_without_a_named_person(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.CASE_MANAGER, "CM", consent, compartments=("D3",))

        assert refused.value.finding.reason == "recipient_account_needed"

    def test_is_refused_when_the_named_person_works_elsewhere(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        with pytest.raises(PermissionMissing) as refused:
            story.refer(
                cast.CASE_MANAGER, "CM", consent, account=cast.SHELTER_WITHOUT_CONSENT.account
            )

        assert refused.value.finding.reason == "recipient_account_unknown"

    def test_is_refused_for_a_part_that_others_hold(self, story: Story) -> None:
        story.with_case_manager()
        consent = story.consent(cast.SHELTER_WITHOUT_CONSENT, "CM")

        with pytest.raises(AccessMissing) as refused:
            story.refer(cast.SHELTER_WITHOUT_CONSENT, "CM", consent, compartments=("D9",))

        assert refused.value.finding.reason == "compartment_not_yours_to_share"

    @pytest.mark.parametrize("role", ["MI", "IE"])
    def test_never_goes_to_immigration_enforcement_in_any_role(
        self, story: Story, role: str
    ) -> None:
        duty = LegalDuty(duty="imminent_danger", reason="they asked")

        with pytest.raises(RuleBroken) as refused:
            story.refer(cast.IMMIGRATION_OFFICER, role, None, duty=duty)

        assert refused.value.finding.rule == "R43"

    @pytest.mark.parametrize(
        "unit", [{"is_enforcement": True}, {"kind": "immigration_enforcement"}]
    )
    def test_never_goes_to_a_unit_that_enforces_whatever_its_roles(
        self, story: Story, unit: dict[str, Any]
    ) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")
        house = replace(cast.GREEN_DOOR, **unit)
        story.office.organisations = {**story.office.organisations, SHELTER: house}

        with pytest.raises(RuleBroken) as refused:
            story.refer(cast.CASE_MANAGER, "CM", consent)

        assert refused.value.finding.rule == "R43"

    def test_never_serves_a_removal(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        with pytest.raises(RuleBroken) as refused:
            story.refer(cast.CASE_MANAGER, "CM", consent, purpose="removal")

        assert refused.value.finding.rule == "R43"

    def test_is_refused_when_the_agreement_of_the_recipient_has_ended(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")
        story.office.organisations = {
            **story.office.organisations,
            SHELTER: replace(cast.GREEN_DOOR, agreement_until=TODAY),
        }

        with pytest.raises(PermissionMissing) as refused:
            story.refer(cast.CASE_MANAGER, "CM", consent)

        assert refused.value.finding.reason == "recipient_agreement_lapsed"

    def test_is_refused_to_a_role_that_does_not_refer(self, story: Story) -> None:
        with pytest.raises(PermissionMissing):
            story.refer(cast.CASE_MANAGER, "CM", uuid4(), who=cast.ANALYST)

    def test_finds_no_case_where_none_is_open(self, story: Story) -> None:
        with pytest.raises(CaseNotFound):
            story.refer(cast.CASE_MANAGER, "CM", uuid4(), who=cast.BORDER_OFFICER)

    def test_refuses_a_summary_of_what_the_sender_cannot_read(self, story: Story) -> None:
        consent = story.consent(cast.DETECTIVE, "LE", scopes=("D6",))

        with pytest.raises(AccessMissing) as refused:
            story.refer(
                cast.DETECTIVE,
                "LE",
                consent,
                summaries=(Summary(compartment="D6S", text="a guess"),),
            )

        assert refused.value.finding.reason == "compartment_not_yours_to_share"

    def test_is_refused_to_a_role_that_could_not_even_find_the_case(self, story: Story) -> None:
        story.contact(danger="imminent")
        duty = LegalDuty(duty="imminent_danger", reason="nobody understands her")

        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.INTERPRETER, "IN", None, duty=duty, purpose="safety")

        assert refused.value.finding.reason == "role_may_not_hold"

    @pytest.mark.parametrize("compartment", ["D4", "D8S", "nonsense"])
    def test_refuses_a_summary_that_does_not_go_along(
        self, story: Story, compartment: str
    ) -> None:
        consent = story.consent(cast.HEALTH_WORKER, "HC", scopes=("D4", "D9"))

        with pytest.raises(Refused):
            story.refer(
                cast.HEALTH_WORKER,
                "HC",
                consent,
                summaries=(Summary(compartment=compartment, text="a word"),),
            )


class TestReferUnderALegalDuty:
    PROTECT = LegalDuty(duty="child_protection", reason="a girl of twelve, alone")

    def test_protects_a_child_without_consent(self, story: Story) -> None:
        story.contact(majority="child")

        story.refer(cast.CHILD_WORKER, "CP", None, duty=self.PROTECT, purpose="child_protection")

        duty, sent = story.case.facts[-2:]
        assert (duty.kind, duty.basis) == ("legal_duty_relied_on", "legal_duty")
        assert sent.reference("basis_fact") == duty.fact_ref
        rows = story.office.rows_of(story.case_ref, cast.CHILD_SERVICE.organisation)
        assert {row.compartment for row in rows} == set(duty.texts("scopes"))

    def test_protects_a_person_whose_age_is_in_doubt(self, story: Story) -> None:
        story.contact(majority="unknown", age_in_doubt=True)

        story.refer(cast.CHILD_WORKER, "CP", None, duty=self.PROTECT, purpose="child_protection")

        assert story.office.rows_of(story.case_ref, cast.CHILD_SERVICE.organisation)

    def test_does_not_apply_to_an_adult(self, story: Story) -> None:
        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.CHILD_WORKER, "CP", None, duty=self.PROTECT)

        assert refused.value.finding.reason == "duty_does_not_apply"

    def test_saves_a_life_with_the_least_data(self, story: Story) -> None:
        story.contact(danger="imminent")
        duty = LegalDuty(duty="imminent_danger", reason="he is at the door")

        story.refer(cast.DETECTIVE, "LE", None, duty=duty, purpose="safety")

        fact = story.case.facts[-2]
        assert fact.basis == "vital_interest"
        assert set(fact.texts("scopes")) == {"D1", "D1S", "D2S", "D8S"}

    def test_needs_the_danger_on_record(self, story: Story) -> None:
        duty = LegalDuty(duty="imminent_danger", reason="he is at the door")

        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.DETECTIVE, "LE", None, duty=duty, purpose="safety")

        assert refused.value.finding.reason == "duty_does_not_apply"

    @pytest.mark.parametrize(
        ("duty", "to", "role", "days"),
        [
            ("imminent_danger", cast.DETECTIVE, "LE", 7),
            ("child_protection", cast.CHILD_WORKER, "CP", 30),
            ("competent_authority_for_child", cast.DECIDING_OFFICER, "CA", 30),
        ],
    )
    def test_opens_a_case_for_a_short_time_only(
        self, story: Story, duty: str, to: Member, role: str, days: int
    ) -> None:
        story.contact(majority="child", danger="imminent")
        relied = LegalDuty(duty=duty, reason="she is not safe")

        with pytest.raises(ConsentMissing) as refused:
            story.refer(to, role, None, duty=relied, until=TODAY + timedelta(days=days + 1))
        story.refer(to, role, None, duty=relied, until=TODAY + timedelta(days=days))

        assert refused.value.finding.reason == "duty_too_long"

    @pytest.mark.parametrize("days", [7, 8])
    def test_rests_on_danger_said_of_late(self, story: Story, days: int) -> None:
        story.contact(danger="imminent")
        story.at += timedelta(days=days)
        duty = LegalDuty(duty="imminent_danger", reason="he is at the door")

        if days == 7:
            story.refer(cast.DETECTIVE, "LE", None, duty=duty, purpose="safety")
        else:
            with pytest.raises(ConsentMissing) as refused:
                story.refer(cast.DETECTIVE, "LE", None, duty=duty, purpose="safety")
            assert refused.value.finding.reason == "duty_does_not_apply"

    def test_needs_a_reason_in_words(self, story: Story) -> None:
        story.contact(majority="child")

        with pytest.raises(ConsentMissing) as refused:
            story.refer(cast.CHILD_WORKER, "CP", None, duty=replace(self.PROTECT, reason=" "))

        assert refused.value.finding.reason == "duty_needs_reason"
