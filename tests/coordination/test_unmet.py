"""What people looked for and did not get is counted, and nobody stands out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.casework.service import OfferReply, answer_offer
from opennrm.casework.service_words import NotFound, record_not_found
from opennrm.records.queries.gaps import Unmet, unmet_needs
from opennrm.statistics.suppression import Rule
from tests import cast, stories
from tests.attacks.raw import reader
from tests.database import as_administrator, signed_in
from tests.web.browsing import browser

CO, POLICE = cast.CO_ORDINATOR, cast.POLICE_OFFICER
NEED = NotFound(service="dental", lacks=("group",), groups=("men", "families"), area="the-north")
LEAST = Rule().threshold
MOVED: dict[UUID, datetime] = {}


def looked_for(times: int, missing: NotFound = NEED) -> list[UUID]:
    """Let several people look for help that is not there, in the quarter before this one."""
    cases = [stories.contact(POLICE) for _ in range(times)]
    for case_ref in cases:
        stories.consent(POLICE, case_ref, cast.CASE_MANAGER, "CM", ("D9",))
        stories.do(record_not_found, POLICE, case_ref=case_ref, missing=missing)
    last_quarter(cases)
    return cases


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Put back the moments that a test moved: chains and seals of this database rest on them."""
    yield
    with moving() as connection:
        connection.cursor().executemany(
            "UPDATE nrm.fact SET recorded_at = %s WHERE fact_ref = %s",
            [(moment, fact) for fact, moment in MOVED.items()],
        )
    MOVED.clear()


@contextmanager
def moving() -> Iterator[Any]:
    """Open the record to its administrator, who passes every trigger."""
    with as_administrator() as connection:
        connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER only_added")
        yield connection
        connection.execute("ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER only_added")


def last_quarter(cases: list[UUID]) -> None:
    """Put what was recorded of some cases into the quarter before this one."""
    with moving() as connection:
        rows = connection.execute(
            "SELECT fact_ref, recorded_at FROM nrm.fact WHERE case_ref = ANY (%s)", [cases]
        )
        for fact, moment in rows.fetchall():
            MOVED.setdefault(fact, moment)
        connection.execute(
            "UPDATE nrm.fact SET recorded_at = date_trunc('quarter', now()) - interval '3 days' "
            "WHERE case_ref = ANY (%s)",
            [cases],
        )


def counted(service: str, who: cast.Member = CO) -> list[Unmet]:
    """Return what is counted of one kind of help."""
    return [one for one in unmet_needs(signed_in(who)) if one.service == service]


class TestUnmetNeeds:
    def test_are_shown_from_the_threshold_on_rounded_down(self) -> None:
        looked_for(LEAST - 1)
        few = counted("dental")
        looked_for(3)

        assert few == []
        assert counted("dental") == [
            Unmet("dental", "group", ("families", "men"), "the-north", LEAST)
        ]

    def test_count_people_and_not_how_often_they_asked(self) -> None:
        missing = NotFound(service="tracing", lacks=("places",))
        cases = looked_for(LEAST - 1, missing)
        for _ in range(3):
            stories.do(record_not_found, POLICE, case_ref=cases[0], missing=missing)
        last_quarter(cases)

        assert counted("tracing") == []

    def test_wait_for_the_end_of_the_quarter(self) -> None:
        missing = NotFound(service="escort", lacks=("places",))
        cases = looked_for(LEAST, missing)
        with moving() as connection:
            connection.execute(
                "UPDATE nrm.fact SET recorded_at = now() WHERE case_ref = %s", [cases[0]]
            )

        assert counted("escort") == []

    def test_count_what_providers_and_partners_declined(self) -> None:
        cases = [stories.contact(POLICE) for _ in range(LEAST)]
        for case_ref in cases:
            service = stories.listed(cast.CASE_MANAGER, places=None)
            offer = stories.offered(POLICE, case_ref, cast.CASE_MANAGER, service)
            no = OfferReply(offer=offer, by="provider", answer="declined", reason="no_place")
            stories.do(answer_offer, cast.CASE_MANAGER, case_ref=case_ref, reply=no)
        last_quarter(cases)

        assert Unmet("shelter", "places", (), "", LEAST) in counted("shelter")

    def test_are_closed_to_who_does_not_read_the_directory(self) -> None:
        assert unmet_needs(signed_in(cast.CONSUL)) == ()

    def test_are_written_in_the_database_with_the_threshold_of_the_figures(self) -> None:
        with as_administrator() as connection:
            row = connection.execute("SELECT prosrc FROM pg_proc WHERE proname = 'unmet_needs'")
            assert f">= {LEAST}" in str(row.fetchone())

    def test_cannot_be_counted_otherwise_by_the_application(self) -> None:
        with reader(signed_in(CO).token) as connection, pytest.raises(Exception) as refused:
            connection.execute("SELECT nrm.unmet_needs(1)")

        assert "does not exist" in str(refused.value)

    def test_stand_as_a_sentence_on_the_page_of_gaps(self) -> None:
        looked_for(LEAST, NotFound(service="interpretation", lacks=("language",)))

        page = browser(CO).get(reverse("directory_gaps")).content.decode()

        assert "Interpretation: No interpreter (at least 10 people)" in page
