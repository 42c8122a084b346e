"""Words of safe return: how, why, with which risks, choices and arrangements."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class ReturnKind(Code):
    """How a return comes about; a forced one is never called voluntary (R62)."""

    VOLUNTARY = "voluntary", "Voluntary, by the person alone"
    ASSISTED = "assisted", "Voluntary, with help"
    BY_AUTHORITY = "by_authority", "Ordered by an authority"


class ReturnAsker(Code):
    """Who asks for the return."""

    PERSON = "person", "The person"
    GUARDIAN = "guardian", "The guardian of the child"
    FAMILY = "family", "The family"
    AUTHORITY = "authority", "An authority here"
    OTHER_STATE = "other_state", "An authority of another State"


class ReturnTopic(Code):
    """A danger that the risk assessment before a return looks at."""

    LIFE = "life", "Danger to life"
    TORTURE = "torture_or_degrading_treatment", "Torture, inhuman or degrading treatment"
    TRAFFICKERS_FREE = "traffickers_free", "The traffickers are free"
    DEBTS = "debts", "Debts"
    FAMILY_INVOLVED = "family_involved", "The family was involved"
    STIGMA = "stigma", "Stigma"
    HONOUR = "honour", "Violence in the name of honour"
    ARREST_FOR_LEAVING = "arrest_for_leaving", "Arrest for having left"
    ACCESS_TO_CARE = "access_to_care", "Access to care"
    CHILDREN = "children", "Her children"
    RE_TRAFFICKING = "re_trafficking", "Being trafficked again"
    STATE_PROTECTION = "state_protection", "Protection by the State in practice"


class NgoInput(Code):
    """What an NGO said for the risk assessment, or why none did."""

    NOTED = "noted", "An NGO was heard and its view noted"
    ASKED_NO_ANSWER = "asked_no_answer", "An NGO was asked and has not answered"
    NONE_THERE = "none_there", "There is none to ask; what was done instead is written down"


class ReturnOutcome(Code):
    """What the risk assessment found, by the standard of a real risk."""

    RETURN_SAFE = "return_safe", "Return is safe"
    RETURN_NOT_SAFE = "return_not_safe", "Return is not safe"
    POSTPONED = "postponed", "Not now; look again later"


class ReturnAlternative(Code):
    """What else she can do; she is told of it before she chooses."""

    RECOVERY_PERIOD = "recovery_period", "Recovery and reflection period"
    PERMIT_PERSONAL = "permit_personal", "Permit on the personal situation"
    PERMIT_CO_OPERATION = "permit_co-operation", "Permit for co-operation"
    ASYLUM = "asylum", "Asylum"
    ANOTHER_STATE = "another_state", "Resettlement in another State"
    ANOTHER_REGION = "another_region", "Another place in this State"


class ReturnWish(Code):
    """What she chose."""

    RETURN = "return", "To return"
    STAY = "stay", "To stay"
    TIME = "time", "Time to think"


class RemedyArrangement(Code):
    """How she takes part in open proceedings and claims from where she goes."""

    LAWYER_ACTS = "lawyer_acts", "A lawyer acts for her, with a written authority"
    BY_VIDEO = "by_video", "She is heard by video"
    COMES_BACK = "comes_back", "She comes back for the hearing, with travel and stay assured"
    STATEMENT_RECORDED = "statement_recorded", "Her statement was recorded with her lawyer there"


class ConsularItem(Code):
    """An item a consulate may be given, or may ask for."""

    FAMILY_NAME = "family_name", "Family name"
    GIVEN_NAMES = "given_names", "Given names"
    BIRTH_DATE = "birth_date", "Date of birth"
    BIRTH_PLACE = "birth_place", "Place of birth"
    SEX = "sex", "Sex in the document"
    CITIZENSHIP = "citizenship", "Citizenship"
    LOST_DOCUMENT = "lost_document", "Number of the lost document"
    PHOTO = "photo", "Photo for the document"
    STATUS = "status", "Status in the mechanism"
    ASYLUM = "asylum", "Asylum or residence"
    SERVICES = "services", "Services received"
    HEALTH = "health", "Health"
    CRIMINAL_CASE = "criminal_case", "Criminal case"
    ADDRESS = "address", "Where she lives"
    REASON_OF_STAY = "reason_of_stay", "Why she is here"


class FollowUpResult(Code):
    """What came of a contact after exit or return."""

    WELL = "well", "Spoke with her; no new danger"
    NEW_NEED = "new_need", "Spoke with her; she needs something"
    SIGNS_AGAIN = "signs_again", "Signs that she is being trafficked again"
    NOT_REACHED = "not_reached", "Not reached"
    NO_MORE = "no_more", "She wants no more contact"


class ContactFrom(Code):
    """Who made the contact; what she tells of herself is always recorded."""

    US = "us", "We contacted her"
    PERSON = "person", "She contacted us"


RETURN_PRINCIPLES = "ODIHR, Guiding Principles on Return, 2014 (titles)"
STAGE_10 = "Domain reference, lifecycle, stage 10"


class TravelEvent(Code):
    """What happened on the day a person travels, from the meeting point to the door there."""

    MET = "met", "Met, and the code word was right"
    WRONG_CODE_WORD = "wrong_code_word", "Somebody came who did not know the code word"
    NO_SHOW = "no_show", "Did not come"
    DELAYED = "delayed", "The journey is late"
    FLIGHT_DIVERTED = "flight_diverted", "The flight goes to another place"
    POLICE_WAITING = "police_waiting", "Police or officials are waiting there"
    TURNED_BACK = "turned_back", "The person does not want to go on"
    LEFT = "left", "On the way"
    RECEIVED = "received", "Received at the other end, as agreed"
    SAFE_AGAIN = "safe_again", "Found, and safe"


LISTS = (
    CodeList(
        "return_kind",
        "Kind of return",
        "How a return comes about.",
        STAGE_10,
        Verification.PROJECT,
        ReturnKind,
    ),
    CodeList(
        "return_asker",
        "Who asks for a return",
        "Who asks for the return.",
        STAGE_10,
        Verification.PROJECT,
        ReturnAsker,
    ),
    CodeList(
        "return_topic",
        "Topic of a risk assessment before return",
        "A danger that is looked at before a return.",
        STAGE_10,
        Verification.STATED,
        ReturnTopic,
    ),
    CodeList(
        "ngo_input",
        "NGO input to the risk assessment",
        "What an NGO said for the risk assessment, or why none did.",
        "Rights rule R61; From Policy to Practice, 2006",
        Verification.PROJECT,
        NgoInput,
    ),
    CodeList(
        "return_outcome",
        "Outcome of a risk assessment before return",
        "Found by the standard of a real risk, and best interests for a child.",
        RETURN_PRINCIPLES,
        Verification.PUBLIC_TEXT,
        ReturnOutcome,
    ),
    CodeList(
        "return_alternative",
        "Alternative to return",
        "What else she can do; told before she chooses.",
        "Rights rule R62",
        Verification.PROJECT,
        ReturnAlternative,
    ),
    CodeList(
        "return_wish",
        "Choice about return",
        "What she chose; it can be taken back at any time.",
        "Rights rule R62",
        Verification.PROJECT,
        ReturnWish,
    ),
    CodeList(
        "remedy_arrangement",
        "Taking part from abroad",
        "How she takes part in open proceedings and claims after a return.",
        "Rights rule R63",
        Verification.PROJECT,
        RemedyArrangement,
    ),
    CodeList(
        "consular_item",
        "Item of a request to a consulate",
        "A consulate learns who she is, and nothing of what happened to her (R46).",
        "Rights rule R46",
        Verification.PROJECT,
        ConsularItem,
    ),
    CodeList(
        "follow_up_result",
        "Result of a follow-up",
        "What came of a contact after exit or return.",
        "Rights rule R45",
        Verification.PROJECT,
        FollowUpResult,
    ),
    CodeList(
        "contact_from",
        "Who made the contact",
        "What she tells of herself is always recorded.",
        "Rights rule R45",
        Verification.PROJECT,
        ContactFrom,
    ),
    CodeList(
        "travel_event",
        "On the day of travel",
        "What happened at the meeting point, on the way and at the other end.",
        "Domain reference, lifecycle, stage 10",
        Verification.PROJECT,
        TravelEvent,
    ),
)
