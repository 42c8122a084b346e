"""Words of proceedings as the person meets them: statements, hearings, protection, evidence."""

from opennrm.vocabulary.code import Code, CodeList, Verification

STAGE = "Domain reference, lifecycle, stage 8"


class LiabilityStep(Code):
    """What was done to the person for an unlawful act, while there may be a trafficking link."""

    SUSPECT = "suspect", "Recorded as a suspect"
    FINED = "fined", "Fined"
    CHARGED = "charged", "Charged"
    CONVICTED = "convicted", "Convicted"
    NOT_PURSUED = "not_pursued", "No longer pursued"


class UnlawfulAct(Code):
    """What the person is said to have done, coarsely."""

    ENTRY_OR_STAY = "entry_or_stay", "Entry, stay or papers"
    WORK_WITHOUT_PERMIT = "work_without_permit", "Work without a permit"
    SOLD_SEX = "sold_sex", "Selling sex"
    DRUGS = "drugs", "Drugs"
    THEFT_OR_FRAUD = "theft_or_fraud", "Theft or fraud"
    BEGGING = "begging", "Begging"
    RECRUITED_OTHERS = "recruited_others", "Recruiting or guarding others"
    OTHER_ACT = "other_act", "Another act"


class CompelledFinding(Code):
    """What a trafficking assessment found about an unlawful act."""

    COMPELLED = "compelled", "Compelled, as a direct consequence of trafficking"
    NOT_COMPELLED = "not_compelled", "No such link found"
    NOT_DECIDED_YET = "not_decided_yet", "Cannot be said yet"


class LegalAidAnswer(Code):
    """What the person answered when a lawyer was offered."""

    ACCEPTED = "accepted", "The person wants a lawyer"
    DECLINED = "declined", "The person does not want a lawyer"
    NOT_ANSWERED = "not_answered", "The person has not answered yet"


class StatementKind(Code):
    """How the person was asked for what she knows."""

    COMPLAINT = "complaint", "Complaint or report"
    STATEMENT = "statement", "Statement"
    RECORDED_INTERVIEW = "recorded_interview", "Interview recorded in sound and image"
    QUESTIONED_AS_SUSPECT = "questioned_as_suspect", "Questioned as a suspect"
    HEARD_IN_COURT = "heard_in_court", "Heard in court"


class HearingKind(Code):
    """What kind of hearing it is."""

    PRE_TRIAL = "pre_trial", "Before trial"
    TRIAL = "trial", "Trial"
    APPEAL = "appeal", "Appeal"
    COMPENSATION = "compensation", "On compensation"
    OTHER = "other", "Another hearing"


class HearingOutcome(Code):
    """What became of a hearing."""

    HELD = "held", "Held"
    ADJOURNED = "adjourned", "Adjourned to another day"
    CANCELLED = "cancelled", "Cancelled"


class AdjournmentReason(Code):
    """Why a hearing was moved to another day."""

    PROTECTION_NOT_READY = "protection_not_ready", "Protection was not ready"
    NO_LAWYER = "no_lawyer", "No lawyer"
    NO_INTERPRETER = "no_interpreter", "No interpreter"
    PERSON_UNWELL = "person_unwell", "The person was not well"
    COURT = "court", "A reason of the court"


class ProtectionMeasure(Code):
    """What can be asked for so that the person is safe in proceedings."""

    ANONYMITY = "anonymity", "Anonymity"
    PSEUDONYM_IN_FILE = "pseudonym_in_file", "Another name in the file"
    ADDRESS_WITHHELD = "address_withheld", "Address kept out of the file"
    SCREENS = "screens", "Screens in court"
    VIDEO_LINK = "video_link", "Video link"
    CLOSED_SESSION = "closed_session", "Closed session"
    STATEMENT_IN_ADVANCE = "statement_in_advance", "Statement taken in advance"
    NO_CONTACT = "no_contact", "No contact with the accused, in court or on the way"
    POLICE_PROTECTION = "police_protection", "Police protection"
    RELOCATION = "relocation", "Moving to another place"
    IDENTITY_CHANGE = "identity_change", "Change of identity"
    FAMILY_PROTECTED = "family_protected", "Protection of the family"
    HELPERS_PROTECTED = "helpers_protected", "Protection of those who help"


class MeasureState(Code):
    """What became of a request for protection."""

    ASKED = "asked", "Asked for"
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"


class EvidenceLine(Code):
    """Evidence that does not rest on what the person says."""

    FINANCIAL = "financial", "Money flows and accounts"
    DIGITAL = "digital", "Phones, messages, online traces"
    SURVEILLANCE = "surveillance", "Surveillance"
    PREMISES = "premises", "Search of premises"
    DOCUMENTS = "documents", "Contracts, tickets, papers"
    WORK_RECORDS = "work_records", "Wage and work records"
    INSPECTION = "inspection", "Report of an inspection"
    FORENSIC = "forensic", "Medical or forensic findings, with consent"
    OTHER_WITNESSES = "other_witnesses", "Other witnesses"
    EXPERT = "expert", "Expert opinion"


class ExplainedTopic(Code):
    """What a victim-witness co-ordinator explains."""

    COURT_PROCESS = "court_process", "How the court works and who is there"
    RIGHTS = "rights", "Rights in proceedings"
    PROTECTION = "protection", "Protection that can be asked for"
    FREE_CHOICE = "free_choice", "That help does not depend on speaking"
    COMPENSATION = "compensation", "Compensation and how to claim it"
    INTERPRETER = "interpreter", "Interpreter and language"
    NEWS_OF_RELEASE = "news_of_release", "News when an accused person is released"


class CourtDayItem(Code):
    """What is arranged for the day in court, so that the person gets there and back safely."""

    SEPARATE_ENTRANCE = "separate_entrance", "A separate entrance"
    OWN_WAITING_ROOM = "own_waiting_room", "A waiting room apart"
    SAFE_ROUTE = "safe_route", "The way there and back, never past the accused"
    COMPANION = "companion", "Somebody goes with the person"
    INTERPRETER = "interpreter", "An interpreter the person agrees to"
    CHILD_CARE = "child_care", "Somebody looks after the children"
    ROOM_SHOWN = "room_shown", "The room was shown to the person before"
    BREAKS = "breaks", "Breaks, food and medicine"


class AfterHearing(Code):
    """How the person was on the day after."""

    WELL = "well", "Well"
    NEEDS_SUPPORT = "needs_support", "Needs support"
    IN_DANGER = "in_danger", "In danger"
    NOT_REACHED = "not_reached", "Not reached"


def _list(
    name: str,
    title: str,
    definition: str,
    codes: type[Code],
    verification: Verification = Verification.PROJECT,
) -> CodeList:
    return CodeList(name, title, definition, STAGE, verification, codes)


LISTS = (
    _list(
        "liability_step",
        "Step against the person",
        "What was done to the person for an unlawful act; with a sign of trafficking it calls for "
        "an assessment (R54).",
        LiabilityStep,
    ),
    _list("unlawful_act", "Unlawful act", "What the person is said to have done.", UnlawfulAct),
    _list(
        "compelled_finding",
        "Finding on compulsion",
        "What a trafficking assessment found about an unlawful act (R54).",
        CompelledFinding,
    ),
    _list(
        "legal_aid_answer",
        "Answer to the offer of a lawyer",
        "What the person answered when a lawyer was offered (R55).",
        LegalAidAnswer,
    ),
    _list(
        "statement_kind",
        "Kind of statement",
        "How the person was asked for what she knows.",
        StatementKind,
    ),
    _list("hearing_kind", "Kind of hearing", "What kind of hearing it is.", HearingKind),
    _list("hearing_outcome", "What became of a hearing", "Held, moved or not.", HearingOutcome),
    _list(
        "adjournment_reason",
        "Reason for another day",
        "Why a hearing was moved to another day.",
        AdjournmentReason,
    ),
    _list(
        "protection_measure",
        "Protection in proceedings",
        "What can be asked for so that the person is safe in proceedings.",
        ProtectionMeasure,
    ),
    _list(
        "measure_state",
        "Answer to a request for protection",
        "Asked for, granted or refused.",
        MeasureState,
    ),
    _list(
        "evidence_line",
        "Evidence beyond the person",
        "Evidence that does not rest on what the person says (R57).",
        EvidenceLine,
    ),
    _list(
        "explained_topic",
        "Explained before court",
        "What a victim-witness co-ordinator explains.",
        ExplainedTopic,
    ),
    _list(
        "court_day_item",
        "Arranged for the day in court",
        "What is arranged so that the person gets to court and back safely.",
        CourtDayItem,
    ),
    _list(
        "after_hearing",
        "The day after",
        "How the person was on the day after a hearing.",
        AfterHearing,
    ),
)
