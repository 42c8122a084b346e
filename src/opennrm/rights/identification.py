"""Rules on identification: standards, reasons, and independence from the criminal case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Rule
from opennrm.rights.second_opinion import needs_second_person
from opennrm.rights.sources import COE, REPORT_2006, REPORT_2009, known, read, stated

LOW = frozenset({"signs", "reasonable_grounds"})
NEGATIVE = frozenset({"negative", "not_identified"})
TOO_LITTLE_KNOWN = "not_enough_information"
# What a no can rest on; "another reason" beside missing information names none of them.
GROUNDS_OF_A_NO = frozenset({"no_act", "no_means", "no_purpose", "not_credible", "other_offence"})


@dataclass(frozen=True, slots=True)
class DecisionSituation:
    """A decision about to be delivered: its stage, standard, outcome, reasons and remedy."""

    is_preliminary: bool
    outcome: str | None
    standard: str | None = None
    has_reasons: bool | None = None
    language: str | None = None
    remedy: str | None = None
    remedy_until: date | None = None
    second_opinion: str | None = None
    grounds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StatusSituation:
    """A change of identification status: to what, and by which kind of act."""

    status: str
    comes_from: str | None


@dataclass(frozen=True, slots=True)
class TracksSituation:
    """What one act changed: the track it belongs to, and the tracks that look different after."""

    track: str | None
    changed: frozenset[str]


def low_threshold_first(situation: DecisionSituation, on: date) -> Finding:
    """Find whether the preliminary decision uses no more than reasonable grounds (R16)."""
    if not situation.is_preliminary or situation.standard in LOW:
        return holds("R16")
    if situation.standard in (None, "national_other"):
        return not_known(
            "R16",
            "standard_not_known",
            "name_standard",
            "Say by which standard this was decided; it may ask for no more than reasonable "
            "grounds.",
        )
    return broken(
        "R16",
        "standard_too_high",
        "use_reasonable_grounds",
        "The first decision asks for reasonable grounds only, not for proof. Decide by that.",
    )


def tracks_stay_apart(situation: TracksSituation, on: date) -> Finding:
    """Find whether an act in one track changed another (R17)."""
    if situation.track is None:
        return not_known(
            "R17", "track_not_known", "look_at_case", "It is not known which track this is about."
        )
    if situation.changed - {situation.track}:
        return broken(
            "R17",
            "other_track_changed",
            "leave_other_tracks",
            "A step in one track changes no other: identification, help and residence stand.",
        )
    return holds("R17")


def never_no_by_screening(situation: StatusSituation, on: date) -> Finding:
    """Find whether a `not identified` came from something else than a decision (R19)."""
    if situation.status != "not_identified" or situation.comes_from == "identification_decided":
        return holds("R19")
    if situation.comes_from is None:
        return not_known(
            "R19",
            "origin_not_known",
            "ask_authority",
            "It is not known who decided this. Ask the competent authority; help goes on.",
        )
    return broken(
        "R19",
        "not_a_decision",
        "refer",
        "Only a reasoned decision of the competent authority can say no. Refer, or keep open.",
    )


def reasons_and_remedy(situation: DecisionSituation, on: date) -> Finding:
    """Find whether a no has grounds, reasons, language, remedy and day, and two agree (R23)."""
    if situation.outcome is None:
        return not_known("R23", "outcome_not_known", "name_outcome", "Say first what was decided.")
    if situation.outcome not in NEGATIVE:
        return holds("R23")
    if TOO_LITTLE_KNOWN in situation.grounds and not situation.grounds & GROUNDS_OF_A_NO:
        return broken(
            "R23",
            "too_little_known",
            "decide_later",
            "That too little is known yet is no reason to say no: what is missing never counts "
            "against her. Choose that it cannot be decided yet, and ask for what is missing; "
            "help goes on meanwhile.",
        )
    return _missing_from_no(situation) or needs_second_person(
        "R23", situation.second_opinion, "A negative decision"
    )


def _missing_from_no(situation: DecisionSituation) -> Finding | None:
    """Name the last day where only that is missing, and otherwise all that a no comes with."""
    told = (situation.has_reasons, situation.language, situation.remedy)
    if all(told) and situation.remedy_until:
        return None
    if all(told):
        return broken(
            "R23",
            "remedy_day_missing",
            "name_remedy_day",
            "A negative decision says until when she can do something against it. Fill in the "
            "last day for that.",
        )
    return broken(
        "R23",
        "reasons_or_remedy_missing",
        "give_reasons",
        "A negative decision is delivered with reasons, in a language she understands, with "
        "what she can do against it and until when. Add what is missing.",
    )


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "decision": DecisionSituation,
    "status": StatusSituation,
    "tracks": TracksSituation,
}
RULES = (
    Rule(
        "R16",
        Chapter.IDENTIFICATION,
        "Low threshold first, higher later",
        (Action.BLOCK,),
        sources=(known(COE + "10(2), 13(1)"),),
        check=low_threshold_first,
        tells_her="The first decision only asks whether there are good reasons to think that you "
        "may have been trafficked. You do not have to prove it.",
        enforced_at=("decide_reasonable_grounds",),
        unknown_stops=True,
    ),
    Rule(
        "R17",
        Chapter.IDENTIFICATION,
        "Identification stands apart from the criminal case",
        (Action.BLOCK,),
        sources=(stated(REPORT_2009),),
        check=tracks_stay_apart,
        tells_her="What happens in a criminal case changes nothing about your help, or about "
        "whether you are seen as a trafficked person.",
        enforced_at=("structure",),
    ),
    Rule(
        "R19",
        Chapter.IDENTIFICATION,
        "Screening alone never says no",
        (Action.BLOCK,),
        sources=(read("UNODC, anti-human trafficking indicators"), stated(REPORT_2006)),
        check=never_no_by_screening,
        tells_her="A list of questions can open doors for you. It can never close them.",
        enforced_at=("record_screening",),
        unknown_stops=True,
    ),
    Rule(
        "R23",
        Chapter.IDENTIFICATION,
        "Reasons and remedy with each negative decision",
        (Action.BLOCK, Action.HOLD),
        sources=(
            known("Directive 2012/29/EU art. 11, by analogy"),
            read("Home Office, reasons for accepting reconsideration requests, 8 May 2025"),
        ),
        check=reasons_and_remedy,
        tells_her="If an office says no, two people must have agreed. You get the reasons in your "
        "language, and you are told what you can do against it and until when. That too little is "
        "known about you is never a reason to say no.",
        enforced_at=("decide_reasonable_grounds", "identify"),
        unknown_stops=True,
    ),
)
