"""Looks at an OpenDocument sheet before its values are read: formulas, size, document types."""

import zipfile
from xml.parsers import expat

from opennrm.exchange.htcds.anatomy import ENTITIES, FORMULAS, MAX_AREA, MAX_COLUMNS, SPREAD
from opennrm.exchange.htcds.archive import DAMAGED, pieces
from opennrm.exchange.htcds.refusals import WorkbookRefused

KIND = b"application/vnd.oasis.opendocument.spreadsheet"
CELLS = ("table:table-cell", "table:covered-table-cell")
MOST_REPEATED = 2_000_000


class _Counting:
    """Adds up how far the cells that hold something reach, repeated ones as often as they are."""

    def __init__(self) -> None:
        self.area, self.rows_repeated = 0, 1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table-row":
            self.rows_repeated = _times(attributes, "table:number-rows-repeated")
        if tag not in CELLS:
            return
        if "table:formula" in attributes:
            raise WorkbookRefused(FORMULAS)
        if "office:value-type" in attributes:
            times = _times(attributes, "table:number-columns-repeated")
            self.area += self.rows_repeated * times
            if self.area > MAX_AREA or times > MAX_COLUMNS:
                raise WorkbookRefused(SPREAD)


def is_opendocument(archive: zipfile.ZipFile) -> bool:
    """Tell by its content whether an archive is an OpenDocument sheet."""
    if "mimetype" not in archive.namelist():
        return False
    return b"".join(pieces(archive, "mimetype")).strip() == KIND


def check_opendocument(archive: zipfile.ZipFile) -> None:
    """Go through an OpenDocument sheet once.

    :raises WorkbookRefused: when it holds formulas, reaches too far or declares a document type.
    """
    counting = _Counting()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counting.start
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        for piece in pieces(archive, "content.xml"):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as problem:
        raise WorkbookRefused(DAMAGED) from problem


def _times(attributes: dict[str, str], name: str) -> int:
    times = int(attributes.get(name, "1"))
    if not 1 <= times <= MOST_REPEATED:
        raise ValueError("repeated beyond measure")
    return times


def _refuse_document_type(*_: object) -> None:
    raise WorkbookRefused(ENTITIES)
