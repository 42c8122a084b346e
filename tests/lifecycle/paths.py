"""For each state of each track, the shortest way there; and every content a step can have."""

from opennrm.lifecycle.case import Case
from tests.lifecycle.telling import AUTHORITY, HOUSE, Telling, ref

ANY = str(ref("anything"))
CONSENT = {"purpose": "identification", "given_on": "2026-03-02", "recipient": str(AUTHORITY)}
REFERRAL = {"to": str(AUTHORITY), "to_role": "CA", "purpose": "identification"}
DECISION = {"standard": "reasonable_grounds", "decided_on": "2026-03-05"}
OFFER = {"service": "shelter", "provider": str(HOUSE), "provider_role": "SH"}
ANSWER = {"answers": ANY, "by": "person"}
GIVEN = {"answers": ANY, "delivered_from": "2026-03-06"}

STEPS = {
    "agree": ("consent_given", CONSENT),
    "signs": ("screening_recorded", {"presumed": True}),
    "no_signs": ("screening_recorded", {"presumed": False}),
    "refer": ("referral_sent", REFERRAL),
    "grounds_pending": ("reasonable_grounds_decided", {"outcome": "pending", **DECISION}),
    "grounds_positive": ("reasonable_grounds_decided", {"outcome": "positive", **DECISION}),
    "grounds_negative": ("reasonable_grounds_decided", {"outcome": "negative", **DECISION}),
    "formal_pending": ("identification_decided", {"outcome": "pending", **DECISION}),
    "identified": ("identification_decided", {"outcome": "identified", **DECISION}),
    "not_identified": ("identification_decided", {"outcome": "not_identified", **DECISION}),
    "reconsider": ("reconsideration_asked", {"of": ANY, "asked_on": "2026-04-01"}),
    "offer": ("service_offered", OFFER),
    "accept": ("offer_answered", {"answer": "accepted", **ANSWER}),
    "decline": ("offer_answered", {"answer": "declined", **ANSWER}),
    "no_place": ("offer_answered", {**ANSWER, "answer": "declined", "by": "provider"}),
    "deliver": ("service_delivered", GIVEN),
    "plan": ("plan_agreed", {}),
    "pause": ("assistance_paused", {}),
    "follow_up": ("follow_up_started", {}),
    "close": ("case_closed", {"exit_kind": "goals_met"}),
    "reopen": ("case_reopened", {"reason": "person_came_back"}),
    "report": ("criminal_step_recorded", {"step": "reported"}),
    "permit": ("residence_recorded", {"status": "permit_personal"}),
}
WITHDRAW = "withdraw"

WAYS = {
    "identification": {
        "none": "",
        "presumed": "signs",
        "reasonable_grounds_pending": "signs refer",
        "reasonable_grounds_positive": "signs refer grounds_positive",
        "reasonable_grounds_negative": "signs refer grounds_negative",
        "identified": "signs refer grounds_positive identified",
        "not_identified": "signs refer grounds_positive not_identified",
        "reconsideration_pending": "signs refer grounds_negative reconsider",
        "withdrawn_by_person": "signs agree refer withdraw",
    },
    "assistance": {
        "none": "",
        "offered": "offer",
        "accepted": "offer accept",
        "declined": "offer decline",
        "in_support": "offer accept deliver",
        "paused": "offer accept pause",
        "follow_up": "offer accept follow_up",
        "exited": "close",
        "re_entered": "close reopen",
    },
}


def walk(telling: Telling, names: str) -> Case:
    """Take the named steps, and return the case."""
    for name in names.split():
        if name == WITHDRAW:
            consent = next(f for f in reversed(telling.facts) if f.kind == "consent_given")
            taken_back = {"consent": str(consent.fact_ref), "withdrawn_on": "2026-03-09"}
            telling.tell("consent_withdrawn", taken_back)
        else:
            telling.tell(*STEPS[name])
    return telling.case


def case_after(names: str) -> Case:
    """Return the case that these steps tell."""
    return walk(Telling(), names)
