"""The database gives a place to one case only, whoever asks and however."""

from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connections

from opennrm.casework.places import PlaceAwaited, PlaceFree, await_place, release_place
from opennrm.casework.refusals import MoveRefused
from opennrm.casework.service import OfferReply, answer_offer
from opennrm.coordination.models import ServiceProvided
from opennrm.records import rebuilding
from tests import cast, stories
from tests.attacks.raw import reader
from tests.database import as_administrator, as_role, signed_in
from tests.records.test_rebuilding import differing, quiet

HOUSE, POLICE = cast.CASE_MANAGER, cast.POLICE_OFFICER
HOLD = "INSERT INTO nrm.place_held VALUES (%s, %s, %s, %s, now())"


def offered(service: UUID) -> tuple[UUID, UUID]:
    """Begin a case and offer her a shelter."""
    case_ref = stories.contact(POLICE)
    return case_ref, stories.offered(POLICE, case_ref, HOUSE, service)


def accepted(case_ref: UUID, offer: UUID) -> None:
    """Accept as the house."""
    reply = OfferReply(offer=offer, by="provider", answer="accepted")
    stories.do(answer_offer, HOUSE, case_ref=case_ref, reply=reply)


def held(case_ref: UUID) -> list[tuple[UUID, int]]:
    """Return the places that the database keeps as held by a case."""
    with as_administrator() as connection:
        rows = connection.execute(
            "SELECT service, number FROM nrm.place_held WHERE case_ref = %s", [case_ref]
        )
        return rows.fetchall()


class TestAPlace:
    def test_is_held_and_released_with_the_facts(self):
        service = stories.listed(HOUSE, places=2)
        case_ref, offer = offered(service)

        accepted(case_ref, offer)
        was = held(case_ref)
        free = PlaceFree(offer=offer, reason="left", released_on=stories.TODAY)
        stories.do(release_place, HOUSE, case_ref=case_ref, release=free)

        assert was == [(service, 1)]
        assert held(case_ref) == []

    def test_goes_to_one_case_only(self):
        service = stories.listed(HOUSE, places=1)
        first, second = offered(service), offered(service)
        accepted(*first)

        with pytest.raises(MoveRefused) as refused:
            accepted(*second)

        assert refused.value.finding.reason == "no_place_free"
        assert held(second[0]) == []

    def test_is_held_once_by_the_constraint_too(self):
        service = stories.listed(HOUSE, places=1)
        first, second = offered(service), offered(service)
        accepted(*first)

        with (
            as_role("opennrm_recorder") as connection,
            pytest.raises(psycopg.errors.UniqueViolation),
        ):
            connection.execute(HOLD, [service, 1, *second])

    @pytest.mark.parametrize("wrong", ["number", "service", "offer"])
    def test_is_one_that_is_there(self, wrong: str):
        service = stories.listed(HOUSE, places=1)
        case_ref, offer = offered(service)
        values = {"service": service, "number": 1, "case": case_ref, "offer": offer}
        other = {"number": 2, "service": uuid4(), "offer": uuid4()}
        values[wrong] = other[wrong]

        with (
            as_role("opennrm_recorder") as connection,
            pytest.raises(psycopg.DatabaseError) as refused,
        ):
            connection.execute(HOLD, list(values.values()))

        assert refused.value.sqlstate == "NR403"

    def test_is_rebuilt_from_facts(self):
        service = stories.listed(HOUSE, places=1)
        case_ref, offer = offered(service)
        accepted(case_ref, offer)
        with as_administrator() as connection:
            connection.execute("DELETE FROM nrm.place_held WHERE case_ref = %s", [case_ref])

        found = differing(case_ref)
        rebuilding.rebuild(quiet)

        assert found == ["place_held"]
        assert held(case_ref) == [(service, 1)]

    @pytest.mark.parametrize("change", [{"places": 1}, {"is_given_here": False}, None])
    def test_stays_in_the_directory_while_it_is_held(self, change: dict[str, object] | None):
        service = stories.listed(HOUSE, places=2)
        accepted(*offered(service))
        accepted(*offered(service))
        rows = ServiceProvided.objects.using("owner").filter(ref=service)

        with pytest.raises(DatabaseError) as refused:
            rows.update(**change) if change else rows.delete()
        connections["owner"].close()

        assert "are held" in str(refused.value)

    def test_is_shown_to_its_house_with_the_case_where_that_is_open(self):
        service = stories.listed(HOUSE, places=2)
        case_ref, offer = offered(service)
        accepted(case_ref, offer)

        def seen(who: cast.Member) -> list[tuple[int, UUID | None]]:
            with reader(signed_in(who).token) as connection:
                rows = connection.execute(
                    "SELECT number, case_ref FROM nrm.own_places() WHERE service = %s", [service]
                )
                return rows.fetchall()

        assert seen(HOUSE) == [(1, case_ref), (2, None)]
        assert seen(POLICE) == []


class TestTheWaitingList:
    def test_says_who_comes_before_to_the_house_only(self):
        service = stories.listed(HOUSE, places=1)
        accepted(*offered(service))
        calm, hurried = offered(service), offered(service)
        for (case_ref, offer), because in ((calm, "child"), (hurried, "in_danger")):
            waiting = PlaceAwaited(offer=offer, because=because)
            stories.do(await_place, HOUSE, case_ref=case_ref, waiting=waiting)

        with reader(signed_in(HOUSE).token) as connection:
            rows = connection.execute(
                "SELECT place, case_ref, because FROM nrm.own_waiting() WHERE service = %s",
                [service],
            ).fetchall()

        assert rows == [(1, hurried[0], "in_danger"), (2, calm[0], "child")]
