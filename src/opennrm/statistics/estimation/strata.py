"""The panel for each stratum, beside the one for everyone; strata are never added up.

The estimates of strata rest on few overlaps each, and their sum is no estimate of the whole
(Silverman 2014; Cruyff, van Dijk, van der Heijden 2017 put strata into one model instead).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opennrm.statistics.estimation.panel import run_panel
from opennrm.statistics.estimation.results import Panel, Settings
from opennrm.statistics.estimation.tables import ListTable

NEVER_ADDED = (
    "The strata are not to be added up: each is estimated by itself from few overlaps. For "
    "everyone, read the estimate for everyone."
)


@dataclass(frozen=True)
class Strata:
    """One panel per stratum; no total of the strata is kept anywhere."""

    by_stratum: Mapping[str, Panel]
    says: str = NEVER_ADDED


def run_strata(strata: Mapping[str, ListTable], settings: Settings | None = None) -> Strata:
    """Run the panel for each stratum by itself."""
    return Strata({name: run_panel(one, settings) for name, one in strata.items()})
