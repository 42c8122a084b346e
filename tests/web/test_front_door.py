"""The front door when nobody behind it can take a message, and what it leaves on a device."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings

from opennrm.accounts.models import Organisation
from tests import cast
from tests.web.browsing import browser, fields_of, sent

DANGER = "call the emergency number"


@pytest.fixture
def client() -> Client:
    """A browser nobody has used."""
    return Client(headers={"host": "localhost"})


@pytest.fixture
def a_door_without_a_role() -> Iterator[None]:
    """The organisation behind the door no longer works as a helpline."""
    house = Organisation.objects.using("owner").filter(ref=cast.CALL_LINE.organisation)
    house.update(roles=["LA"])
    yield
    house.update(roles=["HL"])


def asked_in_vain(client: Client) -> str:
    """Send a message that nobody can take, and return the page that comes back."""
    answer = sent(client, "/help/", message="Спаси нас", called="K.")

    kept = fields_of(answer)
    assert answer.status_code == 503
    assert (kept["message"].strip(), kept["called"]) == ("Спаси нас", "K.")
    return answer.content.decode()


class TestAMessageNobodyCanTake:
    """It is given back with what to do in danger."""

    @override_settings(OPENNRM_FRONT_DOOR="closed")
    def test_is_kept_on_the_page_where_no_door_is_set_up(self, client: Client):
        assert DANGER in asked_in_vain(client)

    @pytest.mark.usefixtures("a_door_without_a_role")
    def test_is_kept_on_the_page_where_the_house_is_refused(self, client: Client):
        assert DANGER in asked_in_vain(client)


class TestTheDevice:
    """What a page of the front door leaves behind."""

    def test_keeps_no_title_that_tells_what_was_read(self, client: Client):
        for place in ("/help/", "/help/thanks/"):
            page = client.get(place).content.decode()

            assert "<title>Case work</title>" in page

    def test_forgets_the_token_of_the_form_with_the_window(self, client: Client):
        client.get("/help/")

        cookie = client.cookies[settings.CSRF_COOKIE_NAME]
        assert (cookie["max-age"], cookie["expires"]) == ("", "")

    def test_is_cleared_once_the_message_has_arrived(self, client: Client):
        answer = client.get("/help/thanks/")

        assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'


class TestLeaving:
    """By one button, with scripts and without."""

    def test_ends_the_session_and_goes_to_the_exit_page(self):
        client = browser(cast.POLICE_OFFICER)

        answer = client.post("/leave/")

        assert answer.status_code == 303
        assert answer["Location"] == settings.OPENNRM_EXIT_URL
        assert answer["Clear-Site-Data"] == '"cache", "cookies"'  # Locked drafts stay.
        assert client.get("/").status_code == 302

    def test_leaves_nothing_of_somebody_who_does_not_work_here(self, client: Client):
        answer = client.post("/leave/")

        assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'

    def test_is_a_form_on_every_page(self, client: Client):
        page = client.get("/sign-in/").content.decode()

        assert '<form method="post" action="/leave/"' in page
