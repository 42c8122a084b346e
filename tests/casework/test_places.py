"""Tests of places: given one by one, free again, waited for in an order with reasons."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from opennrm.casework.places import (
    PlaceAwaited,
    PlaceFree,
    PlaceWanted,
    await_place,
    hold_place,
    release_place,
)
from opennrm.casework.ports import ListedService
from opennrm.casework.refusals import AccessMissing, MoveRefused
from opennrm.lifecycle.places import places_awaited, places_held
from tests import cast
from tests.casework.story import TODAY, Story

HOUSE, POLICE = cast.CASE_MANAGER, cast.POLICE_OFFICER
SHELTER = uuid4()


@pytest.fixture
def asked(story: Story) -> Story:
    """A case of the police, whose office knows a shelter with one place."""
    known = ListedService(cast.GREEN_DOOR.organisation, "shelter", is_given_here=True)
    story.office.services[SHELTER] = (known, 1)
    return story


def another(story: Story) -> Story:
    """Begin a second case in the same office."""
    return Story(story.office, at=story.at).contact()


def offered(story: Story, **more: object) -> UUID:
    """Offer her the shelter."""
    scopes = ("D8", "D9")
    named = {"scopes": scopes, "who": POLICE, "listed": SHELTER, **more}
    return story.offer(HOUSE, "SH", "shelter", **named)


def accepted(story: Story, offer: UUID, **more: object) -> UUID:
    """Accept as the house."""
    return story.reply(HOUSE, offer, "provider", "accepted", **more)


def awaited(story: Story, offer: UUID, because: str = "order_of_asking", who=HOUSE) -> UUID:
    """Put her on the waiting list."""
    waiting = PlaceAwaited(offer=offer, because=because)
    return await_place(waiting=waiting, **story.by(who))


def held(story: Story, offer: UUID, **more: str) -> UUID:
    """Give her a place after she was accepted."""
    return hold_place(place=PlaceWanted(offer=offer, **more), **story.by(HOUSE))


def released(story: Story, offer: UUID, who=HOUSE) -> UUID:
    """Say that her place is free again."""
    release = PlaceFree(offer=offer, reason="moved_on", released_on=TODAY)
    return release_place(release=release, **story.by(who))


def refused(act, *given, **named) -> str:
    """Return the reason for which something is refused."""
    with pytest.raises((MoveRefused, AccessMissing)) as no:
        act(*given, **named)
    return no.value.finding.reason


class TestAPlace:
    """Given with a house's yes."""

    def test_is_the_lowest_that_is_free(self, asked: Story) -> None:
        offer = offered(asked)

        accepted(asked, offer)

        assert [(one.listed, one.number) for one in places_held(asked.case)] == [(SHELTER, 1)]

    def test_is_given_to_nobody_else_and_nothing_is_recorded(self, asked: Story) -> None:
        accepted(asked, offered(asked))
        other = another(asked)
        offer = offered(other)
        before = other.case.facts

        assert refused(accepted, other, offer) == "no_place_free"
        assert other.case.facts == before

    def test_is_free_again_once_that_is_recorded(self, asked: Story) -> None:
        first, other = offered(asked), another(asked)
        accepted(asked, first)

        released(asked, first)
        accepted(other, offered(other))

        assert places_held(asked.case) == ()
        assert len(places_held(other.case)) == 1

    def test_is_free_again_when_she_declines_the_service(self, asked: Story) -> None:
        offer = offered(asked)
        accepted(asked, offer)

        asked.reply(HOUSE, offer, "person", "declined")

        assert places_held(asked.case) == ()

    def test_can_be_given_later_to_who_was_accepted(self, asked: Story) -> None:
        offer = offered(asked)
        accepted(asked, offer)
        released(asked, offer)

        held(asked, offer)

        assert len(places_held(asked.case)) == 1
        assert refused(held, asked, offer) == "has_a_place"

    def test_is_not_given_before_the_house_has_accepted(self, asked: Story) -> None:
        assert refused(held, asked, offered(asked)) == "not_accepted_yet"

    def test_is_given_by_the_house_alone(self, asked: Story) -> None:
        offer = offered(asked)
        accepted(asked, offer)
        wanted = PlaceWanted(offer=offer)

        assert refused(hold_place, place=wanted, **asked.by(POLICE)) == "not_the_addressee"

    def test_is_not_asked_for_where_the_directory_counts_none(self, asked: Story) -> None:
        asked.office.services[SHELTER] = (
            ListedService(cast.GREEN_DOOR.organisation, "shelter", is_given_here=False),
            0,
        )
        offer = offered(asked)

        accepted(asked, offer)

        assert places_held(asked.case) == ()
        assert refused(held, asked, offer) == "places_not_given_here"

    @pytest.mark.parametrize("wrong", ["service", "house", "nothing"])
    def test_is_of_a_service_that_this_house_lists(self, asked: Story, wrong: str) -> None:
        house = cast.LAWYERS if wrong == "house" else cast.GREEN_DOOR
        kind = "medical" if wrong == "service" else "shelter"
        other = uuid4()
        if wrong != "nothing":
            asked.office.services[other] = (ListedService(house.organisation, kind, True), 3)

        assert refused(offered, asked, listed=other) == "service_not_listed"

    def test_is_not_free_twice(self, asked: Story) -> None:
        offer = offered(asked)
        accepted(asked, offer)
        released(asked, offer)

        assert refused(released, asked, offer) == "no_place_held"


class TestTheWaitingList:
    """Of a service whose places are all taken."""

    def test_keeps_her_offer_open_past_the_day_of_the_answer(self, asked: Story) -> None:
        first, other = offered(asked), another(asked)
        accepted(asked, first)
        offer = offered(other)
        awaited(other, offer)
        released(asked, first)
        other.at += timedelta(days=20)

        accepted(other, offer)

        assert places_awaited(other.case) == ()
        assert len(places_held(other.case)) == 1

    def test_orders_by_reason_then_by_time(self, asked: Story) -> None:
        first, late, soon = offered(asked), another(asked), another(asked)
        accepted(asked, first)
        calm, hurried = offered(late), offered(soon)
        awaited(late, calm)
        awaited(soon, hurried, "in_danger")
        released(asked, first)

        assert refused(accepted, late, calm) == "others_wait"
        accepted(soon, hurried)

        assert len(places_held(soon.case)) == 1

    def test_is_passed_over_with_a_reason_that_is_kept(self, asked: Story) -> None:
        first, other, waiting = offered(asked), another(asked), another(asked)
        accepted(asked, first)
        awaited(waiting, offered(waiting))
        released(asked, first)

        accepted(other, offered(other), passes_over="sudden_danger")

        kept = other.case.newest("place_held")
        assert kept is not None
        assert kept.text("passes_over") == "sudden_danger"

    def test_keeps_since_when_she_waits_when_her_reason_changes(self, asked: Story) -> None:
        offer = offered(asked)
        awaited(asked, offer)
        began = asked.at
        asked.at += timedelta(days=1)

        awaited(asked, offer, "in_danger", POLICE)

        [waiting] = places_awaited(asked.case)
        assert (waiting.because, waiting.since, waiting.rank) == ("in_danger", began, 0)

    def test_is_left_when_the_house_or_she_declines(self, asked: Story) -> None:
        offer = offered(asked)
        awaited(asked, offer)

        asked.reply(HOUSE, offer, "provider", "declined", reason="no_place")

        assert places_awaited(asked.case) == ()
        assert refused(awaited, asked, offer, who=POLICE) == "offer_already_answered"

    def test_takes_nobody_who_has_a_place(self, asked: Story) -> None:
        offer = offered(asked)
        accepted(asked, offer)

        assert refused(awaited, asked, offer) == "has_a_place"

    def test_is_there_only_where_places_are_given_here(self, asked: Story) -> None:
        assert refused(awaited, asked, offered(asked, listed=None)) == "places_not_given_here"

    def test_tells_the_other_side(self, asked: Story) -> None:
        offer = offered(asked)

        awaited(asked, offer)

        notice = asked.office.notices[-1]
        assert (notice.organisation, notice.kind) == (
            POLICE.organisation.organisation,
            "place_awaited",
        )
