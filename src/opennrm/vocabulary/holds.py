"""Words of holds, second opinions and overrides: what waits, what was said, why rules gave way."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class HeldAct(Code):
    """An act that waits for a second person; none of them stands before help."""

    NEGATIVE_DECISION = "negative_decision", "A negative decision"
    END_OF_HELP = "end_of_help", "The end of help after a negative decision"
    RECOVERY_ENDED_EARLY = "recovery_ended_early", "An early end of the recovery period"
    STATEMENT_IN_RECOVERY = "statement_in_recovery", "A statement in the recovery period"
    CLOSING_WITH_OPEN_ROUTES = (
        "closing_with_open_routes",
        "Closing while a way to compensation is unanswered",
    )
    RETURN_WITH_OPEN_REMEDIES = "return_with_open_remedies", "A return while remedies are open"
    RETURN_AUTHORISED = "return_authorised", "A return"
    ADULT_AGE = "adult_age", "Treating a person whose age was in doubt as an adult"
    REMOVAL_OF_MARKED_PERSON = "removal_of_marked_person", "A removal of a person with signs"
    SINGLE_AGENCY_DECISION = (
        "single_agency_decision",
        "A decision that only law enforcement has signed",
    )


class HeldOpinion(Code):
    """What the second person says of a held act, before she may read the first one's reasons."""

    AGREES = "agrees", "Agrees"
    DISAGREES = "disagrees", "Does not agree"
    ASKS_MORE = "asks_more", "Needs to know more first"


class HoldEnd(Code):
    """How a hold ended."""

    CARRIED_OUT = "carried_out", "The act was carried out"
    GIVEN_UP = "given_up", "The act was given up"


class OverrideReason(Code):
    """Why somebody went on in spite of a rule; each rule allows few of them, most none."""

    IMMINENT_DANGER_TO_LIFE = "imminent_danger_to_life", "Imminent danger to life"
    IMMINENT_DANGER_TO_CHILD = "imminent_danger_to_child", "Imminent danger to a child"
    COURT_ORDER = "court_order", "An order of a court"
    OWN_REQUEST = "own_request", "The person herself asks for it"
    PERSON_DECLINES = "person_declines", "The person declines what was offered"
    SECOND_PERSON_AGREES = "second_person_agrees", "A second person of another office agrees"


class HelpDoor(Code):
    """Doors to help that stay open after a negative decision."""

    GENERAL_SOCIAL_SERVICES = "general_social_services", "General social services"
    LABOUR_RIGHTS = "labour_rights", "Labour rights and wage claims"
    ASYLUM = "asylum", "Asylum or other protection"
    HEALTH_CARE = "health_care", "Health care"
    LEGAL_AID = "legal_aid", "Legal aid"
    OTHER_SUPPORT_ORGANISATION = "other_support_organisation", "Another support organisation"


SOURCE = "Rights rules, introduction and columns 'software does' and 'override'"
LISTS = (
    CodeList(
        "held_act",
        "Act that waits for a second person",
        "A hold may delay harm, never help.",
        SOURCE,
        Verification.PROJECT,
        HeldAct,
    ),
    CodeList(
        "held_opinion",
        "Second opinion",
        "Given before the reasons of the first person can be read.",
        SOURCE,
        Verification.PROJECT,
        HeldOpinion,
    ),
    CodeList(
        "hold_end",
        "End of a hold",
        "A hold is used once, or given up.",
        SOURCE,
        Verification.PROJECT,
        HoldEnd,
    ),
    CodeList(
        "override_reason",
        "Reason for going on in spite of a rule",
        "Counted for each rule; the data-protection officer and the person are told.",
        SOURCE,
        Verification.PROJECT,
        OverrideReason,
    ),
    CodeList(
        "help_door",
        "Door to help after a negative decision",
        "Other doors are named before help ends (R09).",
        "Domain reference, lifecycle, stage 4; rights rule R09",
        Verification.PROJECT,
        HelpDoor,
    ),
)
