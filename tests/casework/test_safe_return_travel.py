"""Tests of the day of travel: set for an authorised return, missed after an hour, told at once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework.refusals import EntryMalformed, MoveRefused
from opennrm.casework.safe_return import ReturnGivenUp, give_up_return
from opennrm.casework.safe_return_travel import (
    DayOfTravel,
    OnTheWay,
    record_travel_event,
    set_travel_day,
)
from opennrm.lifecycle.deadlines import deadlines
from opennrm.lifecycle.travel import ALARMS, travel_day
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.returns import TravelEvent
from tests import cast
from tests.casework import returning as step
from tests.casework.story import Story


@pytest.fixture
def ready(story: Story) -> Story:
    """A return that was authorised."""
    step.with_focal_point(story.with_case_manager())
    step.proposed(story)
    step.assessed(story)
    step.chose(story)
    step.arranged(story, has_service=True, has_safe_contact=True)
    step.later(story, 7)
    step.authorised(story)
    return story


def planned(story: Story, **more: Any) -> UUID:
    """Set the day of travel for tomorrow."""
    known: dict[str, Any] = {"meet_at": story.at + timedelta(days=1), "code_word": "lemon tree"}
    day = DayOfTravel(**(known | more))
    return set_travel_day(day=day, **story.by(cast.FOCAL_OFFICER))


def happened(story: Story, event: str, who: cast.Member = cast.CASE_MANAGER) -> UUID:
    """Note what happened on the way."""
    return record_travel_event(event=OnTheWay(travel_event=event), **story.by(who))


def due(story: Story) -> dict[str, datetime]:
    """Return which timers of the day of travel run, and when."""
    found = deadlines(story.case, presets("MK"))
    return {one.kind: one.due_at for one in found if one.kind in {"T15D", "T15N", "T15S"}}


class TestTheDayOfTravel:
    def test_is_not_set_before_the_return_is_authorised(self, story: Story) -> None:
        step.with_focal_point(story.with_case_manager())
        step.proposed(story)

        with pytest.raises(MoveRefused) as no:
            planned(story)

        assert no.value.finding.reason == "return_not_authorised"

    def test_is_not_set_for_an_hour_that_has_passed(self, ready: Story) -> None:
        with pytest.raises(EntryMalformed):
            planned(ready, meet_at=ready.at - timedelta(minutes=1))

    def test_keeps_the_code_word_where_only_named_people_look(self, ready: Story) -> None:
        planned(ready)

        told = {fact.kind: fact for fact in ready.case.facts}
        assert told["travel_day_described"].compartment.startswith("D3")
        assert told["travel_day_set"].flag("has_code_word") is True
        assert not told["travel_day_set"].has_sealed

    def test_misses_her_sixty_minutes_after_the_meeting(self, ready: Story) -> None:
        planned(ready)
        day = travel_day(ready.case)

        assert day is not None
        assert due(ready) == {
            "T15D": day.meet_at,
            "T15N": day.meet_at + timedelta(minutes=60),
        }
        assert not day.is_missed(day.meet_at + timedelta(minutes=59))
        assert day.is_missed(day.meet_at + timedelta(minutes=60))

    def test_misses_nobody_once_somebody_said_that_she_came(self, ready: Story) -> None:
        planned(ready)

        happened(ready, "met")

        assert due(ready) == {}

    def test_still_waits_for_her_when_the_journey_is_late(self, ready: Story) -> None:
        planned(ready)

        happened(ready, "delayed")

        assert set(due(ready)) == {"T15D", "T15N"}

    @pytest.mark.parametrize("event", sorted(ALARMS))
    def test_tells_everybody_beside_her_what_went_wrong_until_she_is_safe(
        self, ready: Story, event: str
    ) -> None:
        planned(ready)
        before = len(ready.office.notices)

        happened(ready, event)
        alarmed = due(ready)
        happened(ready, "safe_again")

        new = [one.kind for one in ready.office.notices[before:]]
        assert new[0] == "travel_alarm"
        assert set(alarmed) == {"T15S"}
        assert due(ready) == {}

    def test_ends_with_the_return_that_was_given_up(self, ready: Story) -> None:
        planned(ready)
        given_up = ReturnGivenUp(given_up_on=step.today(ready))
        give_up_return(given_up=given_up, **ready.by(cast.CASE_MANAGER))

        assert travel_day(ready.case) is None
        with pytest.raises(MoveRefused):
            happened(ready, TravelEvent.MET.value)
