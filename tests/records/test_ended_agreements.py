"""No agreement in force: nothing new, then no case; for a time the sheet that keeps her safe."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.test import Client

from opennrm.accounts.models import Agreement
from opennrm.casework.contact import HelpRequest, ask_for_help
from opennrm.casework.referral import Referral, refer
from opennrm.casework.refusals import CaseNotFound, Refused
from opennrm.records import queries
from opennrm.records.desk import at_work
from opennrm.records.sessions import SignInRefused
from opennrm.vocabulary.roles import Role
from tests import cast, stories
from tests.attacks import raw
from tests.database import NOW, as_administrator, signed_in
from tests.records.test_emergency import opened as opened_at_night
from tests.records.test_safety_sheet import AFTER, BEFORE, housed, read, wrote
from tests.web.browsing import browser, fields_of

POLICE, SHELTER = cast.POLICE_OFFICER, cast.SHELTER_WITHOUT_CONSENT
ENDS = (
    "UPDATE accounts_agreement SET in_force_from = least(in_force_from, current_date - 400), "
    "in_force_until = current_date - %s, wind_up_days = %s WHERE organisation_id = %s"
)
# What a case says was kept so much earlier, past the trigger that lets nobody say so; and back:
# what was written since stays where it is, because every moment that is changed breaks the chain.
EARLIER = (
    "UPDATE nrm.fact SET recorded_at = recorded_at - make_interval(days => 300) "
    "WHERE case_ref = %s AND recorded_at < now()"
)
BACK = (
    "UPDATE nrm.fact SET recorded_at = recorded_at + make_interval(days => 300) "
    "WHERE case_ref = %s AND recorded_at < now() - interval '200 days'"
)
START = "SELECT nrm.start_case(gen_random_uuid(), 'MK')"
Ending = Callable[[cast.Member, int, int], None]


def moved(case_ref: UUID, how: str) -> None:
    with as_administrator() as connection:
        connection.execute("ALTER TABLE nrm.fact DISABLE TRIGGER only_added")
        connection.execute(how, [case_ref])
        connection.execute("ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER only_added")


@pytest.fixture
def ended(_database: None) -> Iterator[Ending]:
    """End the agreement of somebody's house some days ago; afterwards it is as before."""
    houses: list[UUID] = []

    def end(who: cast.Member, days_ago: int, wind_up: int) -> None:
        houses.append(who.actor.organisation)
        with as_administrator() as connection:
            connection.execute(ENDS, [days_ago, wind_up, who.actor.organisation])

    yield end
    Agreement.objects.using("owner").filter(organisation_id__in=houses).update(
        in_force_until=cast.AGREED_UNTIL, wind_up_days=30
    )


@pytest.fixture
def case(_database: None) -> Iterator[UUID]:
    """A person in a house, whose sheet was written long before the house was closed."""
    case_ref, _consent = housed()
    moved(case_ref, EARLIER)
    yield case_ref
    moved(case_ref, BACK)


def shown_to(who: cast.Member, case_ref: UUID, role: str = raw.APP) -> list[str]:
    """Name the tables in which the database shows somebody a case, past all of our code."""
    with raw.reader(signed_in(who).token, role) as connection:
        return raw.mentions(raw.visible_anywhere(connection), case_ref)


class TestWhileCasesAreWoundUp:
    def test_what_is_held_goes_on_and_nothing_new_begins(self, ended: Ending) -> None:
        case_ref, _consent = housed()
        ended(SHELTER, 3, 30)

        wrote(SHELTER, case_ref, AFTER)

        assert AFTER in read(SHELTER, case_ref)
        with raw.reader(signed_in(SHELTER).token, raw.RECORDER) as connection:
            assert raw.refused(connection, START) == "NR403"

    def test_a_case_is_passed_on(self, ended: Ending) -> None:
        case_ref = stories.contact(POLICE, majority="adult")
        to = cast.CASE_MANAGER
        given = stories.consent(POLICE, case_ref, to, "CM", ("D1", "D9"))
        ended(POLICE, 3, 30)
        session = raw.fresh_session(POLICE)
        passed = Referral(
            to=to.actor.organisation,
            to_role="CM",
            purpose="referral",
            until=stories.in_days(180),
            reply_by=stories.in_days(3),
            consent=given,
            compartments=("D1", "D9"),
        )

        with at_work(session, at=NOW) as desk:
            assert refer(
                case_ref=case_ref, referral=passed, actor=session.actor, at=NOW, desk=desk
            )

    def test_each_page_says_until_when(self, ended: Ending) -> None:
        ended(SHELTER, 3, 30)

        page = browser(SHELTER).get("/notices/").content.decode()

        assert "you can hand over the cases you hold" in page


class TestAClosedHouse:
    def test_reads_the_sheet_as_it_stood_and_nothing_else(self, case: UUID, ended: Ending) -> None:
        ended(SHELTER, 40, 30)
        wrote(POLICE, case, AFTER)

        assert set(read(SHELTER, case)) == {"Room 2", BEFORE}
        assert shown_to(SHELTER, case) == ["access", "fact"]
        with raw.reader(signed_in(SHELTER).token) as connection:
            facts = connection.execute("SELECT case_ref, compartment, kind FROM nrm.fact")
            facts = [row for row in facts.fetchall() if row[0] == case or row[1] != "D16"]
            sealed = connection.execute(
                "SELECT compartment FROM nrm.read_sealed(%s, %s)", [case, raw.EVERY_PART]
            ).fetchall()
        assert facts == [(case, "D16", "safety_sheet_written")]
        assert sealed == [("D16",)]

    def test_finds_nobody_and_writes_nothing(self, case: UUID, ended: Ending) -> None:
        ended(SHELTER, 40, 30)

        assert queries.find_people(signed_in(SHELTER), "Zana Berisha", at=NOW) == []
        with pytest.raises(Refused):
            wrote(SHELTER, case, AFTER)

    def test_is_led_to_its_sheets_by_the_work_list(self, case: UUID, ended: Ending) -> None:
        ended(SHELTER, 40, 30)
        client = browser(SHELTER)

        listed = client.get("/").content.decode()
        sheet = client.get(f"/case/{case}/sheet/").content.decode()

        assert f"/case/{case}/sheet/" in listed and "its cases are closed to you" in listed
        assert BEFORE in sheet

    def test_lets_its_night_duty_open_the_sheet_as_it_stood(
        self, case: UUID, ended: Ending
    ) -> None:
        ended(SHELTER, 40, 30)
        wrote(POLICE, case, AFTER)

        opened_at_night(case)

        assert set(read(cast.NIGHT_WORKER, case)) == {"Room 2", BEFORE}
        assert set(shown_to(cast.NIGHT_WORKER, case)) <= {"access", "fact", "wrap"}

    def test_reads_no_sheet_after_ninety_days(self, case: UUID, ended: Ending) -> None:
        ended(SHELTER, 121, 30)

        with pytest.raises(CaseNotFound):
            read(SHELTER, case)
        assert shown_to(SHELTER, case) == []

    def test_that_neither_houses_nor_treats_is_shown_nothing(
        self, case: UUID, ended: Ending
    ) -> None:
        ended(POLICE, 1, 0)

        assert shown_to(POLICE, case) == []
        assert raw.fresh_session(POLICE).actor.roles == frozenset()
        with raw.reader(signed_in(POLICE).token, raw.RECORDER) as connection:
            assert connection.execute("SELECT nrm.lock_case(%s)", [case]).fetchone() == (False,)

    def test_has_everything_again_with_a_new_agreement(self, case: UUID, ended: Ending) -> None:
        ended(SHELTER, 40, 30)
        ended(SHELTER, -1, 30)

        assert "Zana Berisha" in read(SHELTER, case)


class TestWhoHoldsNoCase:
    def test_works_on_without_an_agreement(self, ended: Ending) -> None:
        ended(cast.CO_ORDINATOR, 200, 0)

        assert Role.NCO in raw.fresh_session(cast.CO_ORDINATOR).actor.roles

    def test_asks_for_help_at_the_front_door_while_its_cases_are_wound_up(
        self, ended: Ending
    ) -> None:
        ended(cast.FRONT_DOOR, 20, 30)

        request = HelpRequest(asked_by="self", message="Please call.")
        assert stories.do(ask_for_help, cast.FRONT_DOOR, request=request)

    def test_is_told_at_once_that_a_house_closed_for_good_receives_nothing(
        self, ended: Ending
    ) -> None:
        ended(cast.FRONT_DOOR, 200, 0)

        with pytest.raises(SignInRefused):
            signed_in(cast.FRONT_DOOR)
        client = Client(headers={"host": "localhost"})
        typed = {**fields_of(client.get("/help/")), "asked_by": "self", "message": "Please call."}
        answer = client.post("/help/", typed)
        assert answer.status_code == 503
        assert "did not arrive" in answer.content.decode()
        assert "Please call." in answer.content.decode()
