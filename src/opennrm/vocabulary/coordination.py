"""Words about the organisations of the mechanism and who is turned to for what."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class ContactPurpose(Code):
    """What a contact point of an organisation is turned to for."""

    GENERAL = "general", "General questions"
    NATIONAL_FOCAL_POINT = "national_focal_point", "Focal point in the mechanism"
    CROSS_BORDER_FOCAL_POINT = (
        "cross_border_focal_point",
        "Focal point for cross-border referral",
        "Named person through whom a referral to another State goes (R53).",
    )
    COMPLAINTS = "complaints", "Complaints"
    DATA_PROTECTION = "data_protection", "Data protection"
    PRESS = "press", "Press"


LISTS = (
    CodeList(
        "contact_purpose",
        "Purpose of a contact point",
        "What a person or desk of an organisation is turned to for.",
        "Roles reference, sections 2 and 6",
        Verification.PROJECT,
        ContactPurpose,
    ),
)
