"""Use cases of what is said about services: that nothing was found, and how she found it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.offers import offer_named
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.writing import new_fact

OWN_RECORD = "own_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """Help that was looked for, and in what every service falls short; words for the gap only."""

    service: str
    lacks: tuple[str, ...]
    groups: tuple[str, ...] = ()
    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HerWord:
    """Her own view of a service, if she wishes; nothing follows from it against her."""

    offer: UUID
    told_on: date
    helped: str = "not_asked"
    felt_safe: str = "not_asked"
    was_respected: str = "not_asked"
    own_words: str = ""


def record_not_found(
    *,
    case_ref: UUID,
    missing: NotFound,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record that help was looked for and not found, so that the gap is counted.

    :raises AccessMissing: when the actor does not write her plan.
    """
    require("record_not_found", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    within = written(case, actor=actor, at=at)
    fact = new_fact("service_not_found", missing, within=within, basis=OWN_RECORD)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("record_not_found", actor.account, at))
    return fact.fact_ref


def judge_service(
    *,
    case_ref: UUID,
    word: HerWord,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record how she found a service, in her own words, sealed.

    :raises MoveRefused: when there is no such offer.
    :raises AccessMissing: when the actor does not write her plan.
    """
    require("judge_service", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    offer = offer_named(case, word.offer)
    within = written(case, actor=actor, at=at)
    also = {"answers": offer.fact_ref}
    fact = new_fact("service_judged", word, within=within, basis=OWN_RECORD, also=also)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("judge_service", actor.account, at))
    return fact.fact_ref
