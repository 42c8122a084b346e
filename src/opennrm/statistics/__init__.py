"""Figures that expose no one: counting, suppression and its audit, usable without the rest."""

from opennrm.statistics import estimation, linkage, microdata
from opennrm.statistics.audit import Audit, AuditFailed, Interval, audit, require_safe
from opennrm.statistics.breakdowns import (
    BreakdownMissing,
    breakdowns_elsewhere,
    require_breakdowns,
)
from opennrm.statistics.changes import Earlier, changed_persons
from opennrm.statistics.counting import CountRefused, Tally, count_cells, tally_rows
from opennrm.statistics.dimensions import (
    Answer,
    Cell,
    Dimension,
    Level,
    Missing,
    TableShape,
    UnknownCode,
    cell,
)
from opennrm.statistics.history import Kept, Next, draw_next
from opennrm.statistics.programme import Inconsistent
from opennrm.statistics.protection import protect, release_set, software_version
from opennrm.statistics.relations import Relations, nested_without_circle, relate
from opennrm.statistics.results import Base, Parameters, ProtectedSet, ProtectedTable, Share
from opennrm.statistics.suppression import Rule

__all__ = [
    "Answer",
    "Audit",
    "AuditFailed",
    "Base",
    "BreakdownMissing",
    "Cell",
    "CountRefused",
    "Dimension",
    "Earlier",
    "Inconsistent",
    "Interval",
    "Kept",
    "Level",
    "Missing",
    "Next",
    "Parameters",
    "ProtectedSet",
    "ProtectedTable",
    "Relations",
    "Rule",
    "Share",
    "TableShape",
    "Tally",
    "UnknownCode",
    "audit",
    "breakdowns_elsewhere",
    "cell",
    "changed_persons",
    "count_cells",
    "draw_next",
    "estimation",
    "linkage",
    "microdata",
    "nested_without_circle",
    "protect",
    "relate",
    "release_set",
    "require_breakdowns",
    "require_safe",
    "software_version",
    "tally_rows",
]
