"""The addresses of what stands beside a case: who looked, its files, and papers made of it."""

import base64
import hashlib
import io
from typing import Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from opennrm.api.acting import KEY_HEADER, PROBLEMS, Done
from opennrm.api.admission import calling
from opennrm.api.problems import NotThere
from opennrm.api.told import told
from opennrm.casework.access_log import (
    Received,
    Seen,
    may_read_log,
    received,
    require_log_open,
)
from opennrm.casework.files import NewFile, keep_file
from opennrm.casework.handed_out_row import row_of
from opennrm.casework.kept_paper import agreed_in
from opennrm.consent import receipt as paper
from opennrm.exchange.htcds.writing import Asked, Carrier, Loss, write_workbook
from opennrm.lifecycle.calendars import local_day
from opennrm.records import queries
from opennrm.records.files.reading import opened_file
from opennrm.records.files.taking_in import taken_in
from opennrm.records.programs import done_once
from opennrm.records.queries.confirmations import Confirmation, asked_to_delete
from opennrm.records.queries.looked import who_looked
from opennrm.records.reference import reference
from opennrm.records.shapes import Exact
from opennrm.vocabulary.programs import ProgramStep
from opennrm.vocabulary.sharing import Purpose

READ, KEEPING = ProgramStep.READ, ProgramStep.KEEPING
FOR = tuple(one.value for one in Purpose if one not in (Purpose.STATISTICS, Purpose.REMOVAL))
router = Router(tags=[READ.value])


class Log(Schema):
    """Who saw a case, who received of it, and who was asked to delete what it has."""

    seen: list[told(Seen)]  # type: ignore[valid-type]
    received: list[told(Received)]  # type: ignore[valid-type]
    asked: list[told(Confirmation)]  # type: ignore[valid-type]


class FileSaid(Exact):
    """What a file is called, and the part of the case it belongs to."""

    title: str = Field(min_length=1, max_length=200)
    scope: str = Field(pattern=r"^D([1-9]|1[0-6])$")


class FilePurpose(Exact):
    """What a file is needed for."""

    purpose: Literal[FOR]  # type: ignore[valid-type]


class Content(Schema):
    """A file: a name that says nothing, and its content in base 64."""

    name: str
    content: str


class Workbook(Schema):
    """A case as a workbook of the case data standard, and what had no place in it."""

    content: str
    losses: list[told(Loss)]  # type: ignore[valid-type]


@router.get("/cases/{case_ref}/log", response={200: Log, **PROBLEMS}, operation_id="case_log")
def case_log(request: HttpRequest, case_ref: UUID) -> Any:
    """Tell who saw a case and who received it, to those who keep the person's consents."""
    session, at = calling(request, READ).session, cast(Any, request).at
    page = queries.case_page(session, case_ref, at=at)
    parts = frozenset(page.compartments)
    today = local_day(page.case.jurisdiction or session.actor.jurisdiction, at)
    require_log_open(page.case, parts, on=today)
    if not may_read_log(page.case, parts):
        raise NotThere
    return {
        "seen": who_looked(session, case_ref),
        "received": received(page.case),
        "asked": asked_to_delete(session, case_ref),
    }


@router.post(
    "/cases/{case_ref}/files", response={201: Done, 200: Done, **PROBLEMS},
    operation_id="keep_file", tags=[KEEPING.value],
)  # fmt: skip
def keep(
    request: HttpRequest,
    case_ref: UUID,
    file: File[UploadedFile],
    said: Form[FileSaid],
    key: UUID | None = KEY_HEADER,
) -> Any:
    """Keep a file with a case, scanned and sealed in the part it belongs to."""
    session, at = calling(request, KEEPING).session, cast(Any, request).at
    content = file.read()
    locked = taken_in(content)
    kept_on = local_day(session.actor.jurisdiction, at)
    new = NewFile(title=said.title, scope=said.scope, kept_on=kept_on, locked=locked)
    sent = (
        f"keep_file {case_ref} {said.scope} {said.title}".encode()
        + hashlib.sha256(content).digest()
    )
    made, again = done_once(
        session,
        key,
        sent,
        lambda desk: keep_file(case_ref=case_ref, file=new, actor=session.actor, at=at, desk=desk),
        at=at,
    )
    return Status(200 if again else 201, Done(reference=made))


@router.post(
    "/cases/{case_ref}/files/{file}/open", response={200: Content, **PROBLEMS},
    operation_id="open_file",
)  # fmt: skip
def open_file(request: HttpRequest, case_ref: UUID, file: UUID, sent: FilePurpose) -> Any:
    """Open a file of a case for a purpose, which is in the log."""
    session = calling(request, READ).session
    opened = opened_file(session, case_ref, file, purpose=sent.purpose)
    if opened is None:
        raise NotThere
    return Content(name=opened.name, content=base64.b64encode(opened.content).decode())


@router.get(
    "/cases/{case_ref}/standard", response={200: Workbook, **PROBLEMS}, operation_id="standard"
)
def standard(
    request: HttpRequest, case_ref: UUID, carrier: Literal["template", "form"] = "template"
) -> Any:
    """Hand out what is open of a case in the case data standard; each reading is in the log."""
    session, at = calling(request, READ).session, cast(Any, request).at
    parts = tuple(queries.case_page(session, case_ref, at=at).compartments)
    page = queries.case_page(session, case_ref, at=at, opened=parts)
    opened = {entry.fact.fact_ref: entry.told for entry in page.timeline}
    row, kept = row_of(page.case, opened, reference=page.reference), io.BytesIO()
    asked = Asked(Carrier.FORM if carrier == "form" else Carrier.TEMPLATE)
    losses = write_workbook([row], kept, asked).losses
    return {"content": base64.b64encode(kept.getvalue()).decode(), "losses": losses}


@router.get(
    "/cases/{case_ref}/receipts/{consent}",
    response={200: told(paper.Receipt), **PROBLEMS},
    operation_id="receipt",
)
def receipt(
    request: HttpRequest, case_ref: UUID, consent: UUID, language: Literal["en", "ar"] = "en"
) -> Any:
    """Give the words of the paper a person can keep of a consent; they name nobody."""
    session, at = calling(request, READ).session, cast(Any, request).at
    fact = queries.case_page(session, case_ref, at=at).case.fact(consent)
    if fact is None or fact.kind != "consent_given":
        raise NotThere
    return paper.receipt(agreed_in(fact, number=reference(consent)), language)
