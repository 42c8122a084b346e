"""Keeps what a saved question was answered with; what is kept is never changed."""

from __future__ import annotations

from datetime import datetime

from opennrm.coordination.desk import because
from opennrm.coordination.models import Analysis, AnalysisRun


def keep_answer(
    row: Analysis, *, number: int, years: str, asked: str, answer: str, at: datetime, why: str
) -> AnalysisRun:
    """Keep an answer with the release it is from and the question as it stood.

    :raises ChangeRefused: when the database refuses it.
    """
    with because(why):
        return AnalysisRun.objects.create(
            analysis=row,
            table=row.table,
            number=number,
            years=years,
            run_at=at,
            asked=asked,
            answer=answer,
            organisation_id=row.organisation_id,
        )
