"""The list of cases: sorted, paged, counted, and no more than what is open."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from opennrm.casework.contact import PersonDescription, describe_person
from opennrm.records import queries
from opennrm.records.queries.worklist import PAGE_SIZE
from opennrm.records.reference import reference
from tests import cast, stories
from tests.database import NOW, as_administrator, signed_in

BORDER = cast.BORDER_OFFICER
SOMEBODY = PersonDescription(called="M.")


@pytest.fixture(scope="module")
def many() -> list[object]:
    return [stories.contact(BORDER) for _ in range(PAGE_SIZE + 3)]


class TestTheWorklist:
    """What a worker finds when she signs in."""

    def test_pages_without_losing_or_repeating_a_case(self, many):
        first = queries.worklist(signed_in(BORDER), at=NOW, sort="reference")
        pages = [
            queries.worklist(signed_in(BORDER), at=NOW, sort="reference", page=number + 1)
            for number in range(first.pages)
        ]

        shown = [row.case_ref for page in pages for row in page.rows]
        assert first.pages >= 2
        assert len(first.rows) == PAGE_SIZE
        assert len(shown) == len(set(shown)) == first.total
        assert set(many) <= set(shown)

    def test_finds_a_reference_by_part_of_it_in_any_case_of_letters(self, many):
        row = queries.worklist(signed_in(BORDER), at=NOW).rows[0]

        found = queries.worklist(signed_in(BORDER), at=NOW, text=row.reference.lower()[2:7])

        assert row.case_ref in [hit.case_ref for hit in found.rows]

    def test_stays_on_a_page_that_is_there(self, many):
        assert queries.worklist(signed_in(BORDER), at=NOW, page=99).page == 2

    def test_calls_a_case_new_until_it_is_looked_at(self):
        case_ref = stories.contact(BORDER)
        before = queries.worklist(signed_in(BORDER), at=NOW, view="new").total

        queries.case_page(signed_in(BORDER), case_ref, at=NOW)

        assert queries.worklist(signed_in(BORDER), at=NOW, view="new").total == before - 1

    def test_calls_a_case_new_again_when_something_has_happened_since(self):
        case_ref = stories.contact(BORDER)
        queries.case_page(signed_in(BORDER), case_ref, at=NOW)
        seen = queries.worklist(signed_in(BORDER), at=NOW, view="new").total
        later = NOW + timedelta(hours=1)

        stories.do_at(later, describe_person, BORDER, case_ref=case_ref, person=SOMEBODY)

        assert queries.worklist(signed_in(BORDER), at=NOW, view="new").total == seen + 1

    def test_shows_as_due_today_what_is_due_by_the_end_of_today(self):
        case_ref = stories.contact(BORDER)
        zone = ZoneInfo("Europe/Skopje")
        midnight = datetime.combine(NOW.astimezone(zone).date(), time.min, zone) + timedelta(
            days=1
        )
        with as_administrator() as connection:
            connection.execute(
                "UPDATE nrm.worklist SET next_due_at = %s WHERE case_ref = %s",
                [midnight, case_ref],
            )

        due = queries.worklist(signed_in(BORDER), at=NOW, view="due", sort="reference")

        assert any(
            case_ref in [row.case_ref for row in page.rows]
            for page in (
                queries.worklist(signed_in(BORDER), at=NOW, view="due", page=number)
                for number in range(1, due.pages + 1)
            )
        )

    def test_lists_nothing_for_letters_no_reference_has(self, many):
        assert queries.worklist(signed_in(BORDER), at=NOW, text="Мира?").total == 0

    def test_shows_a_case_once_to_who_holds_several_roles(self):
        case_ref = stories.contact(cast.CASE_MANAGER)
        looked_for = reference(case_ref)

        found = queries.worklist(signed_in(cast.CASE_MANAGER), at=NOW, text=looked_for)

        assert [row.case_ref for row in found.rows] == [case_ref]

    def test_counts_every_view(self, many):
        counts = queries.worklist(signed_in(BORDER), at=NOW).counts

        assert counts["all"] >= len(many)
        assert counts["offered"] == 0

    def test_shows_a_colleague_of_another_organisation_nothing(self, many):
        rows = queries.worklist(signed_in(cast.IMMIGRATION_OFFICER), at=NOW)

        assert rows.total == 0
