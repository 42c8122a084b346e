"""When a recovery and reflection period begins and ends, and which of them may be recorded."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from opennrm.casework.reasons import found
from opennrm.casework.refusals import MoveRefused, RuleBroken
from opennrm.lifecycle import recovery as recovery_periods
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.recovery import least_until


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPeriod:
    """The day she was told of it, in which language, and how long it lasts."""

    told_on: date
    language: str
    days: int | None = None
    with_interpreter: bool = False
    extension_of: UUID | None = None
    extension_reason: str | None = None


def span_of(case: Case, period: RecoveryPeriod, presets: Presets) -> tuple[date, date, date]:
    """Work out the day she was told, the first day and the end (excluded) of a period.

    An extension keeps the day she was first told and runs from the first day of the whole.

    :raises MoveRefused: when the period to be extended is not there.
    """
    if period.extension_of is None:
        begins = period.told_on
        least = least_until(begins, presets.value("recovery_period_min", begins))
        return begins, begins, begins + timedelta(days=period.days) if period.days else least
    first = case.fact(period.extension_of)
    if first is None or first.kind != "recovery_period_opened" or not period.days:
        raise MoveRefused(found("period_not_found"))
    told_on, begins, ends = (day_of(first, name) for name in ("told_on", "from", "until"))
    return told_on, begins, ends + timedelta(days=period.days)


def understood(case: Case, period: RecoveryPeriod) -> bool | None:
    """Tell whether she was told in her language or with an interpreter (R25)."""
    if not period.language:
        return None
    known = (one.text("language") for one in case.of_kind("contact_recorded", "help_asked"))
    hers = [one for one in known if one]
    is_hers = not hers or same_language(hers[-1], period.language)
    return is_hers or period.with_interpreter


def same_language(one: str, other: str) -> bool:
    """Tell whether two language codes name the same language, whatever the region or script."""
    return one.split("-", maxsplit=1)[0] == other.split("-", maxsplit=1)[0]


def require_told_after(case: Case, period: RecoveryPeriod, *, on: date) -> None:
    """Refuse a day of telling that lies before the decision it follows, or ahead of today.

    :raises RuleBroken: when it does (R25).
    """
    if period.told_on > on:
        raise RuleBroken(found("day_not_come", "R25"))
    kinds = recovery_periods.DECISIONS
    by_kind = (
        [f for f in case.of_kind(kind) if f.text("outcome") in recovery_periods.FOUND]
        for kind in kinds
    )
    followed = next((facts[-1] for facts in by_kind if facts), None)
    if followed and period.told_on < day_of(followed, "decided_on"):
        raise RuleBroken(found("told_before_decided", "R25"))


def require_told_lately(period: RecoveryPeriod, presets: Presets, *, on: date) -> None:
    """Refuse a new period whose days went by before anybody wrote it down.

    She would have had them on paper only. It begins at most the short time ago that the preset
    leaves for writing it down, so never long before the decision was recorded either.

    :raises RuleBroken: when it would begin longer ago (R25).
    """
    margin = presets.value("recovery_period_recorded_within", on).number
    if period.extension_of is None and period.told_on < on - timedelta(days=margin):
        raise RuleBroken(found("told_too_long_ago", "R25"))


def require_no_shorter(case: Case, period: RecoveryPeriod, ends: date, *, on: date) -> None:
    """Refuse to replace a period that runs or rests by anything but a longer one.

    Both ends are compared without the days of a pause, which are given back after either.

    :raises MoveRefused: when a period runs and this is no extension of it, or does not end later.
    """
    now = recovery_periods.period(case)
    if now is None:
        return
    if period.extension_of is None:
        if not now.has_ended(on):
            raise MoveRefused(found("period_runs_already"))
        return
    opened = case.fact(period.extension_of)
    if opened is None or opened.fact_ref != now.fact_ref:
        raise MoveRefused(found("period_not_current"))
    if ends <= day_of(opened, "until"):
        raise MoveRefused(found("extension_not_longer"))


def day_of(fact: Fact, name: str) -> date:
    """Read a day that a fact of this kind always has."""
    return date.fromisoformat(fact.text(name) or "")
