"""Works out which compartments of a case go to a role: agreed to, allowed, and within reach."""

from collections.abc import Iterable

from opennrm.casework.permissions import readable
from opennrm.casework.reasons import found
from opennrm.casework.refusals import ConsentMissing
from opennrm.lifecycle.compartments import Compartment
from opennrm.vocabulary.need_to_know import AT_NIGHT, Access
from opennrm.vocabulary.roles import Role
from opennrm.vocabulary.scopes import Scope

SKELETON = Compartment(Scope.SKELETON).code
SHEET = Compartment(Scope.SHEET).code
# What stands by for the night duty of a house, as far as the house holds it (decision 0056).
NIGHT_PARTS = frozenset(
    Compartment(scope, extract=need is Access.SUMMARY).code
    for scope, need in {Scope.SHEET: Access.READ, **AT_NIGHT}.items()
)
# They work on one part and know the case by its reference only. Source: need-to-know matrix.
BY_REFERENCE_ONLY = frozenset({Role.TM, Role.AR})


def parts_for(role: Role, codes: Iterable[str]) -> frozenset[str]:
    """Spell out scopes as the compartments a role may hold: in full, or the extract only.

    :raises ConsentMissing: when the role may hold nothing of a scope.
    """
    return frozenset(part for code in codes for part in parts_of(role, code))


def skeleton_for(role: Role) -> frozenset[str]:
    """Return the skeleton as a role may hold it; nothing for those who work on one part only.

    :raises ConsentMissing: when another role may hold nothing of it.
    """
    return frozenset() if role in BY_REFERENCE_ONLY else parts_of(role, SKELETON)


def sheet_for(role: Role) -> frozenset[str]:
    """Return the minimum safety sheet, for those who care for her; nothing for others.

    It goes along with every consent to them, and the person is told so.
    """
    return frozenset({SHEET}) & readable(role)


def parts_of(role: Role, code: str) -> frozenset[str]:
    """Spell out one scope, or one extract, for a role.

    :raises ConsentMissing: when the role may hold nothing of it, or there is no such scope.
    """
    try:
        part = Compartment.parse(code)
    except ValueError as fault:
        raise ConsentMissing(found("role_may_not_hold")) from fault
    spelt = {code, Compartment(part.scope, extract=True).code} & readable(role)
    if not spelt:
        raise ConsentMissing(found("role_may_not_hold"))
    return frozenset(spelt)


def chosen_parts(
    wanted: Iterable[str], *, role: Role, covered: frozenset[str], reach: frozenset[str]
) -> frozenset[str]:
    """Choose what goes: what was asked for, or else all that is covered and within reach.

    The skeleton always goes along, since without it the recipient could not find the case, and
    the safety sheet to those who care for her.

    :raises ConsentMissing: when the role may hold nothing of a part, or not even the skeleton.
    """
    skeleton = skeleton_for(role)
    named = tuple(wanted)
    if not named:
        return covered & reach
    # An extract that nobody named goes along only where the actor can open it to the role.
    return frozenset(
        part
        for part in parts_for(role, named) | skeleton | (sheet_for(role) & covered)
        if part in named or part in reach
    )
