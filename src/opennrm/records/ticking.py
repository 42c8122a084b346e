"""What time brings by itself, done as often as somebody asks and never twice: late holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connections, transaction

LATE_HOLDS = "SELECT holds, notices FROM nrm.tell_of_late_holds(%s)"


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one look at the clock did: acts whose second opinion is late, and who was told."""

    late_holds: int
    notices: int


def tick(*, at: datetime) -> Ticked:
    """Do everything that is due by now; a second look at the same moment does nothing."""
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        cursor.execute(LATE_HOLDS, [at])
        return Ticked(*cursor.fetchone())
