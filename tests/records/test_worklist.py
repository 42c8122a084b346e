"""The list of cases: sorted, paged, counted, and no more than what is open."""

import pytest

from opennrm.records import queries
from opennrm.records.queries.worklist import PAGE_SIZE
from tests import cast, stories
from tests.database import NOW, signed_in

BORDER = cast.BORDER_OFFICER


@pytest.fixture(scope="module")
def many() -> list[object]:
    return [stories.contact(BORDER) for _ in range(PAGE_SIZE + 3)]


class TestTheWorklist:
    """What a worker finds when she signs in."""

    def test_pages_without_losing_or_repeating_a_case(self, many):
        first = queries.worklist(signed_in(BORDER), at=NOW, sort="reference")
        second = queries.worklist(signed_in(BORDER), at=NOW, sort="reference", page=2)

        shown = [row.case_ref for row in (*first.rows, *second.rows)]
        assert first.pages == 2
        assert len(first.rows) == PAGE_SIZE
        assert sorted(map(str, shown)) == sorted(map(str, many))

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

    def test_counts_every_view(self, many):
        counts = queries.worklist(signed_in(BORDER), at=NOW).counts

        assert counts["all"] >= len(many)
        assert counts["offered"] == 0

    def test_shows_a_colleague_of_another_organisation_nothing(self, many):
        rows = queries.worklist(signed_in(cast.IMMIGRATION_OFFICER), at=NOW)

        assert rows.total == 0
