"""Who of those open to the worker may be the person she is about to save: shown, never decided."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language, gettext

from opennrm.records import queries
from opennrm.records.sessions import Session
from opennrm.vocabulary.languages import language_name
from opennrm.web import words
from opennrm.web.guided.screen import Answers, first

MOST = 3


def alike(viewer: Session, answers: Answers, *, at: Any) -> list[dict[str, Any]]:
    """Return the likeliest people with a name like the one typed, and what agrees line by line.

    Only people whose identity is open to the viewer are looked through.
    """
    name = first(answers, "names") or first(answers, "called")
    hits = queries.find_people(viewer, name, at=at)[:MOST] if name else []
    known = queries.coarsely_known(viewer, [hit.case_ref for hit in hits])
    return [
        {"hit": hit, "lines": list(_lines(name, hit, known.get(hit.case_ref, {}), answers))}
        for hit in hits
    ]


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
