"""Rows of another system become cases in a real browser, and go again, on phone and desk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import cast
from tests.journeys import live
from tests.journeys.arriving import Colleague
from tests.records.test_imports import CHOSEN, people, sheet

Arriving = Callable[..., Colleague]


class TestAnImport:
    @pytest.mark.parametrize("look", live.PHONE_LOOKS)
    def test_can_be_made_and_undone_by_everyone(
        self, arriving: Arriving, tmp_path: Path, look: str
    ) -> None:
        file = tmp_path / "rows.xlsx"
        bad = ("Popravka", "Kovač", "32/13/1999", "MD", "Forced labour")
        file.write_bytes(sheet(*people(2, f"Putnica{look}"), bad))
        clerk = arriving(cast.POLICE_COLLEAGUE, viewport=getattr(live, look))
        page: Any = clerk.page

        page.goto("/imports/")
        clerk.readable()
        page.set_input_files("input[name=file]", str(file))
        page.click("main button:has-text('Look at this file')")
        clerk.readable()
        for number, name in enumerate(CHOSEN, 1):
            page.select_option(f"select[name=column-{number}]", name)
        page.click("main button:has-text('Check the rows')")
        page.wait_for_selector("text=2 rows can be recorded.")  # it goes on by itself
        clerk.readable()
        page.fill("input[name=cell-3]", "1999-12-31")
        page.click("main button:has-text('Check this row anew')")
        page.wait_for_selector("text=3 rows can be recorded.")
        page.click("main button:has-text('Record the good rows')")
        page.wait_for_selector("text=3 cases are recorded.")
        clerk.readable()
        page.click("main button:has-text('Take this import back')")

        page.wait_for_selector("text=3 cases were taken back.")
        clerk.readable()
