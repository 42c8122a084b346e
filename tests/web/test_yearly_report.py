"""The yearly report: every figure from the ledger, to read, as PDF and to edit."""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pikepdf
import pytest
from django.db import connections, transaction
from django.test import Client
from django.utils import translation

from opennrm.rapporteur.catalogue import CATALOGUE, Period
from opennrm.rapporteur.releases import Release, Request
from opennrm.rapporteur.report import MOST_DIMENSIONS, report_of
from opennrm.rapporteur.report_docx import report_docx
from opennrm.rapporteur.report_pdf import report_pdf
from tests.database import NOW
from tests.rapporteur.invented import copied, persons
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

    def test_is_read_on_a_page_where_every_table_leads_to_its_method(
        self, anyone: Client, released: Release
    ):
        page = anyone.get(f"/open-figures/{released.number}/report/").content.decode()

        assert "Parliament" in page
        assert page.count("#op-method") == page.count("<table")
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

        table = paper.tables[0]
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
