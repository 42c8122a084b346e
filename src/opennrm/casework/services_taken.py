"""Says whom the services of a place take, and which groups have nowhere to go (R04, R05)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opennrm.rights import registry
from opennrm.rights.findings import Finding
from opennrm.rights.support import TakingSituation


@dataclass(frozen=True, slots=True)
class ServiceTaken:
    """A service of an organisation, the groups it leaves out, and how many houses agreed."""

    organisation: UUID
    service: str
    leaves_out_forms: frozenset[str] = frozenset()
    leaves_out_sexes: frozenset[str] = frozenset()
    agreeing_houses: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """What a rule says about a service: a group it leaves out, or one that nobody takes."""

    of: ServiceTaken
    finding: Finding


def gaps(services: Iterable[ServiceTaken], *, on: date) -> tuple[Gap, ...]:
    """Return what is left out: by form (R04), by sex where nobody else takes the group (R05)."""
    known = tuple(services)
    asked = (
        (rule, one, situation)
        for one in known
        for rule, situation in (("R04", by_form(one)), ("R05", by_sex(one, known)))
        if registry.is_active(rule)
    )
    found = (Gap(one, registry.ask(rule, situation, on)) for rule, one, situation in asked)
    return tuple(gap for gap in found if gap.finding.is_broken)


def by_form(one: ServiceTaken) -> TakingSituation:
    """Say which forms of exploitation a service leaves out."""
    return TakingSituation(one.leaves_out_forms, agreeing_houses=one.agreeing_houses)


def by_sex(one: ServiceTaken, beside: Iterable[ServiceTaken]) -> TakingSituation:
    """Say which sexes a service leaves out, and whether others of its kind take each of them."""
    others = [other for other in beside if other.service == one.service and other is not one]
    takes_each = all(
        any(sex not in other.leaves_out_sexes for other in others) for sex in one.leaves_out_sexes
    )
    return TakingSituation(
        one.leaves_out_sexes, agreeing_houses=one.agreeing_houses, others_take=takes_each
    )
