"""Every list of the co-ordination can be read, exported and written by whom the table names."""

from functools import cache

import pytest
from django.test import Client

from opennrm.coordination.permissions import May, may
from opennrm.web.coordination.home import PARTS
from opennrm.web.coordination.sheets import Sheet
from tests import cast
from tests.web.browsing import browser, fields_of

SHEETS = [sheet for _area, _title, sheets in PARTS for sheet in sheets]
WRITTEN = [sheet for sheet in SHEETS if sheet.may_be_written]
NAMES = [sheet.name for sheet in SHEETS]
# Most parts are open to whoever works in the mechanism, some only to few.
READERS = (cast.CASE_MANAGER, cast.LABOUR_INSPECTOR, cast.OSCE_OFFICER, cast.RAPPORTEUR)


@cache
def client_of(who: cast.Member) -> Client:
    """Sign a person of the cast in, once for all pages."""
    return browser(who)


class TestEverySheet:
    @pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
    def test_can_be_read_narrowed_and_exported(self, sheet: Sheet) -> None:
        reader = next(one for one in READERS if may(one.actor, sheet.area, May.READ))
        client, address, listing = client_of(reader), sheet.address(""), sheet.listing
        codes = {one.name: str(next(iter(one.choices()), ("",))[0]) for one in listing.filters}
        nothing = {"text": "zzqx", "until": "1900-01-01"}

        narrowed = client.get(address, codes | nothing).content.decode()

        assert "0 entries" in narrowed or not (listing.searched or listing.finds or listing.days)
        assert listing.searched or listing.finds or listing.filters or listing.days
        assert client.get(address).status_code == 200
        assert client.get(address, {"as": "csv"})["Content-Type"].startswith("text/csv")

    @pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
    @pytest.mark.parametrize("who", [cast.CASE_MANAGER, cast.CO_ORDINATOR, cast.TRAINER])
    def test_is_closed_to_whom_its_part_is_closed(self, sheet: Sheet, who: cast.Member) -> None:
        is_open = may(who.actor, sheet.area, May.READ)

        assert (client_of(who).get(sheet.address("")).status_code == 200) == is_open

    @pytest.mark.parametrize("sheet", WRITTEN, ids=lambda sheet: sheet.name)
    @pytest.mark.parametrize("who", [cast.CO_ORDINATOR, cast.CASE_MANAGER, cast.RAPPORTEUR])
    def test_is_written_by_whom_the_table_names(self, sheet: Sheet, who: cast.Member) -> None:
        acts = (May.WRITE, May.OWN) if sheet.owner else (May.WRITE,)

        answer = client_of(who).get(sheet.address("add"))

        assert (answer.status_code == 200) == may(who.actor, sheet.area, *acts)
        if answer.status_code == 200:
            assert set(sheet.asked_fields) & set(fields_of(answer))

    @pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
    def test_sorts_by_its_own_order(self, sheet: Sheet) -> None:
        orders = {column.name for column in sheet.listing.columns if column.order}

        assert sheet.listing.order.removeprefix("-") in {"", *orders}


class TestTheCommitments:
    def test_are_shown_with_their_source(self) -> None:
        client = client_of(cast.CASE_MANAGER)

        page = client.get("/coordination/commitments/", {"text": "HFA-1"}).content.decode()
        tasks = client.get("/coordination/commitments/", {"kind": "task_of_OSCE_bodies"})

        assert "Helsinki Final Act" in page and "From Policy to Practice" in page
        assert "26 entries" in tasks.content.decode()

    def test_show_treaty_status_by_day(self) -> None:
        client = client_of(cast.CASE_MANAGER)

        asked = {"as_of": "2009-11-12", "status": "not_yet_ratified"}
        page = client.get("/coordination/treaty-status/", asked).content.decode()

        assert "7 entries" in page and "Andorra" in page and "San Marino" in page
