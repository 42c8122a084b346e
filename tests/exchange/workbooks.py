"""Builds workbooks of the case data standard with invented people, good and bad."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import repeat
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
from python_calamine import CalamineWorkbook

from opennrm.exchange.htcds.anatomy import column_letters
from opennrm.exchange.htcds.standard import fields

TEMPLATE = sorted(
    (field for field in fields().values() if field.core),
    key=lambda field: (len(field.excel_column), field.excel_column),
)
HEADERS = ["", *(field.excel_header for field in TEMPLATE)]
LABELS = ["", *(field.excel_label for field in TEMPLATE)]
WRONG_HEADERS = {"prs_MailingCity": "street", "prs_MailingCountry": "city"}
AMINA = {
    "First Name": "Amina",
    "Second Name": "Kovač",
    "Consent": True,
    "Birthdate": "1996-05-14",
    "Gender": "Feminine",
    "Citizenship": "Moldova",
    "Trafficking Status": "Possible victim of trafficking",
    "Type of Exploitation": "Forced labour",
    "Status": "Active",
}


def person(**changes: object) -> dict[str, object]:
    """Return a good row by visible labels, changed by label with blanks as underscores."""
    return {**AMINA, **{key.replace("_", " "): value for key, value in changes.items()}}


def template(
    path: Path, people: Sequence[Mapping[str, object]], *, from_1904: bool = False
) -> Path:
    """Write the official layout: hidden names, visible labels, a running number, then rows."""
    rows = [[number, *_cells(entry)] for number, entry in enumerate(people, start=1)]
    return written(path, [HEADERS, LABELS, *rows], from_1904=from_1904)


def written(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    from_1904: bool = False,
    sheet: str = "Case Sheet",
) -> Path:
    """Write rows as they are; a text that begins with = becomes a formula."""
    options = {"date_1904": from_1904, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        page = workbook.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value not in ("", None):
                    page.write(number, column, value)
    return path


def changed(path: Path, edit: Callable[[str, bytes], bytes | None]) -> Path:
    """Rewrite every part of a workbook; a part whose edit is None is dropped."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = edit(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return path


def with_part(path: Path, name: str, content: bytes = b"x") -> Path:
    """Add a part to a workbook."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, content)
    return path


def official(path: Path, original: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Fill the official workbook in, as it was published, from its third row on."""
    path.write_bytes(original.read_bytes())

    def edit(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        text = content.decode()
        for number, row in enumerate(rows, 3):
            cells = "".join(map(_inline, range(len(row)), repeat(number), row))
            text = re.sub(rf'(<row r="{number}" [^>]*>).*?(</row>)', rf"\g<1>{cells}\g<2>", text)
        return text.encode()

    return changed(path, edit)


def shown(path: Path, rows: int) -> list[list[str]]:
    """Return the words of the first sheet as somebody reads them, row by row."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    found = sheet.to_python(skip_empty_area=False)[:rows]
    return [[_read_out(cell) for cell in row] for row in found]


def _inline(column: int, number: int, value: object) -> str:
    place = f"{column_letters(column + 1)}{number}"
    if value in ("", None):
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<c r="{place}"><v>{value}</v></c>'
    said = escape(str(value)).replace("\\", "\\\\")
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _read_out(cell: object) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return cell.isoformat()[:10] if isinstance(cell, date) else str(cell)


def _cells(entry: Mapping[str, object]) -> list[object]:
    return [entry.get(label, "") for label in LABELS[1:]]
