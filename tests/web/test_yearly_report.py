"""The yearly report: every figure from the ledger, to read, as PDF and to edit."""

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import pikepdf
import pytest
from django.db import connections, transaction
from django.test import Client
from django.utils import translation

from opennrm.rapporteur.catalogue import CATALOGUE, Period
from opennrm.rapporteur.indicator_page import value_of
from opennrm.rapporteur.indicators import INDICATORS
from opennrm.rapporteur.releases import Release, Request
from opennrm.rapporteur.report import MOST_DIMENSIONS, report_of
from opennrm.rapporteur.report_docx import report_docx
from opennrm.rapporteur.report_pdf import report_pdf
from tests.database import NOW
from tests.rapporteur.invented import KINDS, copied, persons
from tests.rapporteur.through_the_desk import published

YEAR = 1951
SUPPRESSED = "[c]"
# Where somebody wants to look at the report page by page, it is left in this folder.
KEEP_IN = os.environ.get("OPENNRM_KEEP_REPORTS", "")


@pytest.fixture(scope="module")
def released(_database: None) -> Iterator[Release]:
    """One release that is out; gone after the module."""
    connection = connections["statistics"]
    with copied(persons(year=YEAR)), transaction.atomic(using="statistics"):
        yield published(Request(Period(YEAR, YEAR), "Parliament"), connection=connection, at=NOW)
        transaction.set_rollback(True, using="statistics")


@contextmanager
def earlier(released: Release) -> Iterator[Release]:
    """One release of the year before, with fewer persons; gone afterwards."""
    connection = connections["statistics"]
    period = Period(YEAR - 1, YEAR - 1)
    fewer = persons(KINDS[:4], year=YEAR - 1)
    with copied(fewer), transaction.atomic(using="statistics"):
        yield published(Request(period, "Parliament"), connection=connection, at=NOW)
        transaction.set_rollback(True, using="statistics")


@pytest.fixture
def anyone() -> Client:
    """Somebody without an account."""
    return Client(headers={"host": "localhost"})


class TestTheReport:
    def test_has_each_printable_table_with_its_chart_and_says_what_is_not_measured(
        self, released: Release
    ):
        report = report_of(connections["statistics"], released.number)

        printed = {one.table.name for one in report.sections if one.table}
        assert printed == {t.name for t in CATALOGUE if len(t.dimensions) <= MOST_DIMENSIONS}
        drawn = [one.table.name for one in report.sections if one.chart]
        assert {"form_by_sex", "form_by_scope", "year_by_status"} <= set(drawn)
        hidden = [one for one in report.sections if one.table and not one.chart]
        assert all("is hidden" in one.words[0] for one in hidden)
        unmeasured = [point for one in report.sections for point in one.points]
        assert any(point.startswith("NR10 ") for point in unmeasured)
        said = " ".join(words for one in report.sections for words in one.words)
        assert "NR09" in said and "stand in the registers" in said

    def test_shows_each_indicator_beside_the_years_before_and_none_after(self, released: Release):
        with earlier(released) as before:
            report = report_of(connections["statistics"], released.number)
            then = report_of(connections["statistics"], before.number)

        (trends,) = (one.trends for one in report.sections if one.trends)
        assert [one.title for one in trends.columns] == [str(YEAR - 1), str(YEAR)]
        (alone,) = (one.trends for one in then.sections if one.trends)
        assert [one.number for one in alone.columns] == [before.number]
        lines = {one.key: one.trends for one in trends.indicators}
        assert {"NR03", "NR04", "NR09"}.isdisjoint(lines)
        assert all(len({line.unit for line in some}) == 1 for some in lines.values())
        nr01 = next(one for one in INDICATORS if one.key == "NR01")
        assert [line.figures for line in lines["NR01"]] == [
            (value_of(measure, before), value_of(measure, released)) for measure in nr01.measures
        ]
        assert lines["NR01"][0].figures[1] == "205"

    def test_is_read_on_a_page_where_every_table_leads_to_its_method(
        self, anyone: Client, released: Release
    ):
        page = anyone.get(f"/open-figures/{released.number}/report/").content.decode()

        assert "Parliament" in page
        figures = page.count('<table class="govuk-table nrm-figures')
        assert figures - 1 == page.count(">How these figures were counted") >= 5
        assert len(page.encode()) < 100_000
        assert "None of them is zero" in page

    def test_is_a_tagged_pdf_with_its_language_and_title_and_no_author(
        self, anyone: Client, released: Release
    ):
        answer = anyone.get(f"/open-figures/{released.number}/report.pdf")

        kept("report_en.pdf", answer.content)
        assert answer["Content-Type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(answer.content)) as paper:
            assert paper.Root.MarkInfo.Marked
            assert str(paper.Root.Lang) == "en"
            assert "Author" not in paper.docinfo
            assert len(paper.pages) > 8

    def test_is_a_document_whose_tables_are_those_of_the_ledger(
        self, anyone: Client, released: Release
    ):
        answer = anyone.get(f"/open-figures/{released.number}/report.docx")
        kept("report_en.docx", answer.content)
        paper = docx.Document(io.BytesIO(answer.content))

        trends, table, *_others = paper.tables
        assert trends.rows[0].cells[-1].text == str(YEAR)
        total = [cell.text for cell in table.rows[1].cells]
        assert total[:2] == ["Total", "205"]
        shown = {cell.text for row in table.rows[1:] for cell in row.cells[1:]}
        assert SUPPRESSED in shown
        counts = [int(one) for one in shown if re.fullmatch(r"\d+", one)]
        assert min(counts) >= 10
        assert paper.core_properties.author == ""
        pictures = paper.element.body.findall(".//{*}docPr")
        assert len(pictures) >= 3
        assert all(one.get("descr") for one in pictures)

    def test_runs_from_right_to_left_in_a_language_that_does(self, released: Release):
        with translation.override("ar"):
            report = report_of(connections["statistics"], released.number)
            pdf, document = report_pdf(report), report_docx(report)

        kept("report_ar.pdf", pdf)
        kept("report_ar.docx", document)
        assert report.is_right_to_left
        with pikepdf.open(io.BytesIO(pdf)) as paper:
            assert str(paper.Root.Lang) == "ar"
        written = docx.Document(io.BytesIO(document))
        assert written.tables[0]._tbl.tblPr.find("{*}bidiVisual") is not None

    @pytest.mark.parametrize("place", ["report/", "report.pdf", "report.docx"])
    def test_of_no_release_is_not_there(self, anyone: Client, place: str):
        assert anyone.get(f"/open-figures/999999/{place}").status_code == 404


def kept(name: str, content: bytes) -> None:
    """Leave a report to be looked at, where somebody asked for it."""
    if KEEP_IN:
        Path(KEEP_IN, name).write_bytes(content)
