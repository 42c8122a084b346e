"""Rules on what one person or one agency may not do alone: ending help, saying no, ending rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import COE, REPORT_2009, known, project, stated

AGREES = "agrees"
NEGATIVE = frozenset({"negative", "not_identified"})
NOT_BELIEVED = "not_credible"
POLICE = frozenset({"law_enforcement", "immigration_enforcement"})
# Ways a case closes in which help goes on elsewhere, or ends by her own wish or death.
NOT_AN_END_OF_HELP = frozenset({"person_withdrew", "moved", "transferred", "deceased"})
WAITS = "second_opinion_missing"
REFUSED = "second_opinion_disagrees"


@dataclass(frozen=True, slots=True)
class EndOfHelpSituation:
    """Help about to end: how, after which no, whether a decision is awaited, and what is left.

    `notice_until` is the day, excluded, until which help goes on after a no in any case.
    """

    exit_kind: str | None
    ends_on: date
    refused_on: date | None = None
    notice_until: date | None = None
    is_pending: bool = False
    other_doors: frozenset[str] = frozenset()
    second_opinion: str | None = None


@dataclass(frozen=True, slots=True)
class SigningSituation:
    """A decision with the kinds of the organisations whose people signed it."""

    outcome: str | None
    signed_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DisbeliefSituation:
    """A decision with its coded reasons and, where she is not believed, what was looked at."""

    outcome: str | None
    reasons: frozenset[str] | None = frozenset()
    doubted_facts_named: bool | None = None
    trauma_considered: bool | None = None
    second_opinion: str | None = None


@dataclass(frozen=True, slots=True)
class EarlyEndSituation:
    """A recovery period about to end early: ground, grounds the law knows, reasons, remedy."""

    ground: str | None
    grounds_allowed: frozenset[str]
    has_reasons: bool | None = None
    language: str | None = None
    remedy: str | None = None
    remedy_until: date | None = None
    second_opinion: str | None = None


def needs_second_person(rule: str, opinion: str | None, act: str) -> Finding:
    """Find whether a second person agreed to an act that waits for one."""
    if opinion == AGREES:
        return holds(rule)
    if opinion is None:
        return broken(
            rule,
            WAITS,
            "propose_act",
            f"{act} waits for a second person, who answers before reading your reasons. "
            "Propose it and say who is asked; help goes on meanwhile.",
        )
    return broken(
        rule,
        REFUSED,
        "leave_act",
        f"{act} waits, for the second person did not agree. Leave it, or ask another "
        "organisation; help goes on meanwhile.",
    )


def help_goes_on(situation: EndOfHelpSituation, on: date) -> Finding:
    """Find whether help would end because of a negative or pending decision (R09)."""
    if situation.exit_kind is None:
        return not_known("R09", "exit_not_known", "name_exit", "Say first how help ends.")
    if situation.exit_kind in NOT_AN_END_OF_HELP:
        return holds("R09", "help_goes_on_elsewhere")
    if situation.refused_on is None and not situation.is_pending:
        return holds("R09")
    if situation.refused_on is not None and not situation.other_doors:
        return broken(
            "R09",
            "other_doors_missing",
            "name_other_doors",
            "Help does not end with a no. Name the other doors that are open to her: social "
            "services, labour rights, asylum, health care, legal aid.",
        )
    if not situation.is_pending and _notice_is_over(situation):
        return holds("R09", "notice_over")
    return needs_second_person("R09", situation.second_opinion, "Ending help now")


def _notice_is_over(situation: EndOfHelpSituation) -> bool:
    return situation.notice_until is not None and situation.ends_on >= situation.notice_until


def not_police_alone(situation: SigningSituation, on: date) -> Finding:
    """Find whether only law enforcement signs a decision (R15).

    A yes is never held up: help waits for nobody. It is marked, so that others can look.
    """
    if situation.outcome is None or not situation.signed_by:
        return not_known("R15", "signers_not_known", "name_signers", "Say first who decides.")
    if situation.signed_by - POLICE:
        return holds("R15")
    if situation.outcome not in NEGATIVE:
        return not_known(
            "R15",
            "only_police_signed",
            "ask_support_organisation",
            "Only law enforcement has signed this decision. It stands; ask a support "
            "organisation for its view, so that identification is not a police matter alone.",
        )
    return broken(
        "R15",
        WAITS,
        "propose_act",
        "Law enforcement alone does not say no. Ask somebody outside law enforcement for a "
        "second opinion; help goes on meanwhile.",
    )


def guarded_against_disbelief(situation: DisbeliefSituation, on: date) -> Finding:
    """Find whether somebody is disbelieved without facts, trauma or a second opinion (R18)."""
    if situation.outcome is None or situation.reasons is None:
        return not_known("R18", "reasons_not_known", "name_reasons", "Say first what was decided.")
    if situation.outcome not in NEGATIVE or NOT_BELIEVED not in situation.reasons:
        return holds("R18")
    if not situation.doubted_facts_named:
        return broken(
            "R18",
            "doubted_facts_missing",
            "name_doubted_facts",
            "Who does not believe her says which facts are in doubt and why. Name them.",
        )
    if not situation.trauma_considered:
        return broken(
            "R18",
            "trauma_not_considered",
            "consider_trauma",
            "Fear, shame, lateness and gaps in memory can come from what was done to her. "
            "Consider them before you doubt her account, and say that you did.",
        )
    return needs_second_person("R18", situation.second_opinion, "Not believing her")


def ended_on_legal_ground(situation: EarlyEndSituation, on: date) -> Finding:
    """Find whether a recovery period ends early on a legal ground, with two persons (R27)."""
    if situation.ground is None:
        return not_known("R27", "ground_not_known", "name_ground", "Say first on which ground.")
    if situation.ground not in situation.grounds_allowed:
        return broken(
            "R27",
            "ground_not_legal",
            "keep_period",
            "The recovery and reflection period ends early on the legal grounds only, and "
            "never because she does not co-operate. Let it run.",
        )
    told = (situation.has_reasons, situation.language, situation.remedy, situation.remedy_until)
    if not all(told):
        return broken(
            "R27",
            "reasons_or_remedy_missing",
            "give_reasons",
            "An early end is given with reasons, in a language she understands, with what she "
            "can do against it and until when. Add what is missing.",
        )
    return needs_second_person("R27", situation.second_opinion, "The early end")


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "end_of_help": EndOfHelpSituation,
    "signing": SigningSituation,
    "disbelief": DisbeliefSituation,
    "early_end": EarlyEndSituation,
}
RULES = (
    Rule(
        "R09",
        Chapter.ACCESS,
        "No end of help because of a negative or pending decision",
        (Action.HOLD, Action.TIMER),
        override=(Override.TWO_PEOPLE,),
        sources=(stated(REPORT_2009), project("Project rule: notice period")),
        check=help_goes_on,
        tells_her="Help does not stop because an office has said no, or has not answered yet. "
        "You are told of other places that can help you.",
        enforced_at=("close_case", "T22"),
        unknown_stops=True,
    ),
    Rule(
        "R15",
        Chapter.IDENTIFICATION,
        "No police-only identification",
        (Action.HOLD, Action.REPORT),
        override=(Override.TWO_PEOPLE,),
        sources=(stated(REPORT_2009),),
        check=not_police_alone,
        tells_her="The police alone cannot say that you were not trafficked. Somebody who is "
        "not with the police has to look at it too.",
        enforced_at=("decide_reasonable_grounds", "identify"),
    ),
    Rule(
        "R18",
        Chapter.IDENTIFICATION,
        "Guard against disbelief",
        (Action.JUSTIFY, Action.HOLD),
        override=(Override.TWO_PEOPLE,),
        sources=(stated(REPORT_2009),),
        check=guarded_against_disbelief,
        tells_her="If an office does not believe you, it must say what exactly it doubts, think "
        "about what fear and pain do to memory, and ask a second person.",
        enforced_at=("decide_reasonable_grounds", "identify"),
        unknown_stops=True,
    ),
    Rule(
        "R27",
        Chapter.RECOVERY,
        "The recovery and reflection period ends early only on legal grounds",
        (Action.HOLD, Action.JUSTIFY),
        override=(Override.TWO_PEOPLE,),
        sources=(known(COE + "13(3)"),),
        check=ended_on_legal_ground,
        tells_her="Your time to rest and think cannot be cut short because you do not want to "
        "talk to the police. If an office wants to end it, two people must agree and you can "
        "object.",
        enforced_at=("end_recovery_period_early",),
        unknown_stops=True,
    ),
)
