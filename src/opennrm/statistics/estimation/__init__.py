"""Estimates of the people no list saw: a panel of methods, usable without the rest.

Read `run_panel` first. Everything is NumPy and SciPy; every method is written from the papers
named where it stands.
"""

from opennrm.statistics.estimation.diagnostics import consistency, leave_one_out
from opennrm.statistics.estimation.document import of_panel
from opennrm.statistics.estimation.knowing import Sighting, run_both_ways
from opennrm.statistics.estimation.panel import METHODS, run_panel
from opennrm.statistics.estimation.reading import read_table
from opennrm.statistics.estimation.results import Headline, Member, Panel, Refusal, Settings
from opennrm.statistics.estimation.sensitivity import Reviewed, limits_with_linkage, sensitivity
from opennrm.statistics.estimation.strata import Strata, run_strata
from opennrm.statistics.estimation.tables import (
    ListTable,
    TableRefused,
    table_of_cells,
    table_of_records,
)

__all__ = [
    "METHODS",
    "Headline",
    "ListTable",
    "Member",
    "Panel",
    "Refusal",
    "Reviewed",
    "Settings",
    "Sighting",
    "Strata",
    "TableRefused",
    "consistency",
    "leave_one_out",
    "limits_with_linkage",
    "of_panel",
    "read_table",
    "run_both_ways",
    "run_panel",
    "run_strata",
    "sensitivity",
    "table_of_cells",
    "table_of_records",
]
