"""Says what the rights say about a case as it stands: warnings and questions, never refusals."""

from datetime import datetime

from opennrm.casework import (
    child_warnings,
    justice_warnings,
    return_warnings,
    second_opinion_warnings,
    support_warnings,
)
from opennrm.casework.warner import Warner
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.rights import registry
from opennrm.rights.findings import Finding
from opennrm.rights.jurisdictions import Presets

__all__ = ["WARNERS", "Warner", "warnings"]

# Each vertical keeps its own table in casework/<vertical>_warnings.py and adds it here.
WARNERS: tuple[Warner, ...] = (
    *child_warnings.WARNERS,
    *return_warnings.WARNERS,
    *support_warnings.WARNERS,
    *justice_warnings.WARNERS,
    *second_opinion_warnings.WARNERS,
)


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
