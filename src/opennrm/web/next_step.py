"""The steps a case needs next: what is urgent, what is due, what follows a no, what is missing."""

from collections.abc import Iterator

from opennrm.lifecycle import child_file
from opennrm.lifecycle.recovery import AFTER_GROUNDS
from opennrm.vocabulary.identification import IdentificationStatus as Status
from opennrm.web.acts import ACTS, fits
from opennrm.web.forms.act import Act
from opennrm.web.open_case import OpenCase

REFUSED = frozenset({Status.REASONABLE_GROUNDS_NEGATIVE, Status.NOT_IDENTIFIED})
TO_DECIDE = frozenset({Status.REASONABLE_GROUNDS_PENDING, Status.RECONSIDERATION_PENDING})
MISSING_CHILD = ("log_missing_call", "describe_missing_child", "record_child_found")
AFTER_A_NO = ("ask_reconsideration", "refer", "tell_person")
FIRST_STEPS = (
    ("note_safe_contact", "safe_contact_noted"),
    ("record_screening", "screening_recorded"),
    ("assess_risk", "risk_assessed"),
    ("take_consent", "consent_given"),
    ("refer", "referral_sent"),
    ("decide_reasonable_grounds", "reasonable_grounds_decided"),
    ("open_recovery_period", "recovery_period_opened"),
    ("assess_needs", "needs_assessed"),
    ("agree_plan", "plan_agreed"),
    ("offer_service", "service_offered"),
)


def suggested(case: OpenCase) -> list[Act]:
    """Return the steps the case needs next, out of those the viewer may do."""
    for names in _needed(case):
        fitting = [ACTS[name] for name in names if fits(ACTS[name], case)]
        if fitting:
            return fitting
    return []


def _needed(case: OpenCase) -> Iterator[tuple[str, ...]]:
    """Name the steps by how much they press: a missing child first, then what is due."""
    status = case.case.identification
    if child_file.missing(case.case) is not None:
        yield MISSING_CHILD
    if status in TO_DECIDE:
        yield (_decision(case),)
    if status in REFUSED:
        yield AFTER_A_NO
    for name, kind in FIRST_STEPS:
        if case.case.newest(kind) is None and _has_come_to(name, case):
            yield (name,)


def _decision(case: OpenCase) -> str:
    """Name the decision that waits: the formal one where it is this that is looked at again."""
    again = case.case.identification == Status.RECONSIDERATION_PENDING
    formal = case.case.newest("identification_decided") is not None
    return "identify" if again and formal else "decide_reasonable_grounds"


def _has_come_to(name: str, case: OpenCase) -> bool:
    """Tell whether the case is so far: no recovery period before grounds were found."""
    return name != "open_recovery_period" or case.case.identification in AFTER_GROUNDS
