"""Tells what a file is by its content; its name and what the browser says do not count."""

from __future__ import annotations

import io
import zipfile

import puremagic

from opennrm.records.files.refusals import FileRefused
from opennrm.vocabulary.files import FileType

BY_ENDING = {".pdf": FileType.PDF, ".jpg": FileType.JPEG, ".png": FileType.PNG}
SAME = {".jpeg": ".jpg", ".jfif": ".jpg", ".jpe": ".jpg"}
FIRST = {
    FileType.PDF: b"%PDF-",
    FileType.JPEG: b"\xff\xd8\xff",
    FileType.PNG: b"\x89PNG\r\n\x1a\n",
}
ZIP = b"PK\x03\x04"
OFFICE = {"word/document.xml": FileType.DOCX, "xl/workbook.xml": FileType.XLSX}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": FileType.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileType.ODS,
}
MACROS = (
    "vbaproject.bin",
    "vbadata.xml",
    "basic/",
    "scripts/",
    "activex",
    "oleobject",
    "embeddings",
)
MOST_PARTS, LARGEST_MIMETYPE = 5000, 200


def told_by_content(content: bytes) -> FileType:
    """Name the type of a file.

    :raises FileRefused: when it is none of those that are kept.
    """
    if content.startswith(ZIP):
        return _office(content)
    endings = {SAME.get(one.extension, one.extension) for one in _matches(content)}
    found = {BY_ENDING[ending] for ending in endings if ending in BY_ENDING}
    for kind in found:
        if content.startswith(FIRST[kind]):
            return kind
    raise FileRefused("type_not_kept")


def _matches(content: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return list(puremagic.magic_string(content))
    except (puremagic.PureError, ValueError):
        return []


def _office(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
            mimetype = _mimetype(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise FileRefused("cannot_be_read") from None
    if len(names) > MOST_PARTS:
        raise FileRefused("cannot_be_read")
    if any(mark in name for name in names for mark in MACROS):
        raise FileRefused("carries_macros")
    kinds = [kind for part, kind in OFFICE.items() if part in names]
    kind = OPEN_DOCUMENT.get(mimetype) or (kinds[0] if len(kinds) == 1 else None)
    if kind is None:
        raise FileRefused("type_not_kept")
    return kind


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    """Read the part by which an OpenDocument file names itself, and no more of it than that."""
    if "mimetype" not in archive.namelist():
        return b""
    with archive.open("mimetype") as part:
        return part.read(LARGEST_MIMETYPE).strip()
