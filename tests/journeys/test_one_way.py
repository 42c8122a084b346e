"""What goes one way, in a browser: a referral handed in, and a document for a court."""

from collections.abc import Callable

import pytest

from opennrm.casework.court_order import CourtOrder, record_court_order
from tests import cast, stories
from tests.journeys import live
from tests.journeys.live import Person
from tests.journeys.test_every_page import faults

FIRST, SECOND = cast.POLICE_OFFICER, cast.POLICE_COLLEAGUE


@pytest.mark.parametrize("look", live.PHONE_LOOKS)
def test_a_referral_is_handed_in_for_a_receipt(at_desk: Callable[..., Person], look: str) -> None:
    officer = at_desk(cast.IMMIGRATION_OFFICER, viewport=getattr(live, look))

    empty = faults(officer.page, "/hand-in/")
    officer.write("message", "Three people live in the wash house.")
    officer.send()

    assert "Write down the receipt" in officer.page.inner_text("main")
    assert empty == []


@pytest.mark.parametrize("look", live.PHONE_LOOKS)
def test_a_second_person_answers_a_court(at_desk: Callable[..., Person], look: str) -> None:
    case_ref = stories.contact(FIRST, majority="adult", words="He kept my papers.")
    order = CourtOrder(
        court="Basic Court", recipient="Judge", scopes=("D4",), ordered_on=stories.TODAY
    )
    recorded = stories.do(record_court_order, FIRST, case_ref=case_ref, order=order)
    second = at_desk(SECOND, viewport=getattr(live, look))

    found = faults(second.page, f"/case/{case_ref}/record-court-order/")
    found += faults(second.page, f"/case/{case_ref}/")
    second.page.click("text=a second person makes the document")
    found += faults(second.page, f"/case/{case_ref}/document/{recorded}/")

    assert "second person" in second.page.inner_text("main")
    assert found == []
