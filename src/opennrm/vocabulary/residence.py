"""Words of the residence track and of the recovery and reflection period."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class ResidenceTrack(Code):
    """Where residence and asylum stand; never a condition of help."""

    NATIONAL = "national", "National"
    LAWFUL = "lawful", "Lawful stay"
    IRREGULAR = "irregular", "Stay not regular"
    RECOVERY_PERIOD = "recovery_period", "Recovery and reflection period"
    PERMIT_PERSONAL = "permit_personal", "Permit on the personal situation"
    PERMIT_CO_OPERATION = "permit_co-operation", "Permit for co-operation"
    ASYLUM_PENDING = "asylum_pending", "Asylum claim pending"
    PROTECTION_GRANTED = "protection_granted", "Protection granted"
    OTHER = "other", "Other"


class EarlyEndGround(Code):
    """The only two legal grounds to end a recovery and reflection period early."""

    PUBLIC_ORDER = "public_order", "Public order"
    STATUS_CLAIMED_IMPROPERLY = "status_claimed_improperly", "Status claimed improperly"


class RecoveryExtensionReason(Code):
    """Why a recovery and reflection period is made longer."""

    SERIOUS_HEALTH = "serious_health", "Serious health issue"
    SEVERE_MENTAL_HEALTH = "severe_mental_health", "Severe mental-health issue"
    INTIMIDATION = "intimidation", "High level of intimidation"
    CHILD = "child", "Child or presumed child"
    OTHER = "other", "Another reason"


class RecoveryPauseReason(Code):
    """Why the recovery and reflection period stands still; her protection stands all the same."""

    OWN_REQUEST = "own_request", "The person asked for it"
    IN_HOSPITAL = "in_hospital", "The person is in hospital"
    WHEREABOUTS_UNKNOWN = "whereabouts_unknown", "Nobody knows where the person is"
    DEPRIVED_OF_LIBERTY = "deprived_of_liberty", "The person is held somewhere"


class PermitGround(Code):
    """On what a residence permit rests; both grounds are always offered (R29)."""

    PERSONAL_SITUATION = "personal_situation", "The personal situation"
    CO_OPERATION = "co-operation", "Co-operation with the authorities"


class PermitOutcome(Code):
    """What was decided on an application for a permit."""

    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"


class AsylumWish(Code):
    """What she said when the asylum door was shown to her; she owes no answer."""

    WANTS_TO_CLAIM = "wants_to_claim", "Wants to ask for asylum"
    WANTS_TIME = "wants_time", "Wants time to think"
    DOES_NOT_WANT = "does_not_want", "Does not want to"
    NOT_SAID = "not_said", "Did not say"


class RemovalAct(Code):
    """An act of immigration law that takes a person away or holds her."""

    REMOVAL = "removal", "Removal"
    DETENTION = "detention", "Detention"
    DUBLIN_TRANSFER = "dublin_transfer", "Transfer to another State for the asylum claim"


LISTS = (
    CodeList(
        "residence_track",
        "Residence track",
        "Where residence and asylum stand.",
        "Domain reference, lifecycle, stage 7; Council of Europe Convention art. 14",
        Verification.KNOWLEDGE,
        ResidenceTrack,
    ),
    CodeList(
        "early_end_ground",
        "Ground for an early end of the recovery period",
        "Always with written reasons, a second person and a remedy (R27).",
        "Council of Europe Convention (CETS 197) art. 13(3)",
        Verification.KNOWLEDGE,
        EarlyEndGround,
    ),
    CodeList(
        "recovery_extension_reason",
        "Reason for a longer recovery period",
        "Reasons of practice; never a form of pressure.",
        "Former United Kingdom guidance, as listed in the lifecycle, stage 4",
        Verification.PUBLIC_TEXT,
        RecoveryExtensionReason,
    ),
    CodeList(
        "recovery_pause_reason",
        "Reason for a pause of the recovery period",
        "A pause needs a reason; the days of a pause are given back at the end.",
        "Domain reference, lifecycle, clock rules",
        Verification.PROJECT,
        RecoveryPauseReason,
    ),
    CodeList(
        "permit_ground",
        "Ground of a residence permit",
        "On what a permit rests; both grounds are offered together (R29).",
        "Council of Europe Convention (CETS 197) art. 14(1)",
        Verification.KNOWLEDGE,
        PermitGround,
    ),
    CodeList(
        "permit_outcome",
        "Outcome of a permit application",
        "What was decided on an application for a permit.",
        "Domain reference, lifecycle, stage 7",
        Verification.PROJECT,
        PermitOutcome,
    ),
    CodeList(
        "asylum_wish",
        "Wish about asylum",
        "What she said when she was told of asylum.",
        "Domain reference, lifecycle, stage 7; rights rule R30",
        Verification.PROJECT,
        AsylumWish,
    ),
    CodeList(
        "removal_act",
        "Act of removal",
        "An act that takes a person away or holds her; none while she recovers (R26).",
        "Rights rule R26",
        Verification.PROJECT,
        RemovalAct,
    ),
)
