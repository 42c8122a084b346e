"""Tests of what may leave the circle of those who need to know: parts, address, health, papers."""

from datetime import timedelta
from typing import Any

import pytest

from opennrm.casework.contact import SafeContactNote, note_safe_contact
from opennrm.casework.duty import LegalDuty
from opennrm.casework.message import Message, write_to_person
from opennrm.casework.outgoing import require_plain
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.casework.referral import Summary
from opennrm.casework.refusals import ConsentMissing, PermissionMissing, RuleBroken
from opennrm.vocabulary.revealing import holds_address, revealing_words
from tests import cast
from tests.casework.story import TODAY, Story
from tests.rights.removing import without

DANGER = LegalDuty(duty="imminent_danger", reason="he is at the door")
LETTER = {
    "channel": "email",
    "sender": "Oak Street 4",
    "subject": "Your appointment",
    "text": "ok",
}


@pytest.fixture
def held(story: Story) -> Story:
    """A case held by the shelter's case manager."""
    return story.with_case_manager()


def in_danger(story: Story) -> None:
    """Record that the danger is imminent."""
    risk = RiskAssessment(level="imminent", review_on=TODAY + timedelta(days=1))
    assess_risk(assessment=risk, **story.by(cast.POLICE_OFFICER))


def write(story: Story, **more: Any) -> Any:
    """Write to the person."""
    message = Message(**(LETTER | more))
    return write_to_person(message=message, **story.by(cast.POLICE_OFFICER))


class TestNeedToKnow:
    def test_refuses_a_part_of_which_the_role_may_hold_nothing(self, story: Story) -> None:
        with pytest.raises(PermissionMissing) as refused:
            story.consent(cast.LAWYER, "LA", scopes=("D12",))

        assert refused.value.finding.rule == "R42"
        assert "D12" in refused.value.finding.says

    def test_is_asked_again_when_parts_are_named_for_a_referral(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")

        with pytest.raises(PermissionMissing) as refused:
            story.refer(cast.CASE_MANAGER, "CM", consent, compartments=("D1", "D12"))

        assert refused.value.finding.rule == "R42"

    def test_is_what_names_the_rule(self, story: Story) -> None:
        with without("R42"), pytest.raises(ConsentMissing) as refused:
            story.consent(cast.LAWYER, "LA", scopes=("D12",))

        assert refused.value.finding.rule == ""


class TestHealthNotes:
    def test_are_not_bundled_with_other_things(self, story: Story) -> None:
        with pytest.raises(ConsentMissing) as refused:
            story.consent(cast.CASE_MANAGER, "CM", scopes=("D5", "D9"))

        assert refused.value.finding.rule == "R49"
        with without("R49"):
            story.consent(cast.CASE_MANAGER, "CM", scopes=("D5", "D9"))

    def test_go_on_a_consent_of_their_own(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM", purpose="disclosure", scopes=("D5",))

        kept = story.case.fact(consent)
        assert kept is not None
        assert set(kept.texts("scopes")) == {"D1", "D1S", "D5S", "D16"}

    def test_go_for_health_care_and_to_those_who_give_it(self, story: Story) -> None:
        story.consent(cast.CASE_MANAGER, "CM", purpose="health_care", scopes=("D5", "D9"))
        story.consent(cast.HEALTH_WORKER, "HC", purpose="service", scopes=("D5", "D9"))

        assert len(story.case.of_kind("consent_given")) == 2

    def test_stay_behind_where_a_duty_would_take_them_along(self, story: Story) -> None:
        story.contact(majority="child")
        duty = LegalDuty(duty="child_protection", reason="a child alone")

        story.refer(cast.CHILD_WORKER, "CP", None, purpose="child_protection", duty=duty)

        rows = story.office.rows_of(story.case_ref, cast.CHILD_SERVICE.organisation)
        assert rows
        assert not {"D5", "D5S"} & {row.compartment for row in rows}

    def test_go_along_where_her_life_is_in_danger(self, story: Story) -> None:
        in_danger(story)

        story.refer(cast.HEALTH_WORKER, "HC", None, purpose="safety", duty=DANGER)

        rows = story.office.rows_of(story.case_ref, cast.CLINIC.organisation)
        assert "D5" in {row.compartment for row in rows}


class TestAddress:
    def test_never_leaves_those_who_house_her(self, story: Story) -> None:
        summary = (Summary(compartment="D9S", text="She lives at 12 Marsal Tito street."),)
        consent = story.consent(cast.LAWYER, "LA", scopes=("D9",))

        with pytest.raises(RuleBroken) as refused:
            story.refer(cast.LAWYER, "LA", consent, summaries=summary)

        assert refused.value.finding.rule == "R47"
        assert refused.value.finding.remedy == "use_mailbox"
        with without("R47"):
            story.refer(cast.LAWYER, "LA", consent, summaries=summary)

    def test_may_be_written_to_the_shelter(self, story: Story) -> None:
        summary = (Summary(compartment="D9S", text="She lives at 12 Marsal Tito street."),)
        consent = story.consent(cast.CASE_MANAGER, "CM", scopes=("D9",))

        story.refer(cast.CASE_MANAGER, "CM", consent, summaries=summary)

        assert story.case.of_kind("summary_shared")

    def test_stays_behind_where_nobody_named_it(self, story: Story) -> None:
        consent = story.consent(
            cast.LAWYER, "LA", scopes=("D3", "D9"), recipient_account=cast.LAWYER.account
        )

        story.refer(cast.LAWYER, "LA", consent)

        rows = story.office.rows_of(story.case_ref, cast.LAWYERS.organisation)
        assert "D3S" in {row.compartment for row in rows}
        assert "D3" not in {row.compartment for row in rows}


class TestWriteToPerson:
    def test_keeps_what_was_written_sealed(self, story: Story) -> None:
        message = write(story)

        fact = story.case.fact(message)
        assert fact is not None
        assert (fact.compartment, fact.text("written_on")) == ("D3", TODAY.isoformat())
        assert story.office.sealed(message) == {
            "sender": "Oak Street 4",
            "subject": "Your appointment",
            "text": "ok",
        }

    @pytest.mark.parametrize(
        "typed",
        [
            {"subject": "Help for victims of trafficking"},
            {"sender": "Shelter Green Door"},
            {"channel": "text_message", "text": "Your asylum hearing is on Monday"},
            {"subject": "Беше жртва"},
        ],
    )
    def test_is_refused_where_its_outside_would_reveal(
        self, story: Story, typed: dict[str, str]
    ) -> None:
        with pytest.raises(RuleBroken) as refused:
            write(story, **typed)

        assert refused.value.finding.rule == "R48"
        with without("R48"):
            write(story, **typed)

    def test_lets_a_closed_letter_say_what_it_must(self, story: Story) -> None:
        write(story, text="Your asylum hearing is on Monday")

        assert story.case.of_kind("message_written")

    def test_is_refused_with_an_address_on_the_outside(self, story: Story) -> None:
        with pytest.raises(RuleBroken) as refused:
            write(story, subject="ulica Ilindenska 14")

        assert refused.value.finding.rule == "R47"

    def test_is_refused_where_no_way_is_safe(self, story: Story) -> None:
        note = SafeContactNote(safe_channel="none_safe")
        note_safe_contact(note=note, **story.by(cast.POLICE_OFFICER))

        with pytest.raises(RuleBroken) as refused:
            write(story)

        assert refused.value.finding.reason == "no_safe_way"

    def test_is_for_those_who_reach_her(self, held: Story) -> None:
        with pytest.raises(PermissionMissing):
            write_to_person(message=Message(**LETTER), **held.by(cast.LAWYER))


class TestOutgoing:
    def test_looks_at_every_text(self) -> None:
        with pytest.raises(RuleBroken):
            require_plain(("Appointment", "Shelter visit"), on=TODAY)

        require_plain(("Appointment", "Look at the plan again"), on=TODAY)


class TestWords:
    @pytest.mark.parametrize(
        "text", ["Marsal Tito street 5 pm", "call 070 123 456", "on 5 May at 12", "room 12"]
    )
    def test_take_no_other_number_for_an_address(self, text: str) -> None:
        assert not holds_address(text)

    @pytest.mark.parametrize(
        "text", ["12 Baker Street", "ulica Ilindenska 14", "Hauptstraße 3", "rruga e Kavajes 7"]
    )
    def test_know_an_address(self, text: str) -> None:
        assert holds_address(text)

    def test_are_named_once_and_in_order(self) -> None:
        assert revealing_words("Victims of trafficking, victims") == ("victim", "traffick")
