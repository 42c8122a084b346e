"""Rules on criminal proceedings: reflection, a lawyer, protection, non-punishment, observers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opennrm.rights.findings import Finding, broken, holds, not_known
from opennrm.rights.rule import Action, Chapter, Override, Rule
from opennrm.rights.sources import (
    BACKGROUND_NOTE,
    COE,
    EU,
    REPORT_2006,
    REPORT_2009,
    known,
    project,
    read,
    stated,
)
from opennrm.vocabulary.justice import ProtectionMeasure

OBSERVER = "TM"
OBSERVER_PARTS = frozenset({"D6S"})
CHARGED = frozenset({"charged", "convicted"})
AGREES = "agrees"
VICTIMS_RIGHTS = "Directive 2012/29/EU, art. "


@dataclass(frozen=True, slots=True)
class ReflectionSituation:
    """A statement about to be booked: whether time to reflect runs, and whether she asks for it.

    An interpreter counts as noted when one is there or none is needed.
    """

    in_recovery: bool | None
    own_request: bool | None = None
    lawyer_noted: bool | None = None
    interpreter_noted: bool | None = None
    second_opinion: str | None = None


@dataclass(frozen=True, slots=True)
class CompulsionSituation:
    """A step against her for an unlawful act: what it is, a sign of trafficking, an assessment."""

    recorded_as: str | None
    has_sign: bool | None = None
    is_assessed: bool | None = None


@dataclass(frozen=True, slots=True)
class StatementSituation:
    """A statement about to be booked: whether a lawyer was offered, and what she answered."""

    aid_offered: bool
    aid_answer: str | None = None


@dataclass(frozen=True, slots=True)
class HearingSituation:
    """A hearing: whether it is ahead, whether protection was assessed, needed and asked for."""

    is_ahead: bool
    is_assessed: bool = False
    is_due: bool = False
    needed: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EvidenceSituation:
    """A proceeding: whether it runs, and which evidence does not rest on what she says."""

    is_running: bool
    lines: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ObserverSituation:
    """Someone about to be given parts of a case: in which role, which parts, and whose side."""

    role: str | None
    parts: frozenset[str]
    is_party: bool | None


def time_to_reflect(situation: ReflectionSituation, on: date) -> Finding:
    """Find whether she is left time before any decision on co-operation (R24)."""
    if situation.in_recovery is False:
        return holds("R24")
    if situation.in_recovery is None:
        return not_known(
            "R24",
            "period_not_known",
            "look_at_case",
            "It is not known whether her time to recover and reflect still runs. Find out first.",
        )
    if not situation.own_request and situation.second_opinion != AGREES:
        return _not_asked_for(situation.own_request)
    return _accompanied(situation)


def _not_asked_for(own_request: bool | None) -> Finding:
    if own_request is None:
        return not_known(
            "R24",
            "wish_not_asked",
            "ask_person",
            "Nobody noted whether she asks for this herself. Ask her, without pressing her.",
        )
    return broken(
        "R24",
        "time_to_reflect",
        "wait_or_second_person",
        "She has time to recover and decide freely. Wait until it is over, "
        "or ask a second person of another organisation for an opinion.",
    )


def _accompanied(situation: ReflectionSituation) -> Finding:
    noted = (situation.lawyer_noted, situation.interpreter_noted)
    if all(noted):
        return holds("R24", "own_request" if situation.own_request else "second_person_agrees")
    if False in noted:
        return broken(
            "R24",
            "not_accompanied",
            "arrange_lawyer_and_interpreter",
            "In her time to reflect she speaks only with a lawyer and, where needed, "
            "an interpreter. Arrange them first.",
        )
    return not_known(
        "R24",
        "company_not_noted",
        "note_lawyer_and_interpreter",
        "It is not noted whether a lawyer and an interpreter will be there. Note both.",
    )


def not_punished(situation: CompulsionSituation, on: date) -> Finding:
    """Find whether a trafficking assessment comes before any charging decision (R54)."""
    if situation.recorded_as is None or situation.has_sign is False or situation.is_assessed:
        return holds("R54")
    if situation.has_sign is None:
        return not_known(
            "R54",
            "signs_not_looked_for",
            "record_screening",
            "Nobody has looked for signs of trafficking in what she is accused of. Look first.",
        )
    if situation.is_assessed is None:
        return not_known(
            "R54",
            "assessment_not_known",
            "ask_authority",
            "It is not known whether the trafficking link was assessed. Ask the authority.",
        )
    return _unassessed(situation.recorded_as)


def _unassessed(recorded_as: str) -> Finding:
    if recorded_as in CHARGED:
        return broken(
            "R54",
            "charged_before_assessment",
            "assess_link_now",
            "She was charged before anyone assessed whether she was compelled. Have it assessed "
            "now, and ask the prosecutor to look at the charge again.",
        )
    return broken(
        "R54",
        "assessment_missing",
        "assess_link",
        "She may have been compelled to do this. Have the trafficking link assessed before "
        "any charging decision.",
    )


def lawyer_first(situation: StatementSituation, on: date) -> Finding:
    """Find whether a lawyer was offered before a statement; she may decline (R55)."""
    if not situation.aid_offered:
        return broken(
            "R55",
            "no_lawyer_offered",
            "offer_legal_aid",
            "Before a statement she is offered a lawyer. Offer one and record what she answers.",
        )
    if situation.aid_answer in ("accepted", "declined"):
        return holds("R55", f"lawyer_{situation.aid_answer}")
    return not_known(
        "R55",
        "answer_not_recorded",
        "record_answer",
        "She was offered a lawyer, but her answer is not recorded. Ask her before she speaks.",
    )


def protected_at_hearing(situation: HearingSituation, on: date) -> Finding:
    """Find whether protection is assessed and asked for before a hearing (R56)."""
    if not situation.is_ahead:
        return holds("R56")
    if not situation.is_assessed:
        return _protection_unassessed(situation.is_due)
    if situation.needed - situation.answered:
        missing = "; ".join(_labels(situation.needed - situation.answered))
        return broken(
            "R56",
            "measures_not_asked",
            "ask_for_measures",
            f"What she needs at the hearing was not asked for: {missing}. Ask the court for it.",
        )
    return holds("R56")


def _protection_unassessed(is_due: bool) -> Finding:
    if is_due:
        return broken(
            "R56",
            "protection_not_assessed",
            "assess_protection",
            "A hearing is near and nobody has assessed what protection she needs. Do it now, "
            "or ask for another day.",
        )
    return not_known(
        "R56",
        "protection_ahead",
        "assess_protection",
        "A hearing is set. What protection does she need? Assess it in time.",
    )


def rests_on_more(situation: EvidenceSituation, on: date) -> Finding:
    """Find whether the case rests on more than what she says (R57)."""
    if not situation.is_running or situation.lines:
        return holds("R57")
    if situation.lines is None:
        return not_known(
            "R57",
            "evidence_not_checked",
            "check_evidence",
            "Which evidence is there that does not rest on what she says? Go through the list.",
        )
    return broken(
        "R57",
        "rests_on_her_alone",
        "look_for_evidence",
        "The case rests on what she says alone. Look for money flows, phones, papers and other "
        "witnesses, so that not everything hangs on her.",
    )


def observer_sees_no_file(situation: ObserverSituation, on: date) -> Finding:
    """Find whether a trial observer would be given no private part, and is no party (R60)."""
    if situation.role != OBSERVER:
        return holds("R60")
    if situation.parts - OBSERVER_PARTS:
        return broken(
            "R60",
            "private_part",
            "share_summary_only",
            "A trial observer gets a summary of the proceedings and no private file. "
            "Leave everything else out.",
        )
    if situation.is_party is None:
        return not_known(
            "R60",
            "side_not_known",
            "choose_recipient",
            "It is not known whether this organisation is part of the case. Find out first.",
        )
    if situation.is_party:
        return broken(
            "R60",
            "observer_is_party",
            "choose_recipient",
            "This organisation takes part in the case and cannot observe it. Choose another.",
        )
    return holds("R60")


def _labels(codes: frozenset[str]) -> list[str]:
    """Name measures as the list of codes does, which the catalogues know."""
    return [measure.label for measure in ProtectionMeasure if measure in codes]


SITUATIONS: Mapping[str, Callable[..., object]] = {
    "reflection": ReflectionSituation,
    "compulsion": CompulsionSituation,
    "statement": StatementSituation,
    "hearing": HearingSituation,
    "evidence": EvidenceSituation,
    "observer": ObserverSituation,
}
RULES = (
    Rule(
        "R24",
        Chapter.RECOVERY,
        "Time to reflect comes before any decision on co-operation",
        (Action.HOLD, Action.TIMER),
        override=(Override.OWN_REQUEST,),
        sources=(stated(BACKGROUND_NOTE), stated(REPORT_2009), read(COE + "13")),
        check=time_to_reflect,
        tells_her=(
            "You have time to rest and think before you decide whether to speak to the police. "
            "Nobody may press you. If you want to speak earlier, you can ask for it, "
            "with a lawyer and an interpreter."
        ),
        enforced_at=("book_statement", "warnings"),
        unknown_stops=True,
    ),
    Rule(
        "R54",
        Chapter.JUSTICE,
        "No punishment for unlawful acts a person was compelled to commit",
        (Action.WARN, Action.TIMER, Action.REPORT),
        override=(Override.NOT_APPLICABLE,),
        sources=(
            stated(REPORT_2006),
            known(COE + "26"),
            read(EU + "8"),
            known("European Court of Human Rights, V.C.L. and A.N. v. the United Kingdom, 2021"),
        ),
        check=not_punished,
        tells_her=(
            "If you were forced to do something against the law, you should not be punished for "
            "it. Someone who knows about trafficking must look at this before you are charged."
        ),
        enforced_at=("record_liability", "T54", "warnings"),
    ),
    Rule(
        "R55",
        Chapter.JUSTICE,
        "A lawyer is offered before a statement",
        (Action.BLOCK,),
        override=(Override.OWN_REQUEST,),
        sources=(stated(REPORT_2009), known(COE + "15(2)")),
        check=lawyer_first,
        tells_her=(
            "Before you make a statement, you are offered a lawyer who is on your side. "
            "You may say no to a lawyer."
        ),
        enforced_at=("book_statement", "record_statement", "warnings"),
    ),
    Rule(
        "R56",
        Chapter.JUSTICE,
        "What protection is needed is assessed before each hearing",
        (Action.TIMER, Action.WARN),
        override=(Override.NOT_APPLICABLE,),
        sources=(known(VICTIMS_RIGHTS + "22"), stated(REPORT_2009)),
        check=protected_at_hearing,
        tells_her=(
            "Before each hearing you are asked what you need to feel safe in court, for example "
            "a screen, a video link or no meeting with the accused."
        ),
        enforced_at=("T56", "warnings"),
    ),
    Rule(
        "R57",
        Chapter.JUSTICE,
        "A case does not rest on the person alone",
        (Action.WARN,),
        override=(Override.NOT_APPLICABLE,),
        sources=(stated(REPORT_2006),),
        check=rests_on_more,
        tells_her=(
            "The police must look for other proof, such as phones and money. "
            "The case should not hang on your words alone."
        ),
        enforced_at=("warnings",),
    ),
    Rule(
        "R60",
        Chapter.JUSTICE,
        "Trial observers see no private file",
        (Action.BLOCK,),
        sources=(stated(REPORT_2006), project("Rule of this project: the text is thin here")),
        check=observer_sees_no_file,
        tells_her=(
            "People who watch whether the trial is fair do not get your file. "
            "They see how the court treats you, not your private life."
        ),
        enforced_at=("refer", "offer_service"),
        unknown_stops=True,
    ),
)
