"""What a page may weigh and how much it may ask of the database: ceilings for every page."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from opennrm.web.acts import ACTS
from tests import cast, stories
from tests.records.test_imports import people, sheet
from tests.web.browsing import browser
from tests.web.questions import MOST_QUERIES, asked
from tests.web.test_imports import columns, upload

MOST_BYTES, MOST_AT_FIRST = 100_000, 60_000
WITH_FILES = 14_000  # the sheet and the script, packed: tests/web/test_assets.py weighs them
DESK = (
    "/?view=all",
    "/?view=new",
    "/?view=offered",
    "/find/",
    "/notices/",
    "/account/",
    "/account/calendar/",
    "/services/",
    "/night/",
    "/contact/",
    "/steps/",
    "/steps/drafts/",
    "/steps/together/",
    "/steps/device/",
    "/steps/device/together/",
)
OPEN = ("/sign-in/", "/help/", "/rules/", "/open-figures/")


@pytest.fixture(scope="module")
def case() -> str:
    """A case of the case manager's in which much has happened."""
    ref = stories.contact(cast.POLICE_OFFICER, danger="high", called="Lina", words="A word")
    stories.described(cast.POLICE_OFFICER, ref, names="Lina Example", citizenship=("AL",))
    parts = ("D1", "D2", "D4", "D8", "D9", "D10")
    referral = stories.referred(cast.POLICE_OFFICER, ref, cast.CASE_MANAGER, "CM", parts)
    stories.answered(cast.CASE_MANAGER, ref, referral)
    return f"/case/{ref}/"


def too_much(client: Client, place: str, **sent: Any) -> list[str]:
    """Ask for a page, and list which of its ceilings it passes."""
    with asked() as questions:
        answer = client.post(place, sent) if sent else client.get(place)
    found = []
    if len(questions) > MOST_QUERIES:
        found.append(f"{place} asks {len(questions)} times")
    if len(answer.content) > MOST_BYTES:
        found.append(f"{place} weighs {len(answer.content)}")
    return found


class TestAPage:
    """Its questions to the database and its bytes."""

    def test_of_the_desk_stays_under_its_ceilings_in_its_heaviest_language(self):
        client = browser(cast.CASE_MANAGER)
        with translation.override("ru"):
            client.cookies["language"] = "ru"  # of this window: the account keeps its own
            over = [one for place in DESK for one in too_much(client, place)]

        assert over == []

    def test_of_a_case_stays_under_its_ceilings(self, case: str):
        client = browser(cast.CASE_MANAGER)
        shelter = f"{cast.CASE_MANAGER.actor.organisation}:SH"
        shown = ["", "files/", "who-looked/", "sheet/"]
        shown += [f"take-consent/?recipient={whom}" for whom in (shelter, "nobody")]
        acts = [f"{act.address}/" for act in ACTS.values() if not act.starts_case]

        assert [one for end in (*shown, *acts) for one in too_much(client, case + end)] == []

    def test_of_partners_and_programs_stays_under_its_ceilings(self):
        house, focal = browser(cast.POLICE_COLLEAGUE), browser(cast.FOCAL_OFFICER)
        own = ("/account/programs/", "/signed-file/", "/imports/")

        assert [one for place in own for one in too_much(house, place)] == []
        assert too_much(focal, "/abroad/partners/") == []

    def test_of_an_import_stays_under_its_ceilings_wherever_it_stands(self):
        client = browser(cast.POLICE_COLLEAGUE)
        bad = ("Popravka", "Kovač", "32/13/1999", "MD", "Forced labour")
        address = str(upload(client, sheet(*people(2, "Mera"), bad))["Location"])
        steps = (columns(), {"step": "go_on"}, {"step": "start"}, {"step": "go_on"})
        found = too_much(client, address)
        for step in steps:
            assert client.post(address, step).status_code == 302
            found += too_much(client, address)

        assert found == []

    @pytest.mark.parametrize("part", ["identity", "all"])
    def test_with_its_names_shown_stays_under_its_ceilings(self, case: str, part: str):
        assert too_much(browser(cast.CASE_MANAGER), case, open=part) == []

    def test_that_is_somebodys_first_is_light(self):
        stranger = Client(headers={"host": "localhost"})
        sizes = {place: len(stranger.get(place).content) + WITH_FILES for place in OPEN}

        assert {place: size for place, size in sizes.items() if size > MOST_AT_FIRST} == {}
