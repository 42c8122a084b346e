"""The tables of figures, and where a person stands in them when she is counted."""

from opennrm.vocabulary.code import Code, CodeList, Verification


class CountedStatus(Code):
    """How far a person came towards being identified when she was counted."""

    PRESUMED = "presumed", "Presumed trafficked"
    GROUNDS_PENDING = "reasonable_grounds_pending", "Reasonable-grounds decision pending"
    GROUNDS_POSITIVE = "reasonable_grounds_positive", "Reasonable grounds found"
    GROUNDS_NEGATIVE = "reasonable_grounds_negative", "Reasonable grounds not found"
    IDENTIFIED = "identified", "Identified"
    NOT_IDENTIFIED = "not_identified", "Not identified"
    WITHDRAWN = "withdrawn", "Withdrawn by the person"
    NONE = "none", "No decision recorded"


class FigureTable(Code):
    """A table of persons that is released."""

    SEX_BY_AGE = "sex_by_age", "Persons by age group and sex"
    FORM_BY_SEX = "form_by_sex", "Persons by form of exploitation and sex"
    CITIZENSHIP_BY_SEX = "citizenship_by_sex", "Persons by citizenship and sex"
    FORM_BY_SCOPE = (
        "form_by_scope",
        "Persons by form of exploitation, within one State or across a border",
    )
    ENTITY_BY_SEX = "entity_by_sex", "Persons by kind of body that reported and sex"
    HELP_BY_SEX = "help_by_sex", "Persons by where help stands and sex"
    YEAR_BY_STATUS = "year_by_status", "Persons by year of registration and status"
    SEX_AGE_FORM_SCOPE = (
        "sex_age_form_scope",
        "Persons by form, sex, child or adult, within one State or across a border",
    )


LISTS = (
    CodeList(
        "figure_table",
        "Table of figures",
        "A table of persons that is released.",
        "National structures reference, section 2",
        Verification.PROJECT,
        FigureTable,
    ),
    CodeList(
        "counted_status",
        "Status in figures",
        "How far a person came towards being identified when she was counted.",
        "National structures reference, section 2 (NR01, NR06)",
        Verification.PROJECT,
        CountedStatus,
    ),
)
