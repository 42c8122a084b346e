"""Where the recovery and reflection period stands: it runs, rests, is over, or is not open yet."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.vocabulary.identification import IdentificationStatus as Status

AFTER_GROUNDS = frozenset({Status.REASONABLE_GROUNDS_POSITIVE, Status.IDENTIFIED})
DECISIONS = ("reasonable_grounds_decided", "identification_decided")
FOUND = frozenset({"positive", "identified"})
PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Period:
    """A recovery and reflection period; its end, excluded, is open while it rests."""

    fact_ref: UUID
    organisation: UUID
    told_on: date
    from_on: date
    until_on: date | None
    rests_since: date | None = None
    review_on: date | None = None
    pause: UUID | None = None

    @property
    def is_paused(self) -> bool:
        """Tell whether its days stand still."""
        return self.rests_since is not None

    def has_ended(self, on: date) -> bool:
        """Tell whether it is over on a day; a period that rests is not over."""
        return self.until_on is not None and self.until_on <= on


def period(case: Case) -> Period | None:
    """Return the newest recovery period with its pauses and an early end counted in.

    The days of a pause are given back at the end. Source: lifecycle reference, clock rules.
    """
    opened = case.newest("recovery_period_opened")
    if opened is None:
        return None
    first, last = _day(opened, "from"), _day(opened, "until")
    pauses = _pauses(case, opened)
    open_pause = next((one for one in pauses if _resumed(case, one) is None), None)
    given_back = sum((_length(case, one) for one in pauses), timedelta())
    ends = None if open_pause else last + given_back
    early = _ended_early(case, opened)
    return Period(
        fact_ref=opened.fact_ref,
        organisation=opened.organisation,
        told_on=_day(opened, "told_on"),
        from_on=first,
        until_on=min((one for one in (ends, early) if one), default=None),
        rests_since=_day(open_pause, "from") if open_pause and early is None else None,
        review_on=day(open_pause, "review_on") if open_pause else None,
        pause=open_pause.fact_ref if open_pause else None,
    )


def running(case: Case, on: date) -> Period | None:
    """Return the recovery period that protects her on a day, running or resting."""
    found = period(case)
    return None if found is None or found.has_ended(on) else found


def formally_decided(case: Case, found: Period) -> bool:
    """Tell whether the formal decision was taken after the period was opened."""
    opened = case.fact(found.fact_ref)
    since = opened.position if opened else -1
    decisions = case.of_kind("identification_decided")
    return any(one.position > since and one.text("outcome") != PENDING for one in decisions)


def state(case: Case, on: date) -> str:
    """Say where the period stands on a day; found grounds without a period protect her too."""
    found = period(case)
    if found is None:
        return "not_opened" if grounds_found(case) else "none"
    if found.has_ended(on):
        return "over"
    return "paused" if found.is_paused else "running"


def grounds_found(case: Case) -> bool:
    """Tell whether grounds were found and not refused since.

    That she takes back her consent to identification does not unsay them. Source: rights rule
    R26; CoE Convention, Article 13(1).
    """
    if case.identification in AFTER_GROUNDS:
        return True
    decided = [one for one in case.of_kind(*DECISIONS) if one.text("outcome") != PENDING]
    return bool(decided) and decided[-1].text("outcome") in FOUND


def has_time_to_reflect(case: Case, on: date) -> bool:
    """Tell whether she has her time to recover and reflect on a day, opened or not yet (R24).

    It begins with the decision that found grounds, before anybody has told her of it.
    """
    if period(case) is not None:
        return running(case, on) is not None
    found = [one for one in case.of_kind(*DECISIONS) if one.text("outcome") in FOUND]
    decided = day(found[-1], "decided_on") if found else None
    return grounds_found(case) and (decided is None or decided <= on)


def opens_protection(case: Case) -> tuple[Fact, ...]:
    """Return what gave her the time in which nobody may remove her: grounds found, a period."""
    return tuple(
        one
        for one in case.of_kind(*DECISIONS, "recovery_period_opened")
        if one.kind == "recovery_period_opened" or one.text("outcome") in FOUND
    )


def _pauses(case: Case, opened: Fact) -> tuple[Fact, ...]:
    whole = {
        one.fact_ref
        for one in case.of_kind("recovery_period_opened")
        if one.text("from") == opened.text("from")
    }
    pauses = case.of_kind("recovery_paused")
    return tuple(one for one in pauses if case.roots.get(_named(one)) in whole)


def _named(pause: Fact) -> UUID:
    return UUID(str(pause.open["period"]))


def _resumed(case: Case, pause: Fact) -> date | None:
    answers = case.answering(pause.fact_ref, "recovery_resumed")
    return day(answers[-1], "resumed_on") if answers else None


def _length(case: Case, pause: Fact) -> timedelta:
    resumed = _resumed(case, pause)
    return resumed - _day(pause, "from") if resumed else timedelta()


def _ended_early(case: Case, opened: Fact) -> date | None:
    ends = [one for one in case.of_kind("recovery_ended_early") if one.position > opened.position]
    return day(ends[-1], "ends_on") if ends else None


def _day(fact: Fact, name: str) -> date:
    return date.fromisoformat(str(fact.open[name]))
