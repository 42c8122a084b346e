"""Reads the build of a workbook with a streaming parser: sheets, their extent, their formulas.

The values are read later by python-calamine. This first look finds what that reader does not
tell (formulas) and what it must not meet (a sheet that claims millions of rows), and refuses any
part that declares a document type, so that no entity is ever expanded.
"""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from opennrm.exchange.htcds.archive import BOMB, DAMAGED, pieces
from opennrm.exchange.htcds.refusals import WorkbookRefused

MAX_ROWS = 150_000
MAX_COLUMNS = 120
MAX_MEMBERS = 2_000_000
MAX_WRITTEN = 100_000_000
MAX_FORMULAS = 100_000
MAX_AREA = 12_000_000
MAX_SHEETS = 60
PROMISES = ("count", "uniqueCount")
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ENTITIES = "The workbook declares a document type, which no workbook needs. It was not opened."
FORMULAS = "The workbook is full of formulas. Paste its cells as values, save and import again."
SPREAD = "The sheets of the workbook reach too far together. Keep only the sheet of cases."

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

    sheets: list[Sheet] = field(default_factory=list)
    from_1904: bool = False


def read_anatomy(archive: zipfile.ZipFile) -> Anatomy:
    """Return the sheets of a workbook with their extent and formulas.

    :raises WorkbookRefused: when a part is malformed, declares a document type, or would grow
        beyond measure when it is read.
    """
    relations, strings = _Relations(), _Strings()
    _watch(archive, "xl/_rels/workbook.xml.rels", relations)
    book = _Book(relations.targets)
    _watch(archive, "xl/workbook.xml", book)
    for part, watcher in (("xl/sharedStrings.xml", strings), ("xl/styles.xml", _Watcher())):
        if part in archive.namelist():
            _watch(archive, part, watcher)
    known = {sheet.part for sheet in book.anatomy.sheets}
    strays = [Sheet(part, part) for part in archive.namelist() if _is_stray(part, known)]
    _measure_all(archive, [*book.anatomy.sheets, *strays], strings.lengths)
    return book.anatomy


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


def _measure_all(archive: zipfile.ZipFile, sheets: list[Sheet], lengths: list[int]) -> None:
    written, area = 0, 0
    if len(sheets) > MAX_SHEETS or len({sheet.part for sheet in sheets}) < len(sheets):
        raise WorkbookRefused(SPREAD)
    for sheet in sheets:
        if sheet.part in archive.namelist():
            measure = _Measure(sheet, lengths, written)
            _watch(archive, sheet.part, measure)
            written, area = measure.written, area + sheet.rows * sheet.columns
        if area > MAX_AREA:
            raise WorkbookRefused(SPREAD)


def _is_stray(part: str, known: set[str]) -> bool:
    """Tell whether a part holds cells although no sheet seems to use it."""
    return part.lower().startswith("xl/worksheets/sheet") and part not in known


class _Watcher:
    """Follows the elements of one part; by itself it notes nothing."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Meet the start of an element."""

    def text(self, piece: str) -> None:
        """Meet a piece of text."""


class _Relations(_Watcher):
    """Notes which part each relation of the workbook leads to."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            joined = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            self.targets[attributes.get("Id", "")] = posixpath.normpath(joined)


class _Book(_Watcher):
    """Notes the sheets of the workbook and its calendar."""

    def __init__(self, targets: dict[str, str]) -> None:
        self.targets = targets
        self.anatomy = Anatomy()

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            self.anatomy.from_1904 = attributes.get("date1904", "") in ("1", "true")
        if tag == "sheet":
            part = self.targets.get(_local(attributes, "id"), "")
            self.anatomy.sheets.append(Sheet(attributes.get("name", ""), part))


class _Strings(_Watcher):
    """Notes how long each shared text is."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "si":
            self.lengths.append(0)

    def text(self, piece: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(piece)


class _Measure(_Watcher):
    """Follows the cells of one sheet and notes its extent, formulas and errors.

    It also adds up the shared texts that the cells point at: a long text that thousands of cells
    share is small in the file and grows beyond measure when it is read.
    """

    def __init__(self, sheet: Sheet, lengths: list[int], written: int) -> None:
        self.sheet, self.lengths, self.written = sheet, lengths, written
        self.row, self.column = 0, 0
        self.shared, self.in_value = False, False
        self.steps = {
            "row": self.enter_row,
            "c": self.enter_cell,
            "f": self.note_formula,
            "dimension": self.note_extent,
        }

    def start(self, tag: str, attributes: Attributes) -> None:
        self.in_value = tag == "v"
        step = self.steps.get(tag)
        if step:
            step(attributes)
            if self.sheet.is_too_large:
                raise WorkbookRefused(_too_large(self.sheet))

    def text(self, piece: str) -> None:
        if self.shared and self.in_value and not piece.isspace():
            place = int(piece)
            self.written += self.lengths[place] if 0 <= place < len(self.lengths) else 0
            if self.written > MAX_WRITTEN:
                raise WorkbookRefused(BOMB)

    def enter_row(self, attributes: Attributes) -> None:
        self.row, self.column = _row(attributes, self.row + 1), 0
        self.sheet.rows = max(self.sheet.rows, self.row)

    def enter_cell(self, attributes: Attributes) -> None:
        otherwise = (self.row, self.column + 1)
        self.row, self.column = _cell(attributes.get("r", ""), otherwise)
        self.shared = attributes.get("t") == "s"
        _reach(self.sheet, (self.row, self.column))
        if attributes.get("t") == "e":
            self.sheet.errors.add((self.row, self.column))

    def note_formula(self, _: Attributes) -> None:
        self.sheet.formulas.add((self.row, self.column))
        if len(self.sheet.formulas) > MAX_FORMULAS:
            raise WorkbookRefused(FORMULAS)

    def note_extent(self, attributes: Attributes) -> None:
        for corner in attributes.get("ref", "").split(":"):
            _reach(self.sheet, _cell(corner, (0, 0)))


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


def _watch(archive: zipfile.ZipFile, part: str, watcher: _Watcher) -> None:
    def checked(tag: str, attributes: Attributes) -> None:
        _check_promises(attributes)
        watcher.start(tag.rsplit(":", maxsplit=1)[-1], attributes)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = checked
    parser.CharacterDataHandler = watcher.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        for piece in pieces(archive, part):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise WorkbookRefused(DAMAGED) from problem


def _check_promises(attributes: Attributes) -> None:
    """Refuse a list that promises more members than any has: readers make room for them."""
    for name in PROMISES:
        promised = attributes.get(name)
        if promised is not None and (not promised.isdecimal() or int(promised) > MAX_MEMBERS):
            raise WorkbookRefused(DAMAGED)


def _refuse_document_type(*_: object) -> None:
    raise WorkbookRefused(ENTITIES)
