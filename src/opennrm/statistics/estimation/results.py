"""What the panel says: members with limits and checks, a range or a refusal, never one number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

from opennrm.statistics.estimation.chapman import TwoLists
from opennrm.statistics.estimation.hierarchies import Model


@dataclass(frozen=True, slots=True)
class Settings:
    """What must be the same to get the same results again."""

    bootstrap: int = 1000
    seed: int = 1234


@dataclass(frozen=True, slots=True)
class Limits:
    """Between the first two lie 95 of 100, between the others 80."""

    low: float
    high: float
    low_80: float
    high_80: float

    @property
    def finite(self) -> bool:
        """Whether all four are numbers."""
        return all(map(isfinite, (self.low, self.high, self.low_80, self.high_80)))


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold before a member counts."""

    name: str
    passed: bool
    says: str


@dataclass(frozen=True)
class Member:
    """What one method gives, how, and whether it may count."""

    method: str
    label: str
    estimate: float | None
    limits: Limits | None
    model: str
    links: Model
    tells: str
    checks: tuple[Check, ...]
    warnings: tuple[str, ...]
    details: Mapping[str, object] = field(default_factory=dict)
    counts: bool = True

    @property
    def passes(self) -> bool:
        """Whether it has an estimate with limits and every check holds."""
        has = self.estimate is not None and self.limits is not None
        return has and all(check.passed for check in self.checks)

    @property
    def figure(self) -> float:
        """The estimate of a member that passes.

        :raises ValueError: when it has none.
        """
        if self.estimate is None:
            raise ValueError(f"{self.method} has no estimate")
        return self.estimate


@dataclass(frozen=True, slots=True)
class Base:
    """On what the estimates rest."""

    lists: tuple[str, ...]
    people: int
    on_more_than_one: int
    overlaps: Mapping[str, int]
    settings: Settings
    version: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The range over the members that pass; `determined` unless they differ too much."""

    low: int
    high: int
    limits_low: int
    limits_high: int
    lowest: str
    highest: str
    ratio: float
    determined: bool
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no headline, as a code and as a sentence."""

    code: str
    says: str


@dataclass(frozen=True)
class Panel:
    """All members, what stands beside them, and a headline or the reason why there is none."""

    base: Base
    members: tuple[Member, ...]
    two_lists: tuple[TwoLists, ...]
    headline: Headline | None
    refusal: Refusal | None
    caveats: tuple[str, ...]

    def member(self, method: str) -> Member:
        """One member by the name of its method."""
        return next(one for one in self.members if one.method == method)
