"""Words about danger and about breaches of the rules."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class RiskLevel(Code):
    """How great the danger is, with reasons, a plan and a review date beside it."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    IMMINENT = "imminent", "Imminent", "Act at once."


class Danger(Code):
    """The answer to the first question: is there danger now?"""

    YES = "yes", "Yes, danger now"
    NO = "no", "No danger now"
    UNKNOWN = "unknown", "Not known"
    NOT_ASKED = "not_asked", "Not asked"


class RiskTopic(Code):
    """Where danger comes from."""

    TRAFFICKERS = "traffickers", "Traffickers"
    FAMILY = "family", "Family"
    COMMUNITY = "community", "Community"
    WHEREABOUTS_KNOWN = "whereabouts_known", "They know where she is"
    THREATS_TO_RELATIVES = "threats_to_relatives", "Threats to relatives"
    SELF_HARM = "self_harm", "Self-harm"
    STAFF = "staff", "Danger to staff"
    DEBT = "debt", "Debt"
    DIGITAL = "digital", "Phone or accounts watched"
    RE_TRAFFICKING = "re_trafficking", "Being trafficked again"


class BreachCategory(Code):
    """What happened against the rules; it can always be recorded."""

    HELP_REFUSED = "help_refused", "Help was refused or ended"
    HELP_MADE_CONDITIONAL = "help_made_conditional", "Help was made to depend on co-operation"
    SHARED_WITHOUT_CONSENT = "shared_without_consent", "Data were shared without consent"
    GIVEN_TO_IMMIGRATION_ENFORCEMENT = (
        "given_to_immigration_enforcement",
        "Data reached immigration enforcement",
    )
    REMOVED_OR_RETURNED = "removed_or_returned", "Removed or returned against the rules"
    TRANSFERRED_ABROAD = "transferred_abroad", "Transferred to another State against the rules"
    HELP_ENDED_IN_RECOVERY = (
        "help_ended_in_recovery",
        "Help ended before the recovery period did",
    )
    TOLD_HOME_AUTHORITIES = (
        "told_home_authorities",
        "Authorities of her State were told without consent",
    )
    CONTACTED_WITHOUT_CONSENT = "contacted_without_consent", "Contacted without her consent"
    DETAINED = "detained", "Detained"
    CHILD_DETAINED = "child_detained", "A child was detained"
    CHILD_REFUSED = "child_refused", "A child was refused help for status, sex or origin"
    AGE_ASSESSED_WRONGLY = (
        "age_assessed_wrongly",
        "An age was assessed against the rules, or somebody under 18 treated as an adult",
    )
    CHILD_RETURNED = "child_returned", "A child was returned or moved without determination"
    CHILD_WITHOUT_GUARDIAN = "child_without_guardian", "A child was without a guardian"
    PUNISHED_FOR_COMPELLED_ACT = (
        "punished_for_compelled_act",
        "Punished for an act she was compelled to commit",
    )
    CHARGED_WITHOUT_ASSESSMENT = (
        "charged_without_assessment",
        "Charged before anyone assessed whether she was compelled",
    )
    STATEMENT_IN_RECOVERY = (
        "statement_taken_in_recovery",
        "A statement was taken in the time to recover and reflect",
    )
    NO_INTERPRETER_OR_LAWYER = "no_interpreter_or_lawyer", "No interpreter or no lawyer"
    RECOVERY_PERIOD_DENIED = "recovery_period_denied", "Recovery period denied or cut short"
    LOCKED_IN = "locked_in", "Locked in by those who house her"
    IDENTITY_MADE_PUBLIC = "identity_made_public", "Identity or address made public"
    DECISION_WITHOUT_REASONS = "decision_without_reasons", "Decision without reasons or remedy"
    STAFF_MISCONDUCT = "staff_misconduct", "Misconduct by staff"
    OTHER = "other", "Another breach"


LISTS = (
    CodeList(
        "risk_level",
        "Risk level",
        "Result of a safety risk assessment.",
        "Domain reference, lifecycle, stage 2",
        Verification.PROJECT,
        RiskLevel,
    ),
    CodeList(
        "danger",
        "Danger now",
        "Answer to the first question of a contact.",
        "Domain reference, lifecycle, decision d0.1",
        Verification.PROJECT,
        Danger,
    ),
    CodeList(
        "risk_topic",
        "Source of danger",
        "Where danger comes from.",
        "Domain reference, lifecycle, stage 2",
        Verification.PROJECT,
        RiskTopic,
    ),
    CodeList(
        "breach_category",
        "Kind of breach",
        "What happened against the rules.",
        "Rights rules, introduction: rules never stop the recording of what happened",
        Verification.PROJECT,
        BreachCategory,
    ),
)
