"""Reads the 462 indicators that ship with the package and refuses a table that is not sound.

What the table is: our own short wording of published lists, not quotations. Rows come from the
ILO/EC operational indicators (264: adult and child, labour and sexual), the UNODC leaflet (121),
forced marriage (18), organ removal (17), the means of control of the case data standard by IOM
(17, CC BY 4.0), the ILO indicators of forced labour (11), forced criminality (9) and technology
(5). Verified: 92 read in this research, 188 in a second-hand copy, 182 not verified.

The strengths of the labour lists come from one public transcription; two adult values
(DEL-AL-AV-13 and 14) are disputed. The strengths of the sexual lists are not verified save three
and do not score. No weights exist for the other lists and none may be invented. The column
`strength_provisional` is a proposal for a national decision; no rule reads it.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from opennrm.vocabulary.exploitation import ExploitationForm
from opennrm.vocabulary.screening import Population, Strength

FORMS: dict[str, frozenset[ExploitationForm]] = {
    "any": frozenset(ExploitationForm),
    "labour_exploitation": frozenset({ExploitationForm.LABOUR, ExploitationForm.CHILD_LABOUR}),
    "forced_labour": frozenset(
        {
            ExploitationForm.LABOUR,
            ExploitationForm.DOMESTIC_SERVITUDE,
            ExploitationForm.SERVITUDE,
            ExploitationForm.SLAVERY_OR_SIMILAR,
        }
    ),
    "sexual_exploitation": frozenset({ExploitationForm.SEXUAL}),
    "domestic_servitude": frozenset(
        {ExploitationForm.DOMESTIC_SERVITUDE, ExploitationForm.SERVITUDE}
    ),
    "begging_petty_crime": frozenset(
        {ExploitationForm.BEGGING, ExploitationForm.FORCED_CRIMINALITY}
    ),
    "forced_criminality": frozenset(
        {ExploitationForm.FORCED_CRIMINALITY, ExploitationForm.BENEFIT_FRAUD}
    ),
    "organ_removal": frozenset({ExploitationForm.ORGAN_REMOVAL}),
    "forced_marriage": frozenset({ExploitationForm.FORCED_MARRIAGE}),
}
POPULATIONS = {
    "adult": frozenset({Population.ADULT}),
    "child": frozenset({Population.CHILD}),
    "adult_child": frozenset(Population),
}
VERIFIED = frozenset({"yes", "secondary", "no"})
REMINDERS = frozenset({"UNODC-GEN-34", "UNODC-SEX-01"})
# Signs that speak of the nationality or ethnicity of a group; they never count (R20).
ABOUT_TRAITS = frozenset({"UNODC-SEX-16", "UNODC-SEX-17", "UNODC-BEG-04"})
ABOUT_PLACES = frozenset({"workplace", "intelligence"})


class CatalogueBroken(Exception):
    """The table of indicators is not sound and must not be used."""


@dataclass(frozen=True)
class Indicator:
    """One sign: its list, whom and what it concerns, how much it weighs, and its own words."""

    id: str
    source: str
    forms: frozenset[ExploitationForm]
    dimension: str
    populations: frozenset[Population]
    strength: Strength
    text: str
    notes: str
    proposed_strength: str
    verified: str
    element: str

    @property
    def series(self) -> str:
        """Return the list the indicator belongs to, such as DEL-AL or UNODC-GEN."""
        return "-".join(self.id.split("-")[: 2 if self.id.count("-") > 1 else 1])

    @property
    def is_weighed(self) -> bool:
        """Tell whether a checked strength lets the indicator count in the rule."""
        return self.strength not in (Strength.UNVERIFIED, Strength.UNWEIGHTED)

    @property
    def may_trigger(self) -> bool:
        """Tell whether the indicator says anything about one person.

        The place a person comes from, the nationality of a group, reminders against stereotypes
        and signs of a workplace or an area never do.
        """
        return self.id not in REMINDERS | ABOUT_TRAITS and self.dimension not in ABOUT_PLACES


@cache
def indicators() -> dict[str, Indicator]:
    """Return every indicator of the shipped table by its id."""
    path = files("opennrm.indicators").joinpath("indicators.csv")
    return read_catalogue(path.read_text(encoding="utf-8"))


def read_catalogue(text: str) -> dict[str, Indicator]:
    """Return the indicators of a table by id.

    :raises CatalogueBroken: when an id comes twice or a value is not one of the known ones.
    """
    rows = list(csv.DictReader(text.splitlines()))
    twice = [key for key, count in Counter(row["id"] for row in rows).items() if count > 1]
    if twice:
        raise CatalogueBroken(f"these ids come twice: {', '.join(twice)}")
    return {row["id"]: _indicator(row) for row in rows}


def same_sign_for(indicator: Indicator, population: Population) -> Indicator | None:
    """Return the same sign in the lists of a population, or nothing when they do not have it.

    The lists for adults and children run in parallel, so a list opened before age came into
    doubt is read again as the child's.
    """
    if population in indicator.populations:
        return indicator
    letter = "C" if population is Population.CHILD else "A"
    twin = f"DEL-{letter}{indicator.id[5:]}" if indicator.id.startswith("DEL-") else ""
    return indicators().get(twin)


def _indicator(row: dict[str, str]) -> Indicator:
    try:
        return Indicator(
            id=row["id"],
            source=row["source"],
            forms=FORMS[row["form_of_exploitation"]],
            dimension=row["dimension"],
            populations=POPULATIONS[row["population"]],
            strength=Strength(row["strength"]),
            text=_filled(row["text"]),
            notes=row["notes"],
            proposed_strength=row["strength_provisional"],
            verified=_verified(row["verified"]),
            element=row["palermo_element"],
        )
    except (KeyError, ValueError) as problem:
        raise CatalogueBroken(f"indicator {row['id']}: {problem} is not known") from problem


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("an empty text")
    return text


def _verified(value: str) -> str:
    if value not in VERIFIED:
        raise ValueError(value)
    return value
