"""Words of the identification track: where it stands, by which standard, and why it said no."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class IdentificationStatus(Code):
    """Where the identification of a person stands."""

    NONE = "none", "No sign recorded yet"
    PRESUMED = "presumed", "Presumed trafficked", "A professional sees signs; help opens."
    REASONABLE_GROUNDS_PENDING = (
        "reasonable_grounds_pending",
        "Waiting for the reasonable-grounds decision",
    )
    REASONABLE_GROUNDS_POSITIVE = (
        "reasonable_grounds_positive",
        "Reasonable grounds found",
        "The preliminary decision was positive; the recovery and reflection period opens.",
    )
    REASONABLE_GROUNDS_NEGATIVE = (
        "reasonable_grounds_negative",
        "Reasonable grounds not found",
        "The preliminary decision was negative; reasons and a remedy were given.",
    )
    IDENTIFIED = "identified", "Identified", "The formal decision was positive."
    NOT_IDENTIFIED = (
        "not_identified",
        "Not identified",
        "The formal decision was negative; never the result of a screening.",
    )
    RECONSIDERATION_PENDING = "reconsideration_pending", "Decision is being looked at again"
    WITHDRAWN_BY_PERSON = "withdrawn_by_person", "Withdrawn by the person"


class DecisionStandard(Code):
    """By which standard a decision was taken."""

    SIGNS = "signs", "Signs", "Any professional's reasoned suspicion."
    REASONABLE_GROUNDS = "reasonable_grounds", "Reasonable grounds", "Below proof."
    BALANCE_OF_PROBABILITIES = "balance_of_probabilities", "Balance of probabilities"
    NATIONAL_OTHER = "national_other", "Another national standard"


class PreliminaryOutcome(Code):
    """What the preliminary (reasonable-grounds) decision said."""

    POSITIVE = "positive", "Positive"
    NEGATIVE = "negative", "Negative"
    PENDING = "pending", "Cannot be decided yet", "A date for the next look is given."


class FormalOutcome(Code):
    """What the formal decision said."""

    IDENTIFIED = "identified", "Identified"
    NOT_IDENTIFIED = "not_identified", "Not identified"
    PENDING = "pending", "Cannot be decided yet", "A date for the next look is given."


class Remedy(Code):
    """How a negative decision can be challenged."""

    RECONSIDERATION = "reconsideration", "Ask the authority to look again"
    ADMINISTRATIVE_REVIEW = "administrative_review", "Administrative review or objection"
    COURT = "court", "Go to court"
    OMBUDSPERSON = "ombudsperson", "Complain to the ombudsperson"
    OTHER = "other", "Another remedy"


class NegativeReason(Code):
    """Why a decision was negative; willingness to testify is not among the reasons."""

    NO_ACT = "no_act", "No act of trafficking found"
    NO_MEANS = "no_means", "No means found", "Never for a child: means are not required."
    NO_PURPOSE = "no_purpose", "No purpose of exploitation found"
    NOT_CREDIBLE = (
        "not_credible",
        "Account not believed",
        "Asks for the facts, how trauma was considered, and a second opinion.",
    )
    NOT_ENOUGH_INFORMATION = "not_enough_information", "Not enough information yet"
    OTHER_OFFENCE = "other_offence", "The facts show another offence"
    OTHER = "other", "Another reason"


class ReconsiderationGround(Code):
    """Why a decision is asked to be looked at again."""

    MORE_EVIDENCE = "more_evidence", "There is more evidence"
    NOT_IN_LINE_WITH_GUIDANCE = (
        "not_in_line_with_guidance",
        "The decision does not follow the guidance",
    )
    OTHER = "other", "Another ground"


class EvidenceKind(Code):
    """Where the evidence for a decision comes from: sources, not narratives."""

    OWN_ACCOUNT = "own_account", "The person's own account"
    SUPPORT_WORKER = "support_worker", "Report of a support worker"
    POLICE = "police", "Police report"
    HEALTH = "health", "Health report"
    LABOUR_INSPECTION = "labour_inspection", "Labour inspection report"
    SCREENING = "screening", "Screening with indicators"
    COUNTRY_INFORMATION = "country_information", "Country information"
    DOCUMENT = "document", "Document"
    OTHER = "other", "Another source"


class LetterHandover(Code):
    """How the letter on a decision came to the person."""

    BY_HAND = "by_hand", "Given by hand"
    READ_ALOUD = "read_aloud", "Read aloud, and kept by us"
    THROUGH_LAWYER = "through_lawyer", "Given to the lawyer the person chose"
    KEPT_FOR_HER = "kept_for_her", "Kept by us, because it is not safe to carry"


LISTS = (
    CodeList(
        "identification_status",
        "Identification status",
        "Where the identification track stands; no other track moves it.",
        "Domain reference, lifecycle, stages 0-5",
        Verification.STATED,
        IdentificationStatus,
    ),
    CodeList(
        "decision_standard",
        "Decision standard",
        "The standard of proof a decision used.",
        "Council of Europe Convention (CETS 197) art. 10(2), 13(1)",
        Verification.KNOWLEDGE,
        DecisionStandard,
    ),
    CodeList(
        "preliminary_outcome",
        "Outcome of the preliminary decision",
        "What the reasonable-grounds decision said.",
        "Domain reference, lifecycle, stage 4",
        Verification.PROJECT,
        PreliminaryOutcome,
    ),
    CodeList(
        "formal_outcome",
        "Outcome of the formal decision",
        "What the formal decision said.",
        "Domain reference, lifecycle, stage 5",
        Verification.PROJECT,
        FormalOutcome,
    ),
    CodeList(
        "remedy",
        "Remedy",
        "How a negative decision can be challenged; named in every such decision (R23).",
        "Rights rule R23",
        Verification.PROJECT,
        Remedy,
    ),
    CodeList(
        "negative_reason",
        "Reason for a negative decision",
        "Coded reasons beside the written ones; not co-operating is not a reason (R01).",
        "Rights rules R01, R18, R23, R37",
        Verification.PROJECT,
        NegativeReason,
    ),
    CodeList(
        "reconsideration_ground",
        "Ground for reconsideration",
        "Why a decision is asked to be looked at again; late requests are kept too.",
        "Home Office, reasons for accepting reconsideration requests, 8 May 2025",
        Verification.PUBLIC_TEXT,
        ReconsiderationGround,
    ),
    CodeList(
        "evidence_kind",
        "Kind of evidence",
        "The sources a decision looked at.",
        "Domain reference, lifecycle, stage 5",
        Verification.PROJECT,
        EvidenceKind,
    ),
    CodeList(
        "letter_handover",
        "Letter on a decision",
        "How the letter came to the person; where carrying it is not safe it is kept for her.",
        "Domain reference, lifecycle, stage 5",
        Verification.PROJECT,
        LetterHandover,
    ),
)
