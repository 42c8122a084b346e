"""Says what went wrong as problem details (RFC 9457), with the rule and the way on."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from opennrm.casework.refusals import (
    AccessMissing,
    CaseNotFound,
    ChangedMeanwhile,
    ConsentMissing,
    EntryMalformed,
    HoldStands,
    MoveRefused,
    PermissionMissing,
    Refused,
    RuleBroken,
)
from opennrm.coordination.desk import ChangeRefused
from opennrm.coordination.registers import (
    EntryChanged,
    EntryClosed,
    EntryRefused,
    NotHersToWrite,
)
from opennrm.exchange.crossborder.refusals import NotAccepted
from opennrm.rapporteur.releasing import ReleaseRefused
from opennrm.records.files.refusals import FileRefused
from opennrm.records.hooks import HookRefused
from opennrm.records.programs import KeyUsedOtherwise
from opennrm.records.sessions import SignedOut
from opennrm.rights.jurisdictions import PresetRefused

LOG = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
STATUS: dict[type[Refused], HTTPStatus] = {
    CaseNotFound: HTTPStatus.NOT_FOUND,
    PermissionMissing: HTTPStatus.FORBIDDEN,
    AccessMissing: HTTPStatus.FORBIDDEN,
    ChangedMeanwhile: HTTPStatus.CONFLICT,
    MoveRefused: HTTPStatus.CONFLICT,
    HoldStands: HTTPStatus.CONFLICT,
    ConsentMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
    EntryMalformed: HTTPStatus.UNPROCESSABLE_ENTITY,
    RuleBroken: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
}


class Problem(Schema):
    """What went wrong and what to do: a sentence, the reason, the rule, the way on, the fields."""

    type: str
    title: str
    status: int
    detail: str
    reason: str = ""
    rule: str = ""
    remedy: str = ""
    errors: list[dict[str, str]] = []


class NotThere(Exception):
    """There is no such thing for this reader."""


class NoSuchPlace(Exception):
    """A list was never left at this place."""

    def __init__(self) -> None:
        super().__init__("The list was never left here. Send the `after` of its last answer.")


class StepNotAllowed(Exception):
    """The program may not take this step; the person who let it in did not name it."""


class NotReadable(Exception):
    """A body or a part of an address cannot be read; each fault names its field."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("Some fields could not be read.")
        self.faults = tuple(faults)


def problem(status: HTTPStatus, detail: str, **more: Any) -> HttpResponse:
    """Answer with problem details; nothing that was sent is repeated in them."""
    rule = more.get("rule") or ""
    told = {
        "type": f"/rules/{rule}/" if rule else "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        **{name: value for name, value in more.items() if value},
    }
    return JsonResponse(told, status=status.value, content_type=MEDIA_TYPE)


def refused(request: HttpRequest, no: Refused) -> HttpResponse:
    """Tell a refusal of a use case."""
    status = next(STATUS[kind] for kind in type(no).__mro__ if kind in STATUS)
    finding = no.finding
    errors = (
        [{"field": no.field, "detail": finding.says}] if isinstance(no, EntryMalformed) else []
    )
    return problem(
        status,
        finding.says,
        reason=finding.reason,
        rule=finding.rule,
        remedy=finding.remedy,
        errors=errors,
    )


def malformed(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Name the fields that were not understood, without what stood in them."""
    faults = [
        (".".join(str(part) for part in one["loc"][1:]), str(one["msg"])) for one in fault.errors
    ]
    return not_readable(request, NotReadable(faults))


def not_readable(request: HttpRequest, fault: NotReadable) -> HttpResponse:
    """Name the fields that could not be read."""
    detail = "Some fields could not be read. Each is named below; correct them and send again."
    return _of_fields(detail, "malformed", fault.faults)


def entry_refused(request: HttpRequest, fault: EntryRefused) -> HttpResponse:
    """Name the fields of an entry that cannot be kept."""
    detail = "Some fields cannot be kept. Each is named below; correct them and send again."
    return _of_fields(detail, "refused", fault.faults)


def _of_fields(detail: str, reason: str, faults: Sequence[tuple[str, str]]) -> HttpResponse:
    errors = [{"field": name, "detail": says} for name, says in faults]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, reason=reason, errors=errors)


def entry_closed(request: HttpRequest, fault: EntryClosed) -> HttpResponse:
    """Say the same for an entry that is not open and one that does not exist."""
    detail = "There is no such entry, or it is not open to the person this program works for."
    return problem(HTTPStatus.NOT_FOUND, detail, reason="not_found")


def not_hers(request: HttpRequest, fault: NotHersToWrite) -> HttpResponse:
    """Say that an entry is not written by this person, or not like this any more."""
    detail = "This is not hers to write, or not in the state it is in. Look at it on its page."
    return problem(HTTPStatus.FORBIDDEN, detail, reason="not_hers")


def entry_changed(request: HttpRequest, fault: EntryChanged) -> HttpResponse:
    """Say that somebody was faster."""
    detail = "Somebody changed this meanwhile. Read it again, then send your change."
    return problem(HTTPStatus.CONFLICT, detail, reason="changed_meanwhile")


def change_refused(request: HttpRequest, fault: ChangeRefused) -> HttpResponse:
    """Tell why the co-ordination refuses a change, in its own words."""
    return problem(HTTPStatus.CONFLICT, str(fault), reason="change_refused")


def not_admitted(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Say the same for a missing, a wrong and an ended secret."""
    detail = "No program works with this secret. Ask the person it works for to let it in again."
    answer = problem(HTTPStatus.UNAUTHORIZED, detail, reason="not_admitted")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def not_allowed(request: HttpRequest, fault: StepNotAllowed) -> HttpResponse:
    """Say that the step was not named when the program was let in."""
    detail = "This program may not take this step. Let in a new one that names it."
    return problem(HTTPStatus.FORBIDDEN, detail, reason="step_not_allowed")


def not_there(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Say the same of what does not exist and of what is not open to the person."""
    detail = "There is no such thing, or it is not open to the person this program works for."
    return problem(HTTPStatus.NOT_FOUND, detail, reason="not_there")


def refused_plainly(request: HttpRequest, no: Exception) -> HttpResponse:
    """Tell a refusal that is a sentence and no rule."""
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(no), reason="refused")


def not_accepted(request: HttpRequest, fault: NotAccepted) -> HttpResponse:
    """Say one thing of every file that no trusted partner sent."""
    detail = "This is no file of a partner that is trusted here. Nothing of it was taken."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, reason="not_accepted")


def file_refused(request: HttpRequest, fault: FileRefused) -> HttpResponse:
    """Say why a file was not kept, by the code of its reason."""
    detail = (
        "The file was not kept. Send PDF, JPEG, PNG, Word, Excel or OpenDocument without macros, "
        "10 MB at most; when nothing can be scanned now, send it again later."
    )
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, reason=f"file_{fault.reason}")


def key_used(request: HttpRequest, fault: KeyUsedOtherwise) -> HttpResponse:
    """Say that a key stands for one call only."""
    return problem(HTTPStatus.CONFLICT, str(fault), reason="key_used_otherwise")


def too_often(request: HttpRequest, fault: Throttled) -> HttpResponse:
    """Ask to wait."""
    detail = "Too many calls in a short time. Wait, then go on."
    answer = problem(HTTPStatus.TOO_MANY_REQUESTS, detail, reason="too_often")
    answer["Retry-After"] = str(int(fault.wait or 60))
    return answer


def too_large(request: HttpRequest, fault: RequestDataTooBig) -> HttpResponse:
    """Say that the body is larger than any step needs."""
    detail = "The body is larger than a step can be. Leave out what does not belong, or send less."
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, reason="too_large")


def not_understood(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """Say that the body is no JSON that could be read."""
    detail = "The body could not be read as JSON. Send an object in UTF-8."
    return problem(HTTPStatus(fault.status_code), detail, reason="not_understood")


def not_in_parts(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Say that a form with files could not be taken apart."""
    detail = "The form could not be read. Send it as multipart/form-data with its boundary."
    return problem(HTTPStatus.BAD_REQUEST, detail, reason="not_understood")


def broken(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Say that the fault is ours, and that nothing was half saved."""
    LOG.error("A call of a program failed.", exc_info=fault)
    detail = "Something went wrong here. Nothing was half saved; send the same call again later."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail, reason="broken")


HANDLERS: tuple[tuple[type[Exception], Any], ...] = (
    (Refused, refused),
    (ValidationError, malformed),
    (AuthenticationError, not_admitted),
    (SignedOut, not_admitted),
    (StepNotAllowed, not_allowed),
    (KeyUsedOtherwise, key_used),
    (NotReadable, not_readable),
    (EntryRefused, entry_refused),
    (EntryClosed, entry_closed),
    (NotHersToWrite, not_hers),
    (EntryChanged, entry_changed),
    (ChangeRefused, change_refused),
    (Throttled, too_often),
    (RequestDataTooBig, too_large),
    (NotThere, not_there),
    (NotAccepted, not_accepted),
    (FileRefused, file_refused),
    (NoSuchPlace, refused_plainly),
    (HookRefused, refused_plainly),
    (ReleaseRefused, refused_plainly),
    (PresetRefused, refused_plainly),
    (MultiPartParserError, not_in_parts),
    (HttpError, not_understood),
    (SuspiciousOperation, not_in_parts),
    (Exception, broken),
)


def tell_problems(api: NinjaAPI) -> None:
    """Let every fault of the API be told as problem details."""
    for fault, handler in HANDLERS:
        api.add_exception_handler(fault, handler)
