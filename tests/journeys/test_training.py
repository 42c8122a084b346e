"""A trainer runs a course, and the right of a first responder opens; then it is taken back."""

from collections.abc import Callable
from datetime import date

from tests import cast, stories
from tests.journeys.arriving import Colleague
from tests.journeys.test_plan_cycle import added, ref_of, stepped

TODAY = date.today()  # noqa: TID251, DTZ011 - a test's own clock


def screened(who: Colleague, case: str) -> str:
    """Send a screening of one's own contact and return the words of the page that comes."""
    who.page.goto(f"{case}record-screening/?list=adult")
    who.send()
    return who.said()


class TestATrainer:
    def test_runs_a_course_and_a_right_opens(self, arriving: Callable[..., Colleague]) -> None:
        vera, dragan = arriving(cast.TRAINER), arriving(cast.NEWCOMER)
        course = added(
            vera,
            "/coordination/courses/add/",
            title="Signs, for newcomers",
            version="1",
            tag="indicators-basic",
            hours="12",
            valid_months="24",
            pass_mark="60",
            aims="Sees the signs and does no harm",
        )
        session = added(
            vera,
            f"/coordination/course-sessions/add/?of={ref_of(course)}",
            from_on=TODAY,
            until_on=TODAY,
            places="12",
            status="planned",
        )

        case = f"/case/{stories.contact(cast.NEWCOMER)}/"
        before = screened(dragan, case)
        place = session.replace(vera.site, "")
        taken = stepped(dragan, place, "take-place")

        vera.page.goto(session)
        vera.page.click("main tbody a >> nth=0")
        attendance = vera.page.url
        early = stepped(vera, attendance, "certify")
        vera.page.goto(f"{attendance}change/")
        vera.pick("status", "attended")
        vera.pick("profession", "border_guard")
        vera.write("before", "40")
        vera.write("after", "85")
        vera.write("why", "He was there and answered")
        vera.send()
        vera.page.goto(f"{session}change/")
        vera.pick("status", "held")
        vera.write("why", "It was held")
        vera.send()
        given = stepped(vera, attendance, "certify")

        after = screened(dragan, case)
        dragan.page.goto("/coordination/certificates/")
        dragan.readable()
        dragan.page.click("main tbody a >> nth=0")
        certificate = dragan.page.url
        hers = dragan.said()

        assert "training that is not on record" in before and "You have a place" in taken
        assert "there throughout" in early and "The certificate is given" in given
        assert "The screening is saved" in after
        assert "Signs, for newcomers" in hers and "Take this certificate back" not in hers

        stepped(vera, certificate.replace(dragan.site, ""), "withdraw")
        assert "training that is not on record" in screened(dragan, case)
        dragan.page.goto("/contact/")
        dragan.choose("route=own_detection")
        dragan.pick("channel", "in_person")
        dragan.send()
        assert "has run out" in dragan.said()
