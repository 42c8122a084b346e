"""Readings carry their purpose; unusual ones are told once to the data-protection officer."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import override_settings
from django.urls import reverse

from opennrm.records import queries
from opennrm.records.queries.looked import officer_log, unusual_readings, who_looked
from opennrm.records.reference import reference
from opennrm.records.ticking import tick
from tests import cast, stories
from tests.attacks import raw
from tests.database import NOW, as_administrator, signed_in
from tests.web.browsing import browser, sent

POLICE, COLLEAGUE, MANAGER = cast.POLICE_OFFICER, cast.POLICE_COLLEAGUE, cast.CASE_MANAGER
OFFICER = cast.DATA_OFFICER
NEVER = {"cases": 9999, "cases_of_colleagues": 9999, "cases_at_night": 9999}
DAY = {"night_begins": 24, "night_ends": 0}
LATER = NOW + timedelta(hours=2)


def read(who: cast.Member, case_ref: UUID) -> None:
    queries.case_page(signed_in(who), case_ref, at=NOW, opened=("D4",))


@pytest.fixture()
def shared(_database: None) -> UUID:
    """A case shared with a case manager who read it."""
    case_ref = stories.contact(POLICE, majority="adult", words="A word.")
    sent_to = stories.referred(POLICE, case_ref, MANAGER, "CM", ("D1", "D4", "D10"))
    stories.answered(MANAGER, case_ref, sent_to)
    read(MANAGER, case_ref)
    return case_ref


class TestAReading:
    def test_carries_the_purpose_of_what_opened_it(self, shared: UUID) -> None:
        read(POLICE, shared)

        purposes = {
            one.organisation: one.purposes for one in who_looked(signed_in(POLICE), shared)
        }
        assert purposes == {
            MANAGER.actor.organisation: ("referral",),
            POLICE.actor.organisation: ("own_record",),
        }

    def test_is_listed_by_name_for_the_officer_who_knows_the_reference(self, shared: UUID) -> None:
        listed = officer_log(signed_in(OFFICER), reference(shared))

        assert {one.organisation for one in listed} == {MANAGER.actor.organisation}
        assert all(one.worker for one in listed)
        with as_administrator() as connection:
            (looked,) = connection.execute(
                "SELECT count(*) FROM nrm.journal WHERE case_ref = %s AND account = %s "
                "AND action = 'officer_looked_at_log'",
                [shared, OFFICER.account],
            ).fetchone() or (0,)
        assert looked == 1

    def test_opens_nothing_of_the_case_to_the_officer(self, shared: UUID) -> None:
        officer_log(signed_in(OFFICER), reference(shared))

        with raw.reader(signed_in(OFFICER).token) as connection:
            assert raw.mentions(raw.visible_anywhere(connection), shared) == []

    @pytest.mark.parametrize("who", (cast.LAWYER, cast.CO_ORDINATOR, cast.IMMIGRATION_OFFICER))
    def test_is_listed_for_nobody_else(self, shared: UUID, who: cast.Member) -> None:
        assert officer_log(signed_in(who), reference(shared)) == ()
        assert who_looked(signed_in(who), shared) == ()
        assert unusual_readings(signed_in(who)) == ()
        assert browser(who).get(reverse("who_reads")).status_code == 404


class TestUnusualReading:
    @pytest.mark.parametrize(
        ("limits", "what"),
        (
            ({"cases": 0}, "many_cases"),
            ({"cases_of_colleagues": 0}, "cases_of_colleagues"),
            ({"cases_at_night": 0, "night_begins": 0, "night_ends": 24}, "at_night"),
        ),
    )
    def test_is_told_once(self, shared: UUID, limits: dict[str, int], what: str) -> None:
        read(COLLEAGUE, shared)
        before = len(
            [n for n in queries.notices(signed_in(OFFICER)) if n.kind == "unusual_reading"]
        )
        with as_administrator() as connection:
            connection.execute("DELETE FROM nrm.unusual_reading")

        with override_settings(OPENNRM_READING=NEVER | DAY | limits):
            first, second = tick(at=LATER).unusual, tick(at=LATER).unusual

        found = unusual_readings(signed_in(OFFICER))
        told = [n for n in queries.notices(signed_in(OFFICER)) if n.kind == "unusual_reading"]
        assert first > 0
        assert second == 0
        assert {one.what for one in found} == {what}
        assert POLICE.actor.organisation in {one.organisation for one in found}
        assert len(told) > min(before, 199)

    def test_is_not_told_below_the_thresholds(self, shared: UUID) -> None:
        with override_settings(OPENNRM_READING=NEVER | DAY):
            assert tick(at=LATER).unusual == 0

    def test_is_shown_on_the_officers_page(self, shared: UUID) -> None:
        read(COLLEAGUE, shared)
        with override_settings(OPENNRM_READING=NEVER | DAY | {"cases": 0}):
            tick(at=LATER)
        client = browser(OFFICER)

        page = client.get(reverse("who_reads")).content.decode()
        log = sent(client, reverse("who_reads"), reference=reference(shared)).content.decode()

        assert "Many cases in a day" in page
        assert cast.GREEN_DOOR.name in log
