"""What the facts tell of redress: routes, claims, limits, and money kept apart by what it is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.rights.jurisdictions import Presets
from opennrm.rights.months import months_after
from opennrm.vocabulary.redress import HeadOfLoss, RedressRoute

GRANTED = frozenset({"awarded", "awarded_in_part", "agreed"})
PURSUED = "pursued"
Sums = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: its route, the last decision on it, what was awarded and what has come."""

    filed: Fact
    route: str
    decided: Fact | None
    awarded: Sums
    paid: Sums

    @property
    def is_granted(self) -> bool:
        """Tell whether money was awarded or agreed."""
        return self.decided is not None and self.decided.text("claim_outcome") in GRANTED

    def is_paid(self) -> bool:
        """Tell whether all that was awarded has come, in the currency it was awarded in."""
        return all(self.paid.get(code, 0) >= amount for code, amount in self.awarded.items())

    def is_open(self, on: date) -> bool:
        """Tell whether something can still come of it: undecided, unpaid, or open to appeal."""
        if self.decided is None:
            return True
        if self.is_granted:
            return not self.awarded or not self.is_paid()
        until = day(self.decided, "appeal_until")
        return until is not None and on <= until


@dataclass(frozen=True, slots=True)
class Money:
    """Money of one case by currency: awarded, paid, confiscated and passed on, never added up."""

    awarded: Sums
    paid: Sums
    confiscated: Sums
    passed_on: Sums

    def currencies(self) -> tuple[str, ...]:
        """Return every currency something was recorded in."""
        kept = (self.awarded, self.paid, self.confiscated, self.passed_on)
        return tuple(sorted({code for sums in kept for code in sums}))


def money(case: Case) -> Money:
    """Return what was awarded, what was paid and what was confiscated, each by itself (R59)."""
    granted = [one for one in claims(case) if one.is_granted]
    return Money(
        awarded=_total(one.awarded for one in granted),
        paid=_total(amounts(fact) for fact in case.of_kind("payment_received")),
        confiscated=_total(_assets(case, "confiscated")),
        passed_on=_total(_assets(case, "passed_on")),
    )


def claims(case: Case) -> tuple[Claim, ...]:
    """Return every claim that was filed."""
    return tuple(_claim(case, filed) for filed in case.of_kind("claim_filed"))


def _claim(case: Case, filed: Fact) -> Claim:
    decisions = case.answering(filed.fact_ref, "claim_decided")
    last = decisions[-1] if decisions else None
    came = case.answering(filed.fact_ref, "payment_received")
    return Claim(
        filed=filed,
        route=filed.text("route") or "",
        decided=last,
        awarded=amounts(last) if last and last.text("claim_outcome") in GRANTED else {},
        paid=_total(amounts(fact) for fact in came),
    )


def amounts(fact: Fact) -> Sums:
    """Return the amount a fact tells, in its currency: its heads of loss together, or its own."""
    currency = fact.text("currency")
    named = [fact.open.get(name) for name in ("amount", *HeadOfLoss)]
    counted = [value for value in named if isinstance(value, int)]
    return {currency: sum(counted)} if currency and counted else {}


def _assets(case: Case, step: str) -> list[Sums]:
    taken = case.of_kind("assets_recorded")
    return [amounts(fact) for fact in taken if fact.text("asset_step") == step]


def _total(parts: Iterable[Sums]) -> Sums:
    counted: Counter[str] = Counter()
    for part in parts:
        counted.update(part)
    return dict(counted)


def route_answers(case: Case) -> Mapping[str, str]:
    """Return the last answer on each route; a claim that was filed is a route pursued (R58)."""
    found = {one.route: PURSUED for one in claims(case)}
    for fact in case.of_kind("route_answered"):
        found[fact.text("route") or ""] = fact.text("route_answer") or ""
    return found


def unanswered_routes(case: Case) -> tuple[str, ...]:
    """Return the routes about which nothing was answered yet, in their order (R58)."""
    known = route_answers(case)
    return tuple(route.value for route in RedressRoute if route not in known)


def limits(case: Case) -> tuple[Fact, ...]:
    """Return the newest note of a time limit for each route that still waits for its claim."""
    newest = {fact.text("route") or "": fact for fact in case.of_kind("claim_limit_noted")}
    answered, filed = route_answers(case), {one.route for one in claims(case)}
    return tuple(
        fact
        for route, fact in newest.items()
        if route not in filed and answered.get(route, PURSUED) == PURSUED
    )


def last_day(limit: Fact, presets: Presets) -> date | None:
    """Return the last day to claim: as recorded, else counted from the event by the law here."""
    said, event = day(limit, "last_day"), day(limit, "event_on")
    name = f"claim_limit_{limit.text('route')}"
    if said or event is None or not presets.has(name, event):
        return said
    term = presets.value(name, event)
    return months_after(event, term.number) if term.unit == "months" else None


def touched_at(case: Case, route: str | None) -> Fact | None:
    """Return the last fact that shows somebody looked at a route."""
    looked = [
        fact
        for fact in case.of_kind("claim_limit_noted", "route_answered")
        if fact.text("route") == route
    ]
    return looked[-1] if looked else None


def claim_named(case: Case, claim: UUID) -> Claim | None:
    """Find a claim by the reference of any version of it."""
    root = case.roots.get(claim)
    return next((one for one in claims(case) if one.filed.fact_ref == root), None)
