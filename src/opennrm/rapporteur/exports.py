"""Rearranges one release in the layouts of others, and lists what had no counterpart there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opennrm.rapporteur.public_page import open_release
from opennrm.rapporteur.releases import Release
from opennrm.rapporteur.showing import years
from opennrm.rapporteur.table_csv import safe
from opennrm.rapporteur.table_html import SUPPRESSED
from opennrm.statistics import ProtectedTable, cell

TOTAL, VICTIM = "Total", "PER_VICT"
BASE = "sex_age_form_scope"
SDG = ("16.2.2", "VC_HTF_DETV")
UNODC_SEX = {
    None: TOTAL,
    "female": "Female",
    "male": "Male",
    "other": "Other",
    "unknown": "Unknown",
}
UNODC_AGE = {
    None: TOTAL,
    "child": "0 to 17 years",
    "adult": "18 years or over",
    "unknown": "Unknown",
}
UNODC_FORM = {"sexual": "Sexual exploitation", "labour": "Forced labour"}
EUROSTAT_SEX = {None: "T", "female": "F", "male": "M", "other": "OTH", "unknown": "UNK"}
EUROSTAT_AGE = {None: TOTAL, "child": "Y_LT18", "adult": "Y_GE18", "unknown": "UNK"}
HTCDS_GENDER = {"female": "Female", "male": "Male", "other": "Other", "unknown": "Unknown"}
CTDC_FORM = {"labour": "isForcedLabour", "sexual": "isSexualExploit"}
CTDC_AGE = {"child": "Minor", "adult": "Adult", "unknown": ""}


@dataclass(frozen=True)
class Layout:
    """One layout: its name, its version, how it is written, and what it cannot say."""

    key: str
    title: str
    version: str
    header: tuple[str, ...]
    lines: Callable[[Release], Iterator[Sequence[str]]]
    no_counterpart: tuple[str, ...]


class NoSuchLayout(LookupError):
    """A layout that was not declared."""


def export(connection: Any, number: int, key: str) -> str:
    """Write one release in one layout as CSV, then everything that had no counterpart.

    A hidden figure stays hidden: it is written as the mark of this house, never as zero or blank.

    :raises NotPublished: when there is no such release.
    :raises NoSuchLayout: when there is no such layout; the message lists those there are.
    """
    return written(layout_named(key), open_release(connection, number))


def layout_named(key: str) -> Layout:
    """One layout by its key.

    :raises NoSuchLayout: when there is none.
    """
    for one in LAYOUTS:
        if one.key == key:
            return one
    names = ", ".join(one.key for one in LAYOUTS)
    raise NoSuchLayout(f"{key!r} is no layout. Choose one of: {names}.")


def written(layout: Layout, release: Release) -> str:
    """One release in one layout, as CSV that no spreadsheet runs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(layout.header)
    for line in layout.lines(release):
        writer.writerow([safe(text) for text in line])
    writer.writerow([])
    for title, words in _said(layout, release):
        writer.writerow([title, words])
    return "\ufeff" + out.getvalue()


def _said(layout: Layout, release: Release) -> Iterator[tuple[str, str]]:
    yield _("Layout"), f"{layout.title}, {layout.version}"
    yield _("Release"), f"{release.number}, {years(release.period)}, {release.checksum}"
    yield (
        _("Hidden figures"),
        _("%(mark)s: zero, small or large; never to be read as zero.") % {"mark": SUPPRESSED},
    )
    for words in layout.no_counterpart:
        yield _("No counterpart"), _(words)


def _value(table: ProtectedTable, **levels: str | None) -> str:
    count = table.cells[cell(**levels)]
    return SUPPRESSED if count is None else str(count)


def _unodc(release: Release) -> Iterator[Sequence[str]]:
    """The long form of the Global Report's file: one number in each row."""
    table = release.table(BASE)
    where, ends = ("", "", "", ""), (years(release.period), "Counts")
    source = f"OpenNRM, release {release.number}"
    for sex, sex_words in UNODC_SEX.items():
        for age, age_words in UNODC_AGE.items():
            value = _value(table, sex=sex, age=age)
            who = (sex_words, age_words, *ends, value, source)
            yield (*where, "Detected trafficking victims", TOTAL, TOTAL, *who)
            for form, words in UNODC_FORM.items():
                value = _value(table, sex=sex, age=age, form=form)
                who = (sex_words, age_words, *ends, value, source)
                yield (
                    *(*where, "Detected trafficking victims"),
                    *("by form of exploitation", words, *who),
                )


def _eurostat(release: Release) -> Iterator[Sequence[str]]:
    table, said = release.table(BASE), years(release.period)
    for sex, sex_code in EUROSTAT_SEX.items():
        for age, age_code in EUROSTAT_AGE.items():
            value = _value(table, sex=sex, age=age)
            yield (VICTIM, "sex and age", TOTAL, sex_code, age_code, said, value)
    forms = [level.code for level in table.shape.dimension("form").levels]
    for form in forms:
        for sex, sex_code in EUROSTAT_SEX.items():
            value = _value(table, form=form, sex=sex)
            yield (VICTIM, "form of exploitation", form, sex_code, TOTAL, said, value)
    if entities := release.tables.get("entity_by_sex"):
        for level in entities.shape.dimension("entity").levels:
            value = _value(entities, entity=level.code)
            yield (VICTIM, "registering organisation", level.code, "T", TOTAL, said, value)


def _sdg(release: Release) -> Iterator[Sequence[str]]:
    """The numerator of 16.2.2; the rate needs the residents, which this house does not hold."""
    table, said = release.table(BASE), years(release.period)
    for sex, sex_words in UNODC_SEX.items():
        for age, age_words in UNODC_AGE.items():
            value = _value(table, sex=sex, age=age)
            yield (*SDG, TOTAL, sex_words, age_words, said, value, "")
    for form, words in UNODC_FORM.items():
        for sex, sex_words in UNODC_SEX.items():
            value = _value(table, sex=sex, form=form)
            yield (*SDG, words, sex_words, TOTAL, said, value, "")


def _htcds(release: Release) -> Iterator[Sequence[str]]:
    table, said = release.table(BASE), years(release.period)
    for gender, words in HTCDS_GENDER.items():
        yield ("Gender", words, said, _value(table, sex=gender))
    for level in table.shape.dimension("form").levels:
        yield ("Type of Exploitation", level.label, said, _value(table, form=level.code))


def _ctdc(release: Release) -> Iterator[Sequence[str]]:
    table, said = release.table(BASE), years(release.period)
    for sex, words in HTCDS_GENDER.items():
        for age, majority in CTDC_AGE.items():
            for form, column in CTDC_FORM.items():
                value = _value(table, sex=sex, age=age, form=form)
                yield (said, words, majority, column, "1", value)


def _nothing(_release: Release) -> Iterator[Sequence[str]]:
    return iter(())


_COURT = gettext_noop("Offences, suspects, prosecutions, convictions: not in the statistics copy.")
_COUNTRY = gettext_noop("Country of citizenship: the copy holds groups and regions only.")
_OTHER = gettext_noop(
    "The form 'other' of this layout: adding up forms of which one person may have several is "
    "refused, since the sum would count her twice (R80)."
)
_NOT_ASKED = gettext_noop(
    "Sex 'not asked': kept apart from unknown here; no value in this layout."
)
_SCOPE = gettext_noop("Within one State or across a border: no column in this layout.")
LAYOUTS = (
    Layout(
        "unodc",
        "UNODC Global Report questionnaire, long form",
        "2025",
        (
            *("Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension"),
            *("Category", "Sex", "Age", "Year", "unitMeasurement", "VALUE", "Source"),
        ),
        _unodc,
        (_COURT, _COUNTRY, _OTHER, _NOT_ASKED, _SCOPE,
         gettext_noop("Country and region of the State: whoever sends it fills them in."),
         gettext_noop("Country of repatriation: not in the statistics copy.")),
    ),
    Layout(
        "eurostat",
        "Eurostat crim_thb, break-downs of Directive 2011/36/EU",
        "2024",
        ("leg_stat", "breakdown", "category", "sex", "age", "time", "value"),
        _eurostat,
        (_COURT, _COUNTRY, _NOT_ASKED, _SCOPE,
         gettext_noop("All persons registered here are given, whatever was decided.")),
    ),
    Layout(
        "sdg",
        "SDG indicator 16.2.2",
        "2025",
        ("indicator", "series", "form", "sex", "age", "year", "persons", "per_100000"),
        _sdg,
        (_OTHER, _NOT_ASKED, _SCOPE,
         gettext_noop("Rate per 100,000: needs the residents by sex and age of the year.")),
    ),
    Layout(
        "htcds",
        "HTCDS, aggregate",
        "2.0",
        ("field", "value", "year", "persons"),
        _htcds,
        (_NOT_ASKED, _SCOPE,
         gettext_noop("Labour industry, means of control, recruitment: not in the copy."),
         gettext_noop("Forms that HTCDS has no value for keep the words of this house.")),
    ),
    Layout(
        "ctdc",
        "CTDC columns, aggregate",
        "2021-08",
        ("yearOfRegistration", "gender", "majorityStatus", "column", "columnValue", "persons"),
        _ctdc,
        (_COUNTRY, _NOT_ASKED, _SCOPE, _OTHER,
         gettext_noop("Age bands, means, recruiter, industry: not in the tables of a release."),
         gettext_noop("Rows of single persons: never published from a release of tables.")),
    ),
    Layout(
        "ictip",
        "IC-TIP, International Classification for Administrative Data on Trafficking",
        "2025, empty: its code lists are not public yet",
        ("event", "victim", "perpetrator", "reporting_entity"),
        _nothing,
        (gettext_noop("Every figure: its categories were not available and are not guessed."),),
    ),
)  # fmt: skip
