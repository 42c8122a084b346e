"""A draft of the rows: candidates made of noisy counts, and how many persons each stands for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opennrm.statistics.microdata.drawing import candidates
from opennrm.statistics.microdata.fitting import Fitted, fit
from opennrm.statistics.microdata.looking import Counts
from opennrm.statistics.microdata.measuring import Measured
from opennrm.statistics.microdata.raking import weighed
from opennrm.statistics.microdata.schema import Codes
from opennrm.statistics.microdata.settings import Settings


@dataclass(frozen=True)
class Draft:
    """Distinct rows, the persons each stands for, and the share of all candidates they are."""

    fitted: Fitted
    rows: Codes
    weights: Counts
    kept: float


def draft(found: Measured, settings: Settings, random: np.random.Generator) -> Draft:
    """Believe what stands out of the noise, and draw and weigh rows that agree with it."""
    fitted = fit(found, settings.care)
    size = settings.oversampling * round(found.people)
    rows, kept = candidates(fitted, size, settings.trees, random)
    if not len(rows):
        return Draft(fitted, rows, np.zeros(0), kept)
    return Draft(fitted, *weighed(fitted, rows, settings.sweeps), kept)
