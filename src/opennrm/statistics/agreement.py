"""Measures how far two people who coded the same answers agree beyond chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

SOURCE = "Cohen 1960; large-sample error after Fleiss, Cohen and Everitt 1969"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa of two coders, with everything it rests on.

    ``kappa`` and its interval are None where both used one and the same code throughout:
    then agreement beyond chance has no meaning, although observed agreement is 1.
    """

    units: int
    observed: float
    expected: float
    kappa: float | None
    low: float | None
    high: float | None
    method: str = SOURCE


class AgreementRefused(ValueError):
    """The codings cannot be compared; the message says why."""


def cohen_kappa(first: Sequence[str], second: Sequence[str], *, level: float = 0.95) -> Agreement:
    """Compute Cohen's kappa for one code a unit, with a normal interval cut at -1 and 1.

    :raises AgreementRefused: when the two did not code the same, non-empty list of units.
    """
    if len(first) != len(second) or not first:
        raise AgreementRefused("Both coders must code the same answers, and at least one.")
    return _measured(_crossed(first, second), level)


def presence_kappa(
    first: Mapping[str, frozenset[str]],
    second: Mapping[str, frozenset[str]],
    codes: Sequence[str],
    *,
    level: float = 0.95,
) -> dict[str, Agreement]:
    """Compute kappa code by code where a unit may carry several: present or absent in each unit.

    :raises AgreementRefused: when the two did not code the same units.
    """
    if set(first) != set(second):
        raise AgreementRefused("Both coders must code the same answers, and at least one.")
    units = sorted(first)
    return {
        code: cohen_kappa(
            [str(code in first[unit]) for unit in units],
            [str(code in second[unit]) for unit in units],
            level=level,
        )
        for code in codes
    }


def _crossed(first: Sequence[str], second: Sequence[str]) -> np.ndarray:
    """Cross the two codings, as shares of all units."""
    names = {code: place for place, code in enumerate(sorted({*first, *second}))}
    table = np.zeros((len(names), len(names)))
    for one, other in zip(first, second, strict=True):
        table[names[one], names[other]] += 1
    return table


def _measured(table: np.ndarray, level: float) -> Agreement:
    units = int(table.sum())
    shares = table / units
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float(np.trace(shares))
    expected = float(rows @ columns)
    if expected >= 1:
        return Agreement(units, observed, expected, None, None, None)
    kappa = (observed - expected) / (1 - expected)
    error = _standard_error(shares, observed, expected, units)
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    low, high = max(-1.0, kappa - reach), min(1.0, kappa + reach)
    return Agreement(units, observed, expected, kappa, low, high)


def _standard_error(shares: np.ndarray, observed: float, expected: float, units: int) -> float:
    """Compute the standard error of kappa when it is not zero."""
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    kappa = (observed - expected) / (1 - expected)
    margins = rows[np.newaxis, :] + columns[:, np.newaxis]
    on_diagonal = np.diag(shares) * (1 - np.diag(margins) * (1 - kappa)) ** 2
    off = shares * margins**2
    beside = (1 - kappa) ** 2 * (off.sum() - np.trace(off))
    centre = (kappa - expected * (1 - kappa)) ** 2
    variance = (on_diagonal.sum() + beside - centre) / (units * (1 - expected) ** 2)
    return float(np.sqrt(max(0.0, variance)))
