"""The page of figures and its two forms of output."""

import csv
import io
from datetime import UTC, datetime

import pytest

from opennrm.rapporteur.importing import import_ctdc
from opennrm.rapporteur.releases import Request
from opennrm.rapporteur.sources import dimensions_of, period_of, source
from opennrm.rapporteur.table_csv import safe, table_csv
from opennrm.rapporteur.table_html import table_html
from opennrm.rapporteur.table_page import Asked, table_page_model
from tests.rapporteur.invented import KANON_HEADER, KANON_ROWS, written
from tests.rapporteur.through_the_desk import published

AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def data_set(statistics, tmp_path):
    """A public data set of invented rows, with one rare kind of person."""
    rows = [
        row for row, count in zip(KANON_ROWS, (60, 50, 30, 3), strict=True) for _ in range(count)
    ]
    path = written(tmp_path / "=public.csv", KANON_HEADER, rows)
    return str(import_ctdc(path, connection=statistics, at=AT).data_set)


def shown_on_page(statistics, data_set, **asked):
    return table_page_model(Asked(source=data_set, **asked), connection=statistics)


class TestTablePageModel:
    """Choices, and one table."""

    def test_offers_the_sources_tables_and_years_there_are(self, statistics, data_set):
        page = shown_on_page(statistics, data_set)

        assert [one.key for one in page.sources if one.chosen] == [data_set]
        assert "year_by_status" not in [one.key for one in page.tables]
        assert (page.possible.from_year, page.possible.until_year) == (2016, 2017)

    def test_shows_a_protected_table_of_a_public_data_set(self, statistics, data_set):
        result = shown_on_page(statistics, data_set, table="form_by_sex").result

        figures = {row.headings[0]: row.persons for row in result.rows}
        assert figures["Total"][0] == 143
        assert figures["Sexual exploitation"][0] == 90
        assert figures["Not known"][0] is None
        assert not result.is_released

    def test_keeps_the_years_within_what_there_is(self, statistics, data_set):
        page = shown_on_page(statistics, data_set, from_year=1800, until_year=2016)

        assert (page.period.from_year, page.period.until_year) == (2016, 2016)

    def test_takes_nonsense_for_the_first_choice(self, statistics):
        page = table_page_model(Asked("no-such", "no-such", 9, 1), connection=statistics)

        assert page.sources[0].chosen
        assert page.tables[0].chosen

    def test_never_draws_figures_of_the_own_copy_for_a_page(self, statistics):
        page = table_page_model(Asked(), connection=statistics)

        # Other tests of this worker publish in the same database; only what they did may show.
        if page.result is None:
            assert "Nothing has been published yet" in page.message
        else:
            assert page.result.is_released

    def test_shows_what_was_published_of_a_public_data_set(self, statistics, data_set):
        chosen = source(statistics, data_set)
        period = period_of(statistics, chosen)
        assert dimensions_of(statistics, chosen)["form"].multiple
        request = Request(period, "Comparison", source=chosen)
        release = published(request, connection=statistics, at=AT)

        page = shown_on_page(statistics, data_set, table="form_by_sex")

        assert page.result.is_released
        assert any(release.checksum in note.words for note in page.result.notes)


class TestTableHtml:
    """Read by everyone, screen readers included."""

    def test_has_caption_and_scoped_headings(self, statistics, data_set):
        html = table_html(shown_on_page(statistics, data_set).result)

        assert "<caption" in html
        assert 'scope="col"' in html
        assert 'scope="row"' in html
        assert 'scope="colgroup"' in html

    def test_says_suppressed_in_words(self, statistics, data_set):
        html = table_html(shown_on_page(statistics, data_set).result)

        assert '<span class="govuk-visually-hidden">suppressed</span>' in html

    def test_prints_method_base_terms_and_other_breakdowns(self, statistics, data_set):
        html = table_html(shown_on_page(statistics, data_set, table="form_by_sex").result)

        for words in (
            "Method",
            "Base",
            "Terms of use",
            "never to be read as zero",
            "non-commercial",
        ):
            assert words in html
        assert "age: see Persons by age group and sex" in html

    def test_escapes_what_a_file_name_says(self, statistics, tmp_path):
        path = written(tmp_path / "<b>x.csv", KANON_HEADER, KANON_ROWS * 20)
        key = str(import_ctdc(path, connection=statistics, at=AT).data_set)

        assert "<b>x" not in table_html(shown_on_page(statistics, key).result)


class TestTableCsv:
    """Opened in a spreadsheet without harm."""

    def test_has_one_line_for_each_cell(self, statistics, data_set):
        result = shown_on_page(statistics, data_set, table="form_by_sex").result
        lines = list(csv.reader(io.StringIO(table_csv(result).removeprefix("\ufeff"))))

        assert lines[0][:3] == ["Form of exploitation", "Sex", "Persons"]
        assert lines[1] == ["Total", "Total", "143", "100.0", ""]
        assert ["Not known", "Total", "[c]", "", ""] in lines

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\uff1d1"])
    def test_disarms_formulas(self, text):
        assert safe(text).startswith("'")

    def test_leaves_plain_words_alone(self):
        assert safe("Persons") == "Persons"
