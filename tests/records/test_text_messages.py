"""Text messages that there is something new: through a gateway that the test itself runs."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail as outbox
from django.test import override_settings

from opennrm.records import mail, text_messages
from tests import cast
from tests.database import as_administrator, signed_in
from tests.records.test_mail import LAWYER, WISH, told_something, wished
from tests.web.browsing import browser, fields_of

NUMBER = "+38970123456"


class Gateway(BaseHTTPRequestHandler):
    """Keeps what it is handed, and answers as the test says."""

    heard: list[tuple[str, dict[str, str]]] = []
    answers = 202

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        said = json.loads(self.rfile.read(length))
        self.heard.append((self.headers["Authorization"], said))
        self.send_response(self.answers)
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def _gateway(_database: None) -> Iterator[None]:
    """Run a gateway, name it, and begin and end without wishes."""
    Gateway.heard, Gateway.answers, outbox.outbox = [], 202, []
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    with override_settings(
        OPENNRM_TEXT_GATEWAY=f"http://127.0.0.1:{server.server_port}/messages",
        OPENNRM_TEXT_SECRET="shared",
        OPENNRM_PRIVATE_HOSTS=frozenset({"127.0.0.1"}),
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        EMAIL_HOST="mail.example",
    ):
        yield
    server.shutdown()
    thread.join()
    server.server_close()
    with as_administrator() as connection:
        connection.execute("DELETE FROM nrm.mail_wish")


def test_a_message_goes_once_and_says_nothing_of_the_work():
    wished(replace(WISH, address=NUMBER))
    at = told_something()

    assert (mail.send_due(at=at), mail.send_due(at=at)) == (1, 0)
    said = {"to": NUMBER, "text": "There is something new for you."}
    assert Gateway.heard == [("Bearer shared", said)]
    assert outbox.outbox == []


def test_a_gateway_that_fails_holds_up_no_mail_and_is_asked_again():
    wished(replace(WISH, address=NUMBER))
    at = told_something()
    Gateway.answers = 503
    assert mail.send_due(at=at) == 0
    with override_settings(OPENNRM_TEXT_GATEWAY="http://127.0.0.1:9/"):
        assert mail.send_due(at=at) == 0

    Gateway.answers = 200
    assert mail.send_due(at=at) == 1


@pytest.mark.parametrize("place", ["http://gateway.example/", "https://10.0.0.7/", "ftp://x/"])
def test_only_an_https_address_outside_is_called(place: str):
    with (
        override_settings(OPENNRM_TEXT_GATEWAY=place, OPENNRM_PRIVATE_HOSTS=frozenset()),
        pytest.raises(text_messages.NotTaken),
    ):
        text_messages.send(NUMBER, "There is something new for you.")


def test_without_a_gateway_a_number_is_neither_taken_nor_told():
    wished(replace(WISH, address=NUMBER))
    at = told_something()
    with override_settings(OPENNRM_TEXT_GATEWAY=""):
        assert mail.send_due(at=at) == 0
        client = browser(cast.CASE_MANAGER)
        typed = {**fields_of(client.get("/account/mail/")), "address": NUMBER}
        assert client.post("/account/mail/", typed).status_code == 422
    assert Gateway.heard == []


def test_the_page_takes_a_number_as_people_write_it_and_keeps_it_locked():
    client = browser(LAWYER)
    typed = {**fields_of(client.get("/account/mail/")), "address": "+389 (70) 123-456"}
    assert client.post("/account/mail/", typed).status_code == 302

    kept = mail.own_wish(signed_in(LAWYER))
    assert kept is not None
    assert kept.address == NUMBER
    with as_administrator() as connection:
        (row,) = connection.execute("SELECT mail_wish::text FROM nrm.mail_wish").fetchall()
    assert "389" not in bytes.fromhex(row[0].split("\\x")[1].split(",")[0].strip('"')).decode(
        "latin-1"
    )
    for wrong in ("0701234", "+38970", "nobody"):
        assert client.post("/account/mail/", {**typed, "address": wrong}).status_code == 422
