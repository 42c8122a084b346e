"""The pages of the five journeys of the co-ordination, and what on them is left in English."""

import re
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from babel import Locale
from django.apps import apps
from django.db import models

import opennrm
from opennrm.accounts.models import Account, Organisation
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import Course, CourseSession, Hearing, Trial
from opennrm.web.coordination.survey_results import VIEWS
from tests import cast
from tests.coordination.rounds import opened
from tests.coordination.test_plan_cycle import TODAY, planned
from tests.database import signed_in

AT = "/coordination/"
SAID = ("aria-label", "alt", "title", "placeholder", "data-op-label")
LONG = 15
ENGLISH = re.compile(r"[A-Za-z]{3,}")
GAP = re.compile(r"%\\?\(\w+\\?\)[sd]")
CATALOGUES = Path(opennrm.__file__).parent / "locale"
# Not said but named: formats, and the languages under their own names.
NAMES = {"CSV", "XLSX", "XLSForm", "YAML", "OpenNRM", "Kappa", "English", "Deutsch", "Español"}
NAMES |= {"Français", "Italiano", "Shift"}
Journeys = dict[str, tuple[cast.Member | None, list[str]]]


class Reader(HTMLParser):
    """Collects what a page says, in order; what names its own language is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "style", "footer") or ("lang" in given and tag != "html"):
            self._silent.append(tag)
        if not self._silent:
            self.said += [given[name] or "" for name in SAID if name in given]

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.said.append(" ".join(data.split()))


def said_on(page: str) -> list[str]:
    """Return the texts of a page."""
    reader = Reader()
    reader.feed(page)
    return reader.said


def left_in_english(page: str, in_english: str, language: str) -> list[str]:
    """List what a page says as its English form does, though nobody typed it into a register.

    What a language says as English does ("Menu" is French, too) stands so in its catalogue.
    """
    same = set(said_on(page)) & set(said_on(in_english))
    left = [one for one in same if not set(ENGLISH.findall(beside_typed(one))) <= NAMES]
    return sorted(one for one in left if not is_said(one, language))


def is_said(text: str, language: str) -> bool:
    """Tell whether a language says this, its gaps filled with others of it or what was typed."""
    if text in typed() or text in NAMES or not ENGLISH.search(text):
        return True
    if text in Locale.parse(language).territories.values():
        return True
    fitting = (re.fullmatch(pattern, text) for pattern in sayings(language))
    return any(
        found and all(is_said(one, language) for one in found.groups()) for found in fitting
    )


@cache
def sayings(language: str) -> tuple[str, ...]:
    """Return every text of a language's catalogue that is more than a gap, its gaps open."""
    texts = {each for each in catalogue(language).values() if isinstance(each, str)}
    return tuple(GAP.sub("(.+?)", re.escape(text)) for text in texts if GAP.sub("", text).strip())


def catalogue(language: str) -> dict[Any, Any]:
    """Read what a language makes of each of our texts; what nobody translated is not there."""
    with (CATALOGUES / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return dict(GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


def beside_typed(text: str) -> str:
    """Leave of a text what does not stand in a register: as a whole, or as a long piece."""
    if text in typed() or not ENGLISH.search(text):
        return ""
    for one in typed():
        if len(one) > LONG and one in text:
            text = text.replace(one, "")
        elif len(text) > LONG and text in one:
            return ""
    return text


@cache
def typed() -> frozenset[str]:
    """Return everything that stands in the registers."""
    found: list[str] = []
    for model in (Account, Organisation, *apps.get_app_config("coordination").get_models()):
        kinds = (models.CharField, models.TextField, models.JSONField)
        names = [one.name for one in model._meta.fields if isinstance(one, kinds)]
        rows = model._default_manager.using("owner").values_list(*names) if names else ()
        found += [text for row in rows for value in row for text in _texts(value)]
        found += [str(row) for row in model._default_manager.using("owner").all()]
    return frozenset(" ".join(text.split()) for text in found)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


@cache
def journeys() -> Journeys:
    """Return who walks which pages; the rows that they are about are made here, once."""
    round_at = f"{AT}rounds/{opened().ref}/"
    plan_at = f"{AT}plans/{planned('Walked').pk}/"
    return {
        "survey": (
            cast.OSCE_OFFICER,
            [
                f"{AT}rounds/",
                round_at,
                f"{round_at}reply/",
                *(f"{round_at}results/?view={view}&section=I" for view, _title in VIEWS),
            ],
        ),
        "plan": (
            cast.CO_ORDINATOR,
            [
                AT,
                plan_at,
                f"{plan_at}board/",
                f"{plan_at}change/",
                f"{AT}actions/add/",
                f"{AT}progress/add/",
                "/public/plans/",
                f"{AT}gaps/",
                f"{AT}newsletters/add/",
            ],
        ),
        "course": (cast.TRAINER, _course()),
        "offer": (None, ["/job-offers/", "/job-offers/?name=Nobody+known"]),
        "hearing": (cast.TRIAL_OBSERVER, _hearing()),
    }


def _course() -> list[str]:
    trainer = cast.TRAINER.organisation.organisation
    with at_coordination(signed_in(cast.TRAINER)):
        course = Course.objects.create(title="Walked", version=uuid4().hex[:8], hours=2)
        session = CourseSession.objects.create(
            course=course, held_by_id=trainer, from_on=TODAY, until_on=TODAY
        )
    return [
        f"{AT}courses/{course.pk}/",
        f"{AT}courses/add/",
        f"{AT}course-sessions/{session.pk}/",
        f"{AT}attendances/",
        f"{AT}certificates/",
        f"{AT}who-is-trained/",
    ]


def _hearing() -> list[str]:
    with at_coordination(signed_in(cast.TRIAL_OBSERVER)):
        house = {"house_id": cast.TRIAL_OBSERVER.organisation.organisation}
        trial = Trial.objects.create(court="Walked", charge="trafficking", **house)
        hearing = Hearing.objects.create(
            trial=trial, held_on=TODAY, kind="trial", access="public", outcome="held", **house
        )
    at = f"{AT}hearings/{hearing.pk}/"
    return [f"{AT}trials/{trial.pk}/", at, f"{at}rights/", f"{AT}trial-findings/"]
