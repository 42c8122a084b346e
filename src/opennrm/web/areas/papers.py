"""Papers: where her stay stands and until when, what was asked for, what may send her away."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.web import words
from opennrm.web.areas.area import Area, Section, pairs, told
from opennrm.web.open_case import OpenCase

APPLIED, DECIDED = "permit_applied", "permit_decided"
TASK, TASK_ENDS = "removal_task_recorded", ("removal_task_stopped", "removal_task_authorised")


def cells(case: Case, today: date) -> tuple[str, ...]:
    """Say the status, until when, and what waits."""
    newest = case.newest("residence_recorded")
    waiting = [*_undecided(case), *_running(case)]
    until = newest.text("valid_until") if newest else None
    return (
        words.label(newest.text("status") or "", "residence_track") if newest else "",
        words.iso_day(until) if until else "",
        ", ".join(words.kind(fact.kind) for fact in waiting),
    )


def sections(case: OpenCase) -> Iterator[Section]:
    """Say the status, each application with its decision, and each task that may send her away."""
    newest = case.case.newest("residence_recorded")
    wish = case.case.newest("asylum_wish_recorded")
    status = newest.text("status") if newest else ""
    until = newest.text("valid_until") if newest else None
    yield Section(
        gettext("Where the stay stands"),
        pairs(
            (gettext("Status"), words.label(status or "", "residence_track")),
            (gettext("Valid until"), words.iso_day(until) if until else ""),
            (gettext("Told of asylum"), _when(case, "asylum_information_given", "given_on")),
            (
                gettext("What the person said of asylum"),
                words.label(wish.text("wish") or "", "asylum_wish") if wish else "",
            ),
        ),
    )
    lines = tuple(
        told(fact, case) for fact in case.case.standing if fact.kind in (APPLIED, DECIDED)
    )
    if lines:
        yield Section(gettext("Permits asked for"), lines=lines)
    tasks = tuple(
        told(fact, case) for fact in case.case.standing if fact.kind in (TASK, *TASK_ENDS)
    )
    if tasks:
        yield Section(gettext("Asked to leave, be held or be handed over"), lines=tasks)


def _when(case: OpenCase, kind: str, field: str) -> str:
    newest = case.case.newest(kind)
    return words.iso_day(newest.text(field)) if newest else ""


def _undecided(case: Case) -> list[Fact]:
    asked = case.of_kind(APPLIED)
    return [one for one in asked if not case.answering(one.fact_ref, DECIDED)]


def _running(case: Case) -> list[Fact]:
    tasks = case.of_kind(TASK)
    return [one for one in tasks if not case.answering(one.fact_ref, *TASK_ENDS)]


AREA = Area(
    slug="papers",
    title=_("Papers"),
    empty=_("No case with papers of residence is open to you."),
    parts=frozenset({"D7", "D7S"}),
    timers=frozenset({"T06W", "T06H", "T11", "T11A", "T11B", "T11C", "T15P"}),
    kinds=(
        "residence_recorded",
        APPLIED,
        DECIDED,
        "asylum_wish_recorded",
        TASK,
        *TASK_ENDS,
    ),
    group="residence",
    columns=(_("Status"), _("Valid until"), _("Waiting")),
    cells=cells,
    sections=sections,
)
