"""A house by day and by night: the sheet is written, and opened in need."""

from collections.abc import Callable
from uuid import UUID

import pytest

from opennrm.casework.contact import SafeContactNote, note_safe_contact
from opennrm.casework.emergency import Emergency, open_in_emergency
from tests import cast, stories
from tests.journeys import live
from tests.journeys.live import Person
from tests.journeys.test_every_page import faults

OFFICER, HOUSE, NIGHT = cast.POLICE_OFFICER, cast.SHELTER_WITHOUT_CONSENT, cast.NIGHT_WORKER


@pytest.fixture(scope="module")
def case_ref(site: str) -> UUID:
    """A person in a house that has a night duty."""
    case_ref = stories.contact(OFFICER, majority="adult")
    referral = stories.referred(OFFICER, case_ref, HOUSE, "SH", ("D1", "D9", "D10"))
    stories.answered(HOUSE, case_ref, referral)
    return case_ref


@pytest.mark.parametrize("look", live.PHONE_LOOKS)
def test_the_sheet_is_written_by_day_and_opened_at_night(
    at_desk: Callable[..., Person], case_ref: UUID, look: str
) -> None:
    viewport = getattr(live, look)
    house = at_desk(HOUSE, viewport=viewport)
    house.page.goto(f"/case/{case_ref}/write-safety-sheet/")
    house.write("called", "Corner room")
    house.write("allergies", "Bee stings")
    house.send()
    written = faults(house.page, f"/case/{case_ref}/sheet/")

    night = at_desk(NIGHT, viewport=viewport)
    sealed = faults(night.page, "/night/")
    if night.page.query_selector("input[name=reason]"):
        night.choose("reason=threat")
        night.send()
    opened = faults(night.page, "/night/")

    assert "Bee stings" in night.page.inner_text("main")
    assert written + sealed + opened == []


def test_a_consent_can_be_carried_and_is_shown_what_ends_with_it(
    at_desk: Callable[..., Person], case_ref: UUID
) -> None:
    consent = stories.newest(OFFICER, case_ref, "consent_given")
    officer = at_desk(OFFICER, viewport=live.PHONE)
    pages = (
        f"/case/{case_ref}/note/?consent={consent}",
        f"/case/{case_ref}/withdraw-consent/?consent={consent}",
        f"/case/{case_ref}/who-looked/",
    )

    found = [fault for place in pages for fault in faults(officer.page, place)]

    assert found == []


@pytest.mark.parametrize("look", live.PHONE_LOOKS)
def test_where_she_is_opens_at_night_when_a_second_person_agrees(
    at_desk: Callable[..., Person], look: str
) -> None:
    case_ref = stories.contact(OFFICER, majority="adult")
    note = SafeContactNote(safe_channel="phone_call", whereabouts="with her aunt")
    stories.do(note_safe_contact, OFFICER, case_ref=case_ref, note=note)
    referral = stories.referred(OFFICER, case_ref, HOUSE, "SH", ("D1", "D3", "D8", "D10"))
    stories.answered(HOUSE, case_ref, referral)
    emergency = Emergency(reason="missing")
    stories.do(open_in_emergency, NIGHT, case_ref=case_ref, emergency=emergency)
    viewport = getattr(live, look)
    night, second = (at_desk(who, viewport=viewport) for who in (NIGHT, cast.NIGHT_COLLEAGUE))

    asking = faults(night.page, f"/night/{case_ref}/")
    night.choose("part=D3")
    night.choose("reason=missing")
    night.write("why", "She is not in her room.")
    night.send()
    asked = stories.newest(OFFICER, case_ref, "emergency_asked")
    waiting = faults(second.page, "/night/")
    agreeing = faults(second.page, f"/night/{case_ref}/{asked}/")
    second.send()
    opened = faults(night.page, "/night/")

    assert "with her aunt" in night.page.inner_text("main")
    assert asking + waiting + agreeing + opened == []
