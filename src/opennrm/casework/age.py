"""Asks whether doubt about age is given to the person: a child until her age is verified (R31)."""

from collections.abc import Mapping
from datetime import date

from opennrm.casework.asking import require_rule
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.fields import OpenValue
from opennrm.lifecycle.told import says_adult, says_child
from opennrm.rights.children import AgeSituation, age_status_for

NOTHING_SAID: Mapping[str, OpenValue] = {}


def status_at_contact(majority: str, age_group: str | None, in_doubt: bool, *, on: date) -> str:
    """Work out the age status of a first contact; an adult with a child's age is in doubt.

    :raises RuleBroken: when doubt is not given to the person (R31).
    """
    has_band = says_child({"age_group": age_group})
    word = "child" if has_band and majority == "unknown" else majority
    is_doubted = in_doubt or (has_band and majority == "adult")
    status = age_status_for(word, is_doubted)
    require_rule("R31", AgeSituation(is_doubted, status), on)
    return status or ""


def require_doubt_given(
    case: Case,
    opened: Mapping[str, OpenValue],
    *,
    on: date,
    replaced: Mapping[str, OpenValue] = NOTHING_SAID,
) -> None:
    """Refuse an entry that would make an adult of someone who is treated as a child.

    :raises RuleBroken: when she is a child, or presumed one, and the entry says otherwise (R31).
    """
    new, old = without_status(opened), without_status(replaced)
    now_adult = says_adult(new) and not says_adult(old) and not says_child(new)
    taken_back = says_child(old) and not says_child(new)
    status = "adult" if now_adult or taken_back else case.age_status
    require_rule("R31", AgeSituation(case.is_child, status), on)


def without_status(opened: Mapping[str, OpenValue]) -> Mapping[str, OpenValue]:
    """Leave out the age status, which was worked out and not said."""
    return {name: value for name, value in opened.items() if name != "age_status"}
