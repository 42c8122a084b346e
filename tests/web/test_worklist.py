"""The work list as a worker uses it: narrowed, kept under a name, handed to a colleague."""

from typing import Any

import pytest
from django.test import Client

from opennrm.records.reference import reference
from tests import cast, stories
from tests.web.browsing import browser, fields_of, sent

OFFICER, COLLEAGUE = cast.POLICE_OFFICER, cast.POLICE_COLLEAGUE
TO_COLLEAGUE = f"FR:{COLLEAGUE.account}"


@pytest.fixture
def officer() -> Client:
    """The officer who met the persons."""
    return browser(OFFICER)


def handed(client: Client, *cases: Any, colleague: str = TO_COLLEAGUE) -> str:
    """Tick cases on the list, hand them to a colleague, and return the page that follows."""
    typed = {"case": [str(one) for one in cases], "colleague": colleague, "reason": "absence"}
    kept = fields_of(client.get("/?view=all"))
    return _page(client.post("/lists/hand-over/", {**kept, **typed}, follow=True))


def held_by(client: Client, view: str) -> str:
    """Return one of the lists."""
    return _page(client.get(f"/?view={view}&sort=updated"))


def _page(answer: Any) -> str:
    return str(answer.content.decode())


class TestWhoHasNoCases:
    """Her first page is her own work, not an empty list."""

    def test_begins_with_her_own_work(self):
        assert browser(cast.RAPPORTEUR).get("/")["Location"] == "/coordination/"


class TestHandingOver:
    """Several cases at once, with acceptance."""

    def test_waits_for_the_colleague_who_then_holds_them(self, officer: Client):
        cases = [stories.contact(OFFICER) for _ in range(2)]
        colleague = browser(COLLEAGUE)

        said = handed(officer, *cases)
        for case in cases:
            assert str(case) in held_by(colleague, "handed")
            sent(colleague, f"/case/{case}/answer-handing/", answer="accepted")

        assert "2 cases were handed over." in said
        assert all(str(case) in held_by(colleague, "mine") for case in cases)
        assert not any(str(case) in held_by(colleague, "handed") for case in cases)

    def test_of_one_that_is_not_open_hands_over_none(self, officer: Client):
        case, hidden = stories.contact(OFFICER), stories.contact(cast.BORDER_OFFICER)

        said = handed(officer, case, hidden)

        assert "Nothing was handed over." in said
        assert str(case) not in held_by(browser(COLLEAGUE), "handed")

    def test_to_somebody_of_another_house_is_refused(self, officer: Client):
        case = stories.contact(OFFICER)

        said = handed(officer, case, colleague=f"FR:{cast.BORDER_OFFICER.account}")

        assert "Tick the cases, and choose a colleague and why." in said

    def test_is_seen_by_no_other_house(self, officer: Client):
        case = stories.contact(OFFICER)
        referral = stories.referred(OFFICER, case, cast.CASE_MANAGER, "CM", ("D1", "D9", "D10"))
        stories.answered(cast.CASE_MANAGER, case, referral)
        handed(officer, case)

        assert "Handed to a colleague" in _page(officer.get(f"/case/{case}/"))
        assert "Handed to a colleague" not in _page(
            browser(cast.CASE_MANAGER).get(f"/case/{case}/")
        )


class TestAListOfOnesOwn:
    """What is asked for, under a name."""

    def test_is_kept_shown_and_removed(self, officer: Client):
        child = stories.contact(OFFICER, majority="child")
        adult = stories.contact(OFFICER, majority="adult")
        one, other = reference(child), reference(adult)
        narrowed = officer.get(f"/?view=all&majority=child&sort=updated&text={one}")
        asked = fields_of(narrowed)["asked"]

        officer.post("/lists/keep/", {"name": "Children, all", "asked": asked})
        shown = _page(officer.get("/"))
        kept = _page(officer.get(f"/?{asked}"))
        grown = _page(officer.get(f"/?{asked.replace(one, other)}"))

        assert "Children, all" in shown
        assert str(child) in kept
        assert one in asked and str(adult) not in grown
        officer.post("/lists/drop/", {"name": "Children, all"})
        assert "Children, all" not in _page(officer.get("/"))

    def test_is_seen_by_nobody_else(self, officer: Client):
        officer.post("/lists/keep/", {"name": "Only mine", "asked": "view=all&majority=child"})

        assert "Only mine" not in _page(browser(COLLEAGUE).get("/"))
        officer.post("/lists/drop/", {"name": "Only mine"})

    @pytest.mark.parametrize("asked", ["", "view=all&next=https://elsewhere", "<b>", "a" * 500])
    def test_keeps_nothing_that_no_list_asks_for(self, officer: Client, asked: str):
        officer.post("/lists/keep/", {"name": "Odd", "asked": asked})

        assert "Odd" not in _page(officer.get("/"))


class TestNarrowing:
    """Only what a row of the list carries."""

    @pytest.mark.parametrize(
        ("asked", "is_there"),
        [
            ("danger=high", True),
            ("danger=imminent", False),
            ("nobody_holds=yes", True),
            ("stage=closed", False),
            ("waiting_for=others", False),
            ("danger=nonsense", True),
        ],
    )
    def test_shows_what_was_asked_for(self, officer: Client, asked: str, is_there: bool):
        case = stories.contact(OFFICER, danger="high")

        shown = _page(officer.get(f"/?view=all&text={reference(case)}&{asked}"))

        assert (str(case) in shown) is is_there


class TestTheCase:
    """Who of the house holds it, and who wrote what."""

    def test_says_who_holds_it_and_who_is_asked(self, officer: Client):
        case = stories.contact(OFFICER)
        assert "Nobody of your organisation holds this case yet." in _page(
            officer.get(f"/case/{case}/")
        )

        sent(
            officer,
            f"/case/{case}/hand-case/",
            colleague=f"FR:{OFFICER.account}",
            handing_reason="workload",
        )
        handed(officer, case)
        shown = _page(officer.get(f"/case/{case}/"))

        assert "You hold this case." in shown
        assert "is asked to take it over." in shown

    def test_shows_only_what_one_house_wrote(self, officer: Client):
        case = stories.contact(OFFICER)
        referral = stories.referred(OFFICER, case, cast.CASE_MANAGER, "CM", ("D1", "D9", "D10"))
        stories.answered(cast.CASE_MANAGER, case, referral)
        shelter = cast.CASE_MANAGER.actor.organisation

        shown = _page(officer.get(f"/case/{case}/?by={shelter}"))

        assert "Referral acknowledged" in shown
        assert "Referral sent" not in shown.partition('<div class="moj-timeline">')[2]
