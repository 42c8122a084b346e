"""The pages of the register: list, filter, export, add, change with a reason, remove."""

import io
import re
from typing import Any
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import RegisterEntry
from tests import cast
from tests.database import signed_in
from tests.web.browsing import browser, fields_of, sent

LIST = "/coordination/organisations/"
ADD = f"{LIST}add/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def added(name: str, **more: Any) -> str:
    """Add an organisation on its page and return the address of its page."""
    typed = {"name": name, "kind": "ngo", "jurisdiction": "MK", **more}
    answer = sent(browser(cast.CO_ORDINATOR), ADD, **typed)
    assert answer.status_code == 302, text(answer)
    return str(answer["Location"])


class TestTheList:
    def test_filters_by_kind_and_role_and_finds_words(self) -> None:
        added("Lantern Street", roles=["SH"])
        added("Court of Meadow", kind="court")
        client = browser(cast.CASE_MANAGER)

        courts = text(client.get(LIST, {"kind": "court"}))
        shelters = text(client.get(LIST, {"roles": "SH", "text": "lantern"}))

        assert "Court of Meadow" in courts and "Lantern Street" not in courts
        assert "Lantern Street" in shelters and "Court of Meadow" not in shelters

    def test_takes_anything_odd_in_the_address_as_not_asked(self) -> None:
        odd = {"kind": "dragon", "sort": "password", "page": "-7", "text": "\x00", "as": "exe"}

        assert browser(cast.CASE_MANAGER).get(LIST, odd).status_code == 200

    def test_sorts_both_ways(self) -> None:
        added("Aaa first of all")
        added("Zzz last of all")
        client = browser(cast.CASE_MANAGER)

        up, down = (text(client.get(LIST, {"sort": way})) for way in ("name", "-name"))

        assert up.index("Aaa first") < up.index("Zzz last")
        assert down.index("Zzz last") < down.index("Aaa first")

    def test_is_sent_as_csv_and_workbook_with_nothing_that_runs(self) -> None:
        added("=SUM(A1)", areas="North, South")
        client = browser(cast.CASE_MANAGER)

        csv = text(client.get(LIST, {"as": "csv", "text": "SUM"}))
        book = client.get(LIST, {"as": "xlsx", "text": "SUM"}).content
        rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()

        assert '"\'=SUM(A1)"' in csv
        assert rows[1][0] == "=SUM(A1)" and rows[1][3] == "North, South"

    @pytest.mark.parametrize("who", [cast.IMMIGRATION_OFFICER, cast.MIGRATION_OFFICER])
    def test_is_not_there_for_who_may_not_read_it(self, who: cast.Member) -> None:
        client = browser(who)

        assert client.get(LIST).status_code == 404
        assert client.get("/coordination/").status_code == 404
        assert "Co-ordination" not in text(client.get("/"))


class TestAnEntry:
    def test_is_added_changed_with_a_reason_and_shows_its_history(self) -> None:
        client = browser(cast.CO_ORDINATOR)
        page = added("Green Lantern House", languages="mk, sq")

        without = sent(client, f"{page}change/", phone="+38920000001")
        answer = sent(client, f"{page}change/", phone="+38920000001", why="They moved")

        shown = text(client.get(page))
        assert without.status_code == 422 and answer.status_code == 302
        assert "They moved" in shown and "+38920000001" in shown
        assert "Telephone: was nothing, is +38920000001" in shown
        assert "Macedonian, Albanian" in shown

    def test_takes_no_language_that_is_none(self) -> None:
        typed = {"name": "Odd", "kind": "ngo", "jurisdiction": "MK", "languages": "mk, zzz9"}

        answer = sent(browser(cast.CO_ORDINATOR), ADD, **typed)

        assert answer.status_code == 422 and "zzz9 names no language" in text(answer)

    def test_of_a_safe_place_takes_no_address(self) -> None:
        typed = {"name": "Quiet", "kind": "ngo", "jurisdiction": "MK", "is_safe_place": "on"}

        client = browser(cast.CO_ORDINATOR)
        kept = fields_of(client.get(ADD))
        answer = client.post(ADD, {**kept, **typed, "address": "Street 1"})

        assert answer.status_code == 422
        assert "A safe place has no address here" in text(answer)

    def test_is_not_saved_over_what_somebody_changed_meanwhile(self) -> None:
        client = browser(cast.CO_ORDINATOR)
        page = added("Two at once")
        old = fields_of(client.get(f"{page}change/"))
        sent(client, f"{page}change/", short_name="first", why="First")

        late = client.post(f"{page}change/", {**old, "short_name": "late", "why": "Late"})

        assert late.status_code == 409 and "changed this meanwhile" in text(late)
        assert "first" in text(client.get(page))

    def test_is_written_by_the_co_ordinator_only(self) -> None:
        page = added("Not for everybody")
        client = browser(cast.CASE_MANAGER)

        assert client.get(page).status_code == 200
        assert client.get(ADD).status_code == 404
        assert client.post(f"{page}change/", {"name": "Mine"}).status_code == 404
        assert client.post(f"{page}remove/", {"why": "No"}).status_code == 404
        assert "/change/" not in text(client.get(page))

    def test_is_removed_with_a_reason(self) -> None:
        client = browser(cast.CO_ORDINATOR)
        page = added("Here by mistake")

        kept = client.post(f"{page}remove/", {"why": " "})
        gone = client.post(f"{page}remove/", {"why": "Entered twice"})

        assert (kept.status_code, gone.status_code) == (422, 302)
        assert client.get(page).status_code == 404


class TestAContactPoint:
    def test_is_kept_by_its_own_organisation(self) -> None:
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            ours, theirs = (
                RegisterEntry.objects.get_or_create(
                    member_id=house.organisation,
                    defaults={"name": f"{house.name} here", "kind": "ngo", "jurisdiction": "MK"},
                )[0]
                for house in (cast.GREEN_DOOR, cast.CALL_LINE)
            )
        client = browser(cast.CASE_MANAGER)
        typed = {
            "purpose": "general",
            "name": "Desk",
            "from_on-day": "1",
            "from_on-month": "1",
            "from_on-year": "2026",
        }

        own = sent(client, "/coordination/contacts/add/", entry=ours.pk, **typed)
        others = sent(client, "/coordination/contacts/add/", entry=theirs.pk, **typed)

        assert own.status_code == 302
        assert others.status_code == 422 and "own organisation" in text(others)


class TestTheHistoryOfAList:
    def test_still_tells_what_was_removed_and_why(self) -> None:
        client, name = browser(cast.CO_ORDINATOR), f"Gone {uuid4().hex[:8]}"
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            row = RegisterEntry.objects.create(name=name, kind="ngo", jurisdiction="MK")
        sent(client, f"/coordination/organisations/{row.ref}/remove/", why="It closed")

        page = client.get("/coordination/organisations/history/").content.decode()

        assert name in page and "Why: It closed" in page and "removed" in page
        assert f"/coordination/organisations/{row.ref}/" not in page

    def test_goes_on_page_by_page(self) -> None:
        client = browser(cast.CO_ORDINATOR)

        first = client.get("/coordination/commitments/history/").content.decode()
        (before,) = set(re.findall(r'\?before=(\d+)"', first))
        second = client.get("/coordination/commitments/history/", {"before": before})

        assert first.count("The operator") == 50
        assert second.status_code == 200 and "The operator" in second.content.decode()
        odd = client.get("/coordination/commitments/history/", {"before": "x" * 30})
        assert odd.status_code == 200
