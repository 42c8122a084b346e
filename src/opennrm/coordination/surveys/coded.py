"""Counts open answers that two people coded, and says how far the two agree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opennrm.statistics.agreement import Agreement, presence_kappa

LEAST_AGREEMENT = 0.6
BENCHMARK = "Landis and Koch 1977: above 0.60 substantial"


@dataclass(frozen=True, slots=True)
class Code:
    """One heading under which open answers are put; a sub-heading belongs to a wider one."""

    code: str
    label: str
    within: str = ""
    is_open: bool = False


# The chapters of the OSCE Action Plan, with the sub-headings of prevention of the 2006 report.
CHALLENGES = (
    Code("prevention", "Prevention"),
    Code("awareness", "Public awareness", within="prevention"),
    Code("research", "Data and research", within="prevention"),
    Code("social_economic", "Social and economic measures", within="prevention"),
    Code("prosecution", "Prosecution"),
    Code("protection", "Protection"),
    Code("coordination", "Co-ordination"),
    Code("resources", "Resources"),
)


@dataclass(frozen=True, slots=True)
class Coding:
    """How one coder put one answer under headings, one entry for each reference."""

    answer: str
    coder: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How two coders read one code: agreement, and how many answers they differ on."""

    code: Code
    agreement: Agreement
    differing: tuple[str, ...]

    @property
    def is_low(self) -> bool:
        """Tell whether the two should talk before anything is counted."""
        kappa = self.agreement.kappa
        return kappa is not None and kappa < LEAST_AGREEMENT


def references(codes: Iterable[Code], settled: Iterable[Coding]) -> dict[str, int | None]:
    """Count the references under each heading, those under its sub-headings included.

    Nothing is counted under a heading whose number was never stated.
    """
    listed = {one.code: one for one in codes}
    counts: dict[str, int | None] = {
        code: None if one.is_open else 0 for code, one in listed.items()
    }
    for coding in settled:
        for code in coding.codes:
            for heading in dict.fromkeys((code, listed[code].within)):
                counted = counts.get(heading)
                if counted is not None:
                    counts[heading] = counted + 1
    return counts


def read_by_two(
    codes: Iterable[Code], first: Iterable[Coding], second: Iterable[Coding]
) -> tuple[Reading, ...]:
    """Compare the two coders code by code.

    :raises AgreementRefused: when they did not code the same answers.
    """
    every = list(codes)
    listed = [one for one in every if not one.is_open]
    wider = {one.code: one.within for one in every}
    one, other = _by_answer(first, wider), _by_answer(second, wider)
    measured = presence_kappa(one, other, [code.code for code in listed])
    return tuple(
        Reading(
            code,
            measured[code.code],
            tuple(a for a in sorted(one) if (code.code in one[a]) is not (code.code in other[a])),
        )
        for code in listed
    )


def agreed(
    first: Iterable[Coding], second: Iterable[Coding]
) -> tuple[list[Coding], tuple[str, ...]]:
    """Return the codings on which both agree, and the answers they must still talk over."""
    other = {one.answer: frozenset(one.codes) for one in second}
    alike, apart = [], []
    for one in first:
        if other.get(one.answer) == frozenset(one.codes):
            alike.append(one)
        else:
            apart.append(one.answer)
    return alike, tuple(apart)


def _by_answer(
    codings: Iterable[Coding], wider: Mapping[str, str]
) -> Mapping[str, frozenset[str]]:
    """Gather the codes of each answer; whoever uses a sub-heading uses its heading too."""
    return {
        one.answer: frozenset(one.codes) | {wider[code] for code in one.codes if wider[code]}
        for one in codings
    }
