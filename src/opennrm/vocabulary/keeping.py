"""Words about keeping data: why a record is held, how data got out, where an item appears."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class HoldReason(Code):
    """Why a record is kept beyond its day; always for her, or by order of a court."""

    OPEN_CLAIM = "open_claim", "A claim of hers is open"
    PROCEEDINGS = "proceedings", "Proceedings run"
    COMPLAINT = "complaint", "A complaint of hers is open"
    COURT_ORDER = "court_order", "A court ordered it"
    OWN_WISH = "own_wish", "She asked for it"


class DataBreachKind(Code):
    """How data of a person got out, were changed or were lost."""

    WRONG_RECIPIENT = "wrong_recipient", "Sent or shown to the wrong person"
    LOST_OR_STOLEN = "lost_or_stolen", "Device or papers lost or stolen"
    UNAUTHORISED_READING = "unauthorised_reading", "Read by someone without a task"
    BROKEN_INTO = "broken_into", "Account or system broken into"
    MADE_PUBLIC = "made_public", "Made public"
    DESTROYED = "destroyed", "Destroyed or no longer readable"
    OTHER = "other", "Something else"


class Medium(Code):
    """Where an item about the work, or about a person, appears."""

    NEWSPAPER = "newspaper", "Newspaper or magazine"
    BROADCAST = "broadcast", "Radio, television or film"
    ONLINE = "online", "Web site or social media"
    CAMPAIGN = "campaign", "Campaign or leaflet"
    REPORT = "report", "Report or training material"


RULES = "Rights rules "

LISTS = (
    CodeList(
        "hold_reason",
        "Reason for a legal hold",
        "Why a record is kept beyond its day.",
        RULES + "R50",
        Verification.PROJECT,
        HoldReason,
    ),
    CodeList(
        "data_breach_kind",
        "Kind of data breach",
        "How data of a person got out, were changed or were lost.",
        RULES + "R52",
        Verification.PROJECT,
        DataBreachKind,
    ),
    CodeList(
        "medium",
        "Medium",
        "Where an item appears.",
        RULES + "R76",
        Verification.PROJECT,
        Medium,
    ),
)
