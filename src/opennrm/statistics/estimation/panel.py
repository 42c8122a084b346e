"""Runs every method on a table and says what they say together, or why nothing can be said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from opennrm.statistics.estimation import bayesian_members, resampled_members
from opennrm.statistics.estimation.chapman import CAVEAT, chapman
from opennrm.statistics.estimation.existence import hierarchical_terms, standing
from opennrm.statistics.estimation.headline import headline_of
from opennrm.statistics.estimation.loglinear import fit_model, overlapping_triangle
from opennrm.statistics.estimation.results import (
    Base,
    Check,
    Limits,
    Member,
    Panel,
    Refusal,
    Settings,
)
from opennrm.statistics.estimation.tables import ListTable
from opennrm.statistics.estimation.wording import without_estimate
from opennrm.statistics.protection import software_version

METHODS: Mapping[str, Callable[[ListTable, Settings], Member]] = {
    resampled_members.STEPWISE: resampled_members.stepwise,
    resampled_members.BIC: resampled_members.bic,
    bayesian_members.GRAPHS: bayesian_members.decomposable_graphs,
    bayesian_members.THRESHOLDING: bayesian_members.thresholding,
}
LABELS = {**resampled_members.LABELS, **bayesian_members.LABELS}
FEWEST_LISTS = 3
FEWEST_MEMBERS = 2
CAVEATS = (
    "These are estimates of presumed victims as the lists define them, in the period and area of "
    "the lists, not of all victims.",
    "They hold only if the period and area are closed, if all lists use the same definition, if "
    "every person could have been on any list, and if the links between lists are right.",
    "A person whom no service could ever have met, such as a child hidden from all of them, adds "
    "nothing to any overlap and is not in these figures.",
    "Some hold the method unsuitable for trafficking (Whitehead and others 2019).",
    "The counts of overlaps are small. They stay with the Rapporteur: publish estimates only.",
)
"""What must be said with every figure."""


def run_panel(
    table: ListTable, settings: Settings | None = None, *, methods: Sequence[str] = ()
) -> Panel:
    """Run the methods, all unless some are named, and the headline or the refusal."""
    settings = settings or Settings()
    base = _base(table, settings)
    two_lists = chapman(table)
    refusal = _refused_before(table)
    if len(table.lists) < FEWEST_LISTS:
        return Panel(base, (), two_lists, None, refusal, CAVEATS)
    named = tuple(methods) or tuple(METHODS)
    members = tuple(_run(name, table, settings) for name in METHODS if name in named)
    beside = main_effects(table)
    refusal = refusal or _refused_after(members, named)
    headline = None if refusal else headline_of(table, members)
    return Panel(base, (*members, beside), two_lists, headline, refusal, CAVEATS)


def main_effects(table: ListTable) -> Member:
    """Give what independent lists would mean: shown beside the panel, no part of the range."""
    found = fit_model(table, ())
    fine = found.standing.fine
    return Member(
        "main_effects",
        "All lists independent of each other",
        found.estimate if fine else None,
        Limits(found.low, found.high, found.low_80, found.high_80) if fine else None,
        "no link",
        (),
        "It takes every list as independent of every other, which lists made by referral are not.",
        (Check("exists", fine, "The model has one finite estimate."),),
        ("The limits take the model as certain; they are too narrow.",),
        counts=False,
    )


def _run(name: str, table: ListTable, settings: Settings) -> Member:
    if _apart(table):
        return without_estimate(name, LABELS[name], "no two lists overlap")
    return METHODS[name](table, settings)


def _base(table: ListTable, settings: Settings) -> Base:
    several = sum(
        count
        for mask, count in zip(table.masks, table.counts, strict=True)
        if mask.bit_count() > 1
    )
    return Base(table.lists, table.people, several, table.overlaps(), settings, software_version())


def _apart(table: ListTable) -> bool:
    return not any(table.overlaps().values())


def _refused_before(table: ListTable) -> Refusal | None:
    """Refuse what no method can answer, before any is run."""
    if len(table.lists) < FEWEST_LISTS:
        return Refusal(
            "fewer_than_three_lists",
            f"At least three lists are needed. With two, {CAVEAT}: Chapman's figure is shown as "
            "an aside, not as an estimate.",
        )
    if _apart(table):
        return Refusal("no_overlap", "No two lists have a person in common: nothing can be said.")
    if not standing(table.dense, hierarchical_terms(len(table.lists), ())).exists:
        return Refusal(
            "one_list_holds_all",
            "One list holds everyone who was seen. It says nothing about those not on it.",
        )
    if not overlapping_triangle(table):
        return Refusal(
            "no_triangle",
            "No three lists overlap two by two, so that links between lists and people unseen "
            "cannot be told apart.",
        )
    return None


def _refused_after(members: Sequence[Member], named: Sequence[str]) -> Refusal | None:
    missing = [name for name in METHODS if name not in named]
    if missing:
        return Refusal(
            "not_all_methods",
            "A range needs all methods; a single one depends on a choice that cannot be checked.",
        )
    if sum(member.passes for member in members) < FEWEST_MEMBERS:
        return Refusal(
            "too_few_members", "Fewer than two methods pass their checks; see each method."
        )
    return None
