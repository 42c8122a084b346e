"""What an outsider sends to the edge is cut short, without a trace and without a word too many."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast, stories
from tests.web.browsing import browser

LONG = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
SECRET = "Edgena Plepi"


@pytest.fixture
def outside() -> Client:
    return Client(headers={"host": "localhost"}, raise_request_exception=False)


class TestTooMuch:
    """Too long a body, too many fields, too many files."""

    def test_is_refused_without_repeating_what_was_sent(self, outside: Client) -> None:
        many = {f"{SECRET}{number}": "1" for number in range(2_001)}
        files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(2)]

        for sent in ({"message": SECRET + LONG}, many, {"file": files, "message": SECRET}):
            answer = outside.post("/help/", sent)

            assert answer.status_code == 400
            assert SECRET not in answer.content.decode()
            assert answer["Cache-Control"] == "no-store"
            assert "Traceback" not in answer.content.decode()

    def test_is_let_in_up_to_the_limit(self, outside: Client) -> None:
        """The control."""
        answer = outside.post("/help/", {"message": "x" * 1000})

        assert answer.status_code in (302, 422, 503)


class TestOddRequests:
    @pytest.mark.parametrize("method", ("TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "ODD"))
    def test_change_nothing_and_echo_nothing(self, outside: Client, method: str) -> None:
        for place in ("/sign-in/", "/help/", "/figures/"):
            answer = outside.generic(method, place, SECRET)

            assert answer.status_code in (302, 401, 403, 404, 405, 422)
            assert SECRET not in answer.content.decode()

    @pytest.mark.parametrize("host", ("evil.example", "localhost.evil.example", "localhost:80@x"))
    def test_of_another_name_are_not_answered(self, host: str) -> None:
        answer = Client(headers={"host": host}, raise_request_exception=False).get("/sign-in/")

        assert answer.status_code == 400
        assert host not in answer.content.decode()

    @pytest.mark.parametrize(
        "place",
        (
            "/%00", "/case/../../etc/passwd", "/static/../config/settings.py", "/.git/config",
            "/static/%2e%2e/%2e%2e/settings.py", "/admin/", "/sign-in/?next=https://evil.example",
            "/sign-in/?next=//evil.example", "/case/" + "0" * 36 + "/",
        ),
    )  # fmt: skip
    def test_for_what_is_not_there_lead_nowhere(self, outside: Client, place: str) -> None:
        answer = outside.get(place)

        assert answer.status_code in (200, 302, 400, 404)
        assert "evil.example" not in answer.get("Location", "")
        if answer.status_code == 200:
            assert not re.search(r'(?:href|action)="(?:https?:)?//evil', answer.content.decode())

    def test_do_not_lead_elsewhere_after_signing_in(self) -> None:
        client = browser(cast.POLICE_OFFICER)

        answer = client.get("/sign-in/?next=https://evil.example/")

        assert "evil.example" not in answer.get("Location", "")


class TestCookies:
    def test_are_kept_from_scripts_and_from_other_sites(self) -> None:
        client = browser(cast.POLICE_OFFICER)
        client.get("/contact/")

        assert {"session", "work", "form"} <= set(client.cookies)
        for name in ("session", "work", "form"):
            cookie = client.cookies[name]
            assert cookie["httponly"], name
            assert cookie["samesite"] == "Strict", name
            assert not cookie["domain"], name
            assert not cookie["max-age"], name

    def test_hold_nothing_that_reads(self) -> None:
        client = browser(cast.POLICE_OFFICER)
        case_ref = stories.contact(cast.POLICE_OFFICER)
        client.get(f"/case/{case_ref}/")

        values = " ".join(morsel.value for morsel in client.cookies.values())
        assert str(case_ref) not in values
        assert str(cast.POLICE_OFFICER.account) not in values
