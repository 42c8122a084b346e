"""Reads the build of a workbook with a streaming parser: sheets, their extent, their formulas.

The values are read later by python-calamine. This first look finds what that reader does not
tell (formulas) and what it must not meet (a sheet that claims millions of rows), and refuses any
part that declares a document type, so that no entity is ever expanded.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from opennrm.exchange.htcds.archive import DAMAGED, pieces
from opennrm.exchange.htcds.refusals import WorkbookRefused

MAX_ROWS = 50_000
MAX_COLUMNS = 120
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ENTITIES = "The workbook declares a document type, which no workbook needs. It was not opened."

Attributes = dict[str, str]


@dataclass
class Sheet:
    """One sheet: its name, how far it reaches, and cells that hold a formula or an error."""

    name: str
    part: str
    rows: int = 0
    columns: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)

    @property
    def is_too_large(self) -> bool:
        """Tell whether the sheet reaches beyond what is read."""
        return self.rows > MAX_ROWS or self.columns > MAX_COLUMNS


@dataclass
class Anatomy:
    """The build of a workbook: its sheets and whether its days count from 1904."""

    sheets: list[Sheet]
    from_1904: bool


def read_anatomy(archive: zipfile.ZipFile) -> Anatomy:
    """Return the sheets of a workbook with their extent and formulas.

    :raises WorkbookRefused: when a part is malformed or declares a document type.
    """
    targets = _targets(archive)
    sheets: list[Sheet] = []
    from_1904 = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal from_1904
        if tag == "workbookPr":
            from_1904 = attributes.get("date1904", "") in ("1", "true")
        if tag == "sheet":
            part = targets.get(_local(attributes, "id"), "")
            sheets.append(Sheet(attributes.get("name", ""), part))

    _parse(archive, "xl/workbook.xml", start)
    known = {sheet.part for sheet in sheets}
    strays = [Sheet(part, part) for part in archive.namelist() if _is_stray(part, known)]
    for sheet in (*sheets, *strays):
        _measure(archive, sheet)
    for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
        if part in archive.namelist():
            _parse(archive, part, lambda tag, attributes: None)
    return Anatomy(sheets, from_1904)


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 1.

    >>> column_number("A"), column_number("AM")
    (1, 39)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 1.

    >>> column_letters(1), column_letters(39)
    ('A', 'AM')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _is_stray(part: str, known: set[str]) -> bool:
    """Tell whether a part holds cells although no sheet seems to use it."""
    return part.lower().startswith("xl/worksheets/sheet") and part not in known


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            joined = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[attributes.get("Id", "")] = posixpath.normpath(joined)

    _parse(archive, "xl/_rels/workbook.xml.rels", start)
    return found


class _Measure:
    """Follows the cells of one sheet and notes its extent, formulas and errors."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.row, self.column = 0, 0
        self.steps = {
            "row": self.enter_row,
            "c": self.enter_cell,
            "f": self.note_formula,
            "dimension": self.note_extent,
        }

    def start(self, tag: str, attributes: Attributes) -> None:
        step = self.steps.get(tag)
        if step:
            step(attributes)
            if self.sheet.is_too_large:
                raise WorkbookRefused(_too_large(self.sheet))

    def enter_row(self, attributes: Attributes) -> None:
        self.row, self.column = _row(attributes, self.row + 1), 0
        self.sheet.rows = max(self.sheet.rows, self.row)

    def enter_cell(self, attributes: Attributes) -> None:
        otherwise = (self.row, self.column + 1)
        self.row, self.column = _cell(attributes.get("r", ""), otherwise)
        _reach(self.sheet, (self.row, self.column))
        if attributes.get("t") == "e":
            self.sheet.errors.add((self.row, self.column))

    def note_formula(self, _: Attributes) -> None:
        self.sheet.formulas.add((self.row, self.column))

    def note_extent(self, attributes: Attributes) -> None:
        for corner in attributes.get("ref", "").split(":"):
            _reach(self.sheet, _cell(corner, (0, 0)))


def _measure(archive: zipfile.ZipFile, sheet: Sheet) -> None:
    if sheet.part in archive.namelist():
        _parse(archive, sheet.part, _Measure(sheet).start)


def _too_large(sheet: Sheet) -> str:
    return (
        f"The sheet reaches to row {sheet.rows:,} and column {column_letters(sheet.columns)}. "
        f"At most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns are read. Delete what lies beyond "
        "your data, or split the file."
    )


def _reach(sheet: Sheet, cell: tuple[int, int]) -> None:
    sheet.rows, sheet.columns = max(sheet.rows, cell[0]), max(sheet.columns, cell[1])


def _row(attributes: Attributes, otherwise: int) -> int:
    text = attributes.get("r", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else otherwise


def _cell(reference: str, otherwise: tuple[int, int]) -> tuple[int, int]:
    match = CELL.fullmatch(reference)
    return (int(match[2]), column_number(match[1])) if match else otherwise


def _local(attributes: Attributes, name: str) -> str:
    prefixed = (value for key, value in attributes.items() if key.endswith(f":{name}"))
    return next(prefixed, "")


def _parse(archive: zipfile.ZipFile, part: str, start: Callable[[str, Attributes], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: start(tag.split(":")[-1], attributes)
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        for piece in pieces(archive, part):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as problem:
        raise WorkbookRefused(DAMAGED) from problem


def _refuse_document_type(*_: object) -> None:
    raise WorkbookRefused(ENTITIES)
