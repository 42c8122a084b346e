"""Who may do what: one table, and what each role may read and write of a case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from opennrm.casework.actors import Actor
from opennrm.casework.reasons import found
from opennrm.casework.refusals import PermissionMissing
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.compartments import Compartment
from opennrm.rights.findings import Finding
from opennrm.vocabulary.need_to_know import UNDER_PSEUDONYM, Access, need_to_know
from opennrm.vocabulary.roles import Role, TrainingTag, training_for
from opennrm.vocabulary.scopes import CASE_SCOPES, Scope

Predicate = Callable[[Actor, datetime], Finding | None]

ENFORCEMENT = "immigration_enforcement"
READS = frozenset({Access.READ, Access.WRITE})
READS_EXTRACT = READS | {Access.SUMMARY}


def signed_in(actor: Actor, at: datetime) -> Finding | None:
    """Find that the front door does nothing but ask for help."""
    return found("not_from_front_door") if actor.is_front_door else None


def at_the_front_door(actor: Actor, at: datetime) -> Finding | None:
    """Find that asking for help without an account happens at the front door only."""
    return None if actor.is_front_door else found("front_door_only")


def in_agreement(actor: Actor, at: datetime) -> Finding | None:
    """Find that the organisation's agreement has ended; no new case or sharing begins."""
    until = actor.agreement_until
    today = local_day(actor.jurisdiction, at)
    return None if until and today < until else found("agreement_lapsed")


def bound(actor: Actor, at: datetime) -> Finding | None:
    """Find that no agreement binds the house; while cases are wound up, they are passed on."""
    until, today = actor.bound_until, local_day(actor.jurisdiction, at)
    return None if until and today < until else in_agreement(actor, at)


def trained_in_indicators(actor: Actor, at: datetime) -> Finding | None:
    """Find that the training in indicators is missing. Source: roles reference, section 5."""
    trained = TrainingTag.INDICATORS_BASIC.value in actor.training
    return None if trained else found("training_missing")


def training_current(actor: Actor, at: datetime) -> Finding | None:
    """Find that training a role of the actor needs has run out: nothing new begins, help goes on.

    Source: roles reference, section 5.
    """
    needed = {tag.value for role in actor.roles for tag in training_for(role)}
    return None if needed.isdisjoint(actor.lapsed) else found("training_lapsed")


def not_enforcing(actor: Actor, at: datetime) -> Finding | None:
    """Find that the actor's organisation enforces immigration law; it holds no case (R43)."""
    enforces = Role.IE in actor.roles or actor.organisation_kind == ENFORCEMENT
    return found("enforcement_does_not_decide") if enforces else None


@dataclass(frozen=True, slots=True)
class Permission:
    """The roles that may do a step (none named: every role), and what else must hold."""

    roles: frozenset[Role] = frozenset()
    clauses: tuple[Predicate, ...] = (signed_in,)


def roles(names: str) -> frozenset[Role]:
    """Read a set of roles from their codes."""
    return frozenset(Role(name) for name in names.split())


PERMISSIONS: Mapping[str, Permission] = {
    "record_contact": Permission(roles("FR HL CM"), (signed_in, in_agreement, training_current)),
    "take_in": Permission(roles("FR HL CM"), (signed_in, in_agreement, training_current)),
    "deliver_referral": Permission(roles("FR HL CM"), (signed_in, in_agreement, training_current)),
    "deliver_answers": Permission(roles("FR HL CM")),
    "undo_taking_in": Permission(roles("FR HL CM")),
    "ask_for_help": Permission(clauses=(at_the_front_door,)),
    "deposit_referral": Permission(roles("IE")),
    "describe_person": Permission(roles("FR HL CM")),
    "note_safe_contact": Permission(roles("FR HL CM SH CP")),
    "note_account": Permission(roles("FR HL")),
    "record_screening": Permission(roles("FR HL"), (signed_in, trained_in_indicators)),
    "take_consent": Permission(roles("FR HL CM GU")),
    "withdraw_consent": Permission(roles("FR HL CM GU")),
    "recheck_consent": Permission(roles("FR HL CM GU")),
    "refer": Permission(roles("FR HL CM CA CP LA LE PR"), (signed_in, bound, training_current)),
    "acknowledge_referral": Permission(),
    "offer_hand_over": Permission(roles("TF"), (signed_in, in_agreement, training_current)),
    "send_hand_over": Permission(roles("TF"), (signed_in, in_agreement, training_current)),
    "revoke_hand_over": Permission(roles("TF")),
    "answer_hand_over": Permission(roles("TF")),
    "accept_hand_over": Permission(roles("TF"), (signed_in, in_agreement)),
    "take_over_hand_over": Permission(roles("TF"), (signed_in, in_agreement)),
    "confirm_hand_over_end": Permission(roles("TF")),
    "accept_referral": Permission(clauses=(signed_in, in_agreement)),
    "notify_without_identity": Permission(roles("FR HL CM")),
    "decide_reasonable_grounds": Permission(roles("CA")),
    "open_recovery_period": Permission(roles("CA")),
    "identify": Permission(roles("CA")),
    "end_recovery_period_early": Permission(roles("CA")),
    "give_letter": Permission(roles("CA CM LA GU")),
    "end_legal_duty": Permission(roles("FR HL CM GU CP CA")),
    "ask_reconsideration": Permission(roles("FR CA CM SH LA GU CP")),
    "record_court_order": Permission(roles("FR HL CM")),
    "make_court_package": Permission(roles("FR HL CM")),
    "open_in_emergency": Permission(roles("ND")),
    "ask_in_emergency": Permission(roles("ND")),
    "agree_in_emergency": Permission(roles("ND")),
    "review_emergency": Permission(roles("FR HL CM GU")),
    "write_safety_sheet": Permission(roles("FR HL CM SH HC CP")),
    "assess_needs": Permission(roles("CM SH")),
    "assess_risk": Permission(roles("FR HL CM CP")),
    "agree_plan": Permission(roles("CM")),
    "hand_case": Permission(),
    "answer_handing": Permission(),
    "set_task": Permission(roles("CM")),
    "end_task": Permission(),
    "call_conference": Permission(roles("CM")),
    "show_agenda": Permission(roles("CM")),
    "hold_conference": Permission(roles("CM")),
    "note_dissent": Permission(),
    "offer_service": Permission(roles("FR HL CM SH"), (signed_in, in_agreement, training_current)),
    "answer_offer": Permission(),
    "accept_offer": Permission(clauses=(signed_in, in_agreement)),
    "ask_partner": Permission(roles("FR HL CM SH"), (signed_in, in_agreement, training_current)),
    "take_partner_answer": Permission(roles("FR HL CM SH")),
    "open_own_door": Permission(roles("CM")),
    "close_own_door": Permission(roles("CM")),
    "record_not_found": Permission(roles("FR HL CM SH")),
    "judge_service": Permission(roles("FR HL CM SH GU")),
    "hold_place": Permission(),
    "release_place": Permission(),
    "await_place": Permission(),
    "record_delivery": Permission(),
    "observe_breach": Permission(),
    "record_outcome": Permission(roles("CM SH")),
    "close_case": Permission(roles("FR HL CM")),
    "reopen_case": Permission(roles("FR HL CM")),
    "correct_fact": Permission(),
    "write_to_person": Permission(roles("FR HL CM SH CP")),
    "set_legal_hold": Permission(roles("FR HL CM CA")),
    "lift_legal_hold": Permission(roles("FR HL CM CA")),
    "propose_erasure": Permission(roles("FR HL CM CA")),
    "keep_file": Permission(),
    "erase_record": Permission(roles("FR HL CM CA")),
    "record_data_breach": Permission(),
    "report_data_breach": Permission(),
    "release_media_item": Permission(roles("FR HL CM")),
    "propose_act": Permission(),
    "give_opinion": Permission(),
    "give_up_act": Permission(),
    "record_residence": Permission(roles("MI AS"), (signed_in, not_enforcing)),
    "apply_for_permit": Permission(roles("CM LA GU CP MI"), (signed_in, not_enforcing)),
    "decide_permit": Permission(roles("MI"), (signed_in, not_enforcing)),
    "inform_of_asylum": Permission(),
    "record_removal_task": Permission(),
    "authorise_removal_task": Permission(roles("MI"), (signed_in, not_enforcing)),
    "stop_removal_task": Permission(),
    "pause_recovery_period": Permission(roles("CA")),
    "resume_recovery_period": Permission(roles("CA")),
    "propose_return": Permission(roles("CM LA GU CP TF MI"), (signed_in, not_enforcing)),
    "assess_return": Permission(roles("FR CM CP")),
    "record_return_choice": Permission(roles("CM LA GU CP TF")),
    "take_back_choice": Permission(),
    "arrange_return": Permission(roles("CM LA GU TF")),
    "authorise_return": Permission(roles("TF MI"), (signed_in, not_enforcing)),
    "set_travel_day": Permission(roles("CM LA GU CP TF")),
    "record_travel_event": Permission(),
    "give_up_return": Permission(roles("CM LA GU CP TF MI"), (signed_in, not_enforcing)),
    "record_departure": Permission(),
    "record_arrival": Permission(),
    "request_document": Permission(roles("CM LA GU TF")),
    "start_follow_up": Permission(roles("CM")),
    "record_follow_up": Permission(roles("CM SH TF RE")),
    "tell_person": Permission(),
    "name_guardian": Permission(roles("FR CM CP")),
    "ask_for_guardian": Permission(roles("FR HL CM CP SH LA")),
    "end_guardianship": Permission(roles("CM CP")),
    "assess_best_interests": Permission(roles("CM CP GU")),
    "open_determination": Permission(roles("CM CP GU BP")),
    "sign_determination": Permission(roles("BP")),
    "complete_determination": Permission(roles("BP CP")),
    "authorise_child_act": Permission(roles("FR CA CM CP LE PR AS")),
    "protect_child_at_once": Permission(),
    "record_age_assessment": Permission(roles("CP")),
    "settle_age": Permission(roles("CA CP")),
    "note_coming_of_age": Permission(roles("FR CM CP GU")),
    "agree_continuity_plan": Permission(roles("CM CP GU")),
    "report_missing_child": Permission(),
    "describe_missing_child": Permission(),
    "log_missing_call": Permission(),
    "record_child_found": Permission(),
    "hold_return_interview": Permission(roles("CM CP GU LA")),
    "record_criminal_step": Permission(roles("LE PR")),
    "record_liability": Permission(roles("FR HL CM SH LA GU CP VW CA LE PR")),
    "assess_compulsion": Permission(roles("CA RP")),
    "offer_legal_aid": Permission(roles("FR HL CM SH LA GU CP VW CA LE PR")),
    "book_statement": Permission(roles("LE PR")),
    "record_statement": Permission(roles("FR HL CM SH LA GU CP VW CA LE PR")),
    "set_hearing": Permission(roles("LE PR VW LA")),
    "end_hearing": Permission(roles("LE PR VW LA")),
    "assess_protection": Permission(roles("LE PR VW LA GU CM")),
    "answer_measures": Permission(roles("LE PR VW LA")),
    "check_evidence": Permission(roles("LE PR")),
    "observe_trial": Permission(roles("TM")),
    "plan_court_day": Permission(roles("LE PR VW LA GU")),
    "plan_for_witness": Permission(roles("VW")),
    "check_on_witness": Permission(roles("VW")),
    "answer_routes": Permission(roles("FR HL CM LA CF GU VW")),
    "note_claim_limit": Permission(roles("CM LA CF PR GU VW")),
    "file_claim": Permission(roles("LA CF PR")),
    "decide_claim": Permission(roles("LA CF PR")),
    "record_payment": Permission(roles("CM LA CF GU VW")),
    "record_assets": Permission(roles("AR PR LA CF")),
    "record_enforcement": Permission(roles("LA CF AR PR")),
}


def refusal(use_case: str, *, actor: Actor, at: datetime) -> Finding | None:
    """Find why an actor may not do a step, or nothing when she may."""
    permission = PERMISSIONS[use_case]
    if permission.roles and not actor.holds_any(permission.roles):
        return found("role_not_allowed")
    return next((no for clause in permission.clauses if (no := clause(actor, at))), None)


def allows(use_case: str, *, actor: Actor, at: datetime) -> bool:
    """Say whether an actor may do a step, before any case is looked at."""
    return refusal(use_case, actor=actor, at=at) is None


def require(use_case: str, *, actor: Actor, at: datetime) -> None:
    """Refuse a step the actor may not do.

    :raises PermissionMissing: when role, training or agreement is missing.
    """
    if finding := refusal(use_case, actor=actor, at=at):
        raise PermissionMissing(finding)


def acting_roles(use_case: str, actor: Actor) -> tuple[Role, ...]:
    """List the roles in which an actor does a step, in the order of the roles reference."""
    wanted = PERMISSIONS[use_case].roles or actor.roles
    return tuple(role for role in Role if role in actor.roles and role in wanted)


@cache
def may_read(role: Role, compartment: str) -> bool:
    """Say whether a role may read a compartment of its own cases.

    Source: roles reference, section 4 (need-to-know matrix).
    """
    part = Compartment.parse(compartment)
    access = need_to_know(role, part.scope)
    if (role, part.scope) in UNDER_PSEUDONYM:
        return part.extract
    if part.scope is Scope.SHEET:
        return access in READS and not part.extract
    return part.scope in CASE_SCOPES and access in (READS_EXTRACT if part.extract else READS)


@cache
def may_write(role: Role, compartment: str) -> bool:
    """Say whether a role may write a compartment of its own cases.

    Whoever may read a class may seal a summary of it: extracts are written by all holders.
    """
    part = Compartment.parse(compartment)
    if part.extract:
        return may_read(role, compartment)
    is_of_case = part.scope in (*CASE_SCOPES, Scope.SHEET)
    return is_of_case and need_to_know(role, part.scope) is Access.WRITE


@cache
def readable(role: Role) -> frozenset[str]:
    """List the compartments a role may read, extracts beside what it reads in full."""
    return frozenset(code for code in COMPARTMENTS if may_read(role, code))


@cache
def writable(role: Role) -> frozenset[str]:
    """List the compartments a role may write."""
    return frozenset(code for code in COMPARTMENTS if may_write(role, code))


def _codes(scope: Scope) -> tuple[str, str]:
    return Compartment(scope).code, Compartment(scope, extract=True).code


COMPARTMENTS: tuple[str, ...] = (
    *(code for scope in CASE_SCOPES for code in _codes(scope)),
    Scope.SHEET.value,
)
