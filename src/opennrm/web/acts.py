"""All acts on a case, in the order of the work, under the headings of the case page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opennrm.casework.permissions import allows
from opennrm.web import (
    breach,
    consent,
    contact,
    correction,
    decision,
    notification,
    outcome,
    plan,
    referral,
    screening,
    service,
)
from opennrm.web.forms.act import Act
from opennrm.web.open_case import OpenCase

ROOMS = (
    contact,
    screening,
    consent,
    referral,
    notification,
    decision,
    plan,
    service,
    outcome,
    breach,
    correction,
)
ACTS: dict[str, Act] = {act.name: act for room in ROOMS for act in room.ACTS}
HEADINGS = (
    ("answer", _("Waiting for your answer")),
    ("know", _("What is known")),
    ("share", _("Consent and referral")),
    ("decide", _("Decisions")),
    ("plan", _("Needs, safety and help")),
    ("outcome", _("How it ends")),
    ("always", _("At any time")),
)
NOW_AND_THEN = {"close_case": False, "reopen_case": True}


def possible(case: OpenCase) -> list[tuple[Any, list[Act]]]:
    """Return the acts the viewer may do on this case, under their headings."""
    groups = []
    for group, title in HEADINGS:
        acts = [act for act in ACTS.values() if act.group == group and _fits(act, case)]
        if acts:
            groups.append((title, acts))
    return groups


def _fits(act: Act, case: OpenCase) -> bool:
    if not allows(act.name, actor=case.viewer.actor, at=case.at):
        return False
    if act.name in NOW_AND_THEN and NOW_AND_THEN[act.name] is not case.case.is_closed:
        return False
    return act.group in ("always", "answer") or _writes(act, case)


def _writes(act: Act, case: OpenCase) -> bool:
    """Tell whether a compartment this act writes to is open to the viewer for writing."""
    modes = case.page.compartments
    return not act.touches or any(modes.get(code) == "write" for code in act.touches)
