"""Test 10 of the ten: twenty days are refused, and an early end asks for a ground and a second."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from opennrm.casework.decision import RecoveryPeriod, open_recovery_period
from opennrm.lifecycle.calendars import local_day
from tests import cast, stories
from tests.database import NOW
from tests.journeys.arriving import Colleague
from tests.rights.test_jurisdictions_reading import FILE
from tests.web.test_decisions import at_the_authority, decide

Arriving = Callable[..., Colleague]
AUTHORITY, READER = cast.DECIDING_OFFICER, cast.PANEL_READER
SHORT = FILE.replace("value: 45", "value: 20")
SECOND = f"{cast.PANEL.organisation}:RP:{READER.account}"
TWO_GROUNDS = ["public_order", "status_claimed_improperly"]


@pytest.fixture
def case_ref() -> UUID:
    """A person with reasonable grounds, at the authority."""
    case_ref = at_the_authority()
    decide(case_ref, outcome="positive", reasons="It agrees.", language="sq")
    return case_ref


class TestTwentyDays:
    """Never less than thirty (R25)."""

    def test_are_refused_as_a_preset(self, arriving: Arriving):
        officer = arriving(AUTHORITY)
        officer.page.goto("/periods/check/")
        officer.write("text", SHORT)

        officer.send()

        officer.readable()
        assert "recovery_period_min is 20 calendar_days: below the minimum of 30" in officer.said()
        assert "at least 30 days" in officer.follows_rule("R25")

    def test_are_refused_for_a_person(self, arriving: Arriving, case_ref: UUID):
        officer = arriving(AUTHORITY)
        officer.page.goto(f"/case/{case_ref}/open-recovery-period/")
        officer.pick("language", "sq")
        officer.write("days", "20")

        officer.send()

        officer.readable()
        assert "This was not saved" in officer.said()
        assert "at least 30 days" in officer.follows_rule("R25")


class TestAnEarlyEnd:
    """One of two grounds, and a second person of another house (R27)."""

    def test_knows_two_grounds_and_waits_for_the_second_person(
        self, arriving: Arriving, case_ref: UUID
    ):
        opened(case_ref)
        officer = arriving(AUTHORITY)
        officer.page.goto(f"/case/{case_ref}/end-recovery-period-early/")
        grounds = officer.page.eval_on_selector_all(
            "input[name='ground']", "all => all.map(one => one.value)"
        )
        ended(officer)

        officer.readable()
        assert sorted(grounds) == TWO_GROUNDS
        assert "This was not saved" in officer.said()
        assert officer.follows_rule("R27")

    def test_is_saved_once_somebody_of_another_house_agreed(
        self, arriving: Arriving, case_ref: UUID
    ):
        opened(case_ref)
        officer, second = arriving(AUTHORITY), arriving(READER)
        case = f"/case/{case_ref}/"
        step = "recovery_ended_early.recovery_ended_early"
        officer.page.goto(f"{case}propose-act/?act={step}")
        officer.pick("to", SECOND)
        officer.write("reasons", "She is said to have threatened others.")
        assert officer.send().endswith(case), officer.said()

        second.page.goto(case)
        second.page.click("nav.op-panel >> text=opinion")
        if second.page.query_selector("main form[method=get] input"):
            second.page.check("main form[method=get] input >> nth=0")
            second.page.click("text=Continue")
        second.readable()
        assert "threatened" not in second.said()
        second.choose("opinion=agrees")
        second.send()

        officer.page.goto(f"{case}end-recovery-period-early/")
        value = officer.page.query_selector_all("select[name='hold'] option")[1]
        officer.pick("hold", str(value.get_attribute("value")))
        ended(officer)

        assert officer.page.url.endswith(case), officer.said()
        assert stories.folded(AUTHORITY, case_ref).newest("recovery_ended_early") is not None


def opened(case_ref: UUID) -> None:
    """Open a period that is long enough."""
    period = RecoveryPeriod(told_on=local_day(cast.JURISDICTION, NOW), language="sq", days=45)
    at = stories.NOW + timedelta(minutes=1)
    stories.do_at(at, open_recovery_period, AUTHORITY, case_ref=case_ref, period=period)


def ended(officer: Colleague) -> None:
    """Fill in an early end and send it."""
    officer.choose("ground=public_order", "remedy=reconsideration")
    officer.day("ends_on", stories.in_days(5))
    officer.write("reasons", "She threatened others, it is said.")
    officer.pick("language", "sq")
    officer.day("remedy_until", stories.in_days(30))
    officer.send()
