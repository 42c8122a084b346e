"""The calendar of deadlines: a secret address, neutral words, what is done is gone."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from icalendar import Calendar

from opennrm.accounts.models import Account
from opennrm.casework.plan import RiskAssessment, assess_risk
from opennrm.records.reference import reference
from tests import cast, stories
from tests.database import NOW, as_administrator, as_role
from tests.web.browsing import browser, fields_of

WHO = cast.POLICE_OFFICER
# Words of this work that must not stand on a phone that lies on a table.
REVEALING = ("traffick", "victim", "nrm", "referral", "exploit", "case", "recovery", "shelter")


def asked(secret_path: str) -> Any:
    """Ask an address as a calendar does: without a cookie."""
    return Client(headers={"host": "localhost"}).get(secret_path)


def made(client: Client) -> str:
    """Make an address on the page and return its path."""
    typed = fields_of(client.get("/account/calendar/"))
    page = client.post("/account/calendar/", {**typed, "do": "make"}).content.decode()
    found = re.search(r"http://localhost(/calendar/[\w-]+\.ics)", page)
    assert found, page
    return found.group(1)


def closed(client: Client) -> None:
    """Close the address on the page."""
    typed = fields_of(client.get("/account/calendar/"))
    answer = client.post("/account/calendar/", {**typed, "do": "close"})
    assert "The address is closed" in answer.content.decode()


def events(path: str, case_ref: UUID) -> dict[str, Any]:
    """Return the events of one case by their names."""
    found = Calendar.from_ical(asked(path).content)
    own = reference(case_ref)
    return {str(e["uid"]): e for e in found.walk("VEVENT") if own in str(e["summary"])}


def risk(case_ref: UUID, review_on: date, by: cast.Member = WHO) -> None:
    """Look at the dangers, and say when to look again."""
    seen = RiskAssessment(level="medium", review_on=review_on)
    stories.do(assess_risk, by, case_ref=case_ref, assessment=seen)


class TestTheCalendar:
    """What a calendar gets."""

    def test_shows_each_deadline_by_its_reference_and_its_day(self):
        case_ref = stories.contact(WHO)
        risk(case_ref, stories.in_days(20))
        path = made(browser(WHO))

        answer = asked(path)

        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Cache-Control"] == "no-store"
        own = events(path, case_ref)
        assert own
        assert {str(e["summary"]) for e in own.values()} == {f"Task due: {reference(case_ref)}"}

    def test_tells_nothing_of_the_person_or_the_work(self):
        case_ref = stories.contact(WHO, called="Lina", words="She is afraid")
        stories.described(WHO, case_ref, names="Lina Example")
        risk(case_ref, stories.in_days(20))

        told = asked(made(browser(WHO))).content.decode().lower()

        assert not [word for word in (*REVEALING, "lina", "afraid") if word in told]
        assert str(case_ref) not in told

    def test_moves_a_deadline_and_drops_what_is_done(self):
        case_ref = stories.contact(WHO)
        path = made(browser(WHO))

        risk(case_ref, stories.in_days(20))
        second = events(path, case_ref)
        risk(case_ref, stories.in_days(40))
        third = events(path, case_ref)

        days = [{e["dtstart"].dt for e in found.values()} for found in (second, third)]
        assert second.keys() != third.keys()
        assert stories.in_days(20) in days[0] and stories.in_days(20) not in days[1]
        assert stories.in_days(40) in days[1]

    def test_keeps_the_name_of_what_stays(self):
        case_ref = stories.contact(WHO)
        risk(case_ref, stories.in_days(20))
        path = made(browser(WHO))

        first = events(path, case_ref)
        assert first and first.keys() == events(path, case_ref).keys()

    def test_puts_what_ends_with_a_day_on_that_day_and_hours_at_their_moment(self):
        case_ref = stories.contact(WHO)
        risk(case_ref, stories.in_days(20))
        path = made(browser(WHO))

        starts = [e["dtstart"].dt for e in events(path, case_ref).values()]

        assert any(type(one) is date for one in starts)
        assert all(type(one) is date or one.tzinfo is not None for one in starts)

    def test_holds_nothing_of_the_cases_of_others(self):
        case_ref = stories.contact(cast.CASE_MANAGER)
        risk(case_ref, stories.in_days(20), by=cast.CASE_MANAGER)

        assert events(made(browser(WHO)), case_ref) == {}
        assert events(made(browser(cast.CASE_MANAGER)), case_ref)


class TestTheAddress:
    """Secret, renewed, closed, and kept only as a trace."""

    def test_works_until_another_is_made(self):
        client = browser(WHO)
        old, new = made(client), made(client)

        assert (asked(old).status_code, asked(new).status_code) == (404, 200)

    def test_is_gone_when_it_was_closed(self):
        client = browser(WHO)
        path = made(client)

        closed(client)

        assert asked(path).status_code == 404
        assert "You have no address now." in client.get("/account/calendar/").content.decode()

    def test_is_shown_once_and_kept_only_as_a_hash(self):
        client = browser(WHO)
        secret = made(client).removeprefix("/calendar/").removesuffix(".ics")

        again = client.get("/account/calendar/").content.decode()
        with as_administrator() as connection:
            row = connection.execute(
                "SELECT secret_hash, secret_hash = nrm.hash_of(%s) FROM nrm.calendar_address "
                "WHERE account = %s",
                [secret, WHO.account],
            ).fetchone()

        assert secret not in again
        assert row is not None and row[1] and secret.encode() not in bytes(row[0])

    def test_says_when_it_was_asked_last(self):
        client = browser(WHO)
        path = made(client)
        before = client.get("/account/calendar/").content.decode()

        asked(path)

        assert "Never" in before
        assert "Never" not in client.get("/account/calendar/").content.decode()

    def test_stops_when_the_account_does(self):
        path = made(browser(cast.LAWYER))
        account = Account.objects.using("owner").filter(ref=cast.LAWYER.account)

        account.update(is_active=False)
        stopped = asked(path).status_code
        account.update(is_active=True)

        assert (stopped, asked(path).status_code) == (404, 200)

    @pytest.mark.parametrize("secret", ["x", "x" * 43, "' OR true --"])
    def test_cannot_be_made_up(self, secret: str):
        assert asked(f"/calendar/{secret}.ics").status_code == 404

    def test_is_no_way_to_sign_in(self):
        secret = made(browser(WHO)).removeprefix("/calendar/").removesuffix(".ics")
        client = Client(headers={"host": "localhost"})
        client.cookies["work"] = secret

        assert client.get("/account/").status_code == 302

    def test_leaves_a_trace_in_the_journal(self):
        made(browser(WHO))

        with as_administrator() as connection:
            row = connection.execute(
                "SELECT max(at) FROM nrm.journal WHERE account = %s AND action = %s",
                [WHO.account, "calendar_address_made"],
            ).fetchone()

        assert row is not None and row[0] > NOW - timedelta(minutes=1)

    @pytest.mark.parametrize("role", ["opennrm_app", "opennrm_recorder", "opennrm_statistics"])
    def test_is_read_by_no_role_of_the_application(self, role: str):
        with as_role(role) as connection, pytest.raises(Exception, match="permission denied"):
            connection.execute("SELECT * FROM nrm.calendar_address")

    def test_is_for_those_who_work_here(self):
        assert asked("/account/calendar/").status_code == 302
