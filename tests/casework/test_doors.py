"""Tests that doors stay open: to all who refer, to those who come back, without profiling."""

from typing import Any

import pytest

from opennrm.casework.contact import AccountNote, Contact, note_account, record_contact
from opennrm.casework.correction import Correction, correct_fact
from opennrm.casework.refusals import RuleBroken
from opennrm.indicators.catalogue import indicators
from opennrm.lifecycle.refused import refusals_by_rule
from opennrm.rights.openness import SignSituation
from opennrm.rights.registry import ask
from tests import cast
from tests.casework.story import TODAY, Story
from tests.rights.removing import without

SHELTER = cast.SHELTER_WITHOUT_CONSENT


def offered(story: Story) -> Any:
    """Offer a bed at another house."""
    return story.offer(SHELTER, "SH", "language_course", scopes=("D8", "D9"))


class TestComingBack:
    def test_asks_for_no_new_proof(self, story: Story) -> None:
        story.contact(came_back=True).with_case_manager()
        offer = offered(story)

        with pytest.raises(RuleBroken) as refused:
            story.reply(SHELTER, offer, "provider", "declined", reason="proof_asked")

        assert refused.value.finding.rule == "R13"
        with without("R13"):
            story.reply(SHELTER, offer, "provider", "declined", reason="proof_asked")

    def test_leaves_a_provider_its_honest_reasons(self, story: Story) -> None:
        story.contact(came_back=True).with_case_manager()

        story.reply(SHELTER, offered(story), "provider", "declined", reason="no_place")

        assert story.case.newest("offer_answered") is not None

    def test_is_asked_of_a_referral_too(self, story: Story) -> None:
        story.contact(came_back=True)
        sent = story.refer(cast.CASE_MANAGER, "CM", story.consent(cast.CASE_MANAGER, "CM"))

        with pytest.raises(RuleBroken) as refused:
            story.answer(cast.CASE_MANAGER, sent, "declined", reason="proof_asked")

        assert refused.value.finding.rule == "R13"

    def test_never_holds_against_her_that_nobody_asked(self, story: Story) -> None:
        story.with_case_manager()

        story.reply(SHELTER, offered(story), "provider", "declined", reason="proof_asked")

        assert [rule for rule, _fact in refusals_by_rule(story.case)] == ["R13"]


class TestEqualRight:
    def test_lets_nobody_turn_a_first_responder_down_for_being_one(self, story: Story) -> None:
        story.contact(cast.HELPLINE_WORKER)
        consent = story.consent(
            cast.DECIDING_OFFICER,
            "CA",
            purpose="identification",
            scopes=("D4",),
            who=cast.HELPLINE_WORKER,
        )
        sent = story.refer(
            cast.DECIDING_OFFICER,
            "CA",
            consent,
            purpose="identification",
            who=cast.HELPLINE_WORKER,
        )

        with pytest.raises(RuleBroken) as refused:
            story.answer(cast.DECIDING_OFFICER, sent, "declined", reason="sender_not_entitled")

        assert refused.value.finding.rule == "R14"
        with without("R14"):
            story.answer(cast.DECIDING_OFFICER, sent, "declined", reason="sender_not_entitled")
        assert [rule for rule, _fact in refusals_by_rule(story.case)] == ["R14"]

    def test_lets_nobody_say_no_to_her_by_turning_a_referral_down(self, story: Story) -> None:
        consent = story.consent(
            cast.DECIDING_OFFICER, "CA", purpose="identification", scopes=("D2", "D14")
        )
        sent = story.refer(cast.DECIDING_OFFICER, "CA", consent, purpose="identification")

        with pytest.raises(RuleBroken) as refused:
            story.answer(cast.DECIDING_OFFICER, sent, "declined", reason="no_signs_seen")

        assert refused.value.finding.rule == "R19"


class TestProfiling:
    @pytest.mark.parametrize("sign", ["nationality_other", "ethnic_group", "religion"])
    def test_is_refused_at_contact_and_in_an_account(self, story: Story, sign: str) -> None:
        contact = Contact(
            route="own_detection", channel="in_person", contact_on=TODAY, signs=(sign,)
        )
        with pytest.raises(RuleBroken) as at_contact:
            record_contact(contact=contact, **story.anew(cast.POLICE_OFFICER))
        with pytest.raises(RuleBroken) as in_account:
            note_account(account=AccountNote(signs=(sign,)), **story.by(cast.POLICE_OFFICER))

        assert {at_contact.value.finding.rule, in_account.value.finding.rule} == {"R20"}
        with without("R20"):
            note_account(account=AccountNote(signs=(sign,)), **story.by(cast.POLICE_OFFICER))

    def test_cannot_come_in_by_a_correction(self, story: Story) -> None:
        note = AccountNote(signs=("locked_in",))
        fact = note_account(account=note, **story.by(cast.POLICE_OFFICER))
        changed = Correction(fact=fact, open={"signs": ["religion"]})

        with pytest.raises(RuleBroken) as refused:
            correct_fact(correction=changed, **story.by(cast.POLICE_OFFICER))

        assert refused.value.finding.rule == "R20"

    def test_stands_in_none_of_the_lists_that_ship(self) -> None:
        found = [
            sign.id
            for sign in indicators().values()
            if not ask("R20", SignSituation(sign.text, counts=sign.may_trigger), TODAY).holds
        ]

        assert found == []
