"""Words about consent and sharing: what was agreed to, why data are used, on which basis."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class ConsentPurpose(Code):
    """What one consent is about; each is separate, informed and can be taken back."""

    INTERVIEW = "interview", "Being interviewed"
    REFERRAL = "referral", "Being referred to the mechanism"
    DATA_PROCESSING = "data_processing", "Keeping and using data"
    DISCLOSURE = "disclosure", "Sharing data with one named recipient"
    CO_OPERATION = "co-operation", "Co-operation with police or court"
    MEDICAL_EXAMINATION = "medical_examination", "Medical examination"
    FOLLOW_UP = "follow_up", "Contact after exit or return"
    MEDIA = "media", "Media"
    ANONYMISED_RESEARCH = "anonymised_research", "Anonymised research"


class Purpose(Code):
    """Why data are used or shared."""

    IDENTIFICATION = "identification", "Identification decision"
    ASSISTANCE = "assistance", "Help and case management"
    SERVICE = "service", "Delivery of a service"
    SAFETY = "safety", "Safety"
    CHILD_PROTECTION = "child_protection", "Protection of a child"
    HEALTH_CARE = "health_care", "Health care"
    LEGAL_ADVICE = "legal_advice", "Legal advice and representation"
    RESIDENCE = "residence", "Residence permit"
    ASYLUM = "asylum", "Asylum"
    CRIMINAL_PROCEEDINGS = "criminal_proceedings", "Criminal proceedings"
    COMPENSATION = "compensation", "Compensation"
    SAFE_RETURN = "safe_return", "Safe return"
    FOLLOW_UP = "follow_up", "Follow-up"
    STATISTICS = "statistics", "Statistics"
    REMOVAL = "removal", "Removal", "Named so that it can be refused (R43)."


class Basis(Code):
    """On which basis a fact is kept or opened."""

    CONSENT = "consent", "Consent of the person"
    LEGAL_DUTY = "legal_duty", "Legal duty"
    VITAL_INTEREST = "vital_interest", "Danger to life", "Least data; she is told afterwards."
    PUBLIC_TASK = "public_task", "Public task"
    OWN_RECORD = "own_record", "The organisation's own record of its work"


class LegalDuty(Code):
    """A duty in law that opens data without consent."""

    CHILD_PROTECTION = "child_protection", "Protection of a child"
    IMMINENT_DANGER = "imminent_danger", "Imminent danger to life"
    COMPETENT_AUTHORITY_FOR_CHILD = (
        "competent_authority_for_child",
        "Competent authority, for a child",
    )


class EmergencyReason(Code):
    """Why a sealed sheet was opened without the one who holds its key every day."""

    NOBODY_CAN_SIGN_IN = "nobody_can_sign_in", "Nobody of the day can sign in now"
    MEDICAL = "medical", "Somebody is ill or hurt"
    THREAT = "threat", "Somebody threatens the house or a person in it"
    MISSING = "missing", "Somebody is missing"
    EVACUATION = "evacuation", "Fire or evacuation"


class EmergencyFinding(Code):
    """What the review the next morning found."""

    NEEDED = "needed", "It was needed"
    NOT_NEEDED = "not_needed", "It was not needed"


class WithdrawalReason(Code):
    """Why a consent was taken back, if the person wishes to say; no reason is owed."""

    NO_REASON_GIVEN = "no_reason_given", "No reason given"
    FEELS_UNSAFE = "feels_unsafe", "Does not feel safe"
    NOT_NEEDED = "not_needed", "No longer needed"
    NOT_UNDERSTOOD = "not_understood", "Was not well explained"
    OTHER = "other", "Another reason"


class OwnDoorEnd(Code):
    """Why a page of her own was closed."""

    ASKED_BY_HER = "asked_by_her", "She asked for it"
    BY_PHONE = "by_phone", "She called and said the word"
    DANGER = "danger", "It is not safe now"
    CARD_LOST = "card_lost", "The card is lost"
    CLOSED_BY_HERSELF = "closed_by_herself", "She closed it herself"


class ConsentForm(Code):
    """How consent was given."""

    SPOKEN = "spoken", "Spoken"
    WRITTEN = "written", "Written"
    RECORDED = "recorded", "Recorded in sound or image"


class ConsentQuestion(Code):
    """One of the seven things asked when consent is taken."""

    INTERVIEW_AGREED = "interview_agreed", "Agreed to the interview"
    PURPOSE_EXPLAINED = "purpose_explained", "Purpose was explained"
    USE_EXPLAINED = "use_explained", "Use of the data was explained"
    NON_IDENTIFYING_USE_EXPLAINED = (
        "non_identifying_use_explained",
        "Use of non-identifying data was explained",
    )
    RIGHT_TO_SEE_EXPLAINED = "right_to_see_explained", "Right to ask for the data was explained"
    STORAGE_TIME_EXPLAINED = "storage_time_explained", "Storage time was explained"
    WITHDRAWAL_EXPLAINED = "withdrawal_explained", "How to withdraw was explained"


LISTS = (
    CodeList(
        "consent_purpose",
        "Purpose of a consent",
        "Consent is many consents, each separate and withdrawable.",
        "Domain reference, lifecycle, design fact 5",
        Verification.STATED,
        ConsentPurpose,
    ),
    CodeList(
        "purpose",
        "Purpose of use",
        "Why data are used or shared.",
        "Rights rules R41, R43",
        Verification.PROJECT,
        Purpose,
    ),
    CodeList(
        "basis",
        "Basis",
        "On which basis a fact is kept or opened; a court order never opens access.",
        "Rights rule R41",
        Verification.PROJECT,
        Basis,
    ),
    CodeList(
        "legal_duty",
        "Legal duty",
        "A duty in law that opens data without consent.",
        "Rights rules R32, R33, R41",
        Verification.PROJECT,
        LegalDuty,
    ),
    CodeList(
        "emergency_reason",
        "Reason of an emergency opening",
        "Asked before a sealed sheet opens; kept, told and reviewed.",
        "Rights rule R42",
        Verification.PROJECT,
        EmergencyReason,
    ),
    CodeList(
        "emergency_finding",
        "Finding on an emergency opening",
        "What the review the next morning found.",
        "Rights rule R42",
        Verification.PROJECT,
        EmergencyFinding,
    ),
    CodeList(
        "withdrawal_reason",
        "Reason for taking a consent back",
        "Asked only if she wishes to say.",
        "Rights rule R41",
        Verification.PROJECT,
        WithdrawalReason,
    ),
    CodeList(
        "own_door_end",
        "Why a page of her own was closed",
        "Anybody who keeps her consents closes it at once; so does she.",
        "Decision 0064",
        Verification.PROJECT,
        OwnDoorEnd,
    ),
    CodeList(
        "consent_form",
        "Form of a consent",
        "How consent was given; silence is not a form.",
        "Domain reference, lifecycle, stages 2 and 12",
        Verification.PROJECT,
        ConsentForm,
    ),
    CodeList(
        "consent_question",
        "Question asked at consent",
        "The seven things asked; each answer is kept.",
        "Human Trafficking Case Data Standard 2.0, consent section",
        Verification.PUBLIC_TEXT,
        ConsentQuestion,
    ),
)
