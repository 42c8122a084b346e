"""Asks for a child what stands before a return, a transfer or a detention (R34, R35)."""

from datetime import date

from opennrm.casework.asking import require_rule
from opennrm.casework.child_best_interests import require_determination, require_not_detained
from opennrm.casework.child_rules import is_child
from opennrm.lifecycle import child_file
from opennrm.lifecycle.case import Case
from opennrm.rights.children import ActOnChild
from opennrm.rights.jurisdictions import Presets
from opennrm.vocabulary.residence import RemovalAct


def require_for_child(case: Case, act: str, presets: Presets, *, on: date) -> None:
    """Refuse to send away or hold a child, or a person whose age is in doubt.

    :raises RuleBroken: when no guardian stands by her (R32), a panel has not determined that it
        is best for her (R34), or she would be held (R35).
    """
    if act == RemovalAct.DETENTION:
        require_not_detained(case, on=on)
        return
    require_determination(case, act=act, on=on, presets=presets)
    guarded = child_file.guardian(case) is not None
    require_rule("R32", ActOnChild(act, is_child(case), guarded), on)
