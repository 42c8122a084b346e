"""Tests of services: offered without conditions, agreed to, delivered."""

from dataclasses import fields, replace
from datetime import timedelta
from uuid import uuid4

import pytest

from opennrm.casework.referral import LegalDuty
from opennrm.casework.refusals import (
    AccessMissing,
    CaseNotFound,
    ConsentMissing,
    EntryMalformed,
    MoveRefused,
    PermissionMissing,
    RuleBroken,
)
from opennrm.casework.service import Delivery, OfferReply, ServiceOffer
from tests import cast
from tests.casework.story import TODAY, Story
from tests.casework.test_consent import withdrawn
from tests.casework.test_screening import screened

CLINIC = cast.CLINIC.organisation


@pytest.fixture
def held(story: Story) -> Story:
    """A case held by the shelter's case manager."""
    return story.with_case_manager()


class TestOfferService:
    def test_offers_the_provider_no_more_than_its_role_and_her_consent_allow(
        self, held: Story
    ) -> None:
        held.offer(cast.HEALTH_WORKER, "HC", "medical", scopes=("D2", "D5", "D9"))

        rows = held.office.rows_of(held.case_ref, CLINIC)
        assert {row.state for row in rows} == {"offered"}
        parts = {row.compartment for row in rows}
        assert parts == {"D1", "D1S", "D2S", "D5", "D9S", "D16"}

    def test_lies_where_the_provider_can_see_it(self, held: Story) -> None:
        summary = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        plan = held.offer(cast.LAWYER, "LA", "legal_aid")

        places = {fact.fact_ref: fact.compartment for fact in held.case.facts}
        assert (places[summary], places[plan]) == ("D9S", "D9")

    def test_may_come_from_a_first_responder_before_anything_is_decided(
        self, story: Story
    ) -> None:
        offer = story.offer(
            cast.CASE_MANAGER, "SH", "shelter", scopes=("D8", "D9"), who=cast.POLICE_OFFICER
        )
        story.reply(cast.CASE_MANAGER, offer, "provider", "accepted")

        story.deliver(cast.CASE_MANAGER, "shelter", offer)

        assert (story.case.identification, story.case.assistance) == ("none", "in_support")

    def test_tells_the_provider(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")

        notice = held.office.notices[-1]
        assert (notice.organisation, notice.kind, notice.about) == (
            CLINIC,
            "service_offered",
            offer,
        )

    @pytest.mark.parametrize("form", [ServiceOffer, OfferReply, Delivery])
    def test_has_no_field_for_what_help_must_not_depend_on(self, form: type) -> None:
        words = " ".join(field.name for field in fields(form))

        for forbidden in ("operat", "nationality", "citizen", "scope", "residence", "criminal"):
            assert forbidden not in words

    def test_needs_consent_for_this_provider(self, held: Story) -> None:
        consent = held.consent(cast.LAWYER, "LA", who=cast.CASE_MANAGER)

        with pytest.raises(ConsentMissing) as refused:
            held.offer(cast.HEALTH_WORKER, "HC", "medical", consent=consent)

        assert refused.value.finding.reason == "consent_for_another"

    def test_needs_a_consent_that_is_about_help(self, held: Story) -> None:
        consent = held.consent(
            cast.HEALTH_WORKER,
            "HC",
            purpose="statistics",
            scopes=("D9",),
            who=cast.CASE_MANAGER,
        )

        with pytest.raises(ConsentMissing):
            held.offer(cast.HEALTH_WORKER, "HC", "medical", consent=consent)

    def test_needs_the_plan_to_go_along(self, held: Story) -> None:
        with pytest.raises(ConsentMissing) as refused:
            held.offer(cast.HEALTH_WORKER, "HC", "medical", scopes=("D5",))

        assert refused.value.finding.reason == "plan_not_covered"

    def test_never_goes_to_immigration_enforcement(self, held: Story) -> None:
        duty = LegalDuty(duty="imminent_danger", reason="they asked")

        with pytest.raises(RuleBroken) as refused:
            held.offer(cast.IMMIGRATION_OFFICER, "MI", "shelter", duty=duty)

        assert refused.value.finding.rule == "R43"

    def test_is_refused_to_roles_that_do_not_plan(self, held: Story) -> None:
        with pytest.raises(PermissionMissing):
            held.offer(
                cast.HEALTH_WORKER, "HC", "medical", consent=uuid4(), who=cast.DECIDING_OFFICER
            )

    def test_is_refused_when_the_own_agreement_has_ended(self, held: Story) -> None:
        consent = held.consent(cast.LAWYER, "LA", purpose="service", who=cast.CASE_MANAGER)
        lapsed = replace(cast.CASE_MANAGER.actor, agreement_until=TODAY)

        with pytest.raises(PermissionMissing) as refused:
            held.offer(
                cast.LAWYER,
                "LA",
                "legal_aid",
                consent=consent,
                who=replace(cast.CASE_MANAGER, actor=lapsed),
            )

        assert refused.value.finding.reason == "agreement_lapsed"


class TestAnswerOffer:
    def test_opens_the_case_to_a_provider_that_accepts(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical", scopes=("D5", "D9"))

        held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        assert held.open_parts(cast.HEALTH_WORKER) == {"D1", "D1S", "D5", "D9S", "D16"}
        assert held.case.assistance == "accepted"
        assert held.office.notices[-1].organisation == cast.GREEN_DOOR.organisation

    def test_opens_nothing_when_only_she_has_accepted(self, held: Story) -> None:
        offer = held.offer(cast.CASE_MANAGER, "SH", "shelter", person_agreed=False)

        held.reply(cast.CASE_MANAGER, offer, "person", "accepted")

        rows = [row for row in held.case.access if row.offer_fact == offer]
        assert {row.state for row in rows} == {"offered"}

    def test_closes_the_case_to_a_provider_that_declines(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")

        held.reply(cast.HEALTH_WORKER, offer, "provider", "declined", reason="no_place")

        assert held.office.rows_of(held.case_ref, CLINIC) == []
        assert held.office.notices[-1].kind == "offer_declined"

    def test_closes_the_case_to_the_provider_when_she_declines(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        held.reply(cast.CASE_MANAGER, offer, "person", "declined")

        assert held.office.rows_of(held.case_ref, CLINIC) == []
        notice = held.office.notices[-1]
        assert (notice.organisation, notice.kind) == (CLINIC, "offer_declined_by_person")

    def test_leaves_no_reason_that_help_must_not_rest_on(self, held: Story) -> None:
        for ground in ("co-operation", "scope_of_trafficking", "nationality", "case_number"):
            offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")

            with pytest.raises((RuleBroken, EntryMalformed)):
                held.reply(cast.HEALTH_WORKER, offer, "provider", "declined", reason=ground)

    def test_names_the_rule_when_a_reason_is_forbidden(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")

        with pytest.raises(RuleBroken) as refused:
            held.reply(cast.HEALTH_WORKER, offer, "provider", "declined", reason="co-operation")

        assert refused.value.finding.rule == "R01"

    @pytest.mark.parametrize("reason", ["form_not_covered", "other", "no_reason_given"])
    def test_is_no_bare_no_of_a_provider_once_there_are_signs(
        self, held: Story, reason: str
    ) -> None:
        screened(held, cast.POLICE_OFFICER, told=("DEL-AL-CD-01",), presumed=True)
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")

        with pytest.raises(RuleBroken) as refused:
            held.reply(cast.HEALTH_WORKER, offer, "provider", "declined", reason=reason)
        held.reply(cast.HEALTH_WORKER, offer, "provider", "declined", reason="no_place")

        assert refused.value.finding.rule == "R03"

    def test_needs_a_reason_from_a_provider_that_declines_and_none_from_her(
        self, held: Story
    ) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")

        with pytest.raises(MoveRefused) as refused:
            held.reply(cast.HEALTH_WORKER, offer, "provider", "declined")
        held.reply(cast.CASE_MANAGER, offer, "person", "declined")

        assert refused.value.finding.reason == "reason_needed"

    def test_is_given_once_by_the_provider(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        with pytest.raises(MoveRefused) as refused:
            held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        assert refused.value.finding.reason == "offer_already_answered"

    def test_comes_too_late_after_the_day_it_was_wanted_by(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        held.at += timedelta(days=20)

        with pytest.raises(MoveRefused) as refused:
            held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        assert refused.value.finding.reason == "offer_expired"

    def test_is_not_given_for_the_provider_by_another(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")

        with pytest.raises(AccessMissing) as refused:
            held.reply(cast.CASE_MANAGER, offer, "provider", "accepted")

        assert refused.value.finding.reason == "not_the_addressee"

    def test_is_not_given_for_her_by_someone_without_her_plan(self, held: Story) -> None:
        offer = held.offer(cast.LAWYER, "LA", "legal_aid")
        held.with_authority()

        with pytest.raises(AccessMissing):
            held.reply(cast.DECIDING_OFFICER, offer, "person", "accepted")

    def test_names_an_offer(self, held: Story) -> None:
        with pytest.raises(MoveRefused) as refused:
            held.reply(cast.CASE_MANAGER, uuid4(), "person", "accepted")

        assert refused.value.finding.reason == "offer_not_found"

    def test_finds_nothing_where_nothing_was_offered(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")

        with pytest.raises(CaseNotFound):
            held.reply(cast.LAWYER, offer, "provider", "accepted")


class TestRecordDelivery:
    def test_follows_her_agreement_and_the_provider_s(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        held.deliver(cast.HEALTH_WORKER, "medical", offer)

        assert held.case.assistance == "in_support"
        assert held.case.facts[-1].compartment == "D9S"
        assert held.office.notices[-1].kind == "service_delivered"

    def test_goes_on_when_the_agreement_of_the_provider_has_ended(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")
        lapsed = replace(cast.HEALTH_WORKER.actor, agreement_until=TODAY - timedelta(days=1))

        held.deliver(replace(cast.HEALTH_WORKER, actor=lapsed), "medical", offer)

        assert held.case.facts[-1].kind == "service_delivered"

    def test_is_recorded_by_the_case_manager_after_consent_was_taken_back(
        self, held: Story
    ) -> None:
        consent = held.consent(
            cast.LAWYER, "LA", purpose="service", scopes=("D9",), who=cast.CASE_MANAGER
        )
        offer = held.offer(cast.LAWYER, "LA", "legal_aid", consent=consent)
        held.reply(cast.LAWYER, offer, "provider", "accepted")
        before = held.case.assistance

        withdrawn(held, consent, cast.CASE_MANAGER)

        assert held.case.assistance == before
        held.deliver(cast.CASE_MANAGER, "legal_aid", offer)
        with pytest.raises(CaseNotFound):
            held.deliver(cast.LAWYER, "legal_aid", offer)

    def test_is_refused_before_she_has_agreed(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical", person_agreed=False)
        held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        with pytest.raises(RuleBroken) as refused:
            held.deliver(cast.HEALTH_WORKER, "medical", offer)
        held.reply(cast.CASE_MANAGER, offer, "person", "accepted")
        held.deliver(cast.HEALTH_WORKER, "medical", offer)

        assert refused.value.finding.rule == "R11"

    def test_is_refused_before_the_provider_has_accepted(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")

        with pytest.raises(RuleBroken) as refused:
            held.deliver(cast.CASE_MANAGER, "medical", offer)

        assert refused.value.finding.rule == "R11"

    def test_is_refused_after_she_has_said_no(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        held.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")
        held.reply(cast.CASE_MANAGER, offer, "person", "declined")

        with pytest.raises(RuleBroken) as refused:
            held.deliver(cast.CASE_MANAGER, "medical", offer)

        assert refused.value.finding.reason == "not_agreed"

    def test_may_come_first_when_a_life_is_in_danger(self, held: Story) -> None:
        held.deliver(
            cast.CASE_MANAGER,
            "emergency_medical",
            None,
            imminent=True,
            imminent_reason="unconscious",
        )

        offered, delivered = held.case.facts[-2:]
        assert delivered.reference("answers") == offered.fact_ref
        assert delivered.basis == "vital_interest"
        assert held.office.sealed(delivered.fact_ref) == {"note": "unconscious"}

    def test_may_come_before_an_offer_is_answered_when_a_life_is_in_danger(
        self, held: Story
    ) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "emergency_medical", person_agreed=False)

        held.deliver(
            cast.HEALTH_WORKER,
            "emergency_medical",
            offer,
            imminent=True,
            imminent_reason="unconscious",
        )

        delivered = held.case.facts[-1]
        assert (delivered.reference("answers"), delivered.basis) == (offer, "vital_interest")

    def test_says_why_it_came_first(self, held: Story) -> None:
        with pytest.raises(MoveRefused) as refused:
            held.deliver(cast.CASE_MANAGER, "emergency_medical", None, imminent=True)

        assert refused.value.finding.reason == "reason_needed"

    def test_may_not_come_first_for_another_service(self, held: Story) -> None:
        with pytest.raises(RuleBroken) as refused:
            held.deliver(cast.CASE_MANAGER, "shelter", None, imminent=True, imminent_reason="late")

        assert refused.value.finding.rule == "R11"

    def test_needs_guardian_and_assent_for_a_child(self, story: Story) -> None:
        story.contact(majority="child")
        both = {"guardian": True, "assent": True}
        case_manager = story.consent(cast.CASE_MANAGER, "CM", **both)
        story.answer(cast.CASE_MANAGER, story.refer(cast.CASE_MANAGER, "CM", case_manager))
        consent = story.consent(
            cast.HEALTH_WORKER,
            "HC",
            purpose="service",
            scopes=("D9",),
            who=cast.CASE_MANAGER,
            **both,
        )
        offer = story.offer(cast.HEALTH_WORKER, "HC", "medical", consent=consent)
        story.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        with pytest.raises(RuleBroken) as refused:
            story.deliver(cast.HEALTH_WORKER, "medical", offer)
        story.reply(cast.CASE_MANAGER, offer, "person", "accepted")
        story.deliver(cast.HEALTH_WORKER, "medical", offer)

        assert refused.value.finding.rule == "R11"
        assert story.case.facts[-1].kind == "service_delivered"

    def test_asks_a_child_who_was_not_asked_yet(self, story: Story) -> None:
        story.contact(majority="child")
        duty = LegalDuty(duty="child_protection", reason="no guardian is named yet")
        offer = story.offer(cast.CHILD_WORKER, "CP", "shelter", duty=duty, who=cast.POLICE_OFFICER)
        story.reply(cast.CHILD_WORKER, offer, "provider", "accepted")

        with pytest.raises(RuleBroken) as refused:
            story.deliver(cast.CHILD_WORKER, "shelter", offer)

        assert refused.value.finding.reason == "not_asked"
        assert "child_assent" not in story.case.of_kind("service_offered")[0].open

    def test_lets_the_duty_to_protect_a_child_stand_in_for_a_guardian(self, story: Story) -> None:
        story.contact(majority="child")
        both = {"guardian": True, "assent": True}
        consent = story.consent(cast.CASE_MANAGER, "CM", **both)
        story.answer(cast.CASE_MANAGER, story.refer(cast.CASE_MANAGER, "CM", consent))
        duty = LegalDuty(duty="child_protection", reason="no guardian is named yet")
        offer = story.offer(cast.CHILD_WORKER, "CP", "shelter", duty=duty, child_assent=True)
        story.reply(cast.CHILD_WORKER, offer, "provider", "accepted")

        story.deliver(cast.CASE_MANAGER, "shelter", offer)

        assert story.case.assistance == "in_support"

    def test_is_refused_to_one_who_neither_provides_nor_plans(self, held: Story) -> None:
        offer = held.offer(cast.LAWYER, "LA", "legal_aid")
        held.reply(cast.LAWYER, offer, "provider", "accepted")

        with pytest.raises(AccessMissing):
            held.deliver(cast.POLICE_OFFICER, "legal_aid", offer)

    def test_names_an_offer(self, held: Story) -> None:
        with pytest.raises(MoveRefused) as refused:
            held.deliver(cast.CASE_MANAGER, "shelter", uuid4())

        assert refused.value.finding.reason == "offer_not_found"
