"""The day of who answers a helpline: a call without a name, a call back, a case on wish."""

from collections.abc import Callable
from datetime import timedelta

from tests import cast, stories
from tests.journeys.arriving import Colleague

Arriving = Callable[..., Colleague]
OPERATOR = cast.HELPLINE_WORKER


class TestACall:
    """From the first ring to a case that only the caller can wish for."""

    def test_is_kept_without_a_name_and_called_back_at_a_safe_time(self, arriving: Arriving):
        operator = arriving(OPERATOR)
        operator.page.click("nav >> text=Calls")
        operator.choose("situation=abuser_listens", "danger=high", "outcome=call_back")
        operator.page.click("summary >> text=Somebody the caller fears is listening")
        advice = operator.said()
        operator.readable()
        operator.page.check("input[name='call_back']")
        operator.write("safe_way", "070 555 123")
        operator.day("safe_on", stories.TODAY + timedelta(days=1))
        operator.write("safe_from", "10:00")
        operator.write("safe_until", "11:30")
        operator.write("say_if_other", "A survey on bread")
        operator.write("called", "Lina")
        operator.send()

        kept = operator.said()
        operator.readable()
        operator.page.click("button >> text=The caller wishes a case >> nth=-1")
        prefilled = operator.page.input_value("[name='called']")
        operator.readable()
        operator.pick("channel", "phone")
        operator.choose("route=self")
        case = operator.send()

        assert "Change to something harmless" in advice
        assert "Saved." in kept
        assert "A survey on bread" in kept
        assert prefilled == "Lina"
        assert "/case/" in case
        operator.page.goto("/calls/")
        operator.page.click("button >> text=Done: forget it >> nth=-1")
        assert "Forgotten." in operator.said()
        operator.page.goto("/calls/figures/")
        operator.readable()
