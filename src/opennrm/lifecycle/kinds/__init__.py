"""The registry of fact kinds: scope, who may append, open fields and sealed fields."""

from collections.abc import Mapping
from types import MappingProxyType

from opennrm.lifecycle.codes import Basis
from opennrm.lifecycle.fields import FactMalformed
from opennrm.lifecycle.kinds.child import CHILD
from opennrm.lifecycle.kinds.consent import CONSENT
from opennrm.lifecycle.kinds.contact import CONTACT
from opennrm.lifecycle.kinds.decision import DECISION
from opennrm.lifecycle.kinds.files import FILES
from opennrm.lifecycle.kinds.hand_over import HAND_OVER
from opennrm.lifecycle.kinds.hold import HOLD
from opennrm.lifecycle.kinds.justice import JUSTICE
from opennrm.lifecycle.kinds.keeping import KEEPING
from opennrm.lifecycle.kinds.kind import Kind, Needs
from opennrm.lifecycle.kinds.outcome import OUTCOME
from opennrm.lifecycle.kinds.override import OVERRIDE
from opennrm.lifecycle.kinds.plan import PLAN
from opennrm.lifecycle.kinds.redress import REDRESS
from opennrm.lifecycle.kinds.referral import REFERRAL
from opennrm.lifecycle.kinds.residence import RESIDENCE
from opennrm.lifecycle.kinds.safe_return import SAFE_RETURN
from opennrm.lifecycle.kinds.screening import SCREENING
from opennrm.lifecycle.kinds.service import SERVICE
from opennrm.lifecycle.kinds.together import TOGETHER

__all__ = ["BASES", "KINDS", "Kind", "Needs", "kind_named"]

BASES = frozenset(Basis)
ROOMS = (
    CONTACT,
    SCREENING,
    CONSENT,
    REFERRAL,
    HAND_OVER,
    DECISION,
    PLAN,
    SERVICE,
    TOGETHER,
    OUTCOME,
    KEEPING,
    FILES,
    HOLD,
    OVERRIDE,
    CHILD,
    RESIDENCE,
    SAFE_RETURN,
    JUSTICE,
    REDRESS,
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for room in ROOMS for kind in room})


def kind_named(name: str) -> Kind:
    """Find a kind.

    :raises FactMalformed: when there is no such kind.
    """
    if name not in KINDS:
        raise FactMalformed(name, "kind", "is not a kind of fact. Choose one of lifecycle.kinds")
    return KINDS[name]
