"""Tells which referrals and offers still wait for their addressee."""

from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact

ADDRESSEE = {"referral_sent": "to", "service_offered": "provider"}


def awaits_answer(case: Case, asked: Fact) -> bool:
    """Tell whether the addressee of a referral or an offer has still to answer it."""
    if asked.kind == "referral_sent":
        return not case.answering(asked.fact_ref, "referral_acknowledged")
    answers = case.answering(asked.fact_ref, "offer_answered")
    delivered = case.answering(asked.fact_ref, "service_delivered")
    declined = any(one.text("answer") == "declined" for one in answers)
    by_provider = any(one.text("by") == "provider" for one in answers)
    return not (delivered or declined or by_provider)
