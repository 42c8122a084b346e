"""Words about age: child or adult, the bands of published figures, and doubt about age."""

from datetime import date

from opennrm.vocabulary.code import Code, CodeList, Verification

MAJORITY_AGE = 18


class AgeStatus(Code):
    """Whether the person is treated as an adult or as a child."""

    ADULT = "adult", "Adult"
    CHILD = "child", "Child", "Under 18."
    PRESUMED_CHILD = (
        "presumed_child",
        "Presumed child",
        "Age is in doubt; treated as a child until it is settled (R31).",
    )


class AgeGroup(Code):
    """Age band at registration; the two wide bands serve when only majority is known."""

    CHILD_0_8 = "child_0_8", "0 to 8"
    CHILD_9_17 = "child_9_17", "9 to 17"
    ADULT_18_20 = "adult_18_20", "18 to 20"
    ADULT_21_23 = "adult_21_23", "21 to 23"
    ADULT_24_26 = "adult_24_26", "24 to 26"
    ADULT_27_29 = "adult_27_29", "27 to 29"
    ADULT_30_38 = "adult_30_38", "30 to 38"
    ADULT_39_47 = "adult_39_47", "39 to 47"
    ADULT_48_PLUS = "adult_48_plus", "48 and over"
    CHILD = "child", "Child, exact age not known"
    ADULT = "adult", "Adult, exact age not known"
    UNKNOWN = "unknown", "Not known"


class Majority(Code):
    """Child or adult, cut at 18."""

    CHILD = "child", "Child (under 18)"
    ADULT = "adult", "Adult (18 and over)"
    UNKNOWN = "unknown", "Not known"


LAST_AGES = (
    (8, AgeGroup.CHILD_0_8),
    (17, AgeGroup.CHILD_9_17),
    (20, AgeGroup.ADULT_18_20),
    (23, AgeGroup.ADULT_21_23),
    (26, AgeGroup.ADULT_24_26),
    (29, AgeGroup.ADULT_27_29),
    (38, AgeGroup.ADULT_30_38),
    (47, AgeGroup.ADULT_39_47),
)

WIDE_BANDS = {
    AgeStatus.ADULT: AgeGroup.ADULT,
    AgeStatus.CHILD: AgeGroup.CHILD,
    AgeStatus.PRESUMED_CHILD: AgeGroup.CHILD,
}


def completed_years(born_on: date, on: date) -> int:
    """Return the age in completed years on a day.

    >>> completed_years(date(2004, 2, 29), date(2022, 2, 28))
    17
    >>> completed_years(date(2004, 2, 29), date(2022, 3, 1))
    18

    :raises ValueError: when the day lies before the birth.
    """
    if on < born_on:
        raise ValueError("a day before the birth has no age")
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def age_group(age: int | None, status: AgeStatus | None = None) -> AgeGroup:
    """Return the band of an age, or the wide band of the status when no age is known.

    >>> age_group(17).value, age_group(None, AgeStatus.PRESUMED_CHILD).value
    ('child_9_17', 'child')

    :raises ValueError: when the age is below zero.
    """
    if age is None:
        return WIDE_BANDS[status] if status else AgeGroup.UNKNOWN
    if age < 0:
        raise ValueError("an age cannot be below zero")
    return next((group for last, group in LAST_AGES if age <= last), AgeGroup.ADULT_48_PLUS)


def age_group_on(born_on: date, on: date) -> AgeGroup:
    """Return the band a person was in on a day."""
    return age_group(completed_years(born_on, on))


def majority(group: AgeGroup) -> Majority:
    """Return whether an age band is a child's or an adult's."""
    return Majority(group.value.split("_")[0])


def majority_of(status: AgeStatus) -> Majority:
    """Return child or adult for a status; a presumed child is a child."""
    return majority(WIDE_BANDS[status])


LISTS = (
    CodeList(
        "age_status",
        "Age status",
        "Treated as adult or child, with its basis and date.",
        "Council of Europe Convention (CETS 197) art. 10(3)",
        Verification.KNOWLEDGE,
        AgeStatus,
    ),
    CodeList(
        "age_group",
        "Age group",
        "Bands of the Counter-Trafficking Data Collaborative, with wide ones beside them.",
        "CTDC codebook; Directive 2011/36/EU statistics (child and adult)",
        Verification.PUBLIC_TEXT,
        AgeGroup,
    ),
    CodeList(
        "majority",
        "Majority",
        "Child or adult, cut at 18.",
        "Convention on the Rights of the Child art. 1; Palermo Protocol art. 3(d)",
        Verification.KNOWLEDGE,
        Majority,
    ),
)
