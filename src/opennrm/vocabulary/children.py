"""Words about children: guardian, best interests, acts on a child, places, a missing child."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class GuardianKind(Code):
    """For how long a guardian was named."""

    TEMPORARY = "temporary", "Temporary", "Named at once, until a full guardian is there."
    FULL = "full", "Full"


class GuardianInterest(Code):
    """What stands against being a guardian: an interest of one's own in what becomes of her."""

    MIGRATION_AUTHORITY = "migration_authority", "Works for the migration authority"
    HOUSES_THE_CHILD = "houses_the_child", "Owns or runs the place where the child stays"
    DECIDES_ON_THE_CHILD = "decides_on_the_child", "Decides on the child's case"
    INVESTIGATES = "investigates", "Investigates or prosecutes the case"
    SUSPECTED = "suspected", "Is suspected, or close to somebody who is"
    FAMILY_INVOLVED = "family_involved", "Family that may be involved in the trafficking"
    MONEY = "money", "Gains or loses money by what becomes of the child"
    OTHER = "other", "Another interest of her or his own"


class ChildAct(Code):
    """Something done to, or decided about, a child."""

    EMERGENCY_CARE = "emergency_care", "Emergency care", "Never waits for anything."
    MOVE_TO_SAFETY = "move_to_safety", "Moving to safety", "Never waits for anything."
    INTERVIEW = "interview", "Interview"
    AGE_ASSESSMENT = "age_assessment", "Age assessment"
    MEDICAL_EXAMINATION = "medical_examination", "Medical or forensic examination"
    PLACEMENT = "placement", "Placement"
    TRANSFER = "transfer", "Transfer to another place"
    FAMILY_TRACING = "family_tracing", "Tracing of the family"
    FAMILY_CONTACT = "family_contact", "Contact with the family"
    SEPARATION = "separation", "Separation from parents against their will"
    RETURN = "return", "Return to another State"
    REMOVAL = "removal", "Removal"
    DUBLIN_TRANSFER = "dublin_transfer", "Transfer to the State responsible for asylum"
    TRANSFER_ABROAD = "transfer_abroad", "Transfer to another State"
    FAMILY_REUNIFICATION = "family_reunification", "Family reunification"
    DURABLE_PLACEMENT = "durable_placement", "Durable placement, adoption among them"


class ChildPlace(Code):
    """What kind of place a child is placed in, or offered."""

    FAMILY_CARE = "family_care", "Family or foster care"
    CHILDREN_HOME = "children_home", "House for children"
    MOTHER_AND_CHILD = "mother_and_child", "House for parents with their children"
    SUPPORTED_LIVING = "supported_living", "Supported living for young people"
    HOSPITAL = "hospital", "Hospital, children's ward"
    WITH_ADULTS = "with_adults", "Shelter or centre with adults who are not the child's family"
    HOTEL = "hotel", "Hotel or hostel"
    POLICE_STATION = "police_station", "Police station"
    DETENTION = "detention", "Detention, prison or police cell"
    CLOSED_CENTRE = "closed_centre", "Closed or guarded centre"


class BestInterestsResult(Code):
    """What an assessment or a determination of the child's best interests found."""

    IN_BEST_INTERESTS = "in_best_interests", "In the child's best interests"
    NOT_IN_BEST_INTERESTS = "not_in_best_interests", "Not in the child's best interests"
    NEEDS_DETERMINATION = (
        "needs_determination",
        "Needs a determination by a panel",
        "The assessment alone cannot carry this act.",
    )


class BestInterestsTopic(Code):
    """What was looked at when the best interests of a child were assessed."""

    SAFETY = "safety", "Safety and danger of being trafficked again"
    VIEWS = "views", "The child's own views"
    FAMILY = "family", "Family and people close to the child"
    CARE = "care", "Who cares for the child, and how"
    HEALTH = "health", "Health, body and mind"
    SCHOOL = "school", "School and development"
    IDENTITY = "identity", "Language, culture, faith and belonging"
    STABILITY = "stability", "Stability and the child's own time"
    LEGAL_STATUS = "legal_status", "Legal status"
    OPTIONS = "options", "Other ways that would serve the child better"


class ViewsWeight(Code):
    """What weight the views of the child were given."""

    GREAT = "great", "Great weight; they were followed"
    SOME = "some", "Some weight; they were followed in part"
    LITTLE = "little", "Little weight; the reasons say why"


class NotHeardReason(Code):
    """Why a child could not be heard; never that there was no time."""

    TOO_YOUNG = "too_young", "Too young to speak; watched and heard through those who care"
    DOES_NOT_WANT = "does_not_want", "The child does not want to speak about it"
    TOO_UNWELL = "too_unwell", "Too unwell now"
    MISSING = "missing", "The child is missing"


class AgeBasis(Code):
    """On which ground an age was settled."""

    DOCUMENT = "document", "Identity document that was checked"
    BIRTH_RECORD = "birth_record", "Birth record or register"
    COURT = "court", "Court decision"
    OFFICIAL_WORD = "official_word", "Word of the authority that keeps the register"
    AGE_ASSESSMENT = "age_assessment", "Age assessment by several professions"
    TURNED_18 = "turned_18", "Turned 18, by the month on record"


class AgeDoubt(Code):
    """Why there is serious doubt about an age; looks alone are not among the reasons."""

    DOCUMENTS_DISAGREE = "documents_disagree", "Documents do not agree"
    ACCOUNTS_DISAGREE = "accounts_disagree", "What was told does not agree"
    DOCUMENT_IN_DOUBT = "document_in_doubt", "A document may not be genuine"
    CHILD_ASKS = "child_asks", "The young person asks for it"


class AgeDiscipline(Code):
    """Which profession took part in an age assessment."""

    SOCIAL_WORK = "social_work", "Social work"
    PSYCHOLOGY = "psychology", "Psychology"
    PAEDIATRICS = "paediatrics", "Paediatrics"
    EDUCATION = "education", "Education"
    CULTURE = "culture", "Cultural mediation"
    FORENSIC = "forensic", "Forensic medicine", "Least invasive; never first, never alone."


class MissingCallTo(Code):
    """Who was called about a missing child."""

    POLICE = "police", "Police"
    GUARDIAN = "guardian", "Guardian"
    CHILD_PROTECTION = "child_protection", "Child-protection service"
    MISSING_CHILDREN_LINE = "missing_children_line", "Line for missing children, 116 000"
    CHILD = "child", "The child's own phone"
    PLACEMENT = "placement", "Place where the child stayed"
    FAMILY = "family", "Family, where it is safe"
    HOSPITAL = "hospital", "Hospital"
    SCHOOL = "school", "School"
    OTHER = "other", "Somebody else"


class MissingCallResult(Code):
    """What came of a call about a missing child."""

    REACHED = "reached", "Reached and told"
    NOT_REACHED = "not_reached", "Not reached"
    WILL_CALL_BACK = "will_call_back", "Will call back"
    NEWS = "news", "There is news"


class FoundHow(Code):
    """How a missing child was found."""

    CAME_BACK = "came_back", "Came back"
    FOUND_SAFE = "found_safe", "Found, safe"
    FOUND_HARMED = "found_harmed", "Found, hurt or exploited"
    FOUND_DETAINED = "found_detained", "Found in detention"
    FOUND_DEAD = "found_dead", "Found dead"


class WentMissingWhy(Code):
    """What a child told of the time away, as far as the child wished."""

    AFRAID_OF_DECISION = "afraid_of_decision", "Afraid of a decision"
    UNHAPPY_IN_PLACE = "unhappy_in_place", "Unhappy or unsafe in the place"
    CALLED_BY_TRAFFICKER = "called_by_trafficker", "Called or fetched by a trafficker"
    DEBT = "debt", "A debt to pay"
    TO_FAMILY = "to_family", "On the way to family or friends"
    EXPLOITED_AGAIN = "exploited_again", "Exploited again"
    DOES_NOT_SAY = "does_not_say", "Does not say"


AT_ONCE = frozenset({ChildAct.EMERGENCY_CARE, ChildAct.MOVE_TO_SAFETY})
FOR_A_PANEL = frozenset(
    {
        ChildAct.SEPARATION,
        ChildAct.RETURN,
        ChildAct.REMOVAL,
        ChildAct.DUBLIN_TRANSFER,
        ChildAct.TRANSFER_ABROAD,
        ChildAct.FAMILY_REUNIFICATION,
        ChildAct.DURABLE_PLACEMENT,
    }
)
# Authorised under the rules on return and removal, which ask the rules on children beside theirs.
ELSEWHERE = frozenset({ChildAct.RETURN, ChildAct.REMOVAL, ChildAct.DUBLIN_TRANSFER})
CHILD_STAGE = "Domain reference, lifecycle, stage 12"

LISTS = tuple(
    CodeList(name, title, definition, source, Verification.PROJECT, codes)
    for name, title, definition, source, codes in (
        (
            "guardian_kind",
            "Kind of guardian",
            "For how long a guardian was named.",
            CHILD_STAGE,
            GuardianKind,
        ),
        (
            "guardian_interest",
            "Interest against guardianship",
            "What stands against being a guardian (R32).",
            "Roles reference, section 2, duties that clash",
            GuardianInterest,
        ),
        (
            "child_act",
            "Act on a child",
            "What is done to, or decided about, a child (R32, R33, R34).",
            CHILD_STAGE,
            ChildAct,
        ),
        (
            "child_place",
            "Place for a child",
            "What kind of place a child is placed in (R35).",
            CHILD_STAGE,
            ChildPlace,
        ),
        (
            "best_interests_result",
            "Result on best interests",
            "What an assessment or determination found.",
            CHILD_STAGE,
            BestInterestsResult,
        ),
        (
            "best_interests_topic",
            "Topic of best interests",
            "What was looked at.",
            CHILD_STAGE,
            BestInterestsTopic,
        ),
        (
            "views_weight",
            "Weight of the child's views",
            "What weight the child's views were given (R36).",
            "Rights rule R36",
            ViewsWeight,
        ),
        (
            "not_heard_reason",
            "Reason for not hearing a child",
            "Why a child could not be heard (R36).",
            "Rights rule R36",
            NotHeardReason,
        ),
        (
            "age_basis",
            "Ground of an age",
            "On which ground an age was settled (R31).",
            CHILD_STAGE,
            AgeBasis,
        ),
        (
            "age_doubt",
            "Doubt about an age",
            "Why there is serious doubt (R31).",
            CHILD_STAGE,
            AgeDoubt,
        ),
        (
            "age_discipline",
            "Profession in an age assessment",
            "Which professions took part (R31).",
            CHILD_STAGE,
            AgeDiscipline,
        ),
        (
            "missing_call_to",
            "Who was called",
            "Calls about a missing child (R39).",
            CHILD_STAGE,
            MissingCallTo,
        ),
        (
            "missing_call_result",
            "Result of a call",
            "What came of a call about a missing child.",
            CHILD_STAGE,
            MissingCallResult,
        ),
        (
            "found_how",
            "How a child was found",
            "How a missing child was found.",
            CHILD_STAGE,
            FoundHow,
        ),
        (
            "went_missing_why",
            "Why a child went missing",
            "What the child told of it, as far as she or he wished.",
            CHILD_STAGE,
            WentMissingWhy,
        ),
    )
)
