"""What a warner is: a rule asked of a case as it stands, within what a viewer may see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from opennrm.lifecycle.case import Case
from opennrm.rights.jurisdictions import Presets

Look = Callable[[Case, Presets, datetime], object | None]


@dataclass(frozen=True, slots=True)
class Warner:
    """A rule that is asked of a case as it stands, for whoever holds all of these compartments.

    `situation` makes what the rule looks at; nothing, where there is no question to ask.
    """

    rule: str
    compartments: frozenset[str]
    situation: Look
