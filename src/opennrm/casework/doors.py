"""Asks that doors stay open: to those who come back (R13), to all who refer (R14)."""

from datetime import date

from opennrm.casework.asking import require_rule
from opennrm.casework.ports import Desk
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.rights.identification import StatusSituation
from opennrm.rights.openness import FIRST_RESPONDERS, ReferrerSituation
from opennrm.rights.support import ComingBackSituation

NOT_ENTITLED = "sender_not_entitled"
NO_SIGNS = "no_signs_seen"


def came_back(case: Case) -> bool | None:
    """Tell whether she was helped before, as far as that was asked; opening again says so."""
    if case.of_kind("case_reopened"):
        return True
    said = [one.flag("came_back") for one in case.of_kind("contact_recorded")]
    if True in said:
        return True
    return False if False in said else None


def require_door_open(case: Case, reason: str | None, *, on: date) -> None:
    """Refuse a reason that would have a person who comes back prove something again.

    :raises RuleBroken: when help would wait for a new proof (R13).
    """
    situation = ComingBackSituation(came_back(case), frozenset({reason or ""}) - {""})
    require_rule("R13", situation, on)


def require_no_only_by_decision(reason: str | None, *, on: date) -> None:
    """Refuse to turn a referral down because no signs are seen: that is a decision, with remedy.

    :raises RuleBroken: when it would say no to her without one (R19).
    """
    status = "not_identified" if reason == NO_SIGNS else "none"
    require_rule("R19", StatusSituation(status, "referral_acknowledged"), on)


def require_equal_right(sent: Fact, reason: str | None, *, on: date, desk: Desk) -> None:
    """Refuse to turn a referral down because of who sent it.

    :raises RuleBroken: when the sender is a first responder of the mechanism (R14).
    """
    house = desk.directory.organisation(sent.organisation)
    held = sorted(role.value for role in house.roles) if house else []
    role = next((code for code in held if code in FIRST_RESPONDERS), held[0] if held else None)
    situation = ReferrerSituation(role, turned_down_for_sender=reason == NOT_ENTITLED)
    require_rule("R14", situation, on)
