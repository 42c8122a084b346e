"""Turns a screening into advice with its reasons; a person decides, later and elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opennrm.indicators.catalogue import ABOUT_PLACES, Indicator, indicators, same_sign_for
from opennrm.indicators.rule import PositiveDimension, combined, positive_dimensions
from opennrm.vocabulary.age import AgeStatus
from opennrm.vocabulary.code import Code
from opennrm.vocabulary.screening import (
    AdviceOutcome,
    Answer,
    Dimension,
    Population,
    Strength,
)

ABSENT = frozenset({Answer.NO, Answer.NOT_ASKED})
WEIGHT_ORDER = list(AdviceOutcome)
NOTE = (
    "This is advice, not a decision. It weighs what was noted so far and can be asked for again "
    "at any time. Help does not depend on it."
)


class IndicatorUnknown(Exception):
    """An answer names an indicator that is not in the lists; leave it out or choose one."""


class ReasonCode(Code):
    """Why the advice is what it is."""

    DIMENSIONS = "dimensions_positive", "Together, the positive dimensions lead to this advice."
    BELOW = (
        "signs_below_threshold",
        "Signs were noted that do not make a dimension positive by the rule. Keep them in mind.",
    )
    STRONG_SIGN = (
        "one_strong_sign",
        "A strong sign was noted. It makes no dimension positive alone, but can be enough.",
    )
    WITHOUT_WEIGHT = (
        "signs_without_weight",
        "Signs were noted that no checked source weighs. They do not score; you weigh them.",
    )
    PRESUMED = (
        "professional_presumes",
        "A professional presumes trafficking and has said why. No ticked sign is required.",
    )
    CHILD = (
        "child_means_not_required",
        "The lists for children are used. Means are not required for a child.",
    )
    NOTHING_NOTED = (
        "nothing_noted",
        "No sign that counts was noted. This says nothing about what was not asked or told.",
    )
    ABOUT_A_PLACE = (
        "signs_about_a_place",
        "Signs were noted that speak of a place, not of one person. An inspection may help.",
    )
    NOT_ASKED = (
        "signs_not_asked",
        "Some signs were not asked about. Not asked is not the same as no.",
    )


@dataclass(frozen=True)
class Reason:
    """One reason of an advice: a code, a plain sentence and the indicators it rests on."""

    code: ReasonCode
    indicators: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Return the plain English sentence of the reason."""
        return self.code.label


@dataclass(frozen=True)
class Screening:
    """What a screening noted: age status, the answers, and whether a professional presumes."""

    age_status: AgeStatus | None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    presumed: bool = False
    act_noted: bool = False


@dataclass(frozen=True)
class Advice:
    """What a screening advises and why, always as advice and never as a decision."""

    outcome: AdviceOutcome
    population: Population
    positive: tuple[PositiveDimension, ...]
    reasons: tuple[Reason, ...]
    note: str = NOTE

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the codes of the positive dimensions, each once."""
        return tuple(dict.fromkeys(each.dimension.value for each in self.positive))


def population_for(age_status: AgeStatus | None) -> Population:
    """Return which lists to use; when age is in doubt or not known, those for children (R31)."""
    return Population.ADULT if age_status is AgeStatus.ADULT else Population.CHILD


def advise(screening: Screening) -> Advice:
    """Weigh a screening into advice with its reasons.

    :raises IndicatorUnknown: when an answer names an indicator that is not in the lists.
    """
    population = population_for(screening.age_status)
    present = _present(screening, population)
    found = positive_dimensions(present)
    reading = combined(
        (each.dimension for each in found), population, act_noted=screening.act_noted
    )
    reasons = _reasons(screening, population, present, found)
    least = _at_least(population, reasons, present)
    outcome = max(reading, least, key=WEIGHT_ORDER.index)
    return Advice(outcome, population, found, reasons)


def _present(screening: Screening, population: Population) -> tuple[Indicator, ...]:
    unknown = sorted(set(screening.answers) - set(indicators()))
    if unknown:
        raise IndicatorUnknown(f"not in the lists: {', '.join(unknown)}")
    noted = [indicators()[key] for key in _noted(screening)]
    signs = (same_sign_for(sign, population) or sign for sign in noted)
    unique = {sign.id: sign for sign in signs if sign.may_trigger}
    return tuple(unique[key] for key in sorted(unique))


def _at_least(
    population: Population, reasons: tuple[Reason, ...], present: tuple[Indicator, ...]
) -> AdviceOutcome:
    """Return the least that signs outside positive dimensions, and a professional, call for.

    One strong sign can be enough, save that of an adult's working conditions alone, which calls
    for labour rights as the whole dimension would.
    """
    stated = {reason.code: reason.indicators for reason in reasons}
    if ReasonCode.PRESUMED in stated or ReasonCode.WITHOUT_WEIGHT in stated:
        return AdviceOutcome.POSSIBLE
    strong = [s for s in present if s.id in stated.get(ReasonCode.STRONG_SIGN, ())]
    if not strong:
        return AdviceOutcome.NO_SIGN
    only_work = all(sign.dimension == Dimension.EXPLOITATION for sign in strong)
    if only_work and population is Population.ADULT:
        return AdviceOutcome.LABOUR_RIGHTS_REFERRAL
    return AdviceOutcome.POSSIBLE


def _reasons(
    screening: Screening,
    population: Population,
    present: tuple[Indicator, ...],
    found: tuple[PositiveDimension, ...],
) -> tuple[Reason, ...]:
    carrying = {key for each in found for key in each.carried_by}
    rest = [sign for sign in present if sign.id not in carrying]
    weighed = [sign for sign in rest if sign.is_weighed]
    signs = {
        ReasonCode.DIMENSIONS: sorted(carrying),
        ReasonCode.STRONG_SIGN: [s.id for s in weighed if s.strength is Strength.STRONG],
        ReasonCode.BELOW: [s.id for s in weighed if s.strength is not Strength.STRONG],
        ReasonCode.WITHOUT_WEIGHT: [s.id for s in rest if not s.is_weighed],
        ReasonCode.ABOUT_A_PLACE: _about_a_place(screening),
        ReasonCode.NOT_ASKED: _not_asked(screening),
    }
    stated = [Reason(code, tuple(keys)) for code, keys in signs.items() if keys]
    claims = {
        ReasonCode.PRESUMED: screening.presumed,
        ReasonCode.CHILD: population is Population.CHILD,
        ReasonCode.NOTHING_NOTED: not present and not screening.presumed,
    }
    return (*stated, *(Reason(code) for code, holds in claims.items() if holds))


def _not_asked(screening: Screening) -> list[str]:
    return sorted(key for key, said in screening.answers.items() if said is Answer.NOT_ASKED)


def _about_a_place(screening: Screening) -> list[str]:
    return [key for key in _noted(screening) if indicators()[key].dimension in ABOUT_PLACES]


def _noted(screening: Screening) -> list[str]:
    return sorted(key for key, said in screening.answers.items() if said not in ABSENT)
