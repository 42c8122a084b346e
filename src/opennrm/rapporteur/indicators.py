"""The indicators NR01 to NR24: what each one is a share of, and what can be measured today."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from opennrm.rapporteur.dimensions import ENTITY, HELP, STATUSES

MISSING = "*missing"
"""Stands for all levels of a dimension that say nothing about the person."""


@dataclass(frozen=True)
class Measure:
    """One line of an indicator: a cell of a released table, as a count or a share of all."""

    label: str
    table: str
    dimension: str = ""
    code: str = ""
    is_share: bool = False


@dataclass(frozen=True)
class Indicator:
    """One indicator of the Rapporteur's set; without measures it says why there is none yet."""

    key: str
    title: str
    numerator: str
    denominator: str
    breakdowns: str
    measures: tuple[Measure, ...] = ()
    because: str = ""
    page: str = ""
    in_registers: bool = False


USUAL = gettext_noop("Sex, child or adult, form, internal or cross-border, citizenship group.")
_PERSONS = gettext_noop("Persons registered in the period")
_STEP = gettext_noop("Persons by how far this step came; the rest is not counted yet")
_BY_YEAR = gettext_noop("By year of registration only.")


def _each(
    table: str, dimension: str, codes: dict[str, str], *, shares: bool
) -> tuple[Measure, ...]:
    return tuple(
        Measure(label, table, dimension, code, is_share=shares) for code, label in codes.items()
    )


def _missing(table: str, dimension: str, label: str) -> Measure:
    return Measure(label, table, dimension, MISSING, is_share=True)


def _not_yet(key: str, title: str, numerator: str, denominator: str, because: str) -> Indicator:
    return Indicator(key, title, numerator, denominator, USUAL, because=because)


def _kept(key: str, title: str, numerator: str, denominator: str, breakdowns: str) -> Indicator:
    return Indicator(key, title, numerator, denominator, breakdowns, in_registers=True)


INDICATORS = (
    Indicator(
        "NR01",
        gettext_noop("Detected, presumed, reasonable grounds, identified: counts, never mixed"),
        gettext_noop("Persons who stand at each status when the figures were drawn"),
        gettext_noop("None: these are counts"),
        USUAL,
        (
            Measure(gettext_noop("Detected: all persons registered"), "year_by_status"),
            *_each("year_by_status", "status", STATUSES, shares=False),
        ),
    ),
    Indicator(
        "NR02",
        gettext_noop("Who reported: share of each kind of body"),
        gettext_noop("Persons reported by this kind of body"),
        _PERSONS,
        gettext_noop("Sex."),
        _each("entity_by_sex", "entity", {o.code: o.label for o in ENTITY.levels}, shares=True),
    ),
    _not_yet(
        "NR03",
        gettext_noop("Notifications without consent; adults who decline a referral, with reasons"),
        gettext_noop("Notifications without consent; adults who declined"),
        gettext_noop("All referrals and notifications"),
        gettext_noop(
            "no fact of them reaches the statistics copy: notifications hold no identity, and a "
            "refused referral leaves no case."
        ),
    ),
    Indicator(
        "NR04",
        gettext_noop("Time from contact to the preliminary decision"),
        _STEP,
        _PERSONS,
        _BY_YEAR,
        page="first_decision",
    ),
    Indicator(
        "NR05",
        gettext_noop("Time from the preliminary to the formal decision; open decisions by age"),
        _STEP,
        _PERSONS,
        _BY_YEAR,
        page="formal_decision",
    ),
    Indicator(
        "NR06",
        gettext_noop("Share positive at each stage"),
        gettext_noop("Persons who stand at this status"),
        _PERSONS,
        USUAL,
        _each(
            "year_by_status",
            "status",
            {
                one: STATUSES[one]
                for one in (
                    "reasonable_grounds_positive",
                    "reasonable_grounds_negative",
                    "identified",
                    "not_identified",
                )
            },
            shares=True,
        ),
    ),
    Indicator(
        "NR07",
        gettext_noop("Recovery and reflection periods: granted, length, extended, ended early"),
        _STEP,
        _PERSONS,
        _BY_YEAR,
        page="recovery",
    ),
    Indicator(
        "NR08",
        gettext_noop("Where help stands"),
        gettext_noop("Persons whose help stands here; services apart are not counted yet"),
        _PERSONS,
        gettext_noop("Sex."),
        _each("help_by_sex", "help", {o.code: o.label for o in HELP.levels}, shares=True),
    ),
    _kept(
        "NR09",
        gettext_noop("Shelter and housing: places and use, by group"),
        gettext_noop("Places in use"),
        gettext_noop("Places there are"),
        gettext_noop("Women, men, children, families."),
    ),
    _not_yet(
        "NR10",
        gettext_noop("Children: guardian in time, best interests, missing, durable solutions"),
        gettext_noop("Children with a guardian within the period"),
        gettext_noop("Children registered in the period"),
        gettext_noop(
            "no fact of guardians or best interests is in the statistics copy; beside the "
            "releases, their total would give away the number of children of a year."
        ),
    ),
    Indicator(
        "NR11",
        gettext_noop("Residence permits: asked, granted, refused, renewed, by ground"),
        _STEP,
        _PERSONS,
        _BY_YEAR,
        page="permit",
    ),
    Indicator(
        "NR12",
        gettext_noop("Asylum and returns: claims, risk assessments, returns refused as unsafe"),
        _STEP,
        _PERSONS,
        _BY_YEAR,
        page="safe_return",
    ),
    Indicator(
        "NR13",
        gettext_noop("Investigations, suspects, prosecutions, convictions, sentences"),
        _STEP,
        _PERSONS,
        _BY_YEAR,
        page="proceedings",
    ),
    Indicator(
        "NR14",
        gettext_noop("Trafficked persons as suspects; non-punishment assessed and applied"),
        _STEP,
        _PERSONS,
        _BY_YEAR,
        page="liability",
    ),
    Indicator(
        "NR15",
        gettext_noop("Protection asked and granted; with a lawyer, a co-ordinator, heard once"),
        _STEP,
        _PERSONS,
        _BY_YEAR,
        page="protection",
    ),
    Indicator(
        "NR16",
        gettext_noop("Compensation: claimed, awarded, and paid"),
        gettext_noop("Persons who received what was awarded"),
        _PERSONS,
        gettext_noop("None yet; amounts are not in the statistics copy."),
        page="redress",
    ),
    Indicator(
        "NR17",
        gettext_noop("Assets frozen, confiscated, passed on"),
        gettext_noop("Persons to whom assets were passed on"),
        _PERSONS,
        gettext_noop("None yet; amounts are not in the statistics copy."),
        page="redress",
    ),
    _kept(
        "NR18",
        gettext_noop("Training: persons by profession, hours"),
        gettext_noop("Persons with the training that their role needs; hours are not added up"),
        gettext_noop("Persons who hold such a role"),
        gettext_noop("By training."),
    ),
    _kept(
        "NR19",
        gettext_noop("Awareness: campaigns by form and audience, share evaluated"),
        gettext_noop("Campaigns that were evaluated"),
        gettext_noop("All campaigns"),
        gettext_noop("None: ended campaigns together."),
    ),
    _kept(
        "NR20",
        gettext_noop("Budget by pillar: planned, allocated, spent"),
        gettext_noop("Money spent"),
        gettext_noop("Money planned"),
        gettext_noop("Pillar and currency."),
    ),
    _kept(
        "NR21",
        gettext_noop("Plan: actions done, late, without money; recommendations answered"),
        gettext_noop("Actions done"),
        gettext_noop("All actions of the plan"),
        gettext_noop("None: adopted plans together."),
    ),
    Indicator(
        "NR22",
        gettext_noop("Came back to support"),
        gettext_noop("Persons who came back to support; whether trafficked again is not asked"),
        _PERSONS,
        gettext_noop("Sex."),
        (
            Measure(
                gettext_noop("Came back to support"), "help_by_sex", "help", "re_entered",
                is_share=True,
            ),
        ),
    ),
    Indicator(
        "NR23",
        gettext_noop("Rules broken, overridden, held, refused"),
        gettext_noop("Cases in which it happened to the rule"),
        gettext_noop("None: these are counts of cases"),
        gettext_noop("By rule and by what happened."),
        page="rules",
    ),
    Indicator(
        "NR24",
        gettext_noop("Data quality: share of which nothing is known"),
        gettext_noop("Persons of whom it is unknown or was not asked"),
        _PERSONS,
        gettext_noop("By what is not known."),
        (
            _missing("sex_by_age", "sex", gettext_noop("Sex not known")),
            _missing("sex_by_age", "age", gettext_noop("Age not known, nor whether a child")),
            _missing("citizenship_by_sex", "citizenship", gettext_noop("Citizenship not known")),
            _missing("form_by_sex", "form", gettext_noop("Form of exploitation not known")),
            _missing("form_by_scope", "scope", gettext_noop("Internal or cross-border not known")),
            _missing("entity_by_sex", "entity", gettext_noop("Who reported not known")),
        ),
    ),
)  # fmt: skip
