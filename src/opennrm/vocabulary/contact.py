"""Words about first contact: how this organisation came to know of her, and through whom."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class KnowledgeRoute(Code):
    """How this organisation came to know of the person; estimates depend on it later."""

    OWN_DETECTION = "own_detection", "Found by our own work"
    REFERRED = "referred", "Referred by another organisation"
    SELF = "self", "The person came herself or himself"
    RELATIVE_OR_OTHER = "relative_or_other", "A relative, a client, a colleague or someone else"
    HELPLINE = "helpline", "Through a helpline"
    UNKNOWN = "unknown", "Not known"


class ReportingEntity(Code):
    """Which kind of body reported the event."""

    POLICE = "police", "Police"
    BORDER = "border", "Border guard"
    LABOUR_INSPECTION = "labour_inspection", "Labour inspection"
    PROSECUTION = "prosecution", "Prosecution"
    COURT = "court", "Court"
    SOCIAL_SERVICE = "social_service", "Social service"
    HEALTH = "health", "Health service"
    NGO = "ngo", "Non-governmental organisation"
    INTERNATIONAL_ORGANISATION = "international_organisation", "International organisation"
    HELPLINE = "helpline", "Helpline"
    SELF = "self", "The person herself or himself"
    MIGRATION_OR_ASYLUM = "migration_or_asylum", "Migration or asylum authority"
    CONSULAR = "consular", "Consulate"
    EDUCATION = "education", "School or college"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"


class Channel(Code):
    """Through which channel the contact came."""

    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "Phone call"
    TEXT_MESSAGE = "text_message", "Text message or chat"
    WEB_FORM = "web_form", "Web form"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    OUTREACH = "outreach", "Outreach work"
    INSPECTION = "inspection", "Inspection"
    POLICE_OPERATION = "police_operation", "Police operation"
    ASYLUM_INTERVIEW = "asylum_interview", "Asylum interview"
    NOTICE_FROM_ABROAD = "notice_from_abroad", "Notice from another State"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"


class Asker(Code):
    """Who asks for help, for herself or for another person."""

    SELF = "self", "I ask for myself"
    RELATIVE = "relative", "A relative"
    CLIENT = "client", "A client or customer"
    COLLEAGUE = "colleague", "A colleague or neighbour"
    ORGANISATION = "organisation", "An organisation outside the mechanism"
    PROFESSIONAL = "professional", "A professional"


class CaseLabel(Code):
    """What others called the case before anybody asked about trafficking; it decides nothing."""

    SMUGGLING = "smuggling", "Smuggling", "Never closes the question of trafficking (R22)."
    IRREGULAR_STAY = "irregular_stay", "Irregular entry or stay"
    ASYLUM = "asylum", "Asylum"
    LABOUR_DISPUTE = "labour_dispute", "A quarrel about work or wages"
    DOMESTIC_VIOLENCE = "domestic_violence", "Violence at home"
    OFFENCE = "offence", "An offence"
    NONE = "none", "Nothing of these"


class SafeContact(Code):
    """A safe way to reach the person again."""

    PHONE_CALL = "phone_call", "Phone call"
    TEXT_MESSAGE = "text_message", "Text message"
    EMAIL = "email", "E-mail"
    THROUGH_TRUSTED_PERSON = "through_trusted_person", "Through a person she trusts"
    IN_PERSON_AT_AGREED_PLACE = "in_person_at_agreed_place", "In person at an agreed place"
    SHE_WILL_CALL = "she_will_call", "The person will get in touch"
    NONE_SAFE = "none_safe", "No safe way now", "Nobody calls or writes."
    NOT_ASKED = "not_asked", "Not asked"


class ImmediateNeed(Code):
    """What is needed at once."""

    SAFE_PLACE = "safe_place", "A safe place"
    URGENT_HEALTH = "urgent_health", "Urgent medical care"
    SEXUAL_ASSAULT_CARE = "sexual_assault_care", "Care after sexual assault"
    PREGNANCY_CARE = "pregnancy_care", "Care in pregnancy"
    SUBSTANCE_WITHDRAWAL = "substance_withdrawal", "Care in substance withdrawal"
    FOOD = "food", "Food"
    REST = "rest", "Rest and sleep"
    CLOTHES = "clothes", "Clothes"
    MONEY = "money", "Money"
    PHONE_SAFETY = "phone_safety", "A safe phone"
    DEPENDANTS = "dependants", "Care for children or dependants"
    PETS = "pets", "Care for animals"
    INTERPRETER = "interpreter", "An interpreter"


LIFECYCLE_0 = "Domain reference, lifecycle, stage 0"

LISTS = (
    CodeList(
        "case_label",
        "What others called the case",
        "A label given before the question of trafficking was asked; it decides nothing.",
        "Rights rule R22",
        Verification.PROJECT,
        CaseLabel,
    ),
    CodeList(
        "route_to_knowledge",
        "Route to knowledge",
        "How the recording organisation came to know of the person.",
        "Multiple systems estimation needs it: a referral is not an independent find",
        Verification.PROJECT,
        KnowledgeRoute,
    ),
    CodeList(
        "reporting_entity",
        "Reporting entity",
        "Which kind of body reported the event.",
        "Recommended internal value lists, data standards section 10; IC-TIP units",
        Verification.PUBLIC_TEXT,
        ReportingEntity,
    ),
    CodeList(
        "channel",
        "Channel",
        "Through which channel the contact came.",
        LIFECYCLE_0,
        Verification.PROJECT,
        Channel,
    ),
    CodeList(
        "asked_by",
        "Who asks for help",
        "Who writes or calls; no account is needed.",
        LIFECYCLE_0,
        Verification.PROJECT,
        Asker,
    ),
    CodeList(
        "safe_contact",
        "Safe way to make contact",
        "How the person can be reached without danger.",
        LIFECYCLE_0,
        Verification.PROJECT,
        SafeContact,
    ),
    CodeList(
        "immediate_need",
        "Immediate need",
        "What is needed at once.",
        "Domain reference, lifecycle, stage 2",
        Verification.PROJECT,
        ImmediateNeed,
    ),
)
