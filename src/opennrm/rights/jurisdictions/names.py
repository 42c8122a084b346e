"""The names a value may have, with what each means; what the defaults name is known as well."""

from collections.abc import Mapping
from types import MappingProxyType

LENGTHS = frozenset({"hours", "working_days", "calendar_days", "months"})
NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "acknowledge_referral": ("length", "Answer a referral or an offer"),
        "adult_consent_for_referral": ("bool", "An adult is referred only if she agrees"),
        "anonymous_notification_duty": ("bool", "Duty to notify without identity"),
        "assistance_conditional_on_cooperation": ("bool", "Help depends on co-operation"),
        "child_protection_notice": ("length", "Tell the child-protection service"),
        "claim_alerts": ("list", "Look at a claim before its last day, in months"),
        "claim_limit_civil_claim": ("length", "Time to bring a civil claim"),
        "claim_limit_criminal_order": ("length", "Time to claim in the criminal court"),
        "claim_limit_labour_claim": ("length", "Time to claim wages"),
        "claim_limit_state_fund": ("length", "Time to claim from the State fund"),
        "conclusive_decision_alerts": ("list", "Alerts while the formal decision is open"),
        "conclusive_decision_limit": ("length", "Limit of the formal decision"),
        "conclusive_standard": ("text", "Standard of the formal decision"),
        "consent_review": ("length", "Ask about a consent again"),
        "decision_authority_recovery": ("text", "Who grants the recovery and reflection period"),
        "early_end_grounds": ("list", "Grounds to end the recovery period early"),
        "equal_services_presumed_and_identified": (
            "bool",
            "Presumed and identified persons get the same help",
        ),
        "first_plan": ("length", "Agree the first plan"),
        "follow_up_after_exit": ("list", "Follow up after leaving, in months"),
        "formal_identification_body": ("text", "Who identifies formally"),
        "guardian_full": ("length", "A guardian for the whole procedure"),
        "guardian_temporary": ("length", "A temporary guardian"),
        "identification_by_ngo": ("bool", "Non-governmental organisations identify too"),
        "move_on_support_negative": ("length", "Help after a negative formal decision"),
        "move_on_support_positive": ("length", "Help after a positive formal decision"),
        "national_action_plan_deadline": ("date", "Last day to adopt a national action plan"),
        "national_rapporteur": ("text", "National Rapporteur"),
        "permit_after_unsafe_return": ("length", "Ask for a permit when return is not safe"),
        "permit_basis": ("text", "Law of the residence permit"),
        "permit_expiry_alerts": ("list", "Alerts before a permit ends, in days"),
        "permit_grounds": ("list", "Grounds of the residence permit"),
        "permit_min_length": ("length", "Least length of the residence permit"),
        "preliminary_decision_target": ("length", "Decide on reasonable grounds"),
        "preliminary_standard": ("text", "Standard of the first decision"),
        "reconsideration_window": ("length", "Ask for reconsideration"),
        "protection_assessment_lead": ("length", "Assess protection before a hearing"),
        "recovery_period_max": ("length", "Longest recovery and reflection period"),
        "recovery_period_min": ("length", "Shortest recovery and reflection period"),
        "recovery_period_recorded_within": ("length", "Record the start of the recovery period"),
        "recovery_period_set_by": ("text", "Who sets the recovery and reflection period"),
        "recovery_period_warning": ("length", "Warning before the recovery period ends"),
        "referral_mechanism_and_focal_point": ("text", "A referral mechanism and a focal point"),
        "referral_send": ("length", "Send a referral"),
        "return_assessment_valid": ("length", "A risk assessment before return stays fresh"),
        "return_cooling_off": ("length", "Days to think again after choosing to return"),
        "risk_review": ("length", "Look at the risks again"),
        "rrp_clock_starts": ("text", "When the recovery period starts"),
        "single_nrm_decision": ("bool", "One decision for all of the mechanism"),
        "state_compensation": ("bool", "Compensation by the State"),
        "trafficking_assessment": ("length", "Assess the trafficking link of an unlawful act"),
        "transposition_deadline": ("date", "Last day to bring the directive into law"),
        "guardian_alert": ("length", "Ask again for a guardian"),
        "best_interests_after_emergency": ("length", "Assess best interests after emergency care"),
        "best_interests_panel": ("length", "Determine best interests"),
        "panel_members_and_houses": ("list", "Least members and organisations of a panel"),
        "return_interview": ("length", "Hear a child who came back"),
        "continuity_plan_before": ("length", "Plan for turning 18"),
        "hold_answer": ("length", "Give a second opinion"),
        "hold_escalation": ("length", "Remind whoever waits for a second opinion"),
        "tell_person": ("length", "Tell the person of a rule that gave way"),
        "help_notice_period": ("length", "Help goes on after a no"),
        "data_breach_notice": ("length", "Tell the authority of data in wrong hands"),
        "data_breach_tell_person": ("length", "Tell the person of data in wrong hands"),
    }
)


def family_of(unit: str) -> str:
    """Return whether a unit measures a length, or which other kind of value it marks.

    >>> family_of("months"), family_of("text")
    ('length', 'text')
    """
    return "length" if unit in LENGTHS else unit


def label_of(name: str) -> str:
    """Say in words what a value is about."""
    known = NAMES.get(name)
    return known[1] if known else name.replace("_", " ").capitalize()
