"""A date is read when it can mean one day only, from whatever kind of cell."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from opennrm.exchange.htcds.cells import CellRefused, Setting, read_date
from opennrm.exchange.htcds.problems import Problem
from opennrm.exchange.htcds.reading import read_workbook
from tests.exchange.workbooks import person, template

DAY = date(1996, 5, 14)


class TestReadDate:
    @pytest.mark.parametrize(
        "value",
        [
            DAY,
            datetime.combine(DAY, time(13, 30)),
            "1996-05-14",
            "1996-05-14T00:00:00.000+02:00",
            "14/05/1996",
            "05/14/1996",
            "14-5-1996",
            "14.05.1996",
            " 1996-05-14 ",
            35199.0,
            35199.75,
        ],
    )
    def test_reads_one_day(self, value: object) -> None:
        assert read_date(value, Setting()) == DAY

    def test_counts_days_from_1904_where_the_workbook_says_so(self) -> None:
        assert read_date(33737.0, Setting(from_1904=True)) == DAY

    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            ("04/05/1996", Problem.DATE_AMBIGUOUS),
            ("4-5-1996", Problem.DATE_AMBIGUOUS),
            ("04/05/96", Problem.NOT_A_DATE),
            ("4 May 1996", Problem.NOT_A_DATE),
            ("1996", Problem.NOT_A_DATE),
            (1996.0, Problem.NOT_A_DATE),
            (19960514.0, Problem.NOT_A_DATE),
            (-5.0, Problem.NOT_A_DATE),
            (float("nan"), Problem.NOT_A_DATE),
            (float("inf"), Problem.NOT_A_DATE),
            (True, Problem.NOT_A_DATE),
            (time(12, 0), Problem.NOT_A_DATE),
            (timedelta(days=3), Problem.NOT_A_DATE),
            ("31/02/1996", Problem.NOT_A_DATE),
            ("1996-13-01", Problem.NOT_A_DATE),
            ("1896-05-14", Problem.DATE_OUT_OF_RANGE),
            (date(2150, 1, 1), Problem.DATE_OUT_OF_RANGE),
        ],
    )
    def test_refuses_what_may_be_another_day(self, value: object, kind: Problem) -> None:
        with pytest.raises(CellRefused) as refusal:
            read_date(value, Setting())

        assert refusal.value.kind is kind

    def test_accepts_equal_day_and_month(self) -> None:
        assert read_date("05/05/1996", Setting()) == date(1996, 5, 5)

    def test_refuses_a_day_that_has_not_come(self) -> None:
        with pytest.raises(CellRefused) as refusal:
            read_date("2026-01-02", Setting(latest=date(2026, 1, 1)))

        assert refusal.value.kind is Problem.DATE_OUT_OF_RANGE


class TestDateCells:
    @pytest.mark.parametrize("from_1904", [False, True])
    @pytest.mark.parametrize("value", [datetime.combine(DAY, time()), "14/05/1996"])
    def test_are_read_in_either_calendar(self, book: Path, value: object, from_1904: bool) -> None:
        path = template(book, [person(Birthdate=value)], from_1904=from_1904)

        rows = list(read_workbook(path).rows)

        assert rows[0].case.birthdate == DAY

    def test_may_be_plain_day_numbers(self, book: Path) -> None:
        path = template(book, [person(Birthdate=33737)], from_1904=True)

        assert next(read_workbook(path).rows).case.birthdate == DAY
