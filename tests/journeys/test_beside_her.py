"""A case manager sits beside the person: her page in Arabic, and a consent that she takes back."""

from collections.abc import Callable
from datetime import timedelta

from opennrm.casework.plan import RiskAssessment, assess_risk
from tests import cast, stories
from tests.journeys import live
from tests.journeys.live import Person
from tests.journeys.test_every_page import faults

OFFICER, MANAGER = cast.POLICE_OFFICER, cast.CASE_MANAGER


def test_her_page_is_read_together_and_leads_to_taking_a_consent_back(
    at_desk: Callable[..., Person], site: str
) -> None:
    case = stories.contact(OFFICER, majority="adult")
    parts = ("D1", "D8", "D9", "D10")
    stories.answered(MANAGER, case, stories.referred(OFFICER, case, MANAGER, "CM", parts))
    risk = RiskAssessment(level="low", review_on=stories.TODAY + timedelta(days=30))
    stories.do(assess_risk, MANAGER, case_ref=case, assessment=risk)
    manager = at_desk(MANAGER, viewport=live.NARROW)

    assert faults(manager.page, f"/case/{case}/page/?in=ar") == []
    assert manager.page.get_attribute("html", "dir") == "rtl"
    manager.page.click("main .op-panel a")
    assert "/withdraw-consent/" in manager.page.url
    manager.page.wait_for_selector(".op-panel")
