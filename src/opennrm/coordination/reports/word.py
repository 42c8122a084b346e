"""Writes a report for a word processor: headings, contents, tables, charts, footnotes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from django.utils.translation import gettext
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from opennrm.coordination.reports.document import Block, Document, Grid, Items, Words
from opennrm.coordination.reports.paper import picture_of

CHART_WIDTH = Cm(15)


def word_file_of(document: Document) -> bytes:
    """Write the file; footnotes stand at its end, marked in the text by their numbers."""
    file: WordFile = docx.Document()
    _describe(file, document)
    file.add_heading(document.title, 0)
    file.add_paragraph(document.body)
    if document.is_draft:
        file.add_paragraph(gettext("Draft: not approved yet."), style="Intense Quote")
    file.add_heading(gettext("Contents"), 1)
    _contents(file, document)
    numbers = iter(range(1, len(document.notes()) + 1))
    for chapter in document.chapters:
        file.add_heading(chapter.title, 1).paragraph_format.page_break_before = True
        for section in chapter.sections:
            if section.title:
                file.add_heading(section.title, 2)
            for block in section.blocks:
                _block(file, block, numbers)
    _notes(file, document)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _describe(file: WordFile, document: Document) -> None:
    file.core_properties.title = document.title
    file.core_properties.author = document.body
    file.core_properties.language = document.language
    file.core_properties.comments = ""


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
        file.add_picture(BytesIO(picture_of(block.chart)), width=CHART_WIDTH)
    file.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    table = file.add_table(rows=1, cols=max(1, len(block.head)), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, block.head, strict=False):
        cell.text = head
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
