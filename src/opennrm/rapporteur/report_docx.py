"""Writes the report as a document that an office edits further."""

from __future__ import annotations

import io
from datetime import UTC
from typing import Any
from unicodedata import bidirectional

import docx
import vl_convert
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt

from opennrm.rapporteur.charts import Chart
from opennrm.rapporteur.report import Printed, Report, Section, printed
from opennrm.rapporteur.report_pdf import imprint

WIDTH, STUB = Cm(16), Cm(3.2)
SMALL = 8
SHARP = 2.0


def report_docx(report: Report) -> bytes:
    """Write a report; its properties name no person and no program."""
    paper = docx.Document()
    said, at = paper.core_properties, report.release.published_at.astimezone(UTC)
    said.author, said.comments, said.title = "", "", f"{report.title}: {report.subtitle}"
    said.language = report.language
    said.created = said.modified = at.replace(tzinfo=None)
    paper.styles["Normal"].font.size = Pt(10)
    paper.add_heading(report.title, level=0)
    paper.add_paragraph(report.subtitle)
    paper.add_paragraph(imprint(report))
    for one in report.sections:
        _section(paper, one)
    if report.is_right_to_left:
        _mirror(paper)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _section(paper: Any, one: Section) -> None:
    paper.add_heading(one.heading, level=1)
    for words in one.words:
        paper.add_paragraph(words)
    for point in one.points:
        paper.add_paragraph(point, style="List Bullet")
    if one.chart is not None:
        _picture(paper, one.chart)
    table = printed(one)
    if table is not None:
        _table(paper, table)


def _picture(paper: Any, chart: Chart) -> None:
    """Put a chart in, with the words that say what it shows."""
    png = vl_convert.svg_to_png(chart.svg, scale=SHARP)
    shape = paper.add_picture(io.BytesIO(png), width=WIDTH)
    named = shape._inline.docPr  # python-docx has no public way to say it
    named.set("descr", chart.description)
    named.set("title", chart.title)


def _table(paper: Any, table: Printed) -> None:
    drawn = paper.add_table(rows=1, cols=len(table.head), style="Light Grid Accent 1")
    for cell, words in zip(drawn.rows[0].cells, table.head, strict=True):
        cell.text = words
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    drawn.rows[0]._tr.get_or_add_trPr().append(repeated)
    for line in table.rows:
        cells = drawn.add_row().cells
        if len(line) == 1:
            cells[0].merge(cells[-1]).text = line[0]
            continue
        for place, (cell, words) in enumerate(zip(cells, line, strict=True)):
            cell.text = words
            if place >= table.stubs:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _fit(drawn, _widths(table.stubs, len(table.head)))


def _fit(drawn: Any, widths: list[int]) -> None:
    """Give each column its width, and all words in the table a small size."""
    drawn.autofit = False
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(SMALL)


def _widths(stubs: int, columns: int) -> list[int]:
    """Words need more room than figures: how wide each column is, in all as wide as the text."""
    of_figures = min(Cm(2), (WIDTH - stubs * STUB) // max(columns - stubs, 1))
    return [(WIDTH - (columns - stubs) * of_figures) // stubs] * stubs + [of_figures] * (
        columns - stubs
    )


def _mirror(paper: Any) -> None:
    """Let every paragraph and table run from right to left, and each text in its own direction."""
    inside = [
        p for table in paper.tables for row in table.rows for c in row.cells for p in c.paragraphs
    ]
    for paragraph in (*paper.paragraphs, *inside):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            run.font.rtl = any(bidirectional(one) in ("R", "AL") for one in run.text) or None
    for paragraph in inside:
        for run in paragraph.runs:
            size = OxmlElement("w:szCs")
            size.set(qn("w:val"), str(2 * SMALL))
            run._r.get_or_add_rPr().append(size)
    for table in paper.tables:
        table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
