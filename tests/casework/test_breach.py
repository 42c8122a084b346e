"""Tests of breaches: what happened against the rules can always be recorded."""

from dataclasses import replace
from uuid import UUID

import pytest

from opennrm.casework.breach import Breach, observe_breach
from opennrm.casework.refusals import AccessMissing, CaseNotFound, PermissionMissing
from tests import cast
from tests.casework.story import TODAY, Story
from tests.casework.test_outcome import closed
from tests.cast import Member

DETAINED = Breach(breach="detained", observed_on=TODAY, rule="R35")


def observed(story: Story, who: Member, breach: Breach = DETAINED) -> UUID:
    return observe_breach(breach=breach, **story.by(who))


class TestObserveBreach:
    def test_is_open_to_every_holder_of_a_row(self, story: Story) -> None:
        story.with_case_manager().with_authority()
        offer = story.offer(cast.HEALTH_WORKER, "HC", "medical")
        story.reply(cast.HEALTH_WORKER, offer, "provider", "accepted")

        for who in (
            cast.POLICE_OFFICER,
            cast.CASE_MANAGER,
            cast.DECIDING_OFFICER,
            cast.HEALTH_WORKER,
        ):
            observed(story, who)

        assert [fact.kind for fact in story.case.facts[-4:]] == ["breach_observed"] * 4

    def test_is_open_on_a_closed_case(self, story: Story) -> None:
        story.with_case_manager()
        closed(story)

        observed(story, cast.POLICE_OFFICER)

        assert story.case.facts[-1].text("rule") == "R35"

    def test_keeps_how_it_happened_sealed_with_what_concerns_her_safety(
        self, story: Story
    ) -> None:
        seen = observed(
            story, cast.POLICE_OFFICER, replace(DETAINED, description="held overnight")
        )

        told = story.case.facts[-1]
        assert (told.kind, told.compartment) == ("breach_described", "D8")
        assert told.reference("breach") == seen
        assert story.office.sealed(told.fact_ref) == {"text": "held overnight"}

    def test_tells_those_who_must_act(self, story: Story) -> None:
        story.with_case_manager()
        offer = story.offer(cast.LAWYER, "LA", "legal_aid")
        story.reply(cast.LAWYER, offer, "provider", "accepted")
        story.office.notices.clear()

        observed(story, cast.POLICE_OFFICER)

        told = {(notice.organisation, notice.kind) for notice in story.office.notices}
        assert told == {
            (cast.GREEN_DOOR.organisation, "breach_observed"),
            (cast.LAWYERS.organisation, "breach_observed"),
        }
        assert offer in {notice.about for notice in story.office.notices}

    def test_moves_no_track(self, story: Story) -> None:
        before = {name: track.state for name, track in story.case.standings.items()}

        observed(story, cast.POLICE_OFFICER)

        assert {name: track.state for name, track in story.case.standings.items()} == before

    def test_needs_an_open_row(self, story: Story) -> None:
        consent = story.consent(cast.CASE_MANAGER, "CM")
        story.refer(cast.CASE_MANAGER, "CM", consent)

        with pytest.raises(AccessMissing):
            observed(story, cast.CASE_MANAGER)
        with pytest.raises(CaseNotFound):
            observed(story, cast.BORDER_OFFICER)

    def test_is_not_done_at_the_front_door(self, story: Story) -> None:
        with pytest.raises(PermissionMissing):
            observed(story, cast.FRONT_DOOR)
