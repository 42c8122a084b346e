"""The data-quality report: what is missing, who delivers nothing, what changed, what cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opennrm.rapporteur import ledger
from opennrm.rapporteur.catalogue import OWN_DIMENSIONS
from opennrm.rapporteur.presets import preset_of
from opennrm.rapporteur.releases import OWN_COPY, Release
from opennrm.rapporteur.showing import years
from opennrm.statistics import Rule

_CONTRADICTED = (
    "SELECT count(*) FROM statistics.person WHERE "
    "(age_group LIKE 'child%%' AND majority = 'adult') OR "
    "(age_group LIKE 'adult%%' AND majority = 'child')"
)
_FUTURE = "SELECT count(*) FROM statistics.person WHERE registered_year > %s"
_UNLISTED = "SELECT {column}, count(*) FROM statistics.person GROUP BY 1"
_LISTED = {"sex": "sex", "citizenship": "citizenship_group", "scope": "scope", "status": "status"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for, and what was found, never a small number."""

    looked_for: str
    found: str
    is_fault: bool


@dataclass(frozen=True)
class QualityPage:
    """Everything the report shows."""

    newest: int | None
    not_delivering: tuple[str, ...]
    definitions: tuple[str, ...]
    impossible: tuple[Finding, ...]


def quality_page(*, connection: Any, at: datetime) -> QualityPage:
    """Prepare the report; of small numbers it says only that they are fewer than the threshold."""
    releases = ledger.releases_of(connection, OWN_COPY)
    newest = next((one for one in releases if "entity_by_sex" in one.tables), None)
    return QualityPage(
        newest.number if newest else None,
        tuple(_not_delivering(newest)),
        tuple(_definitions(list(reversed(releases)))),
        tuple(_impossible(connection, at)),
    )


def said_count(count: int) -> str:
    """A number of rows at fault, without telling a small one."""
    if not count:
        return _("None")
    least = Rule().threshold
    return _("Fewer than %(least)d") % {"least": least} if count < least else str(count)


def _not_delivering(newest: Release | None) -> Iterator[str]:
    """Kinds of body whose figure is hidden in the newest release that tells them apart."""
    if newest is None:
        return
    for level in OWN_DIMENSIONS["entity"].levels:
        if (
            level.missing is None
            and newest.table("entity_by_sex").value(entity=level.code) is None
        ):
            yield _(level.label)


def _definitions(releases: Sequence[Release]) -> Iterator[str]:
    """Where two releases that follow each other were not drawn in the same way."""
    for before, after in pairwise(releases):
        changed = [_(words) for words, of in _DRAWN if of(before) != of(after)]
        if changed:
            yield _("%(before)s and %(after)s differ in: %(what)s") % {
                "before": _named(before),
                "after": _named(after),
                "what": ", ".join(changed),
            }


def _impossible(connection: Any, at: datetime) -> Iterator[Finding]:
    words = _("A child by age and an adult by word, or the reverse")
    yield _finding(connection, words, _CONTRADICTED)
    yield _finding(connection, _("A year that has not come yet"), _FUTURE, [at.year])
    for name, column in _LISTED.items():
        dimension = OWN_DIMENSIONS[name]
        with connection.cursor() as cursor:
            cursor.execute(_UNLISTED.format(column=column))
            odd = sum(n for code, n in cursor.fetchall() if code not in dimension.by_code)
        words = _("%(name)s: a word that is on no list") % {"name": _(dimension.label)}
        yield Finding(words, said_count(odd), odd > 0)


def _finding(connection: Any, words: str, query: str, values: Sequence[Any] = ()) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        count = cursor.fetchone()[0]
    return Finding(words, said_count(count), count > 0)


def _named(one: Release) -> str:
    return _("Release %(number)d (%(years)s)") % {"number": one.number, "years": years(one.period)}


def _preset(one: Release) -> str:
    chosen = preset_of(one.rule)
    return chosen.key if chosen else str(one.rule)


_DRAWN: tuple[tuple[str, Callable[[Release], object]], ...] = (
    (gettext_noop("the catalogue of tables"), lambda one: one.catalogue_version),
    (gettext_noop("threshold or rounding"), _preset),
    (gettext_noop("the number of years"), lambda one: len(one.period.years)),
    (gettext_noop("the software"), lambda one: one.software_version),
)
