"""Names the steps that wait for a second person, as they are chosen and as they are shown."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle.facts import Fact
from opennrm.vocabulary.countries import country_names
from opennrm.vocabulary.holds import HeldAct
from opennrm.web import words

STEPS: tuple[tuple[HeldAct, str, Any], ...] = (
    (HeldAct.NEGATIVE_DECISION, "reasonable_grounds_decided", _("A no on reasonable grounds")),
    (HeldAct.NEGATIVE_DECISION, "identification_decided", _("A no in the formal decision")),
    (
        HeldAct.RECOVERY_ENDED_EARLY,
        "recovery_ended_early",
        _("An early end of the recovery and reflection period"),
    ),
    (HeldAct.END_OF_HELP, "case_closed", _("Closing the case after a no, or before a decision")),
)
NAMED = {step: title for _act, step, title in STEPS}


def named(step: str) -> str:
    """Say in words which step waits."""
    return str(NAMED.get(step) or words.kind(step))


def what(act: str, step: str | None) -> str:
    """Say in words what waits: the step where one is named, and else the act."""
    return named(step) if step else words.label(act, "held_act")


def about_line(act: str, thing: Fact) -> str:
    """Say in words which return, removal or transfer an act that waits is about."""
    country = country_names(get_language() or "en").get(thing.text("country") or "", "")
    how = thing.text("act") or thing.text("comes_about") or ""
    noted = words.iso_day(thing.text("noted_on") or thing.text("proposed_on"))
    parts = ", ".join(part for part in (words.any_label(how), country, noted) if part)
    return f"{words.label(act, 'held_act')}: {parts}"
