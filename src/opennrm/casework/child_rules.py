"""Asks the rules on children that stand before the steps of others: places, means, refusals."""

from collections.abc import Iterable
from datetime import date

from opennrm.casework.asking import require_rule, unkept
from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused, RuleBroken
from opennrm.lifecycle import child_file
from opennrm.lifecycle.case import Case
from opennrm.rights.child_services import ChildRefusal, MeansSituation
from opennrm.rights.children import ActOnChild, PlaceSituation

HOUSING = frozenset({"shelter", "semi_independent_housing"})


def is_child(case: Case) -> bool | None:
    """Say whether the person is a child, or presumed one; None when nobody said anything."""
    return None if case.majority == "unknown" else case.is_child


def require_child(case: Case) -> None:
    """Refuse a step that is for children where nothing says that she may be one.

    :raises MoveRefused: when she is not treated as a child.
    """
    if not case.is_child:
        raise MoveRefused(found("not_a_child"))


def require_may_be_child(case: Case) -> None:
    """Refuse a step that helps a child only where she is known to be an adult.

    :raises MoveRefused: when she is.
    """
    if is_child(case) is False:
        raise MoveRefused(found("not_a_child"))


def require_past(day: date, *, on: date) -> None:
    """Refuse to record as done what lies ahead.

    :raises MoveRefused: when the day has not come.
    """
    if day > on:
        raise MoveRefused(found("day_ahead"))


def require_means_not_asked(case: Case, outcome: str, reasons: Iterable[str], *, on: date) -> None:
    """Refuse a no to a child that rests on missing means.

    :raises RuleBroken: when it does (R37).
    """
    require_rule("R37", MeansSituation(is_child(case), outcome, frozenset(reasons)), on)


def require_child_not_refused(case: Case, reason: str | None, *, on: date) -> None:
    """Refuse to decline a child on status, sex or origin.

    :raises RuleBroken: when the reason is one of these (R38).
    """
    grounds = frozenset({reason}) if reason else None
    require_rule("R38", ChildRefusal(is_child(case), grounds), on)


def require_place_for(case: Case, service: str, place: str | None, *, on: date) -> None:
    """Refuse a bed among adults, or behind bars, for a child or somebody who may be one.

    What nobody asked stops no bed: neither the kind of place nor her age.

    :raises RuleBroken: when the place is not for children (R35).
    """
    if service not in HOUSING:
        return
    finding = unkept("R35", PlaceSituation(is_child(case), place), on)
    if finding is not None and finding.is_broken:
        raise RuleBroken(finding)


def require_not_detained(case: Case, *, on: date) -> None:
    """Refuse to authorise that a child is held, or somebody whose age nobody asked.

    :raises RuleBroken: when she is a child, presumed one, or nobody knows (R35).
    """
    require_rule("R35", PlaceSituation(is_child(case), "detention"), on)


def require_guardian_present(case: Case, *, act: str, on: date) -> None:
    """Refuse to interview or examine a child, or to book it, without a guardian at her side.

    :raises RuleBroken: when she is a child, presumed one, or nobody asked, and has no guardian
        (R32).
    """
    guarded = child_file.guardian(case) is not None
    require_rule("R32", ActOnChild(act, is_child(case), guarded), on)
