"""What time brings by itself, done as often as somebody asks and never twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from opennrm.accounts.models import Organisation
from opennrm.rights.jurisdictions import presets

UNUSUAL = "SELECT nrm.tell_of_unusual_reading(%s, %s, %s, %s, %s, %s, %s, %s)"
LIMITS = ("cases", "cases_of_colleagues", "cases_at_night", "night_begins", "night_ends")
FORGET = "SELECT nrm.forget_answers(%s)"
FORGET_IMPORTS = "SELECT nrm.forget_imports(%s)"
LATE_HOLDS = "SELECT holds, notices FROM nrm.tell_of_late_holds(%s)"


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one look at the clock did: late holds, who was told, unusual readings, old answers."""

    late_holds: int
    notices: int
    unusual: int = 0
    forgotten: int = 0


def tick(*, at: datetime) -> Ticked:
    """Do everything that is due by now; a second look at the same moment does nothing."""
    with transaction.atomic(using="recorder"), connections["recorder"].cursor() as cursor:
        cursor.execute(LATE_HOLDS, [at])
        late, notices = cursor.fetchone()
        cursor.execute(FORGET, [at])
        (forgotten,) = cursor.fetchone()
        cursor.execute(FORGET_IMPORTS, [at])
        forgotten += cursor.fetchone()[0]
        return Ticked(late, notices, unusual=_unusual(cursor, at), forgotten=forgotten)


def _unusual(cursor: Any, at: datetime) -> int:
    """Tell officers of unusual reading in the day up to now, on the clock of each State."""
    limits = settings.OPENNRM_READING
    values = [limits[name] for name in LIMITS]
    places = Organisation.objects.order_by().values_list("jurisdiction", flat=True).distinct()
    total = 0
    for place in sorted(set(places)):
        cursor.execute(UNUSUAL, [place, presets(place).zone, at, *values])
        total += cursor.fetchone()[0]
    return total
