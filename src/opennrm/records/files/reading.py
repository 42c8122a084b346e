"""Opens one file for a reader who holds its part; the journal says so, and for what purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from opennrm.casework.refusals import CaseNotFound
from opennrm.records.files.taking_in import opened
from opennrm.records.opening import opened_parts
from opennrm.records.sealing import SealBroken
from opennrm.records.sessions import Session, reading

FACT = (
    "SELECT compartment, open ->> 'file_type' FROM nrm.fact WHERE case_ref = %s AND fact_ref = %s"
)
READ = "SELECT nrm.read_file(%s, %s)"
ENDINGS = {"jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as it is handed out: a name that says nothing, and its content."""

    name: str
    content: bytes = field(repr=False)


def opened_file(
    viewer: Session, case_ref: UUID, fact_ref: UUID, *, purpose: str
) -> OpenedFile | None:
    """Open a file; nothing where the viewer's keys do not open what was kept before her time.

    :raises CaseNotFound: when there is no such file open to the viewer.
    """
    with reading(viewer.token) as cursor:
        cursor.execute(FACT, [case_ref, fact_ref])
        row = cursor.fetchone()
        if row is None:
            raise CaseNotFound()
        cursor.execute(READ, [fact_ref, purpose])
        (locked,) = cursor.fetchone()
        if locked is None:
            raise CaseNotFound()
        told = opened_parts(cursor, viewer, case_ref, (row[0],)).told.get(fact_ref)
    if told is None:
        return None
    ending = ENDINGS.get(row[1], row[1])
    try:
        content = opened(bytes(locked), told["content_key"])
    except SealBroken:
        return None
    return OpenedFile(f"file-{str(fact_ref)[:8]}.{ending}", content)
