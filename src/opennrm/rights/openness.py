"""Rules on open doors: who may refer, no profiling, and no label that closes the question."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, GUIDELINES, REPORT_2006, REPORT_2009, known, stated

FIRST_RESPONDERS = frozenset({"FR", "HL", "CM"})
SMUGGLING = "smuggling"
TRAITS = re.compile(
    r"(?:^|[\W_])(ethnic\w*|nationalit\w*|citizenship|religio\w*|race|racial|skin|faith|creed|"
    r"caste|tribe|country_of_origin)(?=$|[\W_])",
    re.IGNORECASE,
)
ABUSED = re.compile(r"exploited|used|abuse|forbidden|prevented", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReferrerSituation:
    """Who refers, in which role, and whether the receiver turned it down for who they are."""

    role: str | None
    turned_down_for_sender: bool | None = False


@dataclass(frozen=True, slots=True)
class SignSituation:
    """A sign: its words or code, and whether it counts towards the advice."""

    words: str | None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class LabelSituation:
    """What others called the case, and whether a screening for trafficking was done."""

    labels: frozenset[str] | None
    was_screened: bool | None


def refers_as_equal(situation: ReferrerSituation, on: date) -> Finding:
    """Find whether a first responder's word counts less because of who employs her (R14)."""
    if situation.role is None or situation.turned_down_for_sender is None:
        return not_known(
            "R14",
            "sender_not_known",
            "look_at_referral",
            "It is not known in which role this was sent. Look at what it says.",
        )
    if situation.turned_down_for_sender and situation.role in FIRST_RESPONDERS:
        return broken(
            "R14",
            "sender_refused",
            "take_referral",
            "Every first responder of the mechanism identifies and refers with the same right, "
            "an organisation of civil society as much as the police. Look at what it says.",
        )
    return holds("R14")


def no_profiling(situation: SignSituation, on: date) -> Finding:
    """Find whether ethnicity, nationality or religion would count as a sign (R20).

    The abuse of a belief or of discrimination is a sign; the trait itself never is.
    """
    if situation.words is None:
        return not_known(
            "R20", "sign_not_known", "choose_from_list", "It is not known what this sign says."
        )
    names_trait = TRAITS.search(situation.words) and not ABUSED.search(situation.words)
    if situation.counts and names_trait:
        return broken(
            "R20",
            "trait_as_sign",
            "drop_sign",
            "Where someone comes from, looks like or believes in is never a sign of trafficking. "
            "Leave it out, and record what was done to her.",
        )
    return holds("R20")


def label_closes_nothing(situation: LabelSituation, on: date) -> Finding:
    """Find whether a smuggling label stands without the question of trafficking (R22)."""
    if situation.labels is None or situation.was_screened is None:
        return not_known(
            "R22",
            "label_not_recorded",
            "record_label",
            "It is not recorded how others called this case. Record it if they did.",
        )
    if SMUGGLING in situation.labels and not situation.was_screened:
        return broken(
            "R22",
            "label_without_screening",
            "run_screening",
            "This was called smuggling; a smuggled person may be trafficked too. Run the "
            "screening; both are kept.",
        )
    return holds("R22")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "referrer": ReferrerSituation,
    "sign": SignSituation,
    "label": LabelSituation,
}
RULES = (
    Rule(
        "R14",
        Chapter.IDENTIFICATION,
        "NGOs identify and refer as equals",
        (Action.DEFAULT,),
        sources=(stated(REPORT_2009),),
        check=refers_as_equal,
        tells_her="You can turn to a helpline or an organisation that is not the State. "
        "What they say for you counts as much as what the police say.",
        enforced_at=("acknowledge_referral", "in_reading_order"),
    ),
    Rule(
        "R20",
        Chapter.IDENTIFICATION,
        "No profiling",
        (Action.BLOCK,),
        sources=(stated(REPORT_2006), stated(REPORT_2009), known(COE + "3")),
        check=no_profiling,
        tells_her="Nobody may treat you as trafficked, or not believe you, because of where you "
        "come from, how you look or what you believe.",
        enforced_at=("record_contact", "note_account", "record_screening", "correct_fact"),
        unknown_stops=True,
    ),
    Rule(
        "R22",
        Chapter.IDENTIFICATION,
        "Smuggling label does not close the trafficking question",
        (Action.WARN,),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2006), stated(GUIDELINES)),
        check=label_closes_nothing,
        tells_her="If you were brought over a border and then used by others, you have the same "
        "rights. It does not matter what your case was called first.",
        enforced_at=("warnings",),
    ),
)
