"""Use cases of safe return: proposed, chosen, arranged, taken back at any time, given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.own_part import own_part, require_past
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reasons import found
from opennrm.casework.refusals import EntryMalformed, MoveRefused
from opennrm.casework.telling import tell_holders
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.returning import Return, open_return
from opennrm.vocabulary.roles import Role

SAFETY = "D8"
WORK_ON_IT = (Role.CM, Role.LA, Role.GU, Role.CP, Role.TF)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnProposal:
    """A return that somebody proposes: how, who asks, to which country."""

    comes_about: str
    asked_by: str
    country: str
    proposed_on: date
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnChoice:
    """What she chose, after which alternatives were explained, and whether she wrote it down."""

    wish: str
    chosen_on: date
    alternatives: tuple[str, ...] = ()
    language: str | None = None
    written: bool = False
    own_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceTakenBack:
    """That she takes her choice back; she owes no reason."""

    said_on: date
    own_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnArrangement:
    """Who receives her, whom she can call, and how she takes part in what is open here."""

    arranged_on: date
    taking_part: tuple[str, ...] = ()
    goes_all_the_same: bool = False
    has_service: bool | None = None
    has_safe_contact: bool | None = None
    focal_point: UUID | None = None
    service_named: str = ""
    safe_contact: str = ""
    lawyer_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnGivenUp:
    """That a return is given up; help goes on."""

    given_up_on: date


def propose_return(
    *,
    case_ref: UUID,
    proposal: ReturnProposal,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Propose a return; it permits nothing, and those who stand by her are told.

    :raises MoveRefused: when another return is open.
    """
    require("propose_return", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(proposal.proposed_on, "proposed_on", on=local_day(case.jurisdiction, at))
    if open_return(case) is not None:
        raise MoveRefused(found("return_open_already"))
    within = own_part(case, SAFETY, actor=actor, at=at)
    fact = new_fact("return_proposed", proposal, within=within, basis="own_record")
    told = tell_holders(case, fact.kind, roles=WORK_ON_IT, actor=actor, at=at)
    change = Change(facts=(fact,), notices=told, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("propose_return", actor.account, at))
    return fact.fact_ref


def record_return_choice(
    *,
    case_ref: UUID,
    choice: ReturnChoice,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record what she chose, whatever it is (R62).

    :raises MoveRefused: when no return is open.
    :raises EntryMalformed: when she would have chosen before it was proposed, or ahead of today.
    """
    require("record_return_choice", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(choice.chosen_on, "chosen_on", on=local_day(case.jurisdiction, at))
    require_chosen_after(require_open(case), choice)
    kind = "return_choice_recorded"
    change = word_of_return(case, kind, choice, actor=actor, at=at, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_return_choice", actor.account, at))
    return change.facts[0].fact_ref


def take_back_choice(
    *,
    case_ref: UUID,
    taken_back: ChoiceTakenBack,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that she takes her choice to return back; an authorisation falls with it (R62).

    :raises MoveRefused: when no return is open.
    """
    require("take_back_choice", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(taken_back.said_on, "said_on", on=local_day(case.jurisdiction, at))
    kind = "return_choice_taken_back"
    change = word_of_return(case, kind, taken_back, actor=actor, at=at, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("take_back_choice", actor.account, at))
    return change.facts[0].fact_ref


def arrange_return(
    *,
    case_ref: UUID,
    arrangement: ReturnArrangement,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record who receives her and how she takes part from there in what is open here (R63, R65).

    :raises MoveRefused: when no return is open.
    """
    require("arrange_return", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(arrangement.arranged_on, "arranged_on", on=local_day(case.jurisdiction, at))
    kind = "return_arranged"
    change = word_of_return(case, kind, arrangement, actor=actor, at=at, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("arrange_return", actor.account, at))
    return change.facts[0].fact_ref


def give_up_return(
    *,
    case_ref: UUID,
    given_up: ReturnGivenUp,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that a return is given up; everything else stays as it is.

    :raises MoveRefused: when no return is open.
    """
    require("give_up_return", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    require_past(given_up.given_up_on, "given_up_on", on=local_day(case.jurisdiction, at))
    kind = "return_given_up"
    change = word_of_return(case, kind, given_up, actor=actor, at=at, expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("give_up_return", actor.account, at))
    return change.facts[0].fact_ref


def word_of_return(
    case: Case,
    kind: str,
    said: object,
    *,
    actor: Actor,
    at: datetime,
    expected: Mapping[str, int] | None,
) -> Change:
    """Build the change of a word about the return that is open, told to who works on it.

    :raises MoveRefused: when no return is open.
    :raises AccessMissing: when nothing of the case is open to the actor.
    """
    also = {"answers": require_open(case).proposal.fact_ref}
    within = own_part(case, SAFETY, actor=actor, at=at)
    fact = new_fact(kind, said, within=within, basis="own_record", also=also)
    told = tell_holders(case, kind, roles=(*WORK_ON_IT, Role.MI), actor=actor, at=at)
    return Change(facts=(fact,), notices=told, expected=expected)


def require_chosen_after(opened: Return, choice: ReturnChoice) -> None:
    """Refuse a choice about a return that nobody had proposed yet (R62).

    :raises EntryMalformed: when it lies before the proposal.
    """
    proposed = day(opened.proposal, "proposed_on")
    if proposed and choice.chosen_on < proposed:
        raise EntryMalformed(found("chosen_before_proposed", "R62"), "chosen_on")


def require_open(case: Case) -> Return:
    """Find the return that is open.

    :raises MoveRefused: when there is none.
    """
    opened = open_return(case)
    if opened is None:
        raise MoveRefused(found("return_not_proposed"))
    return opened
