"""Small closed lists of codes that only the open parts of facts use."""

from enum import StrEnum

from opennrm.vocabulary.assistance import OutcomeDomain, OutcomeLevel


class Basis(StrEnum):
    """On which ground a fact was recorded or shared."""

    CONSENT = "consent"
    LEGAL_DUTY = "legal_duty"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_TASK = "public_task"
    OWN_RECORD = "own_record"


class Urgency(StrEnum):
    """How soon someone must act on a referral."""

    ROUTINE = "routine"
    URGENT = "urgent"
    IMMEDIATE = "immediate"


class Duty(StrEnum):
    """The legal duties that may stand in for a consent."""

    CHILD_PROTECTION = "child_protection"
    IMMINENT_DANGER = "imminent_danger"
    COMPETENT_AUTHORITY_FOR_CHILD = "competent_authority_for_child"


class DutyEndReason(StrEnum):
    """Why a legal duty was ended before its term."""

    DANGER_PAST = "danger_past"
    CONSENT_TAKEN = "consent_taken"
    PERSON_IS_ADULT = "person_is_adult"
    RELIED_ON_WRONGLY = "relied_on_wrongly"
    OTHER = "other"


class Remedy(StrEnum):
    """What a person may do against a decision."""

    RECONSIDERATION = "reconsideration"
    APPEAL = "appeal"
    COURT_REVIEW = "court_review"
    COMPLAINT = "complaint"


class PreliminaryOutcome(StrEnum):
    """What the reasonable-grounds decision said."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    PENDING = "pending"


class FormalOutcome(StrEnum):
    """What the formal identification decision said."""

    IDENTIFIED = "identified"
    NOT_IDENTIFIED = "not_identified"
    PENDING = "pending"


class FoundReason(StrEnum):
    """Coded reasons beside those for a negative decision."""

    SIGNS = "signs"
    ACT_FOUND = "act_found"
    MEANS_FOUND = "means_found"
    PURPOSE_FOUND = "purpose_found"
    CHILD_MEANS_NOT_REQUIRED = "child_means_not_required"


class ReferralAnswer(StrEnum):
    """What the addressee of a referral answered."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    ASKS = "asks"


class ReferralReason(StrEnum):
    """Why a referral was declined or came back with a question."""

    NOT_COMPETENT = "not_competent"
    MORE_INFORMATION_NEEDED = "more_information_needed"
    SENDER_NOT_ENTITLED = "sender_not_entitled"  # named so that it can be refused (R14)
    NO_SIGNS_SEEN = "no_signs_seen"  # named so that it can be refused (R19)


class AnsweredBy(StrEnum):
    """Who answered an offer."""

    PERSON = "person"
    PROVIDER = "provider"


class WithdrawalReason(StrEnum):
    """Why a consent was taken back; the person owes nobody a reason."""

    NO_REASON_GIVEN = "no_reason_given"
    CHANGED_MIND = "changed_mind"
    FEAR = "fear"
    HARM = "harm"
    PURPOSE_FULFILLED = "purpose_fulfilled"
    OTHER = "other"


class ReopeningReason(StrEnum):
    """Why a case was opened again; never a new proof."""

    PERSON_CAME_BACK = "person_came_back"
    NEW_SIGNS = "new_signs"
    NEW_NEED = "new_need"
    CLOSED_BY_MISTAKE = "closed_by_mistake"


class PauseReason(StrEnum):
    """Why support rests for a while."""

    PERSON_WANTS_TIME = "person_wants_time"
    AWAY = "away"
    OTHER = "other"


class NotSaid(StrEnum):
    """Why there is no answer."""

    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


OUTCOMES = frozenset(f"{domain}.{level}" for domain in OutcomeDomain for level in OutcomeLevel)
