"""What the rights of children say of a case as it stands: warnings and questions."""

from datetime import datetime

from opennrm.casework.child_rules import is_child
from opennrm.casework.warner import Warner
from opennrm.lifecycle import child_file
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.due_children import missing_situation
from opennrm.rights.best_interests import BestInterestsSituation
from opennrm.rights.child_services import MissingSituation
from opennrm.rights.children import ActOnChild, AgeSituation, PlaceSituation
from opennrm.rights.jurisdictions import Presets

HELD = frozenset({"child_detained", "detained"})
FOLLOWED_UP = ("plan_agreed", "child_protected_at_once")


def age(case: Case, presets: Presets, at: datetime) -> AgeSituation | None:
    """Ask whether the age is in doubt, as long as nobody has said anything of it (R31)."""
    if is_child(case) is not None or not case.of_kind("contact_recorded"):
        return None
    return AgeSituation(is_in_doubt=None)


def guardian(case: Case, presets: Presets, at: datetime) -> ActOnChild | None:
    """Warn that a child has no guardian: no interview, no move until one is named (R32)."""
    if not case.is_child:
        return None
    return ActOnChild("interview", True, child_file.guardian(case) is not None)


def assessment(case: Case, presets: Presets, at: datetime) -> BestInterestsSituation | None:
    """Warn that a plan or an emergency of a child was never assessed (R33)."""
    if not case.is_child or not case.of_kind(*FOLLOWED_UP):
        return None
    done = case.newest("best_interests_assessed", "best_interests_determined")
    late = child_file.unassessed(case)
    result = None if late or done is None else done.text("result")
    return BestInterestsSituation("placement", True, result) if result is None else None


def detention(case: Case, presets: Presets, at: datetime) -> PlaceSituation | None:
    """Warn that a child was seen in detention (R35)."""
    seen = [one for one in case.of_kind("breach_observed") if one.text("breach") in HELD]
    return PlaceSituation(True, "detention") if seen and case.is_child else None


def missing(case: Case, presets: Presets, at: datetime) -> MissingSituation | None:
    """Warn that a child is missing and somebody who must know was not reached (R39)."""
    return None if is_child(case) is False else missing_situation(case)


CHILD_FILE = frozenset({"D11"})
WARNERS = (
    Warner("R31", frozenset({"D1"}), age),
    Warner("R32", CHILD_FILE, guardian),
    Warner("R33", CHILD_FILE | {"D9"}, assessment),
    Warner("R35", frozenset({"D1", "D8"}), detention),
    Warner("R39", CHILD_FILE, missing),
)
