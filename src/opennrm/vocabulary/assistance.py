"""Words of the assistance track: needs, services, answers to offers, exits and outcomes."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class AssistanceStatus(Code):
    """Where help for a person stands."""

    OFFERED = "offered", "Help offered"
    ACCEPTED = "accepted", "Help accepted"
    DECLINED = "declined", "Help declined for now", "The door stays open."
    IN_SUPPORT = "in_support", "In support"
    PAUSED = "paused", "Paused"
    FOLLOW_UP = "follow_up", "Follow-up"
    EXITED = "exited", "Left support"
    RE_ENTERED = "re_entered", "Came back to support", "No new proof is asked."


class ServiceKind(Code):
    """A service of the catalogue."""

    SHELTER = "shelter", "Shelter"
    SEMI_INDEPENDENT_HOUSING = "semi_independent_housing", "Semi-independent housing"
    EMERGENCY_MEDICAL = "emergency_medical", "Emergency medical care"
    MEDICAL = "medical", "Medical care"
    DENTAL = "dental", "Dental care"
    MENTAL_HEALTH = "mental_health", "Mental health care"
    COUNSELLING = "counselling", "Counselling"
    LEGAL_AID = "legal_aid", "Legal aid"
    INTERPRETATION = "interpretation", "Interpretation"
    DOCUMENTS = "documents", "Help with documents"
    FINANCIAL = "financial", "Financial help"
    IN_KIND = "in_kind", "Food, clothes and other things"
    EDUCATION = "education", "Education"
    LANGUAGE_COURSE = "language_course", "Language course"
    VOCATIONAL_TRAINING = "vocational_training", "Vocational training"
    JOB_PLACEMENT = "job_placement", "Help to find a job"
    CHILD_CARE = "child_care", "Child care"
    FAMILY_MEDIATION = "family_mediation", "Family mediation"
    TRACING = "tracing", "Family tracing"
    ESCORT = "escort", "Escort"
    WITNESS_SUPPORT = "witness_support", "Support as a witness"
    RETURN_ASSISTANCE = "return_assistance", "Help with a safe return"
    REINTEGRATION_GRANT = "reintegration_grant", "Reintegration grant"


class NeedDomain(Code):
    """A part of life looked at in the needs assessment."""

    SAFETY = "safety", "Safety"
    HOUSING = "housing", "Shelter and housing"
    PHYSICAL_HEALTH = "physical_health", "Physical health"
    SEXUAL_AND_REPRODUCTIVE_HEALTH = (
        "sexual_and_reproductive_health",
        "Sexual and reproductive health",
    )
    MENTAL_HEALTH = "mental_health", "Mental health"
    SUBSTANCE_USE = "substance_use", "Substance use"
    BASIC_NEEDS = "basic_needs", "Food, clothes and money"
    INTERPRETATION = "interpretation", "Interpreter or cultural mediator"
    DOCUMENTS = "documents", "Documents and civil status"
    LEGAL_ADVICE = "legal_advice", "Legal advice"
    FAMILY_AND_CHILDREN = "family_and_children", "Family and children"
    EDUCATION = "education", "Education"
    LANGUAGE = "language", "Language"
    TRAINING_AND_JOB = "training_and_job", "Training and job"
    COMMUNITY = "community", "Community, faith and leisure"
    DEBT = "debt", "Debt"
    DIGITAL_SAFETY = "digital_safety", "Digital safety"
    RETURN_OR_STAY = "return_or_stay", "Plans to return or stay"


class OfferAnswer(Code):
    """How an organisation, or the person, answered an offer or a referral."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    ASKS = "asks", "Asks a question first"


class AnsweredBy(Code):
    """Who answered an offer."""

    PERSON = "person", "The person"
    PROVIDER = "provider", "The organisation"


class Urgency(Code):
    """How soon an answer or a service is needed."""

    NOW = "now", "Now"
    TODAY = "today", "Today"
    THIS_WEEK = "this_week", "This week"
    ROUTINE = "routine", "In the normal order"


class ReopeningReason(Code):
    """Why a closed case is opened again; no new proof is asked."""

    PERSON_CAME_BACK = "person_came_back", "The person came back"
    NEW_NEED = "new_need", "There is a new need"
    TRAFFICKED_AGAIN = "trafficked_again", "Signs of being trafficked again"
    CLOSED_BY_MISTAKE = "closed_by_mistake", "Closed by mistake"
    OTHER = "other", "Another reason"


class OfferAnswerReason(Code):
    """Why an offer or a referral was declined; counted, so that gaps can be seen."""

    NO_PLACE = "no_place", "No place free"
    NO_PLACE_FOR_SEX = "no_place_for_sex", "No place for this sex", "Counted as a gap (R05)."
    NO_PLACE_FOR_AGE = "no_place_for_age", "No place for this age", "Counted as a gap."
    FORM_NOT_COVERED = (
        "form_not_covered",
        "Form of exploitation not covered",
        "Counted as a gap: all forms are to be served (R04).",
    )
    PROOF_ASKED = (
        "proof_asked",
        "Waits for a proof, a screening or a decision",
        "Named so that it can be refused (R03, R13).",
    )
    NOT_ACCESSIBLE = "not_accessible", "Not accessible for a disability"
    OUTSIDE_AREA = "outside_area", "Outside the area served"
    SERVICE_NOT_PROVIDED = "service_not_provided", "Service not provided here"
    NO_INTERPRETER = "no_interpreter", "No interpreter"
    NOT_SAFE_HERE = "not_safe_here", "Not safe for her here"
    OTHER_CARE_NEEDED = "other_care_needed", "Other care is needed first"
    CONFLICT_OF_INTEREST = "conflict_of_interest", "Conflict of interest"
    PERSON_WANTS_TIME = "person_wants_time", "The person wants time"
    PERSON_DOES_NOT_WANT = "person_does_not_want", "The person does not want it"
    PERSON_FOUND_OTHER_HELP = "person_found_other_help", "The person found other help"
    NO_REASON_GIVEN = "no_reason_given", "No reason given", "The person owes nobody a reason."
    OTHER = "other", "Another reason"


class WaitingReason(Code):
    """Why somebody waits for a place before others; the order of the codes is the order."""

    IN_DANGER = "in_danger", "In danger where she is now"
    CHILD = "child", "A child, or somebody with a child or expecting one"
    NOWHERE_TO_SLEEP = "nowhere_to_sleep", "Nowhere safe to sleep"
    ORDER_OF_ASKING = "order_of_asking", "In the order of asking"


class PassingReason(Code):
    """Why a free place went to somebody who was not the first to wait for it."""

    PLACE_DOES_NOT_FIT = "place_does_not_fit", "The place does not fit who waits before"
    NOT_SAFE_TOGETHER = "not_safe_together", "Not safe together with who lives there"
    CANNOT_COME_NOW = "cannot_come_now", "Who waits before cannot come now"
    SUDDEN_DANGER = "sudden_danger", "Sudden danger to life"


class ReleaseReason(Code):
    """Why a place became free again."""

    MOVED_ON = "moved_on", "Moved on as planned"
    LEFT = "left", "Left by her own wish"
    OTHER_PLACE = "other_place", "Got another place here"
    DID_NOT_COME = "did_not_come", "Did not come"
    NOT_SAFE_HERE = "not_safe_here", "Not safe here any more"


class LackingIn(Code):
    """In what every service that was looked at falls short; counted, so that gaps can be seen."""

    NOBODY_OFFERS_IT = "nobody_offers_it", "Nobody offers it"
    GROUP = "group", "Nobody takes these people"
    PLACES = "places", "No place free"
    AREA = "area", "Nobody works there"
    LANGUAGE = "language", "No interpreter"
    ACCESS = "access", "Not accessible"
    HOURS = "hours", "Not open then"
    FORM = "form", "This form of exploitation is left out"


class HerView(Code):
    """How she says it was, if she wishes."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    NOT_ASKED = "not_asked", "Not asked"


class DeliveryResult(Code):
    """How a service that was accepted went."""

    DELIVERED = "delivered", "Delivered"
    PARTLY_DELIVERED = "partly_delivered", "Delivered in part"
    NOT_DELIVERED = "not_delivered", "Not delivered"
    PERSON_STOPPED = "person_stopped", "Stopped by the person"


class ExitKind(Code):
    """Why support for a person ended; the end of a trial or a budget is not a reason."""

    GOALS_MET = "goals_met", "Goals met"
    PERSON_WITHDREW = "person_withdrew", "The person withdrew"
    MOVED = "moved", "Moved away"
    TRANSFERRED = "transferred", "Handed over to another service"
    LOST_CONTACT = "lost_contact", "Contact lost"
    DECEASED = "deceased", "Died"
    OTHER = "other", "Another reason"


class OutcomeDomain(Code):
    """A part of life in which the person says, if she wishes, how things stand."""

    SAFETY = "safety", "Safety"
    HEALTH = "health", "Health"
    HOUSING_STABILITY = "housing_stability", "Stable housing"
    INCOME = "income", "Income"
    SOCIAL_TIES = "social_ties", "Social ties"
    LEGAL_STATUS = "legal_status", "Legal status"
    SENSE_OF_CONTROL = "sense_of_control", "Sense of control over her own life"


class OutcomeLevel(Code):
    """How the person says things stand in one part of life."""

    MUCH_WORSE = "much_worse", "Much worse"
    WORSE = "worse", "Worse"
    SAME = "same", "The same"
    BETTER = "better", "Better"
    MUCH_BETTER = "much_better", "Much better"
    NOT_ASKED = "not_asked", "Not asked"


STAGE = "Domain reference, lifecycle, stage "

LISTS = (
    CodeList(
        "assistance_status",
        "Assistance status",
        "Where the assistance track stands; it never waits for another track.",
        STAGE + "6 and 11",
        Verification.STATED,
        AssistanceStatus,
    ),
    CodeList(
        "service_kind",
        "Service catalogue",
        "The services an organisation may offer.",
        STAGE + "6",
        Verification.STATED,
        ServiceKind,
    ),
    CodeList(
        "need_domain",
        "Domain of need",
        "The parts of life a needs assessment looks at.",
        STAGE + "6",
        Verification.PROJECT,
        NeedDomain,
    ),
    CodeList(
        "offer_answer",
        "Answer to an offer",
        "How an offer or a referral was answered.",
        STAGE + "6",
        Verification.PROJECT,
        OfferAnswer,
    ),
    CodeList(
        "answered_by",
        "Who answered",
        "Whether the person or the organisation answered an offer.",
        STAGE + "6",
        Verification.PROJECT,
        AnsweredBy,
    ),
    CodeList(
        "urgency",
        "Urgency",
        "How soon an answer or a service is needed.",
        STAGE + "3",
        Verification.PROJECT,
        Urgency,
    ),
    CodeList(
        "reopening_reason",
        "Reason for opening a case again",
        "Why a closed case is opened again (R13).",
        STAGE + "11",
        Verification.PROJECT,
        ReopeningReason,
    ),
    CodeList(
        "offer_answer_reason",
        "Reason for declining",
        "Why an offer or a referral was declined; not co-operating is not a reason (R01).",
        "Rights rules R01, R04, R05, R11",
        Verification.PROJECT,
        OfferAnswerReason,
    ),
    CodeList(
        "delivery_result",
        "Result of a service",
        "How an accepted service went.",
        STAGE + "6",
        Verification.PROJECT,
        DeliveryResult,
    ),
    CodeList(
        "waiting_reason",
        "Reason to wait before others",
        "Why somebody waits for a place before others, in the order in which places are given.",
        STAGE + "6",
        Verification.PROJECT,
        WaitingReason,
    ),
    CodeList(
        "passing_reason",
        "Reason to give a place out of order",
        "Why a free place went to somebody who was not the first to wait.",
        STAGE + "6",
        Verification.PROJECT,
        PassingReason,
    ),
    CodeList(
        "release_reason",
        "Reason a place became free",
        "Why a place that was held became free again.",
        STAGE + "6",
        Verification.PROJECT,
        ReleaseReason,
    ),
    CodeList(
        "lacking_in",
        "What was missing",
        "In what every service that was looked at falls short.",
        "Rights rules R04, R05",
        Verification.PROJECT,
        LackingIn,
    ),
    CodeList(
        "her_view",
        "Her own view",
        "How she says a service was, if she wishes.",
        STAGE + "6",
        Verification.PROJECT,
        HerView,
    ),
    CodeList(
        "exit_kind",
        "Kind of exit",
        "Why support ended.",
        STAGE + "11",
        Verification.PROJECT,
        ExitKind,
    ),
    CodeList(
        "outcome_domain",
        "Domain of outcome",
        "Parts of life the person may assess herself.",
        STAGE + "11",
        Verification.PROJECT,
        OutcomeDomain,
    ),
    CodeList(
        "outcome_level",
        "Level of outcome",
        "How the person says things stand against the start.",
        STAGE + "11",
        Verification.PROJECT,
        OutcomeLevel,
    ),
)
