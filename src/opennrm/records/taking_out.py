"""Takes out all that one person may read for her organisation, in open formats, sealed to a key.

The archive is never on this machine in the clear: it is encrypted with age while it is made.
"""

from __future__ import annotations

import csv
import io
import json
import os
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyrage
from django.apps import apps
from django.core import serializers

from opennrm.casework.files import files_of
from opennrm.casework.handed_out_row import row_of
from opennrm.casework.refusals import CaseNotFound
from opennrm.exchange.htcds.imported import ImportedCase
from opennrm.exchange.htcds.writing import Asked, about, write_workbook
from opennrm.records import statements
from opennrm.records.backup import encrypting
from opennrm.records.files.reading import opened_file
from opennrm.records.queries import CasePage, case_page, changes
from opennrm.records.sessions import Session, reading
from opennrm.vocabulary.registry import code_lists

MOST = 200
MAY_READ = "SELECT has_table_privilege(%s, 'SELECT')"
README = """What {organisation} held in OpenNRM and {who} may read, taken out on {at}.

cases.jsonl      One case a line, as JSON in UTF-8: its entries in order, each with its open codes
                 and, where the keys of this person open it, its words ("told").
files/           The files of the cases, by the reference of their entry.
cases.xlsx       The same cases in the Human Trafficking Case Data Standard 2.0, as far as it has
                 a place for them. losses.csv names by row and field what had none.
coordination.jsonl
                 Agreements, structures, plans, commitments, surveys and reports this person sees,
                 one row a line.
vocabulary.json  Every list of codes with its labels.

{standard}
"""


class TakingOutRefused(Exception):
    """This person takes nothing out; the message says who does."""


@dataclass(slots=True)
class TakenOut:
    """How much was taken out."""

    cases: int = 0
    files: int = 0
    losses: int = 0


def take_out(viewer: Session, path: Path, recipient: str, *, at: datetime) -> TakenOut:
    """Write everything to an encrypted archive, and say so in the journal first.

    :raises TakingOutRefused: when the viewer is no officer of her organisation.
    :raises BackupRefused: when the key is no public age key.
    :raises FileExistsError: when there is such a file.
    """
    if not viewer.is_officer:
        raise TakingOutRefused("Only an officer of the organisation takes everything out.")
    to = encrypting.recipients([recipient])
    if path.exists():
        raise FileExistsError(path)
    with reading(viewer.token, "recorder") as cursor:
        cursor.execute(statements.JOURNAL, ["took_everything_out", None, []])
    source, sink = os.pipe()
    failed: list[Exception] = []
    work = threading.Thread(target=_encrypt, args=(source, path, to, failed))
    work.start()
    try:
        done = _written(sink, viewer, at)
    except BaseException as fault:
        work.join()
        path.unlink(missing_ok=True)
        raise (failed[0] if failed else fault) from None
    work.join()
    if failed:
        raise failed[0]
    return done


def _written(sink: int, viewer: Session, at: datetime) -> TakenOut:
    with (
        os.fdopen(sink, "wb") as clear,
        zipfile.ZipFile(clear, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        return _fill(archive, viewer, at)


def _encrypt(source: int, path: Path, to: Any, failed: list[Exception]) -> None:
    with os.fdopen(source, "rb") as clear:
        try:
            encrypting.encrypt(clear, path, to)
        except (OSError, pyrage.EncryptError) as fault:  # told where the archive is filled
            failed.append(fault)


def _fill(archive: zipfile.ZipFile, viewer: Session, at: datetime) -> TakenOut:
    done, rows, files = TakenOut(), [], []
    with archive.open("cases.jsonl", "w", force_zip64=True) as lines:
        for page in _pages(viewer, at):
            lines.write(json.dumps(case_as_json(page), ensure_ascii=False).encode() + b"\n")
            told = {entry.fact.fact_ref: entry.told for entry in page.timeline}
            rows.append(row_of(page.case, told, reference=page.reference))
            files += [(page.case_ref, fact.fact_ref) for fact in files_of(page.case)]
            done.cases += 1
    for case_ref, fact_ref in files:
        found = opened_file(viewer, case_ref, fact_ref, purpose="assistance")
        if found is not None:
            archive.writestr(f"files/{fact_ref}.{found.name.rpartition('.')[2]}", found.content)
            done.files += 1
    done.losses = _standard(archive, rows)
    archive.writestr("coordination.jsonl", "".join(_coordination(viewer)))
    archive.writestr("vocabulary.json", json.dumps(_vocabulary(), ensure_ascii=False))
    archive.writestr("README.txt", _readme(viewer, at))
    return done


def _pages(viewer: Session, at: datetime) -> Iterator[CasePage]:
    after, is_all = None, False
    while not is_all:
        found = changes(viewer, after=after, most=MOST)
        after, is_all = found.after, found.is_all
        for row in found.rows:
            try:
                parts = case_page(viewer, row.case_ref, at=at).compartments
                yield case_page(viewer, row.case_ref, at=at, opened=parts)
            except CaseNotFound:
                continue


def case_as_json(page: CasePage) -> dict[str, Any]:
    """Return one case as far as it is open to its reader, the oldest entry first."""
    return {
        "case_ref": str(page.case_ref),
        "reference": page.reference,
        "stage": page.stage,
        "parts": dict(page.compartments),
        "entries": [
            {
                "fact_ref": str(entry.fact.fact_ref),
                "kind": entry.fact.kind,
                "part": entry.fact.compartment,
                "sequence": entry.fact.sequence,
                "at": entry.fact.at.isoformat(),
                "organisation": entry.organisation_name,
                "basis": entry.fact.basis,
                "corrects": str(entry.fact.corrects) if entry.fact.corrects else None,
                "open": dict(entry.fact.open),
                "told": dict(entry.told) if entry.told is not None else None,
            }
            for entry in reversed(page.timeline)
        ],
    }


def _standard(archive: zipfile.ZipFile, rows: list[ImportedCase]) -> int:
    kept, told = io.BytesIO(), io.StringIO(newline="")
    losses = write_workbook(rows, kept, Asked()).losses
    archive.writestr("cases.xlsx", kept.getvalue())
    writer = csv.writer(told)
    writer.writerow(("row", "field", "why"))
    writer.writerows((loss.row, loss.field, loss.kind.label) for loss in losses)
    archive.writestr("losses.csv", told.getvalue())
    return len(losses)


def _coordination(viewer: Session) -> Iterator[str]:
    """Yield what the tables of the co-ordination show this reader, one row a line."""
    with reading(viewer.token) as cursor:
        for model in apps.get_app_config("coordination").get_models():
            cursor.execute(MAY_READ, [model._meta.db_table])
            if not cursor.fetchone()[0]:
                continue
            rows = model._default_manager.using("default").order_by("pk").iterator()
            yield serializers.serialize("jsonl", rows)


def _vocabulary() -> dict[str, Any]:
    return {one.name: {"title": one.title, "codes": dict(one.labels())} for one in code_lists()}


def _readme(viewer: Session, at: datetime) -> str:
    return README.format(
        organisation=viewer.organisation_name,
        who=viewer.display_name,
        at=at.date().isoformat(),
        standard="\n".join(about(Asked())),
    )
