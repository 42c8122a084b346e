"""Mail that there is something new: no content, at the hours its member chose, to her address."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.test import override_settings

from opennrm.lifecycle.kinds import KINDS
from opennrm.records import mail
from opennrm.records.mail import MailWish, Waiting
from tests import cast, stories
from tests.database import NOW, as_administrator, signed_in
from tests.web.browsing import browser

LAWYER = cast.LAWYER
ADDRESS = "desk.seven@office.example"
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Europe/Skopje"))
WISH = MailWish(address=ADDRESS, pace="at_once", quiet_from=0, quiet_until=0)
ONE = Waiting(LAWYER.account, b"", "at_once", 20, 7, None, "en", "MK", NOON, ["referral_received"])


@pytest.fixture(autouse=True)
def _mail_server(_database: None) -> Iterator[None]:
    """Send into memory, and begin and end without wishes."""
    backend = "django.core.mail.backends.locmem.EmailBackend"
    outbox.outbox = []
    with override_settings(EMAIL_HOST="mail.example", EMAIL_BACKEND=backend):
        yield
    with as_administrator() as connection:
        connection.execute("DELETE FROM nrm.mail_wish")


def told_something() -> datetime:
    """Send the lawyers a referral; return a moment after it."""
    case = stories.contact(cast.POLICE_OFFICER, words="A van came each morning.")
    stories.referred(cast.POLICE_OFFICER, case, LAWYER, "LA", ("D1",))
    return NOW + timedelta(hours=1)


def wished(wish: MailWish = WISH) -> None:
    """Let the lawyer wish mail, of whatever is told from the day of the stories on."""
    mail.keep_wish(signed_in(LAWYER), wish)
    with as_administrator() as connection:
        connection.execute(
            "UPDATE nrm.mail_wish SET told_until = %s", [NOW - timedelta(seconds=1)]
        )


class TestAnAddressThatNobodyHas:
    def test_keeps_nobody_else_from_being_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        wished()
        mail.keep_wish(signed_in(cast.CASE_MANAGER), replace(WISH, address="two@office.example"))
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.mail_wish SET told_until = %s", [NOW - timedelta(days=1)]
            )
        at = told_something()
        case = stories.contact(cast.POLICE_OFFICER)
        stories.referred(cast.POLICE_OFFICER, case, cast.CASE_MANAGER, "CM", ("D1",))
        tried: list[Any] = []

        def sent(*mailed: Any) -> None:
            tried.append(mailed)
            if len(tried) == 1:
                raise SMTPRecipientsRefused({"nobody": (550, b"No such user")})

        monkeypatch.setattr(mail, "send_mail", sent)

        assert (mail.send_due(at=at), len(tried)) == (1, 2)


class TestAMail:
    def test_goes_once_and_says_nothing_of_the_work(self) -> None:
        wished()
        at = told_something()

        first, second = mail.send_due(at=at), mail.send_due(at=at)

        assert (first, second) == (1, 0)
        (one,) = outbox.outbox
        assert one.to == [ADDRESS]
        assert (one.subject, one.body) == ("Something new", "There is something new for you.")

    def test_goes_to_nobody_who_is_not_told(self) -> None:
        told_something()
        mail.keep_wish(signed_in(cast.HEALTH_WORKER), WISH)

        assert mail.send_due(at=NOW) == 0

    def test_waits_where_the_server_takes_none(self) -> None:
        wished()
        at = told_something()
        nowhere = "django.core.mail.backends.smtp.EmailBackend"

        with override_settings(EMAIL_BACKEND=nowhere, EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
            lost = mail.send_due(at=at)

        assert lost == 0
        assert mail.send_due(at=at) == 1

    def test_is_not_sent_without_a_server(self) -> None:
        wished()
        at = told_something()

        with override_settings(EMAIL_HOST=""):
            assert mail.send_due(at=at) == 0

    def test_keeps_no_address_in_clear(self) -> None:
        wished()

        with as_administrator() as connection:
            (row,) = connection.execute("SELECT mail_wish::text FROM nrm.mail_wish").fetchall()

        assert ADDRESS.encode().hex() not in row[0]
        assert "office.example" not in row[0]


class TestItsHours:
    @pytest.mark.parametrize(
        ("hour", "goes"), ((6, False), (7, True), (19, True), (20, False), (23, False))
    )
    def test_are_quiet_on_her_own_clock_over_midnight(self, hour: int, goes: bool) -> None:
        assert mail.is_due(ONE, at=NOON.replace(hour=hour)) is goes

    @pytest.mark.parametrize("kind", sorted(mail.URGENT))
    def test_do_not_hold_what_cannot_wait(self, kind: str) -> None:
        assert mail.is_due(replace(ONE, kinds=[kind]), at=NOON.replace(hour=23))

    def test_know_the_kind_under_which_a_missing_child_is_told(self) -> None:
        assert "child_missing_reported" in KINDS

    def test_come_once_a_day_for_who_wishes_it_so(self) -> None:
        daily = replace(ONE, pace="daily", mailed_at=NOON - timedelta(hours=2))

        assert not mail.is_due(daily, at=NOON)
        assert mail.is_due(daily, at=NOON + timedelta(hours=19) - timedelta(minutes=1)) is False
        assert mail.is_due(daily, at=NOON + timedelta(hours=20))


class TestThePage:
    def test_keeps_and_ends_a_wish_of_the_viewers_own(self) -> None:
        client = browser(LAWYER)
        hours = {"quiet_from": "21", "quiet_until": "6"}

        kept = client.post("/account/mail/", {"address": ADDRESS, "pace": "daily", **hours})
        shown = client.get("/account/mail/").content.decode()
        others = browser(cast.HEALTH_WORKER).get("/account/mail/").content.decode()
        client.post("/account/mail/", {"do": "end"})

        assert kept.status_code == 302
        assert ADDRESS in shown
        assert ADDRESS not in others
        assert mail.own_wish(signed_in(LAWYER)) is None

    def test_refuses_what_is_no_address(self) -> None:
        answer = browser(LAWYER).post("/account/mail/", {"address": "nobody", "pace": "daily"})

        assert answer.status_code == 422
