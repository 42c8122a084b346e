"""How often links are wrong or missing, from reviewed samples, carried into counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_DRAWS = 20_000


class ReviewRefused(ValueError):
    """A reviewed sample from which nothing can be said."""


@dataclass(frozen=True)
class Rate:
    """A share with its limits at 95 percent, and the sample it rests on."""

    wrong: int
    looked_at: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Distinct:
    """How many persons are behind so many records: a range, since links are never all right."""

    records: int
    by_links_alone: int
    low: int
    middle: int
    high: int
    missed: Rate
    false: Rate
    seed: int


def rate(wrong: int, looked_at: int) -> Rate:
    """The share of wrong ones among all, from those looked at (Jeffreys' interval).

    :raises ReviewRefused: when nothing was looked at, or more were wrong than looked at.
    """
    if not 0 <= wrong <= looked_at or not looked_at:
        raise ReviewRefused(f"{wrong} wrong of {looked_at} reviewed cannot be; count again.")
    drawn = _draws(wrong, looked_at, np.random.default_rng(1))
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Rate(wrong, looked_at, wrong / looked_at, float(low), float(high))


def distinct_persons(
    records: int, joined: int, missed: Rate, false: Rate, *, seed: int = 1
) -> Distinct:
    """The number of distinct persons behind records, with what links missed and got wrong.

    `joined` is by how many the links reduce the records; of true links a share was missed, of
    the links made a share is false. Both shares are drawn again and again within what the
    reviewed samples allow.

    :raises ReviewRefused: when links would join more records than there are.
    """
    if not 0 <= joined < max(records, 1):
        raise ReviewRefused(f"{joined} links cannot join {records} records; count again.")
    random = np.random.default_rng(seed)
    right = 1 - _draws(false.wrong, false.looked_at, random)
    found = 1 - _draws(missed.wrong, missed.looked_at, random)
    true = np.minimum(joined * right / np.maximum(found, 1e-6), records - 1)
    low, middle, high = np.quantile(records - true, (0.025, 0.5, 0.975))
    return Distinct(
        records,
        records - joined,
        int(np.floor(low)),
        round(float(middle)),
        int(np.ceil(high)),
        missed,
        false,
        seed,
    )


def _draws(wrong: int, looked_at: int, random: np.random.Generator) -> npt.NDArray[np.float64]:
    return random.beta(wrong + 0.5, looked_at - wrong + 0.5, _DRAWS)
