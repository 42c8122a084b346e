"""Groups indicators for a page: what can be noticed, and what is only asked with care."""

from collections.abc import Iterable
from dataclasses import dataclass

from opennrm.indicators.catalogue import Indicator, indicators
from opennrm.vocabulary.code import Code
from opennrm.vocabulary.exploitation import ExploitationForm
from opennrm.vocabulary.screening import Population


class Heading(Code):
    """The heading under which indicators stand on a page, in the order of a conversation."""

    NOTICE = "notice", "What can be noticed about the person"
    SURROUNDINGS = "surroundings", "What can be noticed about the place"
    PAPERS = "papers", "Papers, money and travel"
    RECRUITMENT = "recruitment", "How it began"
    EXPLOITATION = "exploitation", "Work and living conditions"
    CONTROL = "control", "How the person is kept there"
    FAMILY = "family", "Family, marriage and health"
    BODY = "body", "Medical procedures"


HEADINGS = {
    "general": Heading.NOTICE,
    "presentation": Heading.NOTICE,
    "child_presentation": Heading.NOTICE,
    "situation": Heading.NOTICE,
    "child_situation": Heading.SURROUNDINGS,
    "workplace": Heading.SURROUNDINGS,
    "housing": Heading.SURROUNDINGS,
    "documents": Heading.PAPERS,
    "finance": Heading.PAPERS,
    "transport": Heading.PAPERS,
    "entrance": Heading.PAPERS,
    "act": Heading.RECRUITMENT,
    "recruitment": Heading.RECRUITMENT,
    "deceptive_recruitment": Heading.RECRUITMENT,
    "coercive_recruitment": Heading.RECRUITMENT,
    "recruitment_by_abuse_of_vulnerability": Heading.RECRUITMENT,
    "technology_facilitated": Heading.RECRUITMENT,
    "exploitation": Heading.EXPLOITATION,
    "forced_labour": Heading.EXPLOITATION,
    "purpose": Heading.EXPLOITATION,
    "coercion_at_destination": Heading.CONTROL,
    "abuse_of_vulnerability_at_destination": Heading.CONTROL,
    "means": Heading.CONTROL,
    "means_of_control": Heading.CONTROL,
    "control": Heading.CONTROL,
    "consent": Heading.FAMILY,
    "education": Heading.FAMILY,
    "event": Heading.FAMILY,
    "family_history": Heading.FAMILY,
    "health": Heading.FAMILY,
    "transplant": Heading.BODY,
    "aftercare": Heading.BODY,
}
HARMFUL_TO_ASK = ("violen", "abus", "sex", "forced", "abduct", "suicide", "self-harm", "beaten")
FAST = (
    "DR-01",
    "DR-08",
    "CR-01",
    "CR-04",
    "CR-07",
    "AV-06",
    "EX-01",
    "EX-02",
    "EX-04",
    "CD-01",
    "CD-02",
    "CD-03",
    "CD-04",
    "CD-14",
    "VD-01",
)
FAST_ALSO = {
    Population.ADULT: ("UNODC-GEN-03", "UNODC-GEN-13", "DEL-AS-CD-06"),
    Population.CHILD: ("UNODC-CHI-01", "UNODC-CHI-09", "DEL-CS-CD-06"),
}
LABOUR_LISTS = {Population.ADULT: "DEL-AL-", Population.CHILD: "DEL-CL-"}


@dataclass(frozen=True)
class IndicatorGroup:
    """Indicators that stand together on a page under one heading."""

    heading: Heading
    indicators: tuple[Indicator, ...]


def indicator_groups(
    population: Population, forms: Iterable[ExploitationForm] = ()
) -> tuple[IndicatorGroup, ...]:
    """Return the indicators of a population under their headings; no form named means all.

    Area-level signs, reminders and the place a person comes from are not put to anyone.
    """
    wanted = frozenset(forms) or frozenset(ExploitationForm)
    chosen = [sign for sign in indicators().values() if _is_shown(sign, population, wanted)]
    return _under_headings(chosen)


def fast_screening(population: Population) -> tuple[IndicatorGroup, ...]:
    """Return a short first set that can be gone through in a few minutes.

    It holds the strong and most telling signs of the weighed lists, so that every dimension of
    the rule can become positive, and a few that can be noticed without asking.
    """
    weighed = (LABOUR_LISTS[population] + end for end in FAST)
    keys = (*FAST_ALSO[population], *weighed)
    return _under_headings([indicators()[key] for key in keys])


def asks_with_care(indicator: Indicator) -> bool:
    """Tell whether to ask is for trained staff only, after the safety check and with consent."""
    text = indicator.text.lower()
    return any(word in text for word in HARMFUL_TO_ASK)


def _is_shown(sign: Indicator, population: Population, forms: frozenset[ExploitationForm]) -> bool:
    about_her = sign.may_trigger or sign.dimension == "workplace"
    return about_her and population in sign.populations and bool(sign.forms & forms)


def _under_headings(signs: list[Indicator]) -> tuple[IndicatorGroup, ...]:
    groups = (
        IndicatorGroup(heading, tuple(s for s in signs if HEADINGS[s.dimension] is heading))
        for heading in Heading
    )
    return tuple(group for group in groups if group.indicators)
