"""Words about organisations, agreements, the directory and the structures of a mechanism."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class ContactPurpose(Code):
    """What a contact point of an organisation is turned to for."""

    GENERAL = "general", "General questions"
    NATIONAL_FOCAL_POINT = "national_focal_point", "Focal point in the mechanism"
    CROSS_BORDER_FOCAL_POINT = (
        "cross_border_focal_point",
        "Focal point for cross-border referral",
        "Named person through whom a referral to another State goes (R53).",
    )
    COMPLAINTS = "complaints", "Complaints"
    DATA_PROTECTION = "data_protection", "Data protection"
    PRESS = "press", "Press"


class AgreementKind(Code):
    """What kind of document binds organisations to each other."""

    MEMORANDUM = "memorandum", "Memorandum of understanding"
    OPERATING_PROCEDURE = "operating_procedure", "Standard operating procedure"
    DATA_SHARING = "data_sharing", "Data-sharing agreement"
    SERVICE_CONTRACT = "service_contract", "Contract for services"


class AgreementStatus(Code):
    """Where an agreement stands; only one in force lets its parties take part."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open for signature"
    IN_FORCE = "in_force", "In force"
    ENDED = "ended", "Ended"


class SignedHow(Code):
    """How a party signed."""

    HERE = "here", "Here, by a person of the organisation"
    ON_PAPER = "on_paper", "On paper, recorded by the co-ordinator"


class GroupTaken(Code):
    """A group of people whom a service takes in."""

    WOMEN = "women", "Women"
    MEN = "men", "Men"
    GIRLS = "girls", "Girls"
    BOYS = "boys", "Boys"
    TRANSGENDER = "transgender", "Transgender persons"
    FAMILIES = "families", "Parents with children"


class AccessNeed(Code):
    """What a service must be accessible for, so that nobody is turned away by a door."""

    STEP_FREE = "step_free", "Wheelchair, or no steps"
    SIGHT = "sight", "Blind or with little sight"
    HEARING = "hearing", "Deaf or hard of hearing"
    EASY_LANGUAGE = "easy_language", "Learning disability: easy language and time"
    MENTAL_HEALTH = "mental_health", "Mental health: quiet and a person at hand"
    DAILY_CARE = "daily_care", "Help with daily care"


class Opening(Code):
    """When a service can be reached."""

    WEEKDAYS = "weekdays", "Weekdays"
    EVENINGS = "evenings", "Evenings"
    NIGHTS = "nights", "Nights"
    WEEKENDS = "weekends", "Weekends and holidays"


class CheckResult(Code):
    """What a check against a standard found."""

    MET = "met", "Met"
    MET_IN_PART = "met_in_part", "Met in part"
    NOT_MET = "not_met", "Not met"


class StructureKind(Code):
    """What kind of national or local structure this is."""

    COMMISSION = "commission", "National commission"
    LOCAL_COMMITTEE = "local_committee", "Local or regional committee"
    WORKING_GROUP = "working_group", "Working group"
    CO_ORDINATOR = "co-ordinator", "National co-ordinator"
    RAPPORTEUR = "rapporteur", "National Rapporteur or equivalent mechanism"


class SeatFunction(Code):
    """What the holder of a seat does in a structure."""

    CHAIR = "chair", "Chair"
    DEPUTY = "deputy", "Deputy chair"
    MEMBER = "member", "Member"
    SECRETARY = "secretary", "Secretary"
    OBSERVER = "observer", "Observer"


class DecisionStatus(Code):
    """What became of a decision of a structure."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped, with reason"


class GuaranteeKind(Code):
    """What makes a Rapporteur independent, or does not."""

    LEGAL_BASIS = "legal_basis", "Legal basis"
    APPOINTMENT = "appointment", "Appointment and dismissal"
    TERM = "term", "Term of office"
    BUDGET_LINE = "budget_line", "Budget line of its own"
    STAFF = "staff", "Staff of its own"
    DATA_ACCESS = "data_access", "Right to be given data"
    PUBLISHING = "publishing", "Publishes without clearance"
    DUTY_TO_ANSWER = "duty_to_answer", "Government must answer recommendations"


class GuaranteeStands(Code):
    """Whether a guarantee is given."""

    GIVEN = "given", "Given"
    GIVEN_IN_PART = "given_in_part", "Given in part"
    NOT_GIVEN = "not_given", "Not given"
    NOT_KNOWN = "not_known", "Not known"


def _list(name: str, title: str, definition: str, source: str, codes: type[Code]) -> CodeList:
    return CodeList(name, title, definition, source, Verification.PROJECT, codes)


ROLES = "Roles reference, section 6"
NATIONAL = "National structures reference, sections 1 and 3"
LISTS = (
    _list(
        "contact_purpose",
        "Purpose of a contact point",
        "What a person or desk of an organisation is turned to for.",
        "Roles reference, sections 2 and 6",
        ContactPurpose,
    ),
    _list(
        "agreement_kind",
        "Kind of agreement",
        "What kind of document binds organisations to each other.",
        ROLES,
        AgreementKind,
    ),
    _list(
        "agreement_status",
        "Status of an agreement",
        "Where an agreement stands; only one in force lets its parties take part.",
        ROLES,
        AgreementStatus,
    ),
    _list("signed_how", "How a party signed", "Here or on paper.", ROLES, SignedHow),
    _list("group_taken", "Group taken", "Whom a service takes in.", ROLES, GroupTaken),
    _list(
        "access_need",
        "What a service is accessible for",
        "What a service must be accessible for.",
        ROLES,
        AccessNeed,
    ),
    _list("opening", "When a service is open", "When it can be reached.", ROLES, Opening),
    _list(
        "check_result",
        "Result of a check",
        "What a check against a standard found.",
        ROLES,
        CheckResult,
    ),
    _list(
        "structure_kind",
        "Kind of structure",
        "Which national or local structure this is.",
        NATIONAL,
        StructureKind,
    ),
    _list("seat_function", "Function of a seat", "What a holder does.", NATIONAL, SeatFunction),
    _list(
        "decision_status",
        "Status of a decision",
        "What became of a decision of a structure.",
        NATIONAL,
        DecisionStatus,
    ),
    _list(
        "guarantee_kind",
        "Guarantee of a Rapporteur",
        "What makes a Rapporteur independent, or does not.",
        NATIONAL,
        GuaranteeKind,
    ),
    _list(
        "guarantee_stands",
        "Whether a guarantee is given",
        "Whether a guarantee of a Rapporteur is given.",
        NATIONAL,
        GuaranteeStands,
    ),
)
