"""What is still open for her in this State: claims, hearings, wages (R63)."""

from datetime import date

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.tracks.criminal import RUNNING

BEFORE_COURT = RUNNING - {"intelligence_only"}


def open_remedies(case: Case, on: date) -> frozenset[str]:
    """Return what she would leave behind unfinished if she left on a day."""
    return frozenset({"criminal_case_running"}) if case.criminal in BEFORE_COURT else frozenset()
