"""The reasons for which something is refused, each with a remedy and a sentence to read out."""

from collections.abc import Mapping
from typing import NamedTuple

from opennrm.casework.child_reasons import CHILD_REASONS
from opennrm.casework.file_reasons import FILE_REASONS
from opennrm.casework.hand_over_reasons import HAND_OVER_REASONS
from opennrm.casework.return_reasons import RETURN_REASONS
from opennrm.casework.together_reasons import TOGETHER_REASONS
from opennrm.rights.findings import Finding, broken


class Reason(NamedTuple):
    """What the worker can do next, as a code and as a sentence."""

    remedy: str
    says: str


REASONS: Mapping[str, Reason] = {
    # permissions
    "role_not_allowed": Reason(
        "ask_colleague",
        "Your role does not do this step. Ask a colleague whose role does.",
    ),
    "front_door_only": Reason(
        "use_front_door", "This page is for people without an account. Record a contact instead."
    ),
    "not_from_front_door": Reason("sign_in", "Sign in with your own account to do this."),
    "training_missing": Reason(
        "complete_training",
        "This step needs training that is not on record for you, or has run out. "
        "Ask a trained colleague, and renew your training.",
    ),
    "training_lapsed": Reason(
        "renew_training",
        "Training that your role needs has run out, so you begin no new case and no new sharing. "
        "Go on with the cases you hold, ask a trained colleague, and renew your training.",
    ),
    "agreement_lapsed": Reason(
        "renew_agreement",
        "The agreement of your organisation has ended, so no new case or sharing can begin. "
        "Go on with the cases you hold, and ask the national co-ordinator to renew it.",
    ),
    # access
    "compartment_not_open": Reason(
        "ask_holder",
        "This part of the case is not open to you for writing. "
        "Ask the organisation that holds it, or take consent for it.",
    ),
    "compartment_not_yours_to_share": Reason(
        "ask_holder",
        "You do not hold a part of the case you want to share. "
        "Leave it out, or ask the organisation that holds it to share it.",
    ),
    "recheck_out_of_term": Reason(
        "set_recheck_day",
        "The day of asking again lies after the day it was given and before it ends.",
    ),
    "emergency_too_long": Reason(
        "shorten_emergency", "An emergency opening lasts a day at most. Choose fewer hours."
    ),
    "no_front_door": Reason(
        "call_helpline",
        "Nobody receives referrals here yet. Give the person the number of the helpline.",
    ),
    "deposit_names_her": Reason(
        "ask_her",
        "The person has not agreed that you say who she is, where she is or how to reach her. Ask "
        "her, or leave these out.",
    ),
    "court_order_unclear": Reason(
        "name_order", "Name the court, the person it is for, and each part that is ordered."
    ),
    "court_order_not_held": Reason(
        "answer_in_part",
        "A part is not open to you. Hand over what you hold and tell the court who may hold more.",
    ),
    "court_order_not_found": Reason(
        "check_reference", "No order of your organisation waits here under this reference."
    ),
    "court_order_needs_two": Reason(
        "ask_colleague", "You recorded the order yourself. A colleague makes the package."
    ),
    "emergency_says_nothing": Reason(
        "say_why", "Say in a few words what happened and what you need this part for."
    ),
    "emergency_not_standing_by": Reason(
        "ask_holder",
        "This part does not stand by for the night duty. Ask who holds the case, or rely on "
        "imminent danger and let somebody who holds it share it.",
    ),
    "emergency_needs_two": Reason(
        "ask_colleague",
        "Where a person is opens only when two on night duty agree. Ask a colleague to agree.",
    ),
    "emergency_not_asked": Reason(
        "ask_again", "Nothing waits for your agreement here. It must be asked again after an hour."
    ),
    "emergency_not_found": Reason("check_reference", "There is no such opening in this case."),
    "emergency_reviewed_before": Reason(
        "read_review", "Somebody has looked at this opening already."
    ),
    "emergency_own": Reason(
        "ask_colleague", "You opened it yourself. Ask a colleague to look at it."
    ),
    "sheet_empty": Reason(
        "write_sheet",
        'Nothing is on the sheet. Write at least one of the five things, or "none known".',
    ),
    "access_missing": Reason(
        "ask_holder", "This case, or this part of it, is not open to you for that step."
    ),
    "fact_not_open": Reason("check_reference", "There is no such entry open to you in this case."),
    "fact_of_another": Reason(
        "ask_author",
        "Another organisation recorded this. Ask it to put it right, or record what you know.",
    ),
    "not_the_addressee": Reason(
        "ask_addressee", "Only the organisation that was asked can answer this."
    ),
    # recipients
    "recipient_unknown": Reason(
        "choose_recipient", "This organisation is not in the directory. Choose another."
    ),
    "recipient_lacks_role": Reason(
        "choose_recipient", "This organisation does not act in that role. Choose another."
    ),
    "recipient_agreement_lapsed": Reason(
        "choose_recipient",
        "The agreement of this organisation has ended. Choose another organisation.",
    ),
    "recipient_account_needed": Reason(
        "name_person",
        "Her whereabouts go to named people only. "
        "Name the person who will hold them, or leave them out.",
    ),
    "recipient_account_unknown": Reason(
        "name_person", "The person you named does not hold that role there. Name another."
    ),
    "role_may_not_hold": Reason(
        "narrow_parts", "That role may not hold a part of the case you chose. Leave it out."
    ),
    # consent
    "consent_not_found": Reason("take_consent", "There is no such consent. Take consent first."),
    "consent_not_live": Reason(
        "take_consent",
        "This consent was taken back or has ended. Ask the person again before you share.",
    ),
    "consent_already_ended": Reason(
        "nothing_to_do", "This consent has already been taken back or has ended."
    ),
    "consent_for_another": Reason(
        "take_consent",
        "The consent names another recipient, role or purpose. Take consent for this one.",
    ),
    "consent_too_narrow": Reason(
        "narrow_parts",
        "The consent does not cover a part you want to share, or not for so long. "
        "Share less, or ask the person.",
    ),
    "plan_not_covered": Reason(
        "take_consent",
        "A provider needs the part on needs and services, or its summary, to see an offer. "
        "Ask the person whether it may go to this provider.",
    ),
    "emergency_only": Reason(
        "ask_person",
        "Only emergency medical care may begin before she has agreed. Ask her first.",
    ),
    "consent_incomplete": Reason(
        "complete_consent",
        "A consent names one purpose, at least one part of the case, a language and an end. "
        "Complete what is missing.",
    ),
    "consent_too_long": Reason(
        "shorten_consent", "A consent ends before it begins, or lasts too long. Set another end."
    ),
    "guardian_needed": Reason(
        "ask_guardian",
        "For a child, the guardian consents and the child agrees. "
        "Ask both, or rely on the duty to protect a child.",
    ),
    "basis_missing": Reason(
        "take_consent", "Sharing needs a consent or a legal duty. Take consent first."
    ),
    "duty_does_not_apply": Reason(
        "take_consent",
        "This duty does not apply to what is recorded. Take consent, "
        "or record first why the person is in danger or a child.",
    ),
    "duty_too_long": Reason(
        "shorten_sharing",
        "A legal duty opens a case for a short time only: seven days in imminent danger, thirty "
        "days for a child. Set an earlier end, and ask for consent meanwhile.",
    ),
    "duty_not_found": Reason(
        "look_at_case", "There is no such duty in this case, or it was ended before."
    ),
    "duty_of_another": Reason(
        "ask_holder", "Another organisation relied on this duty. Only it can end it early."
    ),
    "duty_needs_reason": Reason(
        "give_reason", "Relying on a legal duty needs a reason in words. Write it down."
    ),
    # rules and moves
    "hold_outdated": Reason(
        "propose_act",
        "This held act was proposed by somebody else, or something was decided since. "
        "Propose the act anew.",
    ),
    "no_period_runs": Reason(
        "look_at_case", "No recovery and reflection period runs today. Look at the case."
    ),
    "early_end_day": Reason(
        "correct_day",
        "A period ends early today or later, and before its own end. Correct the day.",
    ),
    "hold_not_found": Reason(
        "propose_act", "There is no such held act in this case. Propose the act first."
    ),
    "about_not_found": Reason(
        "check_reference", "What this is about is not in this case. Choose it again."
    ),
    "hold_waits_already": Reason(
        "wait_for_opinion",
        "This act waits for a second person already. Wait for the answer, or give the act up.",
    ),
    "hold_answered_already": Reason(
        "look_at_case", "This was answered, carried out or given up already. Look at the case."
    ),
    "hold_of_another": Reason(
        "ask_author", "Another organisation proposed this act. Only it can give the act up."
    ),
    "not_asked_for_opinion": Reason(
        "ask_author",
        "You were not asked for this opinion, or proposed the act yourself. "
        "The person who was asked answers.",
    ),
    "reader_not_allowed": Reason(
        "ask_second_reader",
        "This role or organisation may not be the second person for this act. Choose another.",
    ),
    "reader_disagreed": Reason(
        "ask_second_reader",
        "The second person there did not agree. Leave the act, or ask another organisation.",
    ),
    "reader_missing": Reason(
        "ask_second_reader",
        "Nobody else there holds this role, or not the person you named. Choose another.",
    ),
    "reader_not_on_case": Reason(
        "ask_second_reader",
        "This organisation has no part in the case, so it cannot judge. "
        "Choose one that has, or share the case with it first.",
    ),
    "override_not_allowed": Reason(
        "keep_rule",
        "This rule does not give way for this reason. Do what the rule asks.",
    ),
    "second_opinion_needed": Reason(
        "propose_act",
        "This waits until a second person of another office agrees. Propose it and name who is "
        "asked; help goes on meanwhile.",
    ),
    "nothing_to_tell": Reason(
        "look_at_case", "There is nothing of this kind in the case that she must be told of."
    ),
    "override_needs_text": Reason(
        "give_reason",
        "Going on in spite of a rule needs the reason in words. Write down what happened.",
    ),
    "decision_not_found": Reason("choose_decision", "There is no such decision in this case."),
    "offer_not_found": Reason("choose_offer", "There is no such offer in this case."),
    "offer_already_answered": Reason("look_at_case", "This has already been answered."),
    "offer_expired": Reason(
        "ask_sender", "The time to answer has run out. Ask the sender to send it again."
    ),
    "person_not_asked": Reason(
        "ask_person",
        "Ask her first whether a partner may be asked. No name goes out, but it is her help.",
    ),
    "partner_term": Reason(
        "choose_day", "The answer is wanted between today and two weeks from now. Choose a day."
    ),
    "partner_silent": Reason(
        "wait_for_answer", "The partner has not answered. Wait, or ask another one."
    ),
    "own_door_not_safe": Reason(
        "assess_risk",
        "No assessment of the dangers that stands today says that a page of her own is safe. "
        "Look at the dangers with her first.",
    ),
    "own_door_not_wanted": Reason(
        "ask_person", "A page of her own opens only when she wants it and has seen it with you."
    ),
    "own_door_of_child": Reason(
        "look_together", "A child looks at this page with her guardian. It has no door of its own."
    ),
    "own_door_not_open": Reason("look_at_case", "She has no page of her own that is open."),
    "cost_needs_currency": Reason("name_currency", "An amount needs its currency. Choose one."),
    "service_not_listed": Reason(
        "choose_service",
        "This organisation has no such service in the directory. Choose one that it lists.",
    ),
    "no_place_free": Reason(
        "await_place",
        "No place is free. Put her on the waiting list, or decline because no place is free.",
    ),
    "place_taken": Reason(
        "take_next_place",
        "This place was given to somebody else a moment ago. Try again: the next free place is "
        "taken, or you are told that none is left.",
    ),
    "others_wait": Reason(
        "await_place",
        "Others wait for this place before her. Give it to them, or say why it goes to her.",
    ),
    "has_a_place": Reason(
        "release_place", "She has a place here already. Say first that it is free again."
    ),
    "no_place_held": Reason("look_at_case", "No place is held for her on this offer."),
    "places_not_given_here": Reason(
        "accept_without_place",
        "The places of this service are not given here one by one, so there is none to hold.",
    ),
    "not_accepted_yet": Reason(
        "answer_offer", "A place is held for who was accepted. Accept the offer first."
    ),
    "referral_not_found": Reason("choose_referral", "There is no such referral in this case."),
    "reason_needed": Reason("give_reason", "A reason is needed here. Choose or write one."),
    "closing_not_ready": Reason(
        "complete_closing",
        "Before a case is closed the plan is reviewed, open claims are listed, a safety plan "
        "is made and she knows how to come back. Complete what is missing.",
    ),
    "grounds_not_found_yet": Reason(
        "decide_reasonable_grounds",
        "The period opens when reasonable grounds were found. Record that decision first.",
    ),
    "period_not_found": Reason(
        "choose_period", "There is no such period to extend, or no days were added. Choose again."
    ),
    "period_runs_already": Reason(
        "extend_period",
        "A recovery and reflection period is running. It is never replaced; make it longer.",
    ),
    "extension_not_longer": Reason(
        "lengthen_period", "An extension ends later than the period that runs. Add more days."
    ),
    "told_before_decided": Reason(
        "correct_day",
        "She cannot be told before the decision was taken. Record the day she was told of it.",
    ),
    "decided_in_future": Reason(
        "correct_day", "A decision is recorded on its day or later. Correct the day."
    ),
    "remedy_over": Reason(
        "correct_day",
        "She must still be able to act against a no. Set the last day for it after today.",
    ),
    "day_not_come": Reason(
        "tell_person", "The period starts when she is told of it. Record it on that day."
    ),
    # justice and redress
    "proceeding_not_found": Reason(
        "choose_proceeding", "There is no such proceeding in this case. Choose again."
    ),
    "no_step_against_her": Reason(
        "look_at_case", "Nothing is recorded against her that would have to be assessed."
    ),
    "hearing_not_found": Reason(
        "choose_hearing", "There is no such hearing in this case. Choose again."
    ),
    "claim_not_found": Reason(
        "choose_claim", "There is no such claim in this case. Choose again."
    ),
    "nothing_chosen": Reason("choose_from_list", "Nothing was chosen. Choose at least one."),
    "limit_day_needed": Reason(
        "name_day", "Name the last day to claim, or the day from which the law here counts."
    ),
    "currency_needed": Reason("name_currency", "Say in which currency the amounts are."),
    "contact_ahead": Reason(
        "change_entry", "This day has not come yet. Give the day on which it happened."
    ),
    "malformed": Reason(
        "change_entry",
        "One of the entries is not a choice from its list, or not a day. Choose it again.",
    ),
    "sign_unknown": Reason(
        "choose_from_list", "One of the signs is not in the lists. Choose signs from the lists."
    ),
    "not_coarse": Reason(
        "choose_from_list",
        "The anonymous notification holds only choices from its lists. Choose from the lists.",
    ),
    "no_safe_way": Reason(
        "wait_for_her",
        "She said that no way of writing to her is safe, or that she will get in touch herself. "
        "Wait for her, or ask her for a safe way.",
    ),
    "legal_hold_not_new": Reason(
        "choose_hold",
        "A legal hold is in force, or it names no later day on which it is looked at again. "
        "Choose a later day.",
    ),
    "legal_hold_not_found": Reason(
        "choose_hold", "There is no such legal hold in force. Choose again."
    ),
    "erasure_not_new": Reason(
        "look_at_case", "It was proposed already to erase this record, or the case is open."
    ),
    "no_files_here": Reason(
        "choose_part", "No files are kept in this part of a case. Choose another part."
    ),
    "no_room_for_file": Reason(
        "keep_smaller_file",
        "A file takes 10 MB at most, and all files of a case 200 MB. Keep a smaller file, or the "
        "page that matters.",
    ),
    "erasure_not_proposed": Reason(
        "propose_erasure",
        "Nobody has proposed to erase this record since the case was closed. Propose it first; "
        "another person then erases it.",
    ),
    "erasure_needs_another": Reason(
        "ask_colleague",
        "You proposed this yourself. Erasing waits for a second person, so ask a colleague.",
    ),
    "data_breach_not_found": Reason(
        "choose_breach", "There is no such data breach, or it was reported already."
    ),
    "not_yet_happened": Reason("correct_day", "Record this on its day or later. Correct the day."),
    "kind_not_corrected": Reason(
        "record_anew",
        "This entry is not corrected by writing over it. Record what happened as a new step.",
    ),
    **{name: Reason(*pair) for name, pair in CHILD_REASONS.items()},
    **{name: Reason(*said) for name, said in RETURN_REASONS.items()},
    **{name: Reason(*said) for name, said in HAND_OVER_REASONS.items()},
    **{name: Reason(*said) for name, said in FILE_REASONS.items()},
    **{name: Reason(*said) for name, said in TOGETHER_REASONS.items()},
}


def found(reason: str, rule: str = "") -> Finding:
    """Make the finding for a reason, under a rule where one asks for it."""
    remedy, says = REASONS[reason]
    return broken(rule, reason, remedy, says)
