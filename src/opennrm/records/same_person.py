"""What people of a house answered about two of its cases; nothing is merged and nothing opens.

The database asks that both cases are open to whoever answers or reads, with who the person is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.utils import DatabaseError

from opennrm.casework.refusals import CaseNotFound
from opennrm.records.reference import reference
from opennrm.records.sessions import Session, reading, sqlstate
from opennrm.vocabulary.together import PersonAnswer, PersonReason

ANSWER = "SELECT nrm.answer_person(%s, %s, %s, %s, %s)"
ANSWERS = (
    "SELECT told.other_case, told.said, told.why, person.display_name, told.said_at "
    "FROM nrm.person_answers(%s) AS told "
    "LEFT JOIN accounts_account AS person ON person.ref = told.who ORDER BY told.said_at DESC"
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody answered about this case and another one, when and why."""

    other: UUID
    reference: str
    answer: PersonAnswer
    because: tuple[PersonReason, ...]
    by: str
    at: datetime


def answers_of(viewer: Session, case_ref: UUID) -> tuple[Answered, ...]:
    """List every answer about a case, newest first; the reading is in the journal."""
    with reading(viewer.token) as cursor:
        cursor.execute(ANSWERS, [case_ref])
        return tuple(_answered(*row) for row in cursor.fetchall())


def standing(answers: Iterable[Answered]) -> list[Answered]:
    """Keep the newest answer about each other case, unless it was taken back."""
    newest: dict[UUID, Answered] = {}
    for one in answers:
        newest.setdefault(one.other, one)
    return [one for one in newest.values() if one.answer != PersonAnswer.TAKEN_BACK]


def answer_person(
    viewer: Session,
    case_ref: UUID,
    other: UUID,
    *,
    answer: PersonAnswer,
    because: Iterable[PersonReason],
) -> UUID:
    """Answer whether two cases are of one person; the newest answer counts, said once.

    :raises CaseNotFound: when who the person is is not open to the viewer in both, or a case is
        compared with itself.
    """
    ref = uuid4()
    values = [ref, case_ref, other, answer.value, sorted(one.value for one in because)]
    try:
        with reading(viewer.token) as cursor:
            cursor.execute(ANSWER, values)
    except DatabaseError as error:
        raise _refused(error) from error
    return ref


def _answered(
    other: UUID, answer: str, because: list[str], by: str | None, at: datetime
) -> Answered:
    reasons = tuple(PersonReason(one) for one in because)
    return Answered(other, reference(other), PersonAnswer(answer), reasons, by or "", at)


def _refused(error: DatabaseError) -> Exception:
    return CaseNotFound() if sqlstate(error) in ("NR403", "23514") else error
