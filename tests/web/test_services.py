"""The page of services: what each leaves out, and the gap where nobody takes a group."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from opennrm.accounts.models import Organisation, ServiceTaken
from opennrm.records.services import NewService, ServiceRefused, keep_service, services_of
from tests import cast
from tests.database import sign_in_name
from tests.web.browsing import browser

HOUSE = cast.GREEN_DOOR.name
ONLY_WOMEN = NewService("shelter", leaves_out_sexes=("male",), leaves_out_forms=("labour",))


@pytest.fixture
def _said() -> Iterator[None]:
    keep_service(HOUSE, ONLY_WOMEN)
    yield
    ServiceTaken.objects.using("owner").filter(organisation__name=HOUSE).delete()
    Organisation.objects.using("owner").filter(name=HOUSE).update(combination="")


def shown() -> str:
    """Return the page of services as somebody of another house sees it."""
    page: str = browser(cast.LAWYER).get(reverse("services")).content.decode()
    return page


@pytest.mark.usefixtures("_said")
class TestServices:
    def test_shows_who_is_left_out_and_what_the_rules_say(self) -> None:
        page = shown()

        assert HOUSE in page
        assert "Male" in page
        assert "no service here takes this group" in page
        assert "/rules/R04/" in page

    def test_shows_no_gap_where_another_house_takes_them(self) -> None:
        keep_service(cast.QUIET_HOUSE.name, NewService("shelter"))

        page = shown()

        ServiceTaken.objects.using("owner").filter(
            organisation__name=cast.QUIET_HOUSE.name
        ).delete()
        assert "no service here takes this group" not in page
        assert "/rules/R04/" in page

    def test_shows_the_open_word_on_roles_held_together(self) -> None:
        house = Organisation.objects.using("owner").filter(name=HOUSE)
        house.update(combination="There is one house in this valley")

        assert "There is one house in this valley" in shown()

    def test_counts_houses_that_agreed_not_people(self) -> None:
        two = (sign_in_name(cast.CASE_MANAGER), sign_in_name(cast.LAWYER))
        keep_service(HOUSE, NewService("shelter", leaves_out_forms=("labour",), agreed_by=two))
        found = [one for one in services_of("MK") if one.leaves_out_forms == {"labour"}]
        same = (sign_in_name(cast.DECIDING_OFFICER), sign_in_name(cast.SECOND_READER))
        keep_service(HOUSE, NewService("shelter", leaves_out_forms=("labour",), agreed_by=same))
        again = [one for one in services_of("MK") if one.leaves_out_forms == {"labour"}]

        assert [one.agreeing_houses for one in (*found, *again)] == [2, 1]

    def test_is_refused_for_whoever_is_not_enrolled(self) -> None:
        with pytest.raises(ServiceRefused, match="Nobody signs in as"):
            keep_service(HOUSE, NewService("shelter", agreed_by=("nobody here",)))
        with pytest.raises(ServiceRefused, match="is not enrolled"):
            keep_service("No such house", NewService("shelter"))
