"""Keeps what leaves for another State, or for a consulate, to what she agreed to (R46, R53)."""

from collections.abc import Mapping
from datetime import date

from opennrm.casework.asking import require_rule
from opennrm.casework.ports import Organisation
from opennrm.lifecycle.case import Case
from opennrm.rights.return_situations import ConsularSituation, ExportSituation
from opennrm.vocabulary.returns import ConsularItem
from opennrm.vocabulary.roles import Role

# What each data class would tell a consulate. The skeleton, identity and contact tell who she is.
TELLS: Mapping[str, str] = {
    "D1": ConsularItem.FAMILY_NAME,
    "D2": ConsularItem.FAMILY_NAME,
    "D3": ConsularItem.FAMILY_NAME,
    "D4": ConsularItem.STATUS,
    "D5": ConsularItem.HEALTH,
    "D6": ConsularItem.CRIMINAL_CASE,
    "D7": ConsularItem.ASYLUM,
    "D8": ConsularItem.STATUS,
    "D9": ConsularItem.SERVICES,
    "D10": ConsularItem.SERVICES,
    "D11": ConsularItem.STATUS,
    "D12": ConsularItem.CRIMINAL_CASE,
    "D13": ConsularItem.CRIMINAL_CASE,
    "D14": ConsularItem.STATUS,
    "D16": ConsularItem.HEALTH,
}


def require_may_leave(
    case: Case,
    house: Organisation,
    role: Role,
    parts: frozenset[str],
    *,
    has_consent: bool,
    on: date,
) -> None:
    """Refuse what would reach a consulate or another State beyond what she agreed to.

    :raises RuleBroken: when a consulate would learn more than who she is (R46), or the recipient
        works in another State and is not the focal point she agreed to (R53).
    """
    is_abroad = state_of(house.jurisdiction) != state_of(case.jurisdiction or house.jurisdiction)
    require_rule("R53", ExportSituation(is_abroad, role.value, has_consent), on)
    if role is Role.CO:
        items = frozenset(str(TELLS[part.rstrip("S")]) for part in parts)
        require_rule("R46", ConsularSituation(items, has_consent), on)


def state_of(jurisdiction: str) -> str:
    """Return the State a jurisdiction belongs to.

    >>> state_of("GB-SCT")
    'GB'
    """
    return jurisdiction.split("-", maxsplit=1)[0]
