"""Writes a report for a word processor: headings, contents, tables, charts, footnotes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from django.utils.translation import gettext
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor

from opennrm.coordination.reports.document import Block, Document, Grid, Items, Words
from opennrm.coordination.reports.html_page import RIGHT_TO_LEFT, period_of
from opennrm.coordination.reports.paper import picture_of
from opennrm.coordination.reports.right_to_left import turn_round

CHART_WIDTH = Cm(15)
INK = RGBColor(0x0B, 0x0C, 0x0C)


def word_file_of(document: Document) -> bytes:
    """Write the file; footnotes stand at its end, marked in the text by their numbers."""
    file: WordFile = docx.Document()
    _describe(file, document)
    file.add_heading(document.title, 0)
    file.add_paragraph(document.body)
    file.add_paragraph(period_of(document))
    if document.is_draft:
        file.add_paragraph(gettext("Draft: not approved yet."), style="Intense Quote")
    if not document.runs_on:
        file.add_heading(gettext("Contents"), 1)
        _contents(file, document)
    numbers = iter(range(1, len(document.notes()) + 1))
    for chapter in document.chapters:
        heading = file.add_heading(chapter.title, 1)
        heading.paragraph_format.page_break_before = not document.runs_on
        for section in chapter.sections:
            if section.title:
                file.add_heading(section.title, 2)
            for block in section.blocks:
                _block(file, block, numbers)
    _notes(file, document)
    _page_numbers(file)
    if document.language in RIGHT_TO_LEFT:
        turn_round(file)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _describe(file: WordFile, document: Document) -> None:
    file.core_properties.title = document.title
    file.core_properties.author = document.body
    file.core_properties.language = document.language
    file.core_properties.comments = ""
    for name in ("Caption", "Intense Quote"):
        file.styles[name].font.color.rgb = INK
    spoken = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for side in ("w:bidi",) if document.language in RIGHT_TO_LEFT else ("w:val",):
        spoken.set(qn(side), document.language)


def _page_numbers(file: WordFile) -> None:
    """Number the pages at their foot."""
    paragraph = file.sections[0].footer.paragraphs[0]
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        _field(paragraph.add_run(), kind, text)


def _contents(file: WordFile, document: Document) -> None:
    """List the chapters, in a field that the word processor can renew with page numbers."""
    paragraph = file.add_paragraph()
    parts: tuple[tuple[str, str], ...] = (
        ("begin", ""),
        ("", r'TOC \o "1-2" \h'),
        ("separate", ""),
    )
    for kind, text in parts:
        _field(paragraph.add_run(), kind, text)
    for chapter in document.chapters:
        paragraph.add_run(chapter.title).add_break()
    _field(paragraph.add_run(), "end", "")


def _field(run: Any, kind: str, text: str) -> None:
    if kind:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
    else:
        mark = OxmlElement("w:instrText")
        mark.set(qn("xml:space"), "preserve")
        mark.text = text
    run._r.append(mark)


def _block(file: WordFile, block: Block, numbers: Any) -> None:
    if isinstance(block, Grid):
        _grid(file, block)
    elif isinstance(block, Items):
        for item in block.items:
            _runs(file.add_paragraph(style="List Bullet"), item, numbers)
    else:
        _runs(file.add_paragraph(), block.runs, numbers)


def _runs(paragraph: Any, runs: tuple[Words, ...], numbers: Any) -> None:
    for run in runs:
        paragraph.add_run(run.text)
        if run.note:
            paragraph.add_run(str(next(numbers))).font.superscript = True


def _grid(file: WordFile, block: Grid) -> None:
    if block.chart:
        picture: Any = file.add_picture(BytesIO(picture_of(block.chart)), width=CHART_WIDTH)
        picture._inline.docPr.set("descr", block.caption)
    file.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    table = file.add_table(rows=1, cols=max(1, len(block.head)), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, block.head, strict=False):
        font = cell.paragraphs[0].add_run(head).font
        font.bold = font.cs_bold = True
    _repeat(table.rows[0])
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
    for note in block.notes:
        file.add_paragraph(note)


def _repeat(row: Any) -> None:
    """Mark a row as the head of its table, said again on each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _notes(file: WordFile, document: Document) -> None:
    notes = document.notes()
    if notes:
        file.add_heading(gettext("Footnotes"), 1)
    for number, text in enumerate(notes, 1):
        paragraph = file.add_paragraph()
        paragraph.add_run(str(number)).font.superscript = True
        paragraph.add_run(f" {text}")
