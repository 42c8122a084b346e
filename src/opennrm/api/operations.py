"""Every step a program can take: the use case, what it takes, and its kind of step."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints
from uuid import UUID

from opennrm.casework import (
    breach,
    child_acts,
    child_age,
    child_best_interests,
    child_guardian,
    child_missing,
    child_panel,
    closing,
    conference,
    consent,
    consent_recheck,
    contact,
    correction,
    court_order,
    decision,
    decision_letter,
    delivery,
    deposit,
    duty_end,
    early_end,
    emergency,
    erasing,
    hand_over,
    hand_over_received,
    handing,
    holds,
    incident,
    justice,
    justice_hearing,
    justice_statement,
    justice_witness,
    media,
    message,
    notification,
    outcome,
    overrides,
    own_door,
    partners,
    places,
    plan,
    recovery_rest,
    redress,
    redress_money,
    referral,
    residence,
    residence_removal,
    retention,
    safe_return,
    safe_return_assessment,
    safe_return_authorise,
    safe_return_document,
    safe_return_follow_up,
    safe_return_journey,
    safe_return_travel,
    safety_sheet,
    screening,
    service,
    service_words,
    taking_in,
    tasks,
)
from opennrm.vocabulary.programs import ProgramStep

BESIDES = frozenset({"case_ref", "actor", "at", "desk", "expected"})


@dataclass(frozen=True, slots=True)
class Operation:
    """One use case as a program calls it."""

    step: ProgramStep
    use_case: Callable[..., Any]

    @property
    def name(self) -> str:
        """Return the name of the use case, which is its permission too."""
        return self.use_case.__name__

    @property
    def address(self) -> str:
        """Return the last part of its address."""
        return self.name.replace("_", "-")

    @property
    def on_a_case(self) -> bool:
        """Tell whether it is taken on a case that stands already."""
        return "case_ref" in inspect.signature(self.use_case).parameters

    @property
    def without_a_case(self) -> bool:
        """Tell whether it can be taken where no case stands."""
        return not self.on_a_case or self._hints()["case_ref"] != UUID

    @property
    def counts_sequences(self) -> bool:
        """Tell whether it can be refused when somebody wrote meanwhile."""
        return "expected" in inspect.signature(self.use_case).parameters

    @property
    def noun(self) -> str:
        """Return the name of what it takes."""
        return next(name for name in self._hints() if name not in {*BESIDES, "return"})

    @property
    def takes(self) -> type[Any]:
        """Return the dataclass it takes."""
        found: type[Any] = self._hints()[self.noun]
        return found

    @property
    def says(self) -> str:
        """Return the first sentence of its text."""
        return (inspect.getdoc(self.use_case) or "").partition("\n")[0]

    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.use_case)


OF_STEP: dict[ProgramStep, tuple[Callable[..., Any], ...]] = {
    ProgramStep.CONTACT: (
        contact.record_contact,
        contact.describe_person,
        contact.note_safe_contact,
        contact.note_account,
        taking_in.take_in,
    ),
    ProgramStep.SCREENING: (screening.record_screening,),
    ProgramStep.CONSENT: (
        consent.take_consent,
        consent.withdraw_consent,
        consent_recheck.recheck_consent,
    ),
    ProgramStep.REFERRAL: (
        referral.refer,
        referral.acknowledge_referral,
        delivery.deliver_referral,
        delivery.deliver_answers,
        deposit.deposit_referral,
        court_order.record_court_order,
    ),
    ProgramStep.HAND_OVER: (
        hand_over.offer_hand_over,
        hand_over.send_hand_over,
        hand_over.revoke_hand_over,
        hand_over_received.answer_hand_over,
        hand_over_received.confirm_hand_over_end,
    ),
    ProgramStep.NOTIFICATION: (notification.notify_without_identity,),
    ProgramStep.DECISION: (
        decision.decide_reasonable_grounds,
        decision.open_recovery_period,
        decision.identify,
        decision.ask_reconsideration,
        decision_letter.give_letter,
        early_end.end_recovery_period_early,
        recovery_rest.pause_recovery_period,
        recovery_rest.resume_recovery_period,
    ),
    ProgramStep.PLAN: (
        plan.assess_needs,
        plan.assess_risk,
        plan.agree_plan,
        tasks.set_task,
        tasks.end_task,
        conference.call_conference,
        conference.show_agenda,
        conference.hold_conference,
        conference.note_dissent,
        handing.hand_case,
        handing.answer_handing,
        safety_sheet.write_safety_sheet,
    ),
    ProgramStep.SERVICE: (
        service.offer_service,
        service.answer_offer,
        service.record_delivery,
        places.hold_place,
        places.release_place,
        places.await_place,
        partners.ask_partner,
        partners.take_partner_answer,
        own_door.open_own_door,
        own_door.close_own_door,
        service_words.record_not_found,
        service_words.judge_service,
    ),
    ProgramStep.OUTCOME: (outcome.record_outcome, closing.close_case, outcome.reopen_case),
    ProgramStep.RESIDENCE: (
        residence.record_residence,
        residence.apply_for_permit,
        residence.decide_permit,
        residence.inform_of_asylum,
        residence_removal.record_removal_task,
        residence_removal.authorise_removal_task,
        residence_removal.stop_removal_task,
    ),
    ProgramStep.JUSTICE: (
        justice.record_criminal_step,
        justice.record_liability,
        justice.assess_compulsion,
        justice_statement.offer_legal_aid,
        justice_statement.book_statement,
        justice_statement.record_statement,
        justice_hearing.set_hearing,
        justice_hearing.assess_protection,
        justice_hearing.answer_measures,
        justice_hearing.end_hearing,
        justice_hearing.check_evidence,
        justice_hearing.observe_trial,
        justice_witness.plan_for_witness,
        justice_witness.plan_court_day,
        justice_witness.check_on_witness,
    ),
    ProgramStep.REDRESS: (
        redress.answer_routes,
        redress.file_claim,
        redress.note_claim_limit,
        redress.decide_claim,
        redress_money.record_payment,
        redress_money.record_enforcement,
        redress_money.record_assets,
    ),
    ProgramStep.SAFE_RETURN: (
        safe_return.propose_return,
        safe_return.record_return_choice,
        safe_return.take_back_choice,
        safe_return.arrange_return,
        safe_return.give_up_return,
        safe_return_assessment.assess_return,
        safe_return_authorise.authorise_return,
        safe_return_document.request_document,
        safe_return_journey.record_departure,
        safe_return_travel.set_travel_day,
        safe_return_travel.record_travel_event,
        safe_return_journey.record_arrival,
        safe_return_follow_up.start_follow_up,
        safe_return_follow_up.record_follow_up,
    ),
    ProgramStep.CHILDREN: (
        child_guardian.ask_for_guardian,
        child_guardian.name_guardian,
        child_guardian.end_guardianship,
        child_acts.authorise_child_act,
        child_acts.protect_child_at_once,
        child_best_interests.assess_best_interests,
        child_panel.open_determination,
        child_panel.sign_determination,
        child_panel.complete_determination,
        child_missing.report_missing_child,
        child_missing.log_missing_call,
        child_missing.describe_missing_child,
        child_missing.record_child_found,
        child_missing.hold_return_interview,
        child_age.record_age_assessment,
        child_age.settle_age,
        child_age.agree_continuity_plan,
        child_age.note_coming_of_age,
    ),
    ProgramStep.SECOND_PERSON: (
        holds.propose_act,
        holds.give_opinion,
        holds.give_up_act,
        overrides.tell_person,
        duty_end.end_legal_duty,
    ),
    ProgramStep.KEEPING: (
        breach.observe_breach,
        correction.correct_fact,
        message.write_to_person,
        incident.record_data_breach,
        incident.report_data_breach,
        media.release_media_item,
        retention.set_legal_hold,
        retention.lift_legal_hold,
        retention.propose_erasure,
        erasing.erase_record,
        emergency.review_emergency,
    ),
}
OPERATIONS = tuple(Operation(step, each) for step, cases in OF_STEP.items() for each in cases)
