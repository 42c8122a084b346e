"""Says what the rights say about a case as it stands: warnings and questions, never refusals."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.rights import registry
from opennrm.rights.findings import Finding
from opennrm.rights.jurisdictions import Presets

Look = Callable[[Case, Presets, datetime], object | None]


@dataclass(frozen=True, slots=True)
class Warner:
    """A rule that is asked of a case as it stands, for whoever holds all of these compartments.

    `situation` makes what the rule looks at; nothing, where there is no question to ask.
    """

    rule: str
    compartments: frozenset[str]
    situation: Look


# Each vertical keeps its own table in casework/<vertical>_warnings.py and adds it here.
WARNERS: tuple[Warner, ...] = ()


def warnings(
    case: Case, *, presets: Presets, at: datetime, compartments: frozenset[str]
) -> tuple[Finding, ...]:
    """Return what does not hold, and what is not known, within what the viewer may see.

    A finding that is broken is a warning, one that is not known is a question; neither stops
    anything.
    """
    on = local_day(case.jurisdiction or presets.code, at)
    found = (
        registry.ask(warner.rule, situation, on)
        for warner in WARNERS
        if warner.compartments <= compartments and registry.is_active(warner.rule)
        if (situation := warner.situation(case, presets, at)) is not None
    )
    return tuple(dict.fromkeys(finding for finding in found if not finding.holds))
