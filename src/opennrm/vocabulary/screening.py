"""Words of a screening: how a sign came to be known, dimensions, strengths and the advice."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class Answer(Code):
    """How an indicator stands for one person; not asked and no are different answers."""

    TOLD = "told", "Told by the person"
    SEEN = "seen", "Seen"
    DOCUMENT = "document", "Shown by a document"
    THIRD_PARTY = "third_party", "Told by someone else"
    NO = "no", "No"
    NOT_ASKED = "not_asked", "Not asked"


class Population(Code):
    """Which lists of indicators are used."""

    ADULT = "adult", "Adults"
    CHILD = "child", "Children", "Used too when age is in doubt."


class Strength(Code):
    """How much an indicator weighs in the rule; the last two never score."""

    STRONG = "strong", "Strong"
    MEDIUM = "medium", "Medium"
    WEAK = "weak", "Weak"
    UNVERIFIED = "unverified", "Not verified", "A source gives a value that was not checked."
    UNWEIGHTED = "unweighted", "Without weight", "The source gives no weights."


class Dimension(Code):
    """One of the six dimensions of the operational indicators."""

    DECEPTIVE_RECRUITMENT = "deceptive_recruitment", "Deceptive recruitment"
    COERCIVE_RECRUITMENT = "coercive_recruitment", "Coercive recruitment"
    RECRUITMENT_BY_ABUSE_OF_VULNERABILITY = (
        "recruitment_by_abuse_of_vulnerability",
        "Recruitment by abuse of vulnerability",
    )
    EXPLOITATION = "exploitation", "Exploitation"
    COERCION_AT_DESTINATION = "coercion_at_destination", "Coercion at destination"
    ABUSE_OF_VULNERABILITY_AT_DESTINATION = (
        "abuse_of_vulnerability_at_destination",
        "Abuse of vulnerability at destination",
    )


class AdviceOutcome(Code):
    """What a screening advises; none of these is a decision on identification."""

    NO_SIGN = (
        "no_sign",
        "No sign of trafficking so far",
        "Keep the door open; screen again when trust grows. Help does not depend on this.",
    )
    LABOUR_RIGHTS_REFERRAL = (
        "labour_rights_referral",
        "Exploited at work: refer for labour rights and help",
    )
    POSSIBLE = "possible", "Trafficking is possible: refer"
    STRONG_GROUNDS = "strong_grounds", "Strong grounds to think of trafficking: refer"


LISTS = (
    CodeList(
        "screening_answer",
        "Answer in a screening",
        "How an indicator came to be known, or that it was not.",
        "Use of the indicator lists, rule 5",
        Verification.PROJECT,
        Answer,
    ),
    CodeList(
        "screening_population",
        "Lists used in a screening",
        "Lists for adults or for children.",
        "Council of Europe Convention (CETS 197) art. 10(3): presumption of minority",
        Verification.KNOWLEDGE,
        Population,
    ),
    CodeList(
        "indicator_strength",
        "Strength of an indicator",
        "How much an indicator weighs in the rule.",
        "ILO and European Commission, Operational indicators of trafficking (2009)",
        Verification.SECONDARY,
        Strength,
    ),
    CodeList(
        "screening_dimension",
        "Dimension",
        "The six dimensions of the operational indicators.",
        "ILO and European Commission, Operational indicators of trafficking (2009)",
        Verification.SECONDARY,
        Dimension,
    ),
    CodeList(
        "screening_advice",
        "Advice of a screening",
        "What a screening advises; people decide later and elsewhere.",
        "Use of the indicator lists, combining the dimensions",
        Verification.PROJECT,
        AdviceOutcome,
    ),
)
