"""The addresses of who else may be a person: evidence line by line, and the answers of a house."""

from typing import Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from opennrm.api.acting import PROBLEMS, Done
from opennrm.api.admission import calling
from opennrm.api.told import told
from opennrm.records import queries
from opennrm.records.queries.alike import Alike, alike
from opennrm.records.same_person import Answered, answer_person, answers_of
from opennrm.records.shapes import Exact
from opennrm.vocabulary.programs import ProgramStep
from opennrm.vocabulary.together import PersonAnswer, PersonReason

CONTACT, FIND = ProgramStep.CONTACT, ProgramStep.FIND
ANSWERS, REASONS = (
    Literal[tuple(one.value for one in codes)] for codes in (PersonAnswer, PersonReason)
)
router = Router(tags=[FIND.value])


class PersonAnswered(Exact):
    """What is answered about this case and another one, and why; the newest answer counts."""

    other: UUID
    answer: ANSWERS  # type: ignore[valid-type]
    because: list[REASONS] = Field(min_length=1, max_length=10)  # type: ignore[valid-type]


class Persons(Schema):
    """Who has a name like this person's, and every answer so far, newest first."""

    alike: list[told(Alike)]  # type: ignore[valid-type]
    answers: list[told(Answered)]  # type: ignore[valid-type]


@router.get(
    "/cases/{case_ref}/persons", response={200: Persons, **PROBLEMS}, operation_id="persons"
)
def persons(request: HttpRequest, case_ref: UUID) -> Any:
    """Compare a case with those of like names; nothing is joined and each reading is logged."""
    session, at = calling(request, FIND).session, cast(Any, request).at
    queries.case_page(session, case_ref, at=at)
    return {
        "alike": alike(session, case_ref, at=at),
        "answers": answers_of(session, case_ref),
    }


@router.post(
    "/cases/{case_ref}/persons", response={201: Done, **PROBLEMS}, operation_id="answer_person",
    tags=[CONTACT.value],
)  # fmt: skip
def answer(request: HttpRequest, case_ref: UUID, sent: PersonAnswered) -> Any:
    """Answer whether two cases of the own house are of one person, or take an answer back."""
    session = calling(request, CONTACT).session
    reasons = [PersonReason(code) for code in sent.because]
    said = PersonAnswer(sent.answer)
    made = answer_person(session, case_ref, sent.other, answer=said, because=reasons)
    return Status(201, Done(reference=made))
