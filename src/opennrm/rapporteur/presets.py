"""Knows by which thresholds and rounding tables may be published: closed presets with sources."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from opennrm.statistics import Rule


@dataclass(frozen=True)
class Preset:
    """A rule for publishing by name, in words, with where it comes from."""

    key: str
    label: str
    rule: Rule
    source: str


class NoSuchPreset(LookupError):
    """A preset that was not declared."""


# Whatever the preset, complementary suppression and the audit stay: what a body prints of its own
# does not make a hidden figure safe here.
PRESETS = (
    Preset(
        "standard",
        gettext_noop("Threshold 10, zeros hidden, rounded to 5"),
        Rule(threshold=10, rounding=5),
        gettext_noop("The default; the rules of secure research services (ACRO, ONS)."),
    ),
    Preset(
        "ctdc",
        gettext_noop("CTDC: threshold 10, zeros hidden, rounded to 10"),
        Rule(threshold=10, rounding=10),
        gettext_noop("The counts beside CTDC's synthetic data are rounded to 10."),
    ),
    Preset(
        "unodc",
        gettext_noop("UNODC: threshold 5, zeros shown, not rounded"),
        Rule(threshold=5, zeros_disclosive=False),
        gettext_noop(
            "The Global Report prints small numbers as <5; here further cells are hidden."
        ),
    ),
    Preset(
        "eurostat",
        gettext_noop("Eurostat: threshold 10, zeros shown, rounded to 10"),
        Rule(threshold=10, zeros_disclosive=False, rounding=10),
        gettext_noop(
            "Zero and blank differ in the return, and shown figures are rounded to 10; Eurostat "
            "names no threshold for this collection, so that of this house stands."
        ),
    ),
    Preset(
        "uk",
        gettext_noop("United Kingdom: threshold 10, zeros hidden, not rounded"),
        Rule(threshold=10),
        gettext_noop("The yearly bulletins print exact figures; here small ones are hidden."),
    ),
)
STANDARD = PRESETS[0]


def preset(key: str) -> Preset:
    """Find a preset by its key.

    :raises NoSuchPreset: when there is none; the message lists those there are.
    """
    for one in PRESETS:
        if one.key == key:
            return one
    names = ", ".join(one.key for one in PRESETS)
    raise NoSuchPreset(f"{key!r} is no preset. Choose one of: {names}.")


def preset_of(rule: Rule) -> Preset | None:
    """Find the preset that a rule is, if it is one."""
    return next((one for one in PRESETS if one.rule == rule), None)
