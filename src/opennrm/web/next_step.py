"""The steps a case needs next, the urgent before the missing, and what answers a day due."""

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
SENT = ("referral_sent", "service_offered")
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
MOST = 3
# The act by which each timer is answered, where one act does it.
ANSWERS = {
    "T01": "offer_service",
    "T02": "refer",
    "T03": "name_guardian",
    "T03W": "ask_for_guardian",
    "T03F": "name_guardian",
    "T04": "refer",
    "T05": "decide_reasonable_grounds",
    "T06H": "take_consent",
    "T07": "agree_plan",
    "T07R": "agree_plan",
    "T07T": "end_task",
    "T07C": "hold_conference",
    "T08": "assess_risk",
    "T09": "identify",
    "T10": "ask_reconsideration",
    "T11": "apply_for_permit",
    "T11A": "apply_for_permit",
    "T11B": "apply_for_permit",
    "T11C": "apply_for_permit",
    "T13": "recheck_consent",
    "T13R": "recheck_consent",
    "T14": "assess_best_interests",
    "T14P": "complete_determination",
    "T15": "assess_return",
    "T15D": "record_travel_event",
    "T15N": "record_travel_event",
    "T15S": "record_travel_event",
    "T15P": "apply_for_permit",
    "T16": "record_follow_up",
    "T17": "propose_erasure",
    "T18": "log_missing_call",
    "T18R": "hold_return_interview",
    "T18B": "report_data_breach",
    "T18P": "tell_person",
    "T19": "tell_person",
    "T20": "give_opinion",
    "T20E": "propose_act",
    "T21": "agree_continuity_plan",
    "T23": "review_emergency",
    "T12": "file_claim",
    "T12A": "note_claim_limit",
    "T54": "assess_compulsion",
    "T56": "assess_protection",
    "T57": "end_hearing",
    "T56D": "check_on_witness",
}


def suggested(case: OpenCase) -> list[Act]:
    """Return the steps the case needs next, three at most, out of those the viewer may do."""
    needed = dict.fromkeys(name for names in _needed(case) for name in names)
    return [ACTS[name] for name in needed if fits(ACTS[name], case)][:MOST]


def answering(timer: str, case: OpenCase) -> Act | None:
    """Return the act by which the viewer may answer what is due, if there is one."""
    act = ACTS.get(ANSWERS.get(timer, ""))
    return act if act and fits(act, case) else None


def _needed(case: OpenCase) -> Iterator[tuple[str, ...]]:
    """Name the steps by how much they press: a missing child first, then what is due."""
    status = case.case.identification
    if child_file.missing(case.case) is not None:
        yield MISSING_CHILD
    if status in TO_DECIDE:
        yield (_decision(case),)
    if status in REFUSED:
        yield AFTER_A_NO
    yield _to_send(case)
    for name, kind in FIRST_STEPS:
        if case.case.newest(kind) is None and _has_come_to(name, case):
            yield (name,)


def _to_send(case: OpenCase) -> tuple[str, ...]:
    """Name how to send what she agreed to last, while nothing was sent on it."""
    newest = case.live_consents[-1:]
    if not newest or newest[0].organisation != case.viewer.actor.organisation:
        return ()
    if case.case.naming("basis_fact", newest[0].fact_ref, *SENT):
        return ()
    return ("offer_service",) if newest[0].text("purpose") == "service" else ("refer",)


def _decision(case: OpenCase) -> str:
    """Name the decision that waits: the formal one where it is this that is looked at again."""
    again = case.case.identification == Status.RECONSIDERATION_PENDING
    formal = case.case.newest("identification_decided") is not None
    return "identify" if again and formal else "decide_reasonable_grounds"


def _has_come_to(name: str, case: OpenCase) -> bool:
    """Tell whether the case is so far: no recovery period before grounds were found."""
    return name != "open_recovery_period" or case.case.identification in AFTER_GROUNDS
