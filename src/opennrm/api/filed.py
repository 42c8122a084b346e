"""The address under which a program delivers a referral as a signed file."""

from typing import Any, cast

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from opennrm.api.acting import PROBLEMS, Done
from opennrm.api.admission import calling
from opennrm.exchange.signed_file import LONGEST
from opennrm.records.shapes import Exact
from opennrm.records.signed_files import take_file
from opennrm.vocabulary.programs import ProgramStep

router = Router()


class File(Exact):
    """The text of the file, as it was signed."""

    file: str = Field(max_length=LONGEST)


@router.post(
    "/deliver-file",
    response={201: Done, 200: Done, **PROBLEMS},
    tags=[ProgramStep.REFERRAL.value],
    operation_id="deliver_file",
)
def deliver_file(request: HttpRequest, sent: File) -> Status[Done]:
    """Deliver a referral as a file that a registered key of the organisation signed."""
    session = calling(request, ProgramStep.REFERRAL).session
    reference, again = take_file(session, sent.file, at=cast(Any, request).at)
    return Status(200 if again else 201, Done(reference=reference))
