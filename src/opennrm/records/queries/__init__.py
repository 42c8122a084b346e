"""What pages and commands may ask of the record; every query names its viewer."""

from opennrm.records.queries.agenda import AgendaEntry, agenda
from opennrm.records.queries.area_cases import AreaPage, DueInArea, area_cases, due_in_area
from opennrm.records.queries.casepage import (
    CasePage,
    Holding,
    TimelineEntry,
    case_page,
    is_open,
    told,
)
from opennrm.records.queries.changes import Changes, Place, changes
from opennrm.records.queries.directory import Colleague, colleagues, organisations, recipients
from opennrm.records.queries.messages import (
    NoticeLine,
    NotificationLine,
    notices,
    notifications,
)
from opennrm.records.queries.people import Hit, coarsely_known, find_people
from opennrm.records.queries.worklist import (
    SheetLeft,
    WorklistPage,
    WorklistRow,
    sheets_left,
    worklist,
)

__all__ = [
    "AgendaEntry",
    "AreaPage",
    "CasePage",
    "Changes",
    "Colleague",
    "DueInArea",
    "Hit",
    "Holding",
    "NoticeLine",
    "NotificationLine",
    "Place",
    "SheetLeft",
    "TimelineEntry",
    "WorklistPage",
    "WorklistRow",
    "agenda",
    "area_cases",
    "case_page",
    "changes",
    "coarsely_known",
    "colleagues",
    "due_in_area",
    "find_people",
    "is_open",
    "notices",
    "notifications",
    "organisations",
    "recipients",
    "sheets_left",
    "told",
    "worklist",
]
