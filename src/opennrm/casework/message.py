"""Use case of a message to the person: written so that nobody else learns anything from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opennrm.casework.actors import Actor
from opennrm.casework.outgoing import require_plain
from opennrm.casework.permissions import require
from opennrm.casework.ports import Change, Desk, Entry
from opennrm.casework.reach import written
from opennrm.casework.reasons import found
from opennrm.casework.refusals import RuleBroken
from opennrm.casework.writing import new_fact
from opennrm.lifecycle.calendars import local_day
from opennrm.lifecycle.case import Case

NOBODY_WRITES = frozenset({"none_safe", "she_will_call"})
SEEN_BY_OTHERS = frozenset({"text_message", "through_trusted_person"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A letter or message: what stands on its outside, and what it says."""

    channel: str
    sender: str
    text: str
    subject: str = ""
    language: str | None = None


def write_to_person(
    *,
    case_ref: UUID,
    message: Message,
    actor: Actor,
    at: datetime,
    desk: Desk,
    expected: Mapping[str, int] | None = None,
) -> UUID:
    """Record a message to her, once its outside was looked at; it is sent by the worker herself.

    A text message, and what goes through someone else, is all outside. Source: R47, R48.

    :raises RuleBroken: when a word would reveal what it is about (R48), where she lives (R47), or
        no way of writing to her is safe.
    """
    require("write_to_person", actor=actor, at=at)
    case = desk.cases.load(case_ref)
    on = local_day(case.jurisdiction, at)
    require_safe_way(case, message)
    require_plain(outside(message), on=on)
    within = written(case, actor=actor, at=at)
    fact = new_fact("message_written", message, within=within, also={"written_on": on})
    change = Change(facts=(fact,), expected=expected)
    desk.cases.append(case_ref, change, audit=Entry("write_to_person", actor.account, at))
    return fact.fact_ref


def outside(message: Message) -> tuple[str, ...]:
    """Return what others may see of a message."""
    shown = (message.sender, message.subject)
    return (*shown, message.text) if message.channel in SEEN_BY_OTHERS else shown


def require_safe_way(case: Case, message: Message) -> None:
    """Refuse to write where she said that no way is safe, or that she will get in touch.

    :raises RuleBroken: when nobody writes to her.
    """
    noted = case.newest("safe_contact_noted")
    said = noted.text("safe_channel") if noted else None
    if said in NOBODY_WRITES or message.channel in NOBODY_WRITES:
        raise RuleBroken(found("no_safe_way"))
