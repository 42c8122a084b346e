"""What is counted of rules, redress and steps: closed subjects, their levels and their door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from opennrm.lifecycle.redress_figures import NONE
from opennrm.rapporteur import report_definitions
from opennrm.rapporteur.course_counts import COURSES, Course
from opennrm.rapporteur.snapshots import snapshot_of_copy
from opennrm.rights.registry import RULES, is_active
from opennrm.statistics import Dimension, Level, TableShape, Tally

EVENTS = {
    "breach": gettext_noop("Broken: recorded as a breach"),
    "override": gettext_noop("Overridden: an act went on, with a reason"),
    "refusal": gettext_noop("Refused: a second person said no, or a service turned her away"),
    "hold": gettext_noop("Held: an act waited for a second person"),
}
COMPENSATION = {
    NONE: gettext_noop("Nothing claimed that is known"),
    "claimed": gettext_noop("Claimed, nothing awarded"),
    "awarded": gettext_noop("Awarded, nothing received"),
    "received_in_part": gettext_noop("Awarded, received in part"),
    "received": gettext_noop("Received"),
}
ASSETS = {
    NONE: gettext_noop("No assets known"),
    "released": gettext_noop("Seized and given back"),
    "seized": gettext_noop("Seized"),
    "confiscated": gettext_noop("Confiscated, nothing passed on to her"),
    "passed_on": gettext_noop("Passed on to her"),
}
# The first event of its kind in a case and year counts, so that a figure is a number of cases.
_EVENTS = (
    "SELECT rule, event, count(*) FROM statistics.rule_event "
    "WHERE year = %s AND nth = 1 GROUP BY rule, event"
)
_REDRESS = (
    "SELECT compensation, assets, count(*) FROM statistics.redress "
    "WHERE year = %s GROUP BY compensation, assets"
)


@dataclass(frozen=True)
class Subject:
    """One thing counted per year: its tables, which are protected together, and their rows.

    `serves` names the rule that asks for the report; without that rule there is none.
    """

    name: str
    title: str
    unit: str
    says: str
    shapes: tuple[TableShape, ...]
    titles: tuple[str, ...]
    count: Callable[[Any, int], Tally]
    serves: str | None = None


def subjects() -> tuple[Subject, ...]:
    """List what is counted: orders alone mislead, so redress only while its rule stands (R59)."""
    return tuple(one for one in SUBJECTS if one.serves is None or is_active(one.serves))


class NoSuchSubject(LookupError):
    """A subject that is not counted; only declared ones are."""


def events_of(connection: Any, year: int) -> Tally:
    """Count the cases of a year in which something happened to a rule."""
    return _tally(connection, ("rule", "event"), _EVENTS, year)


def redress_of(connection: Any, year: int) -> Tally:
    """Count the persons registered in a year by how far redress came."""
    return _tally(connection, ("compensation", "assets"), _REDRESS, year)


def course_of(column: str, connection: Any, year: int) -> Tally:
    """Count the persons registered in a year by how far one step came."""
    rows = snapshot_of_copy(connection).counted(report_definitions.course(column, year))
    return Tally((column,), {(answer,): count for answer, count in rows})


def subject(name: str) -> Subject:
    """One subject by name.

    :raises NoSuchSubject: when there is none; the message lists those there are.
    """
    for one in subjects():
        if one.name == name:
            return one
    names = ", ".join(one.name for one in subjects())
    raise NoSuchSubject(f"{name!r} is not counted. Choose one of: {names}.")


def _tally(connection: Any, names: tuple[str, ...], query: str, year: int) -> Tally:
    with connection.cursor() as cursor:
        cursor.execute(query, [year])
        return Tally(names, {tuple(answers): count for *answers, count in cursor.fetchall()})


def _dimension(name: str, label: str, levels: dict[str, str]) -> Dimension:
    return Dimension(name, label, tuple(Level(code, words) for code, words in levels.items()))


def _course(one: Course) -> Subject:
    dimension = _dimension(one.column, one.title, dict(one.levels))
    return Subject(
        name=one.column,
        title=one.title,
        unit=gettext_noop("Persons"),
        says=gettext_noop(
            "Persons registered in this year, by what the record holds of this step. A step "
            "that nobody recorded may have happened all the same."
        ),
        shapes=(TableShape(f"course_{one.column}", (dimension,)),),
        titles=(one.title,),
        count=partial(course_of, one.column),
    )


_RULES = _dimension(
    "rule",
    gettext_noop("Rule"),
    {name: f"{name} {rule.label}" for name, rule in RULES.items()},
)
SUBJECTS = (
    Subject(
        name="rules",
        title=gettext_noop("Rules: broken, overridden, held, refused"),
        unit=gettext_noop("Cases"),
        says=gettext_noop(
            "Cases in which it happened to the rule in this year, each case once in each cell "
            "however often it happened. In the totals one case may stand several times."
        ),
        shapes=(
            TableShape(
                "rules_by_event",
                (_RULES, _dimension("event", gettext_noop("What happened"), EVENTS)),
            ),
        ),
        titles=(gettext_noop("Rules by what happened to them"),),
        count=events_of,
    ),
    Subject(
        name="redress",
        title=gettext_noop("Redress: claimed, awarded, received"),
        unit=gettext_noop("Persons"),
        says=gettext_noop(
            "Persons registered in this year, by how far redress has come. An award is no "
            "payment, and what the State confiscated is no compensation; they are never added."
        ),
        shapes=(
            TableShape(
                "redress_compensation",
                (_dimension("compensation", gettext_noop("Compensation"), COMPENSATION),),
            ),
            TableShape(
                "redress_assets",
                (_dimension("assets", gettext_noop("Assets of the accused"), ASSETS),),
            ),
        ),
        titles=(
            gettext_noop("Compensation: claimed, awarded, received"),
            gettext_noop("Assets: seized, confiscated, passed on"),
        ),
        count=redress_of,
        serves="R59",
    ),
    *(_course(one) for one in COURSES),
)
