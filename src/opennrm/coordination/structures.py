"""Checks national structures: who sits where, which decisions wait, what a Rapporteur lacks."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from opennrm.coordination.models import Structure
from opennrm.coordination.organisations import CIVIL_SOCIETY
from opennrm.rights.findings import Finding
from opennrm.rights.plans import SeatsSituation
from opennrm.rights.registry import ask
from opennrm.vocabulary.coordination import GuaranteeKind

WITH_SEATS = frozenset({"commission", "local_committee", "working_group"})


def check_structure(structure: Structure, *, on: date) -> list[Finding]:
    """List what the rules find broken or not known in a structure (R77)."""
    if structure.kind not in WITH_SEATS:
        return []
    taken = structure.seats.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lte=on)
    civil = taken.filter(entry__kind__in=CIVIL_SOCIETY).count()
    finding = ask("R77", SeatsSituation(civil if taken.exists() else None), on)
    return [] if finding.holds else [finding]


def guarantees_not_given(structure: Structure) -> tuple[GuaranteeKind, ...]:
    """Name the guarantees of a Rapporteur that are not given, or that nobody has looked at."""
    given = set(structure.guarantees.filter(stands="given").values_list("kind", flat=True))
    return tuple(kind for kind in GuaranteeKind if kind.value not in given)
