"""Words of calls to a helpline: how the caller can speak, what it was about, what came of it."""

from opennrm.vocabulary.code import Code, CodeList, Verification

SOURCE = "Roles reference, helpline"


class CallSituation(Code):
    """Whether the caller can speak, as far as it can be heard."""

    FREE = "free", "The caller speaks freely"
    SILENT = "silent", "Nobody speaks"
    OVERHEARD = "overheard", "Somebody may hear the caller"
    ABUSER_LISTENS = "abuser_listens", "Somebody the caller fears is listening"
    IMMINENT_THREAT = "imminent_threat", "The caller is in danger this minute"
    BROKE_OFF = "broke_off", "The line broke off"


class CallTopic(Code):
    """What a call was about, coarsely."""

    OWN_SITUATION = "own_situation", "The caller's own situation"
    WORRY = "worry", "Worry about somebody else"
    JOB_OFFER = "job_offer", "A job offer or a journey"
    RIGHTS = "rights", "Rights, wages, papers"
    MISSING = "missing", "Somebody is missing"
    OTHER = "other", "Something else"


class CallOutcome(Code):
    """What came of a call."""

    LISTENED = "listened", "Listened"
    ADVICE = "advice", "Advice given"
    SERVICE_NAMED = "service_named", "A service was named"
    EMERGENCY = "emergency", "Emergency services called"
    CALL_BACK = "call_back", "A call back was agreed"
    CASE_WISHED = "case_wished", "The caller wishes a case"
    NOT_FOR_US = "not_for_us", "Not for this line"
    NOTHING = "nothing", "Nothing could be done"


LISTS = (
    CodeList(
        "call_situation",
        "How the caller can speak",
        "What can be heard of the caller's safety; it decides how to go on.",
        SOURCE,
        Verification.PROJECT,
        CallSituation,
    ),
    CodeList(
        "call_topic",
        "What a call was about",
        "Coarse topics, so that no call tells of a person.",
        SOURCE,
        Verification.PROJECT,
        CallTopic,
    ),
    CodeList(
        "call_outcome",
        "What came of a call",
        "What came of a call; most stay calls and become no case.",
        SOURCE,
        Verification.PROJECT,
        CallOutcome,
    ),
)
