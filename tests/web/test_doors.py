"""Every address denies by default, and what is closed looks like what does not exist."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

from tests import cast, stories
from tests.web.browsing import browser

OPEN_TO_ALL = {
    "ask_for_help",
    "help_asked",
    "account_login",
    "account_logout",
    # A directory that nobody named is no page; what one says opens nothing.
    "directory",
    "directory_back",
    "language",
    "leave",
    "public_directory",
    "public_trials",
    "public_conduct",
    "public_media_kit",
    "check_job_offer",
    "public_newsletter",
    "public_newsletters",
    "public_plan",
    "public_plans",
    "join",
    "reply",
    "own_page",
    "own_take_back",
    "own_write",
    "own_speak",
    "own_shut",
    "mfa_authenticate",
    "calendar_feed",
    "device_manifest",
    "device_worker",
    "open_figures",
    "open_figure",
    "open_chart",
    "open_csv",
    "open_data",
    "open_exports",
    "open_export",
    "yearly_report",
    "report_pdf",
    "report_docx",
    "rules",
    "rule",
}


# What stands in an address for nothing that exists, by the kind of part.
INVENTED = {
    UUIDConverter: uuid4(),
    IntConverter: 1,
    StringConverter: "nothing",
    SlugConverter: "court",
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Yield every address of the pages."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            # The door for programs asks for their secret; tests/api tries each of its addresses.
            # The door for partners asks for a signature; tests/records/abroad tries it.
            yield from () if entry.namespace == "api" else patterns(entry)
        elif not getattr(entry.callback, "own_door", False):
            yield entry


def address(name: str) -> str:
    """Return the address of a page, for an invented case where it needs one."""
    entry = next(one for one in patterns() if one.name == name)
    parts = {name: INVENTED[type(kind)] for name, kind in entry.pattern.converters.items()}
    return reverse(name, kwargs=parts)


CLOSED = sorted(str(entry.name) for entry in patterns() if entry.name not in OPEN_TO_ALL)


class TestADoor:
    """What anyone who is not signed in gets."""

    @pytest.mark.parametrize("name", CLOSED)
    def test_sends_to_the_sign_in_page(self, name: str):
        answer = Client(headers={"host": "localhost"}).get(address(name))

        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")

    @pytest.mark.parametrize("name", CLOSED)
    def test_takes_no_form_either(self, name: str):
        answer = Client(headers={"host": "localhost"}).post(address(name), {"open": "all"})

        assert answer.status_code == 401
        assert b"Sign in again" in answer.content

    def test_is_open_only_where_it_is_said_here(self):
        stands_open = {
            str(entry.name)
            for entry in patterns()
            if getattr(entry.callback, "open_to_all", False)
        }

        assert stands_open == OPEN_TO_ALL

    def test_has_a_name_everywhere(self):
        assert all(entry.name for entry in patterns())


class TestAClosedCase:
    """A case of others against one that does not exist."""

    @pytest.mark.parametrize("name", ["case", "describe_person", "take_consent", "refer"])
    def test_is_byte_for_byte_what_does_not_exist(self, name: str):
        foreign = stories.contact(cast.POLICE_OFFICER)
        outsider = browser(cast.SHELTER_WITHOUT_CONSENT)

        closed = outsider.get(reverse(name, kwargs={"case_ref": foreign}))
        missing = outsider.get(reverse(name, kwargs={"case_ref": uuid4()}))

        assert closed.status_code == missing.status_code == 404
        assert closed.content == missing.content
        assert dict(closed.items()) == dict(missing.items())

    def test_takes_no_form_from_others(self):
        foreign = stories.contact(cast.POLICE_OFFICER)
        outsider = browser(cast.SHELTER_WITHOUT_CONSENT)
        typed = {"breach": "other", "observed_on-day": "1", "form_key": uuid4().hex}

        closed = outsider.post(reverse("observe_breach", kwargs={"case_ref": foreign}), typed)
        missing = outsider.post(reverse("observe_breach", kwargs={"case_ref": uuid4()}), typed)

        assert closed.status_code == missing.status_code == 404
        assert closed.content == missing.content
