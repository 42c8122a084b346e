"""Tests of what leaves for a consulate or another State, and of contact after she has left."""

from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.consent import Withdrawal, withdraw_consent
from opennrm.casework.refusals import ConsentMissing, PermissionMissing, RuleBroken
from opennrm.casework.safe_return_document import (
    DocumentRequest,
    Particulars,
    request_document,
)
from opennrm.casework.safe_return_follow_up import (
    FollowUp,
    FollowUpStart,
    record_follow_up,
    start_follow_up,
)
from opennrm.vocabulary.returns import ConsularItem
from tests import cast
from tests.casework import returning as step
from tests.casework.story import Story
from tests.casework.test_residence import due
from tests.cast import Member

WHO_SHE_IS = Particulars(family_name="Example", given_names="Lina", birth_date="1 May 2000")
ALLOWED = {*("family_name", "given_names", "birth_date", "birth_place", "sex"), "citizenship"} | {
    *("lost_document", "photo"),
}
CONSULATE = cast.CONSULATE.organisation


@pytest.fixture
def held(story: Story) -> Story:
    """A case held by the shelter's case manager."""
    return story.with_case_manager()


def requested(story: Story, **more: Any) -> UUID:
    known: dict[str, Any] = {
        "consulate": CONSULATE,
        "asked_on": step.today(story),
        "particulars": WHO_SHE_IS,
    }
    request = DocumentRequest(**(known | more))
    return request_document(request=request, **story.by(cast.CASE_MANAGER))


def may_hear(story: Story) -> UUID:
    """Take her consent that the consulate hears of her."""
    return story.consent(
        cast.CONSUL, "CO", purpose="safe_return", scopes=("D2",), who=cast.CASE_MANAGER
    )


def may_call(story: Story) -> UUID:
    """Take her consent to be contacted later."""
    return story.consent(
        cast.CASE_MANAGER, "CM", purpose="follow_up", scopes=("D9",), who=cast.CASE_MANAGER
    )


def contacted(story: Story, contact_from: str = "us", result: str = "well") -> UUID:
    seen = FollowUp(
        contact_from=contact_from, result=result, contacted_on=step.today(story), note="spoke"
    )
    return record_follow_up(follow_up=seen, **story.by(cast.CASE_MANAGER))


class TestRequestDocument:
    def test_writes_who_she_is_and_no_other_word(self, held: Story) -> None:
        may_hear(held)

        kept = requested(held)

        assert held.office.sealed(kept) == {
            "package": "Family name: Example\nGiven names: Lina\nDate of birth: 1 May 2000"
        }
        fact = held.case.fact(kept)
        assert fact is not None
        assert fact.texts("items") == ("birth_date", "family_name", "given_names")

    @pytest.mark.parametrize("item", sorted(set(ConsularItem) - ALLOWED))
    def test_names_what_must_stay_out(self, held: Story, item: str) -> None:
        may_hear(held)

        with pytest.raises(RuleBroken) as no:
            requested(held, asked=(item,))

        assert no.value.finding.reason == "tells_too_much"
        assert item.replace("_", " ") in no.value.finding.says

    def test_lets_no_word_reveal_what_happened(self, held: Story) -> None:
        may_hear(held)
        telling = Particulars(family_name="Example", birth_place="trafficking victim, Tirana")

        with pytest.raises(RuleBroken) as no:
            requested(held, particulars=telling)

        assert no.value.finding.rule == "R48"

    def test_needs_her_consent_for_this_consulate(self, held: Story) -> None:
        with pytest.raises(RuleBroken) as no:
            requested(held)

        assert (no.value.finding.rule, no.value.finding.reason) == (
            "R46",
            "no_consent_for_consulate",
        )

    def test_takes_no_consent_for_another(self, held: Story) -> None:
        other = may_call(held)

        with pytest.raises(RuleBroken):
            requested(held, consent=other)

    def test_goes_to_a_consulate_only(self, held: Story) -> None:
        with pytest.raises(PermissionMissing):
            requested(held, consulate=cast.LAWYERS.organisation)
        with pytest.raises(RuleBroken):
            requested(held, consulate=cast.REMOVALS.organisation)


class TestSharingWithAConsulate:
    @pytest.mark.parametrize("scope", ["D7", "D10", "D11"])
    def test_never_opens_more_than_who_she_is(self, held: Story, scope: str) -> None:
        who = cast.POLICE_OFFICER
        scopes = ("D2", scope)
        consent = held.consent(cast.CONSUL, "CO", purpose="safe_return", scopes=scopes, who=who)

        with pytest.raises(RuleBroken) as no:
            held.refer(cast.CONSUL, "CO", consent, purpose="safe_return", who=who)

        assert no.value.finding.rule == "R46"


class TestSharingWithAnotherState:
    def test_goes_to_the_focal_point_she_agreed_to(self, held: Story) -> None:
        consent = held.consent(
            cast.FOCAL_OFFICER_ABROAD, "TF", purpose="safe_return", scopes=("D8", "D10")
        )

        referral = held.refer(cast.FOCAL_OFFICER_ABROAD, "TF", consent, purpose="safe_return")
        held.answer(cast.FOCAL_OFFICER_ABROAD, referral)

        assert "D8" in held.open_parts(cast.FOCAL_OFFICER_ABROAD)

    def test_goes_to_no_other_role_there(self, held: Story) -> None:
        consent = held.consent(
            cast.FOCAL_OFFICER_ABROAD, "SH", purpose="safe_return", scopes=("D9",)
        )

        with pytest.raises(RuleBroken) as no:
            held.refer(cast.FOCAL_OFFICER_ABROAD, "SH", consent, purpose="safe_return")

        assert (no.value.finding.rule, no.value.finding.reason) == ("R53", "not_a_focal_point")

    def test_does_not_go_on_a_consent_for_somebody_else(self, held: Story) -> None:
        consent = held.consent(
            cast.FOCAL_OFFICER, "TF", purpose="safe_return", scopes=("D8", "D10")
        )

        with pytest.raises(ConsentMissing):
            held.refer(cast.FOCAL_OFFICER_ABROAD, "TF", consent, purpose="safe_return")


class TestFollowUp:
    def test_is_not_made_without_her_consent(self, held: Story) -> None:
        with pytest.raises(RuleBroken) as no:
            contacted(held)

        assert no.value.finding.rule == "R45"

    def test_is_made_where_she_agreed(self, held: Story) -> None:
        consent = may_call(held)

        contacted(held)

        assert held.case.facts[-1].reference("consent") == consent

    def test_ends_when_she_takes_her_consent_back(self, held: Story) -> None:
        back = Withdrawal(consent=may_call(held), withdrawn_on=step.today(held))
        withdraw_consent(withdrawal=back, **held.by(cast.CASE_MANAGER))

        with pytest.raises(RuleBroken):
            contacted(held)

    def test_of_her_own_is_always_recorded(self, held: Story) -> None:
        contacted(held, "person", "new_need")

        assert held.case.facts[-1].text("result") == "new_need"

    def test_tells_who_must_act_when_there_are_signs_again(self, held: Story) -> None:
        held.with_authority()
        held.office.notices.clear()

        contacted(held, "person", "signs_again")

        told = {(one.organisation, one.kind) for one in held.office.notices}
        assert told == {(cast.AUTHORITY.organisation, "signs_again")}

    def test_begins_only_where_she_agreed(self, held: Story) -> None:
        offer = held.offer(cast.HEALTH_WORKER, "HC", "medical")
        held.reply(cast.CASE_MANAGER, offer, "person", "accepted")
        with pytest.raises(RuleBroken):
            start_follow_up(start=FollowUpStart(), **held.by(cast.CASE_MANAGER))
        may_call(held)

        start_follow_up(start=FollowUpStart(), **held.by(cast.CASE_MANAGER))

        assert held.case.assistance == "follow_up"

    def test_after_a_return_is_due_only_where_she_agreed(self, held: Story) -> None:
        step.left(held)
        assert due(held, "T16") == []

        may_call(held)

        assert due(held, "T16") == ["2026-04-02"]

    @pytest.mark.parametrize("who", [cast.POLICE_OFFICER, cast.DECIDING_OFFICER])
    def test_is_not_for_police_or_the_authority(self, held: Story, who: Member) -> None:
        seen = FollowUp(contact_from="us", result="well", contacted_on=step.today(held))

        with pytest.raises(PermissionMissing):
            record_follow_up(follow_up=seen, **held.by(who))
