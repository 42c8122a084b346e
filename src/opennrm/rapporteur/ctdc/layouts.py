"""The public layouts: columns, what stands for missing, which coarse codes they can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from opennrm.rapporteur.ctdc.columns import (
    KANON_COLUMNS,
    SYNTHETIC_2021_COLUMNS,
    SYNTHETIC_2024_COLUMNS,
)
from opennrm.rapporteur.dimensions import AGE, CITIZENSHIP, FORM, NONE_LISTED, SCOPE, SEX

_TERMS = (
    "Terms and Conditions of Use of the Counter-Trafficking Data Collaborative: the data may be "
    "downloaded, stored, modified, printed and published for non-commercial use, in particular "
    "research and publication; the original data sets may not be sold, directly reproduced or "
    "redistributed. The material is copyright of the International Organization for Migration."
)
_SEXES = frozenset({"female", "male", "other", "unknown"})
_GROUPS = frozenset(CITIZENSHIP.by_code) - {"national", "eu", "stateless"}
_BROAD = frozenset({"sexual", "labour", "other", "unknown"})
_SMALL_CELLS = (
    "This data set is synthetic: its rows are not persons, and its small cells are artefacts of "
    "the method, neither persons nor facts. In it, 'no' and 'not known' are the same."
)
_PROXY = (
    "Within one State or across a border was derived by comparing citizenship with the country "
    "of exploitation, which is often a proxy (the country of identification or registration)."
)
_GENDER = "Sex shows what the source gave as gender."


class Kind(Enum):
    """What kind of value a column holds."""

    YEAR = "year"
    GENDER = "gender"
    AGE = "age"
    MAJORITY = "majority"
    COUNTRY = "country"
    BINARY = "binary"
    TEXT = "text"


@dataclass(frozen=True)
class Layout:
    """One public layout."""

    name: str
    title: str
    columns: Mapping[str, Kind]
    own_columns: frozenset[str]
    missing: frozenset[str]
    says_no: bool
    forms: Mapping[str, str]
    levels: Mapping[str, frozenset[str]]
    notes: tuple[str, ...]
    citation: str
    terms: str = _TERMS


def _kinds(columns: tuple[str, ...]) -> dict[str, Kind]:
    special = {
        "yearOfRegistration": Kind.YEAR,
        "gender": Kind.GENDER,
        "ageBroad": Kind.AGE,
        "majorityStatus": Kind.MAJORITY,
        "majorityStatusAtExploit": Kind.MAJORITY,
        "MajorityEntry": Kind.MAJORITY,
        "citizenship": Kind.COUNTRY,
        "CountryOfExploitation": Kind.COUNTRY,
    }
    binary = ("is", "meansOf", "means", "typeOf", "recruiterRelation")

    def kind(column: str) -> Kind:
        if column in special:
            return special[column]
        text = column.endswith("Concatenated") or column == "recruiterRelationUnknown"
        return Kind.BINARY if column.startswith(binary) and not text else Kind.TEXT

    return {column: kind(column) for column in columns}


def _levels(*, bands_only: bool, forms: frozenset[str]) -> dict[str, frozenset[str]]:
    wide = frozenset({"child_age_unknown", "adult_age_unknown"})
    ages = frozenset(AGE.leaves)
    return {
        "sex": _SEXES,
        "age": ages - wide if bands_only else ages,
        "citizenship": _GROUPS,
        "form": forms,
        "scope": frozenset(SCOPE.by_code),
    }


_SYNTHETIC_FORMS = {
    "isForcedLabour": "labour",
    "isSexualExploit": "sexual",
    "isOtherExploit": "other",
}
_KANON_FORMS = {
    **_SYNTHETIC_FORMS,
    "isForcedMarriage": "forced_marriage",
    "isForcedMilitary": "armed_group",
    "isOrganRemoval": "organ_removal",
    "isSlaveryAndPractices": "slavery_or_similar",
}

KANON = Layout(
    "ctdc_k_anonymised",
    "CTDC Global Dataset, k-anonymised (2017 to 2021)",
    _kinds(KANON_COLUMNS),
    frozenset(KANON_COLUMNS) - set(SYNTHETIC_2021_COLUMNS) - set(SYNTHETIC_2024_COLUMNS),
    frozenset({"-99", "Unknown", "00", "ZZ", ""}),
    True,
    _KANON_FORMS,
    _levels(bands_only=False, forms=_BROAD | set(_KANON_FORMS.values()) | {NONE_LISTED}),
    (
        _GENDER,
        _PROXY,
        "The source removed combinations of fewer than eleven records before publication; about "
        "four in ten records are missing from it.",
    ),
    "Counter-Trafficking Data Collaborative (CTDC), Global Dataset, k-anonymised",
)
SYNTHETIC_2021 = Layout(
    "ctdc_synthetic_2021",
    "CTDC Global Synthetic Dataset, 2021",
    _kinds(SYNTHETIC_2021_COLUMNS),
    frozenset(SYNTHETIC_2021_COLUMNS) - set(KANON_COLUMNS) - set(SYNTHETIC_2024_COLUMNS),
    frozenset({""}),
    False,
    _SYNTHETIC_FORMS,
    _levels(bands_only=True, forms=_BROAD),
    (_SMALL_CELLS, _GENDER, _PROXY),
    "Counter-Trafficking Data Collaborative (CTDC), Global Synthetic Dataset, 2021",
)
SYNTHETIC_2024 = Layout(
    "ctdc_synthetic_2024",
    "CTDC Global Synthetic Dataset, 2024 and 2025",
    _kinds(SYNTHETIC_2024_COLUMNS),
    frozenset(SYNTHETIC_2024_COLUMNS) - set(KANON_COLUMNS) - set(SYNTHETIC_2021_COLUMNS),
    frozenset({""}),
    False,
    _SYNTHETIC_FORMS,
    _levels(bands_only=True, forms=_BROAD),
    (_SMALL_CELLS, _GENDER, _PROXY),
    "Counter-Trafficking Data Collaborative (CTDC), Global Synthetic Dataset, 2024/2025",
)
LAYOUTS = (SYNTHETIC_2024, SYNTHETIC_2021, KANON)
assert frozenset(_KANON_FORMS.values()) <= frozenset(FORM.by_code)  # noqa: S101
assert frozenset(SEX.by_code) >= _SEXES  # noqa: S101


def layout_named(name: str) -> Layout:
    """One layout by name."""
    return next(one for one in LAYOUTS if one.name == name)


def recognised(columns: frozenset[str]) -> Layout | None:
    """The layout these columns belong to: the newer ones by columns of their own."""
    for layout in (SYNTHETIC_2024, SYNTHETIC_2021):
        if columns & layout.own_columns and columns <= layout.columns.keys():
            return layout
    both = SYNTHETIC_2024.columns.keys() & SYNTHETIC_2021.columns.keys()
    if "traffickMonths" in columns and columns <= both:
        return SYNTHETIC_2021
    return KANON if columns <= KANON.columns.keys() else None
