"""Finds who may receive anything about a person, and refuses who may not (R43)."""

from datetime import date
from uuid import UUID

from opennrm.casework.asking import require_rule
from opennrm.casework.ports import Desk, Organisation
from opennrm.casework.reasons import found
from opennrm.casework.refusals import PermissionMissing
from opennrm.rights.privacy import RecipientSituation
from opennrm.vocabulary.roles import Role


def recipient(ref: UUID, role: Role, *, purpose: str, on: date, desk: Desk) -> Organisation:
    """Find an organisation that may receive something now, in a role it holds.

    :raises RuleBroken: when it enforces immigration law, or the purpose is a removal (R43).
    :raises PermissionMissing: when it is unknown, lacks the role or has no agreement in force.
    """
    house = named_recipient(ref, role, purpose=purpose, on=on, desk=desk)
    if house.agreement_until is None or on >= house.agreement_until:
        raise PermissionMissing(found("recipient_agreement_lapsed"))
    return house


def named_recipient(ref: UUID, role: Role, *, purpose: str, on: date, desk: Desk) -> Organisation:
    """Find an organisation that a person may name as a recipient, in a role it holds.

    :raises RuleBroken: when it enforces immigration law, or the purpose is a removal (R43).
    :raises PermissionMissing: when it is unknown or lacks the role.
    """
    house = desk.directory.organisation(ref)
    if house is None:
        raise PermissionMissing(found("recipient_unknown"))
    require_rule(
        "R43",
        RecipientSituation(
            organisation_kind=house.kind,
            role=role.value,
            purpose=purpose,
            is_enforcement=house.is_enforcement,
        ),
        on,
    )
    if role not in house.roles:
        raise PermissionMissing(found("recipient_lacks_role"))
    return house


def role_named(code: str) -> Role:
    """Find a role by its code.

    :raises PermissionMissing: when there is no such role.
    """
    try:
        return Role(code)
    except ValueError as fault:
        raise PermissionMissing(found("recipient_lacks_role")) from fault
