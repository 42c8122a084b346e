"""What pages and commands may ask of the record; every query names its viewer."""

from opennrm.records.queries.agenda import AgendaEntry, agenda
from opennrm.records.queries.casepage import CasePage, Holding, TimelineEntry, case_page
from opennrm.records.queries.changes import Changes, Place, changes
from opennrm.records.queries.directory import Colleague, colleagues, organisations, recipients
from opennrm.records.queries.messages import (
    NoticeLine,
    NotificationLine,
    notices,
    notifications,
)
from opennrm.records.queries.people import Hit, find_people
from opennrm.records.queries.worklist import WorklistPage, WorklistRow, worklist

__all__ = [
    "AgendaEntry",
    "CasePage",
    "Changes",
    "Colleague",
    "Hit",
    "Holding",
    "NoticeLine",
    "NotificationLine",
    "Place",
    "TimelineEntry",
    "WorklistPage",
    "WorklistRow",
    "agenda",
    "case_page",
    "changes",
    "colleagues",
    "find_people",
    "notices",
    "notifications",
    "organisations",
    "recipients",
    "worklist",
]
