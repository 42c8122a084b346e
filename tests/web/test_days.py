"""Days and hours are those of the place where the reader works; an excluded end is not a day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from opennrm.web import words
from opennrm.web.forms.act import Place
from opennrm.web.forms.days import DayField
from tests import cast, stories
from tests.database import NOW, signed_in
from tests.web.browsing import browser

AFTER_MIDNIGHT = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)  # 5 March, 00:30 in Skopje


class TestADay:
    """As the pages write it."""

    @pytest.mark.parametrize(
        ("zone", "end"),
        [
            ("Europe/London", datetime(2026, 3, 6, tzinfo=UTC)),
            ("Europe/Skopje", datetime(2026, 3, 5, 23, tzinfo=UTC)),
        ],
    )
    def test_that_ends_something_is_the_last_that_counts(self, zone: str, end: datetime):
        with timezone.override(ZoneInfo(zone)):
            assert words.last_day(end) == "5 March 2026"

    def test_that_ends_an_agreement_is_the_last_that_counts(self):
        assert words.last_day(date(2026, 4, 1)) == "31 March 2026"

    def test_with_a_time_is_on_the_clock_of_the_place(self):
        with timezone.override(ZoneInfo("Europe/Skopje")):
            assert words.moment(AFTER_MIDNIGHT) == "5 Mar 2026, 00:30"

    def test_is_proposed_by_forms_as_it_is_there(self):
        place = Place(viewer=signed_in(cast.POLICE_OFFICER), at=AFTER_MIDNIGHT)

        assert place.today == date(2026, 3, 5)


class TestAPage:
    """Made for someone at work."""

    def test_stands_on_the_clock_of_the_viewer(self):
        case_ref = stories.contact(cast.POLICE_OFFICER)
        here = NOW.astimezone(ZoneInfo("Europe/Skopje"))

        page = browser(cast.POLICE_OFFICER).get(f"/case/{case_ref}/").content.decode()

        assert f"{here:%H:%M}, " in page
        assert timezone.get_current_timezone_name() == "UTC"


class TestADayFarOff:
    """A slip of the year is told in the form; nothing is lost, and no term is counted from it."""

    @pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
    def test_is_refused_with_the_years_that_count(self, year: str):
        with pytest.raises(ValidationError, match="between 1900 and 2199"):
            DayField().clean(("31", "12", year))

    @pytest.mark.parametrize("year", ["1900", "2199"])
    def test_is_taken_at_the_edges(self, year: str):
        assert DayField().clean(("31", "12", year)) == date(int(year), 12, 31)


class TestADayWithTooManyDigits:
    """Twenty digits, and more than Python reads as a number at all."""

    @pytest.mark.parametrize("digits", ["9" * 20, "9" * 5_000])
    @pytest.mark.parametrize("box", [0, 1])
    def test_is_refused_in_words(self, digits: str, box: int):
        typed = ["3", "3", "2026"]
        typed[box] = digits

        with pytest.raises(ValidationError, match="real date"):
            DayField().clean(tuple(typed))
