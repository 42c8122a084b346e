"""Lets a rule give way where it allows that: with a reason, told to the officer and to her."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.holding import carried_out, second_opinion
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Notice
from opennrm.casework.reach import held
from opennrm.casework.reasons import found
from opennrm.casework.refusals import (
    AccessMissing,
    HoldStands,
    MoveRefused,
    RuleBroken,
    SecondPersonNeeded,
)
from opennrm.casework.writing import formed, new_fact
from opennrm.lifecycle.calendars import calendar_for
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.due_holds import DONE_WITHOUT_ASKING
from opennrm.lifecycle.facts import Fact, NewFact
from opennrm.rights import registry
from opennrm.rights.rule import Action, Override
from opennrm.vocabulary.holds import OverrideReason
from opennrm.vocabulary.roles import Role

EVERYWHERE = frozenset({"D1", "D8"})
TOLD_LATER = (*DONE_WITHOUT_ASKING, "data_breach_recorded")
# Which reasons stand for which kind of override a rule may allow.
REASONS_FOR: Mapping[Override, frozenset[str]] = {
    Override.IMMINENT_DANGER: frozenset(
        {OverrideReason.IMMINENT_DANGER_TO_LIFE, OverrideReason.IMMINENT_DANGER_TO_CHILD}
    ),
    Override.COURT_ORDER: frozenset({OverrideReason.COURT_ORDER}),
    Override.OWN_REQUEST: frozenset({OverrideReason.OWN_REQUEST, OverrideReason.PERSON_DECLINES}),
    Override.TWO_PEOPLE: frozenset({OverrideReason.SECOND_PERSON_AGREES}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overriding:
    """The wish to go on in spite of a rule: which, why, in words, and about which fact.

    Where two people are asked for, `hold` names the held act on which the second one agreed.
    """

    rule: str
    reason: str
    text: str
    about: UUID | None = None
    hold: UUID | None = None


@dataclass(frozen=True, slots=True)
class Overridden:
    """What goes into the change of an act that went on in spite of a rule; empty if none did."""

    facts: tuple[NewFact, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """That the person was told of something done without asking her first."""

    about: UUID
    told_on: date
    language: str | None = None


def require_rule_unless(  # noqa: PLR0913 - a rule is asked of a situation, and who acts is told
    rule: str,
    situation: object,
    on: date,
    overriding: Overriding | None,
    *,
    case: Case,
    actor: Actor,
    at: datetime,
    desk: Desk,
) -> Overridden:
    """Refuse what a rule forbids, unless it allows the reason given for going on all the same.

    Append the facts and notices it answers with to the change: the data-protection officers are
    told now, the person later, and the override is counted.

    :raises HoldStands: when the rule holds the act until a second person agrees.
    :raises RuleBroken: when the rule stops the act and does not give way for this reason.
    """
    finding = registry.stopped_by(rule, situation, on)
    if finding is None:
        return Overridden()
    if overriding is None or overriding.rule != rule:
        raise refusal_of(rule)(finding)
    require_allowed(rule, overriding, case=case, actor=actor, on=on)
    return overridden(overriding, case=case, actor=actor, at=at, desk=desk)


def tell_person(
    *,
    case_ref: UUID,
    telling: Telling,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that she was told of a rule that gave way, a duty relied on, or a data breach.

    :raises AccessMissing: when nothing of the case is open to the actor.
    :raises MoveRefused: when there is nothing of the kind to tell her of.
    """
    require("tell_person", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if not held(case, actor=actor, at=at):
        raise AccessMissing(found("access_missing"))
    about = case.fact(telling.about)
    if about is None or about.kind not in TOLD_LATER:
        raise MoveRefused(found("nothing_to_tell"))
    fact = new_fact("person_told", telling, within=EVERYWHERE, basis="own_record")
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("tell_person", actor.account, at))
    return fact.fact_ref


def untold(case: Case) -> tuple[Fact, ...]:
    """List what was done without asking her first and she was not told of yet."""
    return tuple(
        fact
        for fact in case.of_kind(*TOLD_LATER)
        if not case.naming("about", fact.fact_ref, "person_told")
    )


def refusal_of(rule: str) -> type[RuleBroken]:
    """Return how a rule refuses: a hold can be answered by a second person, a block cannot."""
    return HoldStands if Action.HOLD in registry.RULES[rule].actions else RuleBroken


def require_allowed(
    rule: str, overriding: Overriding, *, case: Case, actor: Actor, on: date
) -> None:
    """Refuse an override the rule does not know, without words, or without its second person.

    :raises RuleBroken: when the rule does not give way for this reason, or words are missing.
    :raises SecondPersonNeeded: when two people are asked for and the second did not agree.
    """
    allowed = [way for way in registry.RULES[rule].override if way in REASONS_FOR]
    if not any(overriding.reason in REASONS_FOR[way] for way in allowed):
        raise RuleBroken(found("override_not_allowed", rule))
    if not overriding.text.strip():
        raise RuleBroken(found("override_needs_text", rule))
    if overriding.reason == OverrideReason.SECOND_PERSON_AGREES and not is_agreed(
        case, rule, overriding.hold, actor=actor, on=on
    ):
        raise SecondPersonNeeded(found("second_opinion_needed", rule))


def is_agreed(case: Case, rule: str, hold: UUID | None, *, actor: Actor, on: date) -> bool:
    """Tell whether a second person of another organisation agreed to an act held by a rule."""
    fact = case.fact(hold)
    if fact is None or fact.text("rule") != rule or fact.reference("to") == actor.organisation:
        return False
    act, house = fact.text("act") or "", actor.organisation
    said = second_opinion(case, hold, act=act, by=actor.account, house=house, on=on)
    return said == "agrees"


def overridden(
    overriding: Overriding, *, case: Case, actor: Actor, at: datetime, desk: Desk
) -> Overridden:
    """Build the facts and notices of a rule that gave way."""
    jurisdiction = case.jurisdiction or actor.jurisdiction
    presets = desk.presets(jurisdiction)
    calendar = calendar_for(presets)
    today = calendar.local_day(at)
    tell_by = calendar.last_day(today, presets.value("tell_person", today))
    also = {"tell_person_by": tell_by}
    given = new_fact(
        "rule_overridden", overriding, within=EVERYWHERE, basis="own_record", also=also
    )
    words = formed(
        "override_explained",
        {"override": str(given.fact_ref)},
        {"text": overriding.text},
        basis="own_record",
    )
    officers = desk.directory.with_role(Role.DP, jurisdiction)
    return Overridden(
        facts=(given, words, *carried_out(overriding.hold)),
        notices=tuple(Notice(one, "rule_overridden", given.fact_ref, Role.DP) for one in officers),
    )
