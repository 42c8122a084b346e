"""Turns a file for a word processor round for scripts that run from right to left."""

from __future__ import annotations

import unicodedata
from typing import Any

from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

RUNS_RIGHT, RUNS_LEFT = frozenset({"R", "AL"}), frozenset({"L"})
# Unicode UAX 9: what stands between takes its direction from its own first letter.
ISOLATE, END = "\u2068", "\u2069"
# What may come after the mark inside its parent; the format asks for an order.
AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)
AFTER_RTL = ("w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath")
AFTER_VISUAL = (
    "w:tblStyleRowBandSize",
    "w:tblStyleColBandSize",
    "w:tblW",
    "w:jc",
    "w:tblCellSpacing",
    "w:tblInd",
    "w:tblBorders",
    "w:shd",
    "w:tblLayout",
    "w:tblCellMar",
    "w:tblLook",
    "w:tblCaption",
    "w:tblDescription",
)


def turn_round(file: WordFile) -> None:
    """Let paragraphs and tables begin at the right; a run in another script keeps its own way."""
    for section in file.sections:
        for part in (file.element.body, section.footer._element):
            _turn(part)


def _turn(part: Any) -> None:
    for paragraph in part.iter(qn("w:p")):
        _mark(paragraph.get_or_add_pPr(), "w:bidi", AFTER_BIDI)
        _turn_text(paragraph)
    for table in part.iter(qn("w:tbl")):
        _mark(table.tblPr, "w:bidiVisual", AFTER_VISUAL)


def _turn_text(paragraph: Any) -> None:
    """Mark the runs, or set a text in another script apart, its full stop and its order kept."""
    texts = list(paragraph.iter(qn("w:t")))
    if is_left_to_right(_words(paragraph)):
        texts[0].text = f"{ISOLATE}{texts[0].text}"
        texts[-1].text = f"{texts[-1].text}{END}"
        return
    for run in paragraph.iter(qn("w:r")):
        if not is_left_to_right(_words(run)):
            _mark(run.get_or_add_rPr(), "w:rtl", AFTER_RTL)


def _words(part: Any) -> str:
    return "".join(text.text or "" for text in part.iter(qn("w:t")))


def is_left_to_right(text: str) -> bool:
    """Tell whether the first letter with a direction runs from left to right (UAX 9, P2)."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in RUNS_LEFT | RUNS_RIGHT:
            return way in RUNS_LEFT
    return False


def _mark(properties: Any, name: str, after: tuple[str, ...]) -> None:
    if properties.find(qn(name)) is None:
        properties.insert_element_before(OxmlElement(name), *after)
