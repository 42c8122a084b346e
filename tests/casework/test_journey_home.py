"""Tests of the journey: departure and arrival are facts, and are always recorded."""

from datetime import timedelta

import pytest

from opennrm.casework.refusals import AccessMissing, CaseNotFound, EntryMalformed, MoveRefused
from opennrm.casework.safe_return_journey import Arrival, record_arrival
from tests import cast
from tests.casework import returning as step
from tests.casework.story import Story
from tests.casework.test_residence import stands


@pytest.fixture
def held(story: Story) -> Story:
    """A case with a case manager and the focal point."""
    return step.with_focal_point(story.with_case_manager())


@pytest.fixture
def ready(held: Story) -> Story:
    """A case in which she chose to return, was heard, and thought again for seven days."""
    step.proposed(held)
    step.assessed(held)
    step.chose(held)
    return step.later(held, 7)


class TestJourney:
    def test_that_was_authorised_is_no_breach(self, ready: Story) -> None:
        step.authorised(ready)

        step.left(ready, itinerary="by bus, with Mira")

        kinds = [fact.kind for fact in ready.case.facts[-2:]]
        assert kinds == ["departure_recorded", "journey_described"]
        assert ready.case.facts[-1].compartment == "D3"
        assert ready.case.facts[-2].flag("was_authorised")

    def test_without_an_authorisation_is_recorded_as_a_breach_and_told(self, held: Story) -> None:
        held.office.notices.clear()

        step.left(held)

        assert [fact.kind for fact in held.case.facts[-2:]] == [
            "departure_recorded",
            "breach_observed",
        ]
        assert {one.kind for one in held.office.notices} == {"departure_recorded"}

    def test_after_the_assessment_ran_out_is_a_breach(self, ready: Story) -> None:
        step.authorised(ready)
        step.later(ready, 90)

        step.left(ready)

        assert ready.case.facts[-1].kind == "breach_observed"

    def test_ends_with_an_arrival(self, ready: Story) -> None:
        arrived = Arrival(arrived_on=step.today(ready), was_received=True)
        with pytest.raises(MoveRefused):
            record_arrival(arrival=arrived, **ready.by(cast.FOCAL_OFFICER))
        step.authorised(ready)
        step.left(ready)

        record_arrival(arrival=arrived, **ready.by(cast.FOCAL_OFFICER))

        assert ready.case.facts[-1].kind == "arrival_recorded"

    def test_is_not_dated_ahead(self, ready: Story) -> None:
        with pytest.raises(EntryMalformed):
            step.left(ready, departed_on=step.today(ready) + timedelta(days=1))

    def test_is_recorded_by_those_on_the_case_only(self, story: Story) -> None:
        with pytest.raises(CaseNotFound):
            step.left(story, cast.CASE_MANAGER)
        consent = story.consent(cast.CASE_MANAGER, "CM")
        story.refer(cast.CASE_MANAGER, "CM", consent)
        with pytest.raises(AccessMissing):
            step.left(story, cast.CASE_MANAGER)

    def test_changes_nothing_about_help(self, ready: Story) -> None:
        step.authorised(ready)
        before = (stands(ready.case), ready.case.access)

        step.left(ready)

        assert (stands(ready.case), ready.case.access) == before
