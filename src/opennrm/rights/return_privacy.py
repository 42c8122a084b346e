"""Rules on what is told about her abroad, and on contact after she has left."""

from collections.abc import Callable, Mapping
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.return_situations import (
    ConsularSituation,
    ExportSituation,
    FollowUpSituation,
)
from opennrm.rights.rule import Action, Chapter, Rule
from opennrm.rights.safe_return import PRINCIPLES
from opennrm.rights.sources import COE, EU, GUIDELINES, known, read, stated

MAY_GO = frozenset(
    {
        "family_name",
        "given_names",
        "birth_date",
        "birth_place",
        "sex",
        "citizenship",
        "lost_document",
        "photo",
    }
)
FOCAL_POINT = "TF"


def follow_up_agreed(situation: FollowUpSituation, on: date) -> Finding:
    """Find whether she agreed to be contacted after exit or return (R45)."""
    if situation.contact_from == "person" or situation.has_consent:
        return holds("R45")
    if situation.has_consent is None:
        return not_known(
            "R45",
            "consent_not_known",
            "look_for_consent",
            "It is not known whether she agreed to be contacted. Do not contact her; look for "
            "her consent first.",
        )
    return broken(
        "R45",
        "no_consent_to_contact",
        "leave_door_open",
        "She has not agreed to be contacted now. Do not contact her; she knows how to come back, "
        "and what she tells on her own can always be recorded.",
    )


def home_learns_nothing(situation: ConsularSituation, on: date) -> Finding:
    """Find whether a consulate would learn more than who she is (R46)."""
    if situation.items is None:
        return not_known(
            "R46",
            "items_not_known",
            "choose_items",
            "Say which items the consulate needs for the document.",
        )
    blocked = sorted(situation.items - MAY_GO)
    if blocked:
        named = ", ".join(one.replace("_", " ") for one in blocked)
        return broken(
            "R46",
            "tells_too_much",
            "leave_out_items",
            f"A consulate is told who she is, never what happened to her. Leave out: {named}.",
        )
    if situation.has_consent is None:
        return not_known(
            "R46",
            "consent_not_known",
            "take_consent",
            "It is not known whether she wants this consulate to hear of her. Ask her first.",
        )
    if not situation.has_consent:
        return broken(
            "R46",
            "no_consent_for_consulate",
            "take_consent",
            "She has not agreed that this consulate hears of her. Ask her first; going there "
            "herself is another way.",
        )
    return holds("R46")


def to_focal_point(situation: ExportSituation, on: date) -> Finding:
    """Find whether data leave for another State only to its focal point, as she agreed (R53)."""
    if situation.is_abroad is False:
        return holds("R53")
    if situation.is_abroad is None or situation.has_consent is None:
        return not_known(
            "R53",
            "recipient_not_known",
            "name_focal_point",
            "It is not known in which State the recipient works, or whether she agreed to it. "
            "Name the focal point and take her consent for it.",
        )
    if situation.role != FOCAL_POINT:
        return broken(
            "R53",
            "not_a_focal_point",
            "choose_focal_point",
            "Data go to another State only through its focal point for transnational referral. "
            "Choose the focal point.",
        )
    if not situation.has_consent:
        return broken(
            "R53",
            "no_consent_for_focal_point",
            "take_consent",
            "She has not agreed that exactly this focal point hears of her. Ask her first.",
        )
    return holds("R53")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "follow_up": FollowUpSituation,
    "consulate": ConsularSituation,
    "export": ExportSituation,
}
RULES = (
    Rule(
        "R45",
        Chapter.PRIVACY,
        "Monitoring and follow-up only with consent",
        (Action.BLOCK,),
        sources=(stated(GUIDELINES),),
        check=follow_up_agreed,
        tells_her="After you leave, we call you only if you said yes to it. You can say no later.",
        enforced_at=("start_follow_up", "record_follow_up", "T16"),
        unknown_stops=True,
    ),
    Rule(
        "R46",
        Chapter.PRIVACY,
        "Home authorities learn nothing without consent",
        (Action.BLOCK,),
        sources=(read(PRINCIPLES + "1, 7 (titles)"), known(COE + "11")),
        check=home_learns_nothing,
        tells_her="Your embassy may help with your passport. It is not told what happened to you, "
        "that you asked for asylum, or who helps you.",
        enforced_at=("request_document", "refer", "offer_service"),
        unknown_stops=True,
    ),
    Rule(
        "R53",
        Chapter.PRIVACY,
        "Export to another State only by a named focal point and consent",
        (Action.BLOCK,),
        sources=(known(EU + "11(4)"), read(PRINCIPLES + "7")),
        check=to_focal_point,
        tells_her="Nothing about you goes to another country unless you agreed, and then only to "
        "the one office you were told of.",
        enforced_at=("refer", "offer_service"),
        unknown_stops=True,
    ),
)
