"""Looks at a workbook from outside, before anything in it is unpacked or understood."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from opennrm.exchange.htcds.refusals import WorkbookRefused

MAX_FILE_BYTES = 25 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 1_000
MAX_RATIO = 150
RATIO_COUNTS_FROM = 1024 * 1024
OLD_FORMAT = bytes.fromhex("d0cf11e0a1b11ae1")
PASSWORD_MARK = "EncryptedPackage".encode("utf-16-le")
CHUNK = 1024 * 1024

DAMAGED = "The file is damaged or was cut short. Save it again in the spreadsheet program."
NOT_A_WORKBOOK = "This is not an Excel workbook (.xlsx). Save it as .xlsx and try again."
TOO_BIG = "The workbook is too big. Split it into files of at most 25 MB."
BOMB = "The workbook unpacks to far more than a workbook holds. It was not opened."
PASSWORD = "The workbook is protected by a password. Save a copy without one."  # noqa: S105
OLD = "This is an old Excel file (.xls). Save it as .xlsx and try again."
MACROS = "The workbook holds macros. Save it as .xlsx, without macros, and try again."
LINKS = "The workbook links to other files. Break the links, save it and try again."
UNREADABLE = "The file cannot be read. Check that it is there and that you may open it."


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open a workbook as an archive once its size, kind and parts were found harmless.

    :raises WorkbookRefused: when it is not a workbook, too big, a bomb, protected or has macros.
    """
    archive = open_any_archive(path)
    try:
        _check_kind(archive)
    except WorkbookRefused:
        archive.close()
        raise
    return archive


def open_any_archive(path: Path) -> zipfile.ZipFile:
    """Open an archive of whatever kind once its size and parts were found harmless.

    :raises WorkbookRefused: when it is none, too big, a bomb or protected.
    """
    try:
        _check_file(path)
        archive = zipfile.ZipFile(path)
    except OSError as problem:
        raise WorkbookRefused(UNREADABLE) from problem
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise WorkbookRefused(DAMAGED) from problem
    try:
        _check_parts(archive.infolist())
    except WorkbookRefused:
        archive.close()
        raise
    return archive


def check_contents(archive: zipfile.ZipFile) -> None:
    """Unpack every part once, piece by piece, so that no part is longer than it says.

    :raises WorkbookRefused: when a part is damaged or its stated size or sum is not true.
    """
    for info in archive.infolist():
        for _piece in pieces(archive, info.filename):
            pass


def pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Give the bytes of one part piece by piece.

    :raises WorkbookRefused: when the part is missing or damaged.
    """
    try:
        with archive.open(part) as stream:
            while piece := stream.read(CHUNK):
                yield piece
    except Exception as problem:  # zlib, zipfile and codecs each raise their own kinds
        raise WorkbookRefused(DAMAGED) from problem


def _check_file(path: Path) -> None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise WorkbookRefused(TOO_BIG)
    with path.open("rb") as stream:
        start = stream.read(8)
    if start == OLD_FORMAT:
        raise WorkbookRefused(PASSWORD if PASSWORD_MARK in path.read_bytes() else OLD)
    if start[:2] != b"PK":
        raise WorkbookRefused(NOT_A_WORKBOOK)


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or any(map(_is_bomb, parts)):
        raise WorkbookRefused(BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise WorkbookRefused(PASSWORD)
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names):
        raise WorkbookRefused(DAMAGED)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    big = part.file_size > RATIO_COUNTS_FROM
    return big and part.file_size > MAX_RATIO * max(part.compress_size, 1)


def _check_kind(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise WorkbookRefused(MACROS)
    if any(name.startswith("xl/externallinks/") for name in names):
        raise WorkbookRefused(LINKS)
    if not {"[content_types].xml", "xl/workbook.xml"} <= names:
        raise WorkbookRefused(NOT_A_WORKBOOK)
    if b"macroenabled" in b"".join(pieces(archive, "[Content_Types].xml")).lower():
        raise WorkbookRefused(MACROS)
