"""One bed, eight houses' worth of people: it is given once each round, and the race is a real one.

OPENNRM_BEDS says how many rounds; the night does 1,000.
"""

import os
from uuid import UUID

import pytest

from opennrm.casework.places import PlaceFree, PlaceWanted, hold_place, release_place
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.service import OfferReply, answer_offer
from tests import cast, stories
from tests.attacks.clients import CLIENTS, Clients
from tests.attacks.figures import told
from tests.database import as_administrator, signed_in, stay_awake

POLICE, HOUSE = cast.POLICE_OFFICER, cast.CASE_MANAGER
ROUNDS = int(os.environ.get("OPENNRM_BEDS", "20"))
Asked = tuple[UUID, UUID]


@pytest.fixture(scope="module")
def clients():
    with Clients() as eight:
        yield eight


def eight_asked(service: UUID) -> list[Asked]:
    """Offer one shelter to eight people."""
    cases = [stories.contact(POLICE) for _ in range(CLIENTS)]
    return [(case, stories.offered(POLICE, case, HOUSE, service)) for case in cases]


def winners(answers: list[object]) -> list[int]:
    """Return who won; everybody else was told that no place is free."""
    lost = [one for one in answers if isinstance(one, Exception)]
    assert all(isinstance(one, MoveRefused) for one in lost), lost
    assert {one.finding.reason for one in lost} <= {"no_place_free", "place_taken"}
    return [number for number, one in enumerate(answers) if not isinstance(one, Exception)]


def in_the_bed(service: UUID) -> list[UUID]:
    """Return the cases that the database keeps as holding a place there."""
    with as_administrator() as connection:
        rows = connection.execute(
            "SELECT case_ref FROM nrm.place_held WHERE service = %s", [service]
        )
        return [ref for (ref,) in rows]


class TestOneBed:
    """Asked for by eight clients at the same moment."""

    def test_is_given_once_with_the_yes_of_the_house(self, clients):
        signed_in(HOUSE)
        service = stories.listed(HOUSE, places=1)
        asked = eight_asked(service)

        def accept(number: int) -> object:
            case_ref, offer = asked[number]
            reply = OfferReply(offer=offer, by="provider", answer="accepted")
            return stories.do(answer_offer, HOUSE, case_ref=case_ref, reply=reply)

        won = winners(clients.at_once(accept))

        assert len(won) == 1
        assert in_the_bed(service) == [asked[won[0]][0]]

    def test_is_given_once_each_round(self, clients):
        signed_in(HOUSE)
        service = stories.listed(HOUSE, places=CLIENTS)
        asked = eight_asked(service)
        for case_ref, offer in asked:
            reply = OfferReply(offer=offer, by="provider", answer="accepted")
            stories.do(answer_offer, HOUSE, case_ref=case_ref, reply=reply)
            free(case_ref, offer)
        with as_administrator() as connection:
            connection.execute(
                "UPDATE public.coordination_serviceprovided SET places = 1 WHERE ref = %s",
                [service],
            )
        won, kept = [], []

        def take(number: int) -> object:
            case_ref, offer = asked[number]
            wanted = PlaceWanted(offer=offer)
            return stories.do(hold_place, HOUSE, case_ref=case_ref, place=wanted)

        for number in range(ROUNDS):
            if number % 50 == 0:
                stay_awake()
            first = winners(clients.at_once(take))
            won.append(len(first))
            kept.append(in_the_bed(service) == [asked[one][0] for one in first])
            for one in first:
                free(*asked[one])

        assert won == [1] * ROUNDS
        assert all(kept)
        told("race_bed", rounds=ROUNDS, clients=CLIENTS, winners=sum(won))

    def test_is_given_once_by_the_constraint_where_nobody_waits(self, clients):
        """Without the lock of the use case: all eight write at once, and one row stands."""
        service = stories.listed(HOUSE, places=1)
        asked = eight_asked(service)

        def write(number: int) -> bool:
            with as_administrator() as own:
                done = own.execute(
                    "INSERT INTO nrm.place_held VALUES (%s, 1, %s, %s, now()) "
                    "ON CONFLICT DO NOTHING",
                    [service, *asked[number]],
                )
                return done.rowcount == 1

        assert clients.at_once(write).count(True) == 1


def free(case_ref: UUID, offer: UUID) -> None:
    """Say that the bed is free again."""
    release = PlaceFree(offer=offer, reason="left", released_on=stories.TODAY)
    stories.do(release_place, HOUSE, case_ref=case_ref, release=release)
