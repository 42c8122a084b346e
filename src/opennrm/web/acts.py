"""All acts on a case, in the order of the work, under the headings of the case page."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from opennrm.casework.permissions import allows
from opennrm.lifecycle.claims import claims
from opennrm.lifecycle.proceedings import hearings
from opennrm.lifecycle.recovery import running
from opennrm.vocabulary.roles import Role
from opennrm.web import (
    afterwards,
    breach,
    child,
    consent,
    contact,
    correction,
    court_package,
    decision,
    decision_letter,
    hand_over,
    handing,
    held,
    justice,
    justice_court,
    keeping,
    night,
    notification,
    outcome,
    own_door,
    partners,
    places,
    plan,
    redress,
    referral,
    residence,
    safe_return,
    safety_sheet,
    screening,
    service,
    service_words,
    together,
)
from opennrm.web.forms.act import Act
from opennrm.web.open_case import OpenCase

ROOMS = (
    handing,
    contact,
    screening,
    consent,
    night,
    court_package,
    referral,
    hand_over,
    notification,
    decision,
    decision_letter,
    plan,
    safety_sheet,
    service,
    places,
    together,
    partners,
    own_door,
    service_words,
    child,
    residence,
    safe_return,
    justice,
    justice_court,
    redress,
    outcome,
    breach,
    held,
    afterwards,
    keeping,
    correction,
)
ACTS: dict[str, Act] = {act.name: act for room in ROOMS for act in room.ACTS}
HEADINGS = (
    ("answer", _("Waiting for your answer")),
    ("know", _("What is known")),
    ("share", _("Consent and referral")),
    ("decide", _("Decisions")),
    ("second", _("A second person")),
    ("plan", _("Needs, safety and help")),
    ("together", _("Working together")),
    ("child", _("Child")),
    ("residence", _("Residence")),
    ("return", _("Return")),
    ("justice", _("Justice")),
    ("redress", _("Redress")),
    ("outcome", _("How it ends")),
    ("always", _("At any time")),
)
# Whose work stands under one heading finds it first, and open where nothing else is suggested.
OWN_GROUPS = {
    "plan": (Role.SH, Role.HC),
    "child": (Role.GU, Role.CP, Role.BP),
    "justice": (Role.LE, Role.PR, Role.VW, Role.TM),
    "redress": (Role.CF, Role.AR),
    "residence": (Role.MI, Role.AS),
    "return": (Role.TF,),
}
NEEDS: dict[str, Callable[[OpenCase], Any]] = {
    "acknowledge_referral": lambda case: case.waiting("referral_sent"),
    "answer_offer": lambda case: case.offers,
    "ask_reconsideration": lambda case: case.decisions,
    "give_letter": lambda case: case.decisions,
    "withdraw_consent": lambda case: case.standing_consents,
    "review_emergency": night.unreviewed,
    "recheck_consent": lambda case: case.live_consents,
    "give_opinion": held.asked_of_viewer,
    "propose_act": held.steps_for,
    "give_up_act": held.proposed_by_house,
    "tell_person": afterwards.to_tell,
    "end_legal_duty": afterwards.standing_duties,
    "end_recovery_period_early": lambda case: running(case.case, case.today),
    "lift_legal_hold": keeping.held,
    "erase_record": keeping.proposed_by_another,
    "report_data_breach": keeping.unreported,
    **places.NEEDS,
    "answer_handing": handing.waits_for,
    **together.NEEDS,
    **partners.NEEDS,
    **own_door.NEEDS,
    **service_words.NEEDS,
    **child.NEEDS,
    **hand_over.NEEDS,
    **residence.NEEDS,
    **safe_return.NEEDS,
    "set_hearing": lambda case: "D6" in case.compartments,
    "answer_measures": lambda case: "D6" in case.compartments,
    "plan_for_witness": lambda case: "D6" in case.compartments,
    "end_hearing": lambda case: hearings(case.case),
    "check_on_witness": lambda case: hearings(case.case),
    "plan_court_day": lambda case: hearings(case.case),
    "file_claim": lambda case: "D13" in case.compartments,
    "record_assets": lambda case: "D13" in case.compartments,
    "decide_claim": lambda case: claims(case.case),
    "record_enforcement": lambda case: claims(case.case),
}
# What may be done instead of a remedy: a second person agrees that it stays open.
INSTEAD = {"answer_routes": ("propose_act",)}
NOW_AND_THEN = {"close_case": False, "reopen_case": True, "propose_erasure": True}


def possible(case: OpenCase) -> list[tuple[Any, list[Act]]]:
    """Return the acts the viewer may do on this case, under their headings."""
    groups = []
    for group, title in HEADINGS:
        acts = [act for act in ACTS.values() if act.group == group and fits(act, case)]
        if acts:
            groups.append((title, acts))
    return sorted(groups, key=lambda one: one[1][0].group not in first(case))


def first(case: OpenCase) -> set[str]:
    """Return the headings that stand first: what waits for an answer, and one's own work."""
    actor = case.viewer.actor
    return {"answer", *(name for name, roles in OWN_GROUPS.items() if actor.holds_any(roles))}


def ways_out(remedy: str, case: OpenCase | None) -> list[Act]:
    """Return the acts of the viewer by which a refusal is answered, where there is one."""
    names = (remedy, *INSTEAD.get(remedy, ())) if case is not None else ()
    return [ACTS[name] for name in names if name in ACTS and case and fits(ACTS[name], case)]


def fits(act: Act, case: OpenCase) -> bool:
    """Tell whether the viewer may do an act on this case as it stands."""
    if not allows(act.name, actor=case.viewer.actor, at=case.at):
        return False
    if act.name in NOW_AND_THEN and NOW_AND_THEN[act.name] is not case.case.is_closed:
        return False
    if act.name in NEEDS and not NEEDS[act.name](case):
        return False
    if act.group == "answer":
        return True
    return act.group == "always" or _writes(act, case)


def _writes(act: Act, case: OpenCase) -> bool:
    """Tell whether a compartment this act writes to is open to the viewer for writing."""
    modes = case.page.compartments
    return not act.touches or any(modes.get(code) == "write" for code in act.touches)
