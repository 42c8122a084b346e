"""Who of those open to the worker may be the person she is about to save: shown, never decided."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext

from opennrm.casework.refusals import CaseNotFound
from opennrm.records import queries
from opennrm.records.same_person import answer_person
from opennrm.records.sessions import Session
from opennrm.vocabulary.languages import language_name
from opennrm.vocabulary.together import PersonAnswer, PersonReason
from opennrm.web import words
from opennrm.web.guided.screen import Answers, first

MOST = 3
ANSWER = "person-"
BEFORE_SAVING = (PersonAnswer.SAME, PersonAnswer.MAYBE, PersonAnswer.ANOTHER)


def alike(viewer: Session, answers: Answers, *, at: Any) -> list[dict[str, Any]]:
    """Return the likeliest people with a name like the one typed, and what agrees line by line.

    Only people whose identity is open to the viewer are looked through.
    """
    name = first(answers, "names") or first(answers, "called")
    hits = queries.find_people(viewer, name, at=at)[:MOST] if name else []
    known = queries.coarsely_known(viewer, [hit.case_ref for hit in hits])
    return [
        {
            "hit": hit,
            "lines": list(_lines(name, hit, known.get(hit.case_ref, {}), answers)),
            "choices": [(one.value, words.label(one, "person_answer")) for one in BEFORE_SAVING],
        }
        for hit in hits
    ]


def keep_answers(viewer: Session, case_ref: UUID, sent: Mapping[str, Any]) -> None:
    """Keep what was answered about the people shown before the case was saved.

    What was left open is no answer, and what cannot be kept stops nothing: the case is saved.
    """
    for name, value in sent.items():
        if name.startswith(ANSWER) and value in BEFORE_SAVING:
            with suppress(CaseNotFound, ValueError):
                other, answer = UUID(name.removeprefix(ANSWER)), PersonAnswer(value)
                because = [PersonReason.NAMES]
                answer_person(viewer, case_ref, other, answer=answer, because=because)


def _lines(
    name: str, hit: queries.Hit, known: dict[str, str], answers: Answers
) -> Iterator[tuple[str, str, str]]:
    """Yield what is compared, what stands here, what stands there."""
    yield gettext("Names"), name, ", ".join(hit.names)
    for field, title, say in (
        ("majority", gettext("Child or adult"), _majority),
        ("language", gettext("Language"), _language),
    ):
        here, there = first(answers, field), known.get(field, "")
        if here and there:
            yield title, say(here), say(there)


def _majority(code: str) -> str:
    return words.label(code, "majority")


def _language(code: str) -> str:
    return language_name(code, get_language() or "en")
