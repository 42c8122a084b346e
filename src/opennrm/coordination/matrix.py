"""The implementation matrix: each commitment with the actions, evidence and gaps of a State."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from opennrm.coordination.models import Action, Commitment, Evidence, Plan, State

PROMISED = ("commitment", "recommended_national_action")


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment, what serves it, what shows it, and what is missing."""

    commitment: Commitment
    actions: Sequence[Action]
    evidence: Sequence[Evidence]
    is_gap: bool


@dataclass(slots=True)
class RegionLine:
    """One commitment, and in how many States it stands how."""

    commitment: Commitment
    states: Counter[str] = field(default_factory=Counter)
    not_looked_at: int = 0


def matrix_of(state: State) -> list[Line]:
    """Lay commitments, actions, evidence and gaps of a State side by side.

    A gap is a commitment that no action of an adopted plan serves and no evidence shows as kept.
    """
    actions = _actions_by_commitment(state)
    evidence = _evidence_by_commitment(Evidence.objects.filter(state=state))
    lines = []
    for commitment in _promised():
        served, shown = actions.get(commitment.pk, []), evidence.get(commitment.pk, [])
        is_kept = bool(shown) and shown[0].fulfilment == "kept"
        lines.append(Line(commitment, served, shown, is_gap=not served and not is_kept))
    return lines


def matrix_of_region() -> list[RegionLine]:
    """Count for each commitment in how many participating States it is kept."""
    states = list(
        State.objects.filter(category="participating_state").values_list("pk", flat=True)
    )
    newest: dict[tuple[object, object], str] = {}
    for one in Evidence.objects.order_by("seen_on"):
        newest[(one.commitment_id, one.state_id)] = one.fulfilment
    lines = {commitment.pk: RegionLine(commitment) for commitment in _promised()}
    for commitment, line in lines.items():
        for state in states:
            stands = newest.get((commitment, state))
            if stands is None:
                line.not_looked_at += 1
            else:
                line.states[stands] += 1
    return list(lines.values())


def _promised() -> Sequence[Commitment]:
    return list(Commitment.objects.filter(kind__in=PROMISED).select_related("document"))


def _actions_by_commitment(state: State) -> dict[object, list[Action]]:
    plans = Plan.objects.filter(jurisdiction=state.code, status="adopted")
    found: dict[object, list[Action]] = {}
    actions = Action.objects.filter(objective__plan__in=plans).prefetch_related("commitments")
    for action in actions:
        for commitment in action.commitments.all():
            found.setdefault(commitment.pk, []).append(action)
    return found


def _evidence_by_commitment(rows: QuerySet[Evidence]) -> dict[object, list[Evidence]]:
    found: dict[object, list[Evidence]] = {}
    for one in rows.order_by("-seen_on"):
        found.setdefault(one.commitment_id, []).append(one)
    return found
