"""Use case of corrections: a new fact that names the one it replaces."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.ports import Desk
from opennrm.lifecycle.facts import OpenValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The fact to be replaced and its new content, whole."""

    fact: UUID
    open: Mapping[str, OpenValue]
    sealed: Mapping[str, str] = field(default_factory=dict)


def correct_fact(
    *,
    case_ref: UUID,
    correction: Correction,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Replace a fact by a new one of the same kind in the same compartment."""
    raise NotImplementedError
