"""Words about a person: sex, gender, and why something is not known."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class Sex(Code):
    """Sex, as the statistics of the United Nations and the European Union ask for it."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"
    NOT_ASKED = "not_asked", "Not asked"


class Gender(Code):
    """Gender, as the Human Trafficking Case Data Standard has it."""

    FEMININE = "feminine", "Feminine"
    MASCULINE = "masculine", "Masculine"
    TRANSGENDER_FEMININE = "transgender_feminine", "Transgender feminine"
    TRANSGENDER_MASCULINE = "transgender_masculine", "Transgender masculine"
    NON_CONFORMING = "non_conforming", "Non-conforming"
    NOT_SPECIFIED_UNKNOWN = "not_specified_unknown", "Not specified or not known"


class MissingReason(Code):
    """Why an answer is missing; none of them counts against the person."""

    NOT_ASKED = "not_asked", "Not asked"
    DECLINED = "declined", "Preferred not to say"
    UNKNOWN = "unknown", "Not known"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class CitizenshipGroup(Code):
    """Citizenship seen from one State; the other values are UN subregion codes."""

    NATIONAL = "national", "National of the State"
    EU = "eu", "Citizen of another European Union State"
    STATELESS = "stateless", "Stateless"
    UNKNOWN = "unknown", "Not known"


LISTS = (
    CodeList(
        "sex",
        "Sex",
        "Sex as stated; a field of its own beside gender.",
        "UNODC Global Report and Eurostat questionnaires",
        Verification.PUBLIC_TEXT,
        Sex,
    ),
    CodeList(
        "gender",
        "Gender",
        "Gender as stated.",
        "Human Trafficking Case Data Standard 2.0, prs_Gender",
        Verification.PUBLIC_TEXT,
        Gender,
    ),
    CodeList(
        "missing_reason",
        "Reason why an answer is missing",
        "Not asked, preferred not to say, not known and does not apply are told apart.",
        "Recommended internal value lists, data standards section 10",
        Verification.PROJECT,
        MissingReason,
    ),
    CodeList(
        "citizenship_group",
        "Citizenship group",
        "Coarse group of citizenship; else the UN subregion code is used.",
        "Eurostat crim_thb (own, other EU, non-EU); UN M49",
        Verification.PUBLIC_TEXT,
        CitizenshipGroup,
    ),
)
