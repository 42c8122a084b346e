"""Guessed addresses: a page of a hidden case is the page of a case that is not there."""

import re
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, reverse

from opennrm.records.reference import reference
from opennrm.web.urls import urlpatterns
from tests import cast, stories
from tests.web.browsing import browser

POLICE = cast.POLICE_OFFICER
OUTSIDERS = {
    "another organisation": cast.SHELTER_WITHOUT_CONSENT,
    "a colleague in another role": cast.DETECTIVE,
    "immigration enforcement": cast.IMMIGRATION_OFFICER,
    "a withdrawn organisation": cast.CASE_MANAGER,
}
OF_A_CASE = [
    pattern.name
    for pattern in urlpatterns
    if isinstance(pattern, URLPattern) and "case_ref" in str(pattern.pattern)
]


@pytest.fixture(scope="module")
def case_ref() -> UUID:
    """A case that the shelter once held, by a consent since taken back."""
    made = stories.contact(POLICE, words="The van was white.")
    stories.described(POLICE, made, names="Shpresa Murati")
    referral = stories.referred(POLICE, made, cast.CASE_MANAGER, "CM", ("D1", "D2", "D10"))
    stories.answered(cast.CASE_MANAGER, made, referral)
    stories.withdrawn(POLICE, made, stories.newest(POLICE, made, "consent_given"))
    return made


@pytest.fixture(scope="module", params=OUTSIDERS.values(), ids=OUTSIDERS)
def outsider(request) -> Client:
    cache.clear()
    return browser(request.param)


def answer(client: Client, name: str, case_ref: UUID, *, post: bool) -> tuple[int, str, str]:
    """Return status, place and text of a page, without what differs from request to request."""
    address = reverse(name, args=[case_ref])
    response = client.post(address, {"form_key": str(uuid4())}) if post else client.get(address)
    text = response.content.decode()
    for own in (str(case_ref), reference(case_ref)):
        text = text.replace(own, "asked")
    text = re.sub(r'(name="(csrfmiddlewaretoken|form_key)" value=")[^"]*', r"\1", text)
    place = response.headers.get("Location", "").replace(str(case_ref), "asked")
    return response.status_code, place, text


class TestAnAddressOfACase:
    """Every page of a case, asked for by those who may not see it."""

    def test_is_known_to_this_test(self):
        assert {"case", "refer", "take_consent"} <= set(OF_A_CASE)

    @pytest.mark.parametrize("post", (False, True), ids=("read", "sent"))
    @pytest.mark.parametrize("name", OF_A_CASE)
    def test_answers_as_if_there_were_no_such_case(self, outsider, case_ref, name, post):
        hidden = answer(outsider, name, case_ref, post=post)

        assert hidden == answer(outsider, name, uuid4(), post=post)
        # 405: a page that only shows answers a form sent to it, whatever the case.
        assert hidden[0] in (302, 403, 404, 405)

    def test_opens_for_whoever_may_see_it(self, case_ref):
        """The control."""
        cache.clear()

        assert answer(browser(POLICE), "case", case_ref, post=False)[0] == 200
