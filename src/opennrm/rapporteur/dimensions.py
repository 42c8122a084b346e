"""The closed break-downs of published tables, with the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from opennrm.statistics import Dimension, Level, Missing
from opennrm.vocabulary.age import AgeGroup
from opennrm.vocabulary.assistance import AssistanceStatus
from opennrm.vocabulary.contact import ReportingEntity
from opennrm.vocabulary.countries import citizenship_group_label, subregions
from opennrm.vocabulary.exploitation import ExploitationForm, TraffickingScope
from opennrm.vocabulary.figures import CountedStatus
from opennrm.vocabulary.person import CitizenshipGroup, Sex

UNKNOWN = "unknown"
NONE_LISTED = "none_listed"
CHILD_AGE_UNKNOWN = "child_age_unknown"
ADULT_AGE_UNKNOWN = "adult_age_unknown"
_MISSING = {"unknown": Missing.UNKNOWN, "not_asked": Missing.NOT_ASKED}
_WIDE = {AgeGroup.CHILD, AgeGroup.ADULT, AgeGroup.UNKNOWN}
STATUSES = {one.value: one.label for one in CountedStatus}


def _levels(pairs: Iterable[tuple[str, str]]) -> tuple[Level, ...]:
    return tuple(Level(code, label, _MISSING.get(code)) for code, label in pairs)


def _ages() -> tuple[Level, ...]:
    bands = [age for age in AgeGroup if age not in _WIDE]
    nested = [Level(age.value, age.label, within=age.value.split("_")[0]) for age in bands]
    children = [level for level in nested if level.within == "child"]
    adults = [level for level in nested if level.within == "adult"]
    return (
        Level("child", "Children (under 18)"),
        *children,
        Level(CHILD_AGE_UNKNOWN, AgeGroup.CHILD.label, within="child"),
        Level("adult", "Adults (18 and over)"),
        *adults,
        Level(ADULT_AGE_UNKNOWN, AgeGroup.ADULT.label, within="adult"),
        Level(UNKNOWN, AgeGroup.UNKNOWN.label, Missing.UNKNOWN),
    )


def _citizenships() -> tuple[Level, ...]:
    ends = (CitizenshipGroup.STATELESS, CitizenshipGroup.UNKNOWN)
    groups = [group for group in CitizenshipGroup if group not in ends]
    codes = [*(group.value for group in groups), *subregions(), *(end.value for end in ends)]
    return _levels((code, citizenship_group_label(code)) for code in codes)


def _forms() -> tuple[Level, ...]:
    listed = [(form.value, form.label) for form in ExploitationForm if form.value != UNKNOWN]
    none = (NONE_LISTED, "None of the forms asked about")
    return _levels([*listed, none, (UNKNOWN, ExploitationForm.UNKNOWN.label)])


SEX = Dimension("sex", "Sex", _levels((sex.value, sex.label) for sex in Sex))
AGE = Dimension("age", "Age", _ages())
CITIZENSHIP = Dimension("citizenship", "Citizenship", _citizenships())
FORM = Dimension("form", "Form of exploitation", _forms(), multiple=True)
SCOPE = Dimension(
    "scope",
    "Within one State or across a border",
    _levels((scope.value, scope.label) for scope in TraffickingScope),
)
ENTITY = Dimension(
    "entity",
    "Kind of body that reported",
    _levels((one.value, one.label) for one in ReportingEntity),
)
HELP = Dimension(
    "help",
    "Where help stands",
    _levels(
        [("none", "No help offered yet"), *((one.value, one.label) for one in AssistanceStatus)]
    ),
)
STATUS = Dimension("status", "Status", _levels(STATUSES.items()))


def year_dimension(years: Iterable[int]) -> Dimension:
    """The years of a period as a break-down."""
    return Dimension("year", "Year of registration", _levels((str(y), str(y)) for y in years))
