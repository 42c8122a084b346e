"""How far each step of a case came: the words that are counted, and the title of each count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from opennrm.vocabulary.criminal import CriminalTrack
from opennrm.vocabulary.justice import CompelledFinding
from opennrm.vocabulary.returns import ReturnOutcome

_END = {
    "none": gettext_noop("None on record"),
    "not_counted": gettext_noop("Not counted yet: registered before this was kept"),
}
_ANSWERS = {
    "granted": gettext_noop("Granted"),
    "refused": gettext_noop("Refused"),
    "asked": gettext_noop("Asked for"),
    **_END,
}
_DAYS = {
    "within_30_days": gettext_noop("Within 30 days"),
    "within_90_days": gettext_noop("After 31 to 90 days"),
    "within_365_days": gettext_noop("After 91 to 365 days"),
    "longer": gettext_noop("After more than 365 days"),
    "day_unknown": gettext_noop("Not known"),
    **_END,
}


@dataclass(frozen=True)
class Course:
    """One column of the copy: its title, and its words in the order of the table."""

    column: str
    title: str
    levels: Mapping[str, str]


COURSES = (
    Course("first_decision", gettext_noop("Time from contact to the preliminary decision"), _DAYS),
    Course(
        "formal_decision",
        gettext_noop("Time from the preliminary to the formal decision"),
        _DAYS,
    ),
    Course(
        "recovery",
        gettext_noop("Recovery and reflection period"),
        {
            "opened": gettext_noop("Opened"),
            "extended": gettext_noop("Extended"),
            "ended_early": gettext_noop("Recovery and reflection period ended early"),
            **_END,
        },
    ),
    Course("permit", gettext_noop("Residence permit"), _ANSWERS),
    Course(
        "safe_return",
        gettext_noop("Safe return"),
        {
            "proposed": gettext_noop("Proposed"),
            **{one.value: one.label for one in ReturnOutcome},
            "left_assessed": gettext_noop("Left after an assessment"),
            "left_unassessed": gettext_noop("Left without an assessment"),
            **_END,
        },
    ),
    Course(
        "proceedings",
        gettext_noop("Criminal proceedings"),
        {**{one.value: one.label for one in CriminalTrack}, **_END},
    ),
    Course(
        "liability",
        gettext_noop("Trafficked persons as suspects; non-punishment assessed and applied"),
        {
            "not_assessed": gettext_noop("Not assessed yet"),
            CompelledFinding.COMPELLED.value: CompelledFinding.COMPELLED.label,
            CompelledFinding.NOT_COMPELLED.value: CompelledFinding.NOT_COMPELLED.label,
            **_END,
        },
    ),
    Course("protection", gettext_noop("Protection in proceedings"), _ANSWERS),
)
