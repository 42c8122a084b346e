"""Use cases of partners without an account: asked by a code that works once, and their answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry, Question
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import ConsentMissing, EntryMalformed, MoveRefused
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact

LONGEST = timedelta(days=14)
DIGEST = re.compile(r"[0-9a-f]{64}")
OWN_RECORD = "own_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerQuestion:
    """Whether a partner without an account can help somebody, said in a few coarse words.

    `code_digest` is the SHA-256 of the code the partner gets, in hexadecimal; the code itself is
    known to who made it and to the partner, and kept nowhere.
    """

    partner: UUID
    service: str
    reply_by: date
    code_digest: str
    person_agreed: bool = False
    groups: tuple[str, ...] = ()
    language: str | None = None
    urgency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerReply:
    """The question whose answer is taken into the case."""

    question: UUID


def ask_partner(
    *,
    case_ref: UUID,
    question: PartnerQuestion,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Ask a partner without an account; nothing of the person goes out but these coarse words.

    :raises ConsentMissing: when she was not asked whether a partner may be asked (R11).
    :raises MoveRefused: when the answer is wanted before today, or after more than two weeks.
    :raises AccessMissing: when the actor does not write her plan.
    :raises EntryMalformed: when the digest of the code is none.
    """
    require("ask_partner", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    if not question.person_agreed:
        raise ConsentMissing(found("person_not_asked", "R11"))
    if not DIGEST.fullmatch(question.code_digest):
        raise EntryMalformed(found("malformed"), "code_digest")
    today = local_day(case.jurisdiction, at)
    if not today <= question.reply_by <= today + LONGEST:
        raise MoveRefused(found("partner_term"))
    within = written(case, actor=actor, at=at)
    fact = new_fact("partner_asked", question, within=within, basis=OWN_RECORD)
    change = Change(
        facts=(fact,),
        questions=(Question(fact.fact_ref, question.code_digest, _ends(question.reply_by, at)),),
        expected=expected,
    )
    desk.cases.append(case_ref, change, audit=Entry("ask_partner", actor.account, at))
    return fact.fact_ref


def take_partner_answer(
    *,
    case_ref: UUID,
    reply: PartnerReply,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Take the answer of a partner into the case, as it came in and not otherwise.

    :raises MoveRefused: when there is no such question, no answer yet, or it was taken already.
    :raises AccessMissing: when the actor does not write her plan.
    """
    require("take_partner_answer", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    asked = _question(case, reply.question)
    came = desk.partners.answer(asked.fact_ref)
    if came is None:
        raise MoveRefused(found("partner_silent"))
    also = {"answers": asked.fact_ref, "answer": came.answer, "reason": came.reason}
    within = written(case, actor=actor, at=at)
    fact = new_fact("partner_answered", None, within=within, basis=OWN_RECORD, also=also)
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("take_partner_answer", actor.account, at))
    return fact.fact_ref


def _question(case: Case, ref: UUID) -> Fact:
    fact = case.fact(ref)
    if fact is None or fact.kind != "partner_asked":
        raise MoveRefused(found("offer_not_found"))
    if case.answering(fact.fact_ref, "partner_answered"):
        raise MoveRefused(found("offer_already_answered"))
    return fact


def _ends(reply_by: date, at: datetime) -> datetime:
    """Return when the code stops working: at the end of the day of the answer, and a little."""
    return datetime.combine(reply_by + timedelta(days=1), time(2), tzinfo=at.tzinfo)
