"""Asks that no trait of a person is put down as a sign of trafficking (R20)."""

from collections.abc import Iterable, Mapping
from datetime import date

from opennrm.casework.asking import require_rule
from opennrm.indicators.catalogue import Indicator, indicators
from opennrm.lifecycle.fields import OpenValue
from opennrm.rights.openness import SignSituation


def require_no_profiling(signs: Iterable[str], *, on: date) -> None:
    """Refuse ethnicity, nationality, religion or origin as a sign, in a list or in own words.

    :raises RuleBroken: when one of the signs is a trait (R20).
    """
    known = indicators()
    for sign in signs:
        require_rule("R20", sign_situation(known.get(sign), sign), on)


def sign_situation(listed: Indicator | None, code: str) -> SignSituation:
    """Say what a sign tells and whether it counts; one of no list is told by its own code."""
    if listed is None:
        return SignSituation(code)
    return SignSituation(listed.text, counts=listed.may_trigger)


def texts(opened: Mapping[str, OpenValue], name: str) -> tuple[str, ...]:
    """Return the codes of a field that holds several."""
    value = opened.get(name)
    return tuple(value) if isinstance(value, list | tuple) else ()
