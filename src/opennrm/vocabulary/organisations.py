"""Words about organisations: what kind they are."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class OrganisationKind(Code):
    """What kind of organisation takes part."""

    NGO = "ngo", "Non-governmental organisation"
    LAW_ENFORCEMENT = "law_enforcement", "Law enforcement"
    HEALTH_SERVICE_ORGANISATION = "health_service_organisation", "Health service"
    CENTRAL_GOVERNMENT_ORGANISATION = (
        "central_government_organisation",
        "Central government body",
    )
    LOCAL_GOVERNMENT_ORGANISATION = "local_government_organisation", "Local government body"
    IMMIGRATION_SERVICE = "immigration_service", "Immigration service"
    LEGAL_SERVICE = "legal_service", "Legal service"
    CORPORATE_BUSINESS = "corporate_business", "Business"
    SCHOOL_OR_COLLEGE = "school_or_college", "School or college"
    INTERNATIONAL_ORGANISATION = "international_organisation", "International organisation"
    COURT = "court", "Court"
    TRADE_UNION = "trade_union", "Trade union"
    FAITH_GROUP = "faith_group", "Faith group"
    IMMIGRATION_ENFORCEMENT = (
        "immigration_enforcement",
        "Immigration enforcement unit",
        "Never a recipient (R43); judged by unit and purpose.",
    )


LISTS = (
    CodeList(
        "organisation_kind",
        "Kind of organisation",
        "The kinds of the case data standard, with five added.",
        "Human Trafficking Case Data Standard 2.0, org_Type; roles reference, section 6",
        Verification.PUBLIC_TEXT,
        OrganisationKind,
    ),
)
