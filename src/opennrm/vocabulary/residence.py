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
)
