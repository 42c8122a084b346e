"""Checks an employer or recruiter against published registers; who asked is kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from rapidfuzz.distance import JaroWinkler

from opennrm.coordination.desk import ChangeRefused, because
from opennrm.coordination.models import JobRegister, Publication
from opennrm.coordination.permissions import Area
from opennrm.vocabulary.names.folding import fold

KIND = "job_register"
ALIKE = 0.88
STALE = timedelta(days=90)
# Says what kind of firm it is and not which: two firms are not alike because both are limited.
OF_FORM = re.compile(
    r"\b(?:d\.?o\.?o\.?(?:e\.?l\.?)?|ltd|llc|gmbh|sh\.?p\.?k\.?|dooel|дооел|доо|inc|s\.?r\.?l\.?)\b",
    re.IGNORECASE,
)
NOT_OF_NUMBERS = re.compile(r"[^0-9a-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a register as it is compared: every name in folded parts, the number bare."""

    names: tuple[tuple[str, ...], ...]
    number: str
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one register has of what was asked, on the day it stood like this."""

    title: str
    kind: str
    issuer: str
    as_of: date
    is_old: bool
    found: tuple[dict[str, Any], ...]


def publish_register(register: JobRegister, *, at: datetime, why: str) -> Publication:
    """Let everybody check against a register as it stands now.

    :raises ChangeRefused: when it has no line.
    """
    content = content_of(register)
    if not content["lines"]:
        raise ChangeRefused(gettext("The register is empty. Take its lines in first."))
    with because(why):
        return Publication.objects.create(
            kind=KIND,
            about=register.pk,
            area=Area.JOB_OFFERS.value,
            title=register.title,
            at=at,
            content=content,
        )


def content_of(register: JobRegister) -> dict[str, Any]:
    """Return what everybody may check against of a register."""
    return {
        "kind": register.kind,
        "issuer": register.issuer,
        "as_of": register.as_of.isoformat(),
        "lines": [
            {
                "name": one.name,
                "other_names": one.other_names,
                "number": one.number,
                "country": one.country,
                "until": one.until_on.isoformat() if one.until_on else "",
                "says": one.says,
            }
            for one in register.entries.all()
        ],
    }


def take_register_back(register: JobRegister, *, why: str) -> None:
    """Let nobody check against a register any more."""
    with because(why):
        Publication.objects.filter(kind=KIND, about=register.pk).delete()


def check_offer(name: str, number: str, *, on: date) -> list[Answer]:
    """Look for an employer or recruiter in every published register; nothing of it is kept."""
    return [_answer(*_read(ref), name, number, on) for ref in _newest()]


def _newest() -> Sequence[UUID]:
    newest = Publication.objects.filter(kind=KIND).order_by("about", "-at").distinct("about")
    return list(newest.values_list("ref", flat=True))


@lru_cache(maxsize=32)
def _read(ref: UUID) -> tuple[str, dict[str, Any], tuple[Line, ...]]:
    """Read a published register once for all who ask; a publication never changes."""
    found = Publication.objects.get(ref=ref)
    about = {name: found.content[name] for name in ("kind", "issuer", "as_of")}
    return found.title, about, tuple(_lines(found.content["lines"]))


def _lines(told: Sequence[dict[str, Any]]) -> Iterator[Line]:
    for one in told:
        names = tuple(parts(name) for name in (one["name"], *one["other_names"]))
        yield Line(names, _bare(one["number"]), one)


def _answer(
    title: str, about: dict[str, Any], lines: tuple[Line, ...], name: str, number: str, on: date
) -> Answer:
    wanted, bare = parts(name), _bare(number)
    found = tuple(
        line.said
        for line in lines
        if (bare and bare == line.number) or any(alike(wanted, one) for one in line.names)
    )
    as_of = date.fromisoformat(about["as_of"])
    return Answer(title, about["kind"], about["issuer"], as_of, on - as_of > STALE, found)


def parts(name: str) -> tuple[str, ...]:
    """Fold a name into parts, whatever its script; what says only the form of a firm is left out.

    >>> parts("Sunny Days, d.o.o.")
    ('suny', 'dais')
    """
    folded = (fold(word) for word in re.split(r"[\s,;/()\"«»„“]+", OF_FORM.sub(" ", name)))
    return tuple(word for word in folded if word)


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether every part of the shorter name is like a part of the longer one."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter or max(len(part) for part in shorter) < 3:
        return False
    return all(
        any(JaroWinkler.similarity(part, each) >= ALIKE for each in longer) for part in shorter
    )


def _bare(number: str) -> str:
    return NOT_OF_NUMBERS.sub("", number.casefold())
