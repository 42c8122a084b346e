"""Makes the cases of the demonstration, one whole case in one transaction, each only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from django.db import transaction

from opennrm.console.demonstration.child_steps import CHILD_STEPS
from opennrm.console.demonstration.colleagues import Colleagues
from opennrm.console.demonstration.confidence_steps import CONFIDENCE_STEPS
from opennrm.console.demonstration.court_steps import COURT_STEPS
from opennrm.console.demonstration.earlier_years import (
    make_earlier_years,
    publish_earlier_years,
)
from opennrm.console.demonstration.later_steps import LATER_STEPS
from opennrm.console.demonstration.organisations import ref
from opennrm.console.demonstration.people import drawn
from opennrm.console.demonstration.plots import PLOTS, Plot
from opennrm.console.demonstration.steps import FIRST_STEPS, Step
from opennrm.console.demonstration.story import Story
from opennrm.console.demonstration.surveys import make_surveys
from opennrm.console.demonstration.together_steps import TOGETHER_STEPS
from opennrm.records.desk import AlreadySent, at_work

SEED = 20_000
KEEPER = "rapporteur"
STEPS: dict[str, Step] = {
    **FIRST_STEPS,
    **LATER_STEPS,
    **CHILD_STEPS,
    **CONFIDENCE_STEPS,
    **COURT_STEPS,
    **TOGETHER_STEPS,
}
FIRST_RESPONDERS = {"police": 5, "border": 2, "labour": 3, "helpline": 4}
SHELTERS = {"casemanager": 5, "quiethouse": 1}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """How many cases were made now, and how many there were before."""

    now: int
    before: int


def make_cases(number: int, *, years: int, now: datetime, progress: Progress) -> Made:
    """Make whatever of the cases is missing, and what is no part of any case: surveys, figures.

    A case whose making was broken off leaves nothing behind, so it is made again next time.
    """
    make_surveys(now=now)
    colleagues = Colleagues(now)
    make_earlier_years(now=now)
    publish_earlier_years(colleagues, years, now=now)
    made = 0
    for index in range(number):
        made += make_case(index, colleagues, now=now)
        progress(index + 1, number)
    colleagues.sign_out()
    return Made(made, number - made)


def make_case(index: int, colleagues: Colleagues, *, now: datetime) -> bool:
    """Make one case, unless it was made before; tell whether it was made now."""
    try:
        with transaction.atomic(using="recorder"):
            with at_work(colleagues.session(KEEPER), at=now, form_key=mark(index)):
                pass
            told(index, colleagues, now=now)
    except AlreadySent:
        return False
    return True


def told(index: int, colleagues: Colleagues, *, now: datetime) -> Story:
    """Tell one story from its first step to its last."""
    chance = Random(SEED + index)  # noqa: S311 - the same stories in every demonstration
    plot = plot_of(index)
    story = Story(
        colleagues=colleagues,
        person=drawn(chance, is_child=plot.is_child),
        chance=chance,
        at=now - timedelta(days=chance.uniform(*plot.days_ago)),
        now=now,
        first=_drawn(chance, FIRST_RESPONDERS),
        manager=_drawn(chance, SHELTERS),
    )
    for name in plot.steps.split():
        STEPS[name](story)
    return story


def plot_of(index: int, plots: Sequence[Plot] = PLOTS) -> Plot:
    """Choose the plot of a case: each once first, then by their shares."""
    if index < len(plots):
        return plots[index]
    chance = Random(SEED - index)  # noqa: S311 - the same stories in every demonstration
    return chance.choices(plots, [plot.share for plot in plots])[0]


def mark(index: int) -> UUID:
    """Return the key that is used up when a case has been made."""
    return uuid5(ref("case"), str(index))


def _drawn(chance: Random, weights: dict[str, int]) -> str:
    return chance.choices(tuple(weights), tuple(weights.values()))[0]
