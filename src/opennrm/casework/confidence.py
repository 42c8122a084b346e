"""Asks what may leave the circle of those who need to know: parts, her address, her health."""

from collections.abc import Iterable
from datetime import date

from opennrm.casework.asking import require_rule
from opennrm.casework.grounds import Asked, Ground
from opennrm.casework.permissions import readable
from opennrm.casework.refusals import ConsentMissing, PermissionMissing
from opennrm.lifecycle.compartments import Compartment
from opennrm.rights.confidentiality import AddressSituation, HealthSituation, NeedSituation
from opennrm.rights.registry import stopped_by
from opennrm.vocabulary.roles import Role

DANGER = "imminent_danger"


def require_need_to_know(
    role: Role, named: Iterable[str], *, on: date, breaks_glass: bool = False
) -> None:
    """Refuse parts of which a role may hold nothing, not even a summary.

    :raises PermissionMissing: when that role has no need of a part (R42).
    """
    parts = frozenset(part for code in named for part in spelt(role, code))
    situation = NeedSituation(role.value, parts, has_task=True, breaks_glass=breaks_glass)
    require_rule("R42", situation, on, refusal=PermissionMissing)


def spelt(role: Role, code: str) -> frozenset[str]:
    """Spell out a part as the role may hold it, or as it was named where it may hold nothing."""
    try:
        part = Compartment.parse(code)
    except ValueError:
        return frozenset()
    own = {part.code, Compartment(part.scope, extract=True).code} & readable(role)
    return frozenset(own or {part.code})


def require_health_apart(
    role: Role, parts: frozenset[str], *, purpose: str, on: date, court_order: bool = False
) -> None:
    """Refuse a consent that bundles health notes with other things.

    :raises ConsentMissing: when it does (R49).
    """
    situation = HealthSituation(
        parts, purpose, covered=parts, to_role=role.value, court_order=court_order
    )
    require_rule("R49", situation, on, refusal=ConsentMissing)


def require_no_address(
    text: str, *, role: Role | None, on: date, imminent_danger: bool = False
) -> None:
    """Refuse a text that would carry her address to those who do not house her.

    :raises RuleBroken: when it holds one (R47).
    """
    to_role = role.value if role else None
    situation = AddressSituation(to_role, text=text, imminent_danger=imminent_danger)
    require_rule("R47", situation, on)


def within_confidence(
    parts: frozenset[str], asked: Asked, ground: Ground, *, on: date
) -> frozenset[str]:
    """Leave out what stays behind by rule; where a worker named it, say why it cannot go.

    :raises RuleBroken: when her address would leave those who house her (R47).
    :raises ConsentMissing: when health notes would go along with other things (R49).
    """
    address, health = address_of(parts, asked), health_of(parts, asked, ground)
    if asked.compartments:
        require_rule("R47", address, on)
        require_rule("R49", health, on, refusal=ConsentMissing)
        return parts
    stopped: set[str] = set()
    if stopped_by("R47", address, on):
        stopped |= {"D3"}
    if stopped_by("R49", health, on):
        stopped |= {"D5", "D5S"}
    return parts - stopped


def address_of(parts: frozenset[str], asked: Asked) -> AddressSituation:
    """Say whether a sharing would carry her address, and to whom."""
    return AddressSituation(asked.role.value, parts, imminent_danger=is_danger(asked))


def health_of(parts: frozenset[str], asked: Asked, ground: Ground) -> HealthSituation:
    """Say whether a sharing would carry her health notes, and what else it covers."""
    return HealthSituation(
        parts,
        asked.purpose,
        covered=ground.covered,
        to_role=asked.role.value,
        imminent_danger=is_danger(asked),
    )


def is_danger(asked: Asked) -> bool:
    """Tell whether a sharing rests on imminent danger to life."""
    return asked.duty is not None and asked.duty.duty == DANGER
