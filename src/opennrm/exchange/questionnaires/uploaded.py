"""Looks at a workbook that somebody sent before anything in it is unpacked or understood."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from opennrm.exchange.htcds.archive import check_contents, open_archive
from opennrm.exchange.htcds.refusals import WorkbookRefused


def fault_of(content: bytes) -> str:
    """Say why a workbook must not be opened, or nothing when it is harmless."""
    with NamedTemporaryFile(suffix=".xlsx") as kept:
        kept.write(content)
        kept.flush()
        try:
            with open_archive(Path(kept.name)) as archive:
                check_contents(archive)
        except WorkbookRefused as refused:
            return str(refused)
    return ""
