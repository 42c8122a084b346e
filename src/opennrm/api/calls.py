"""The addresses of a helpline: a call in codes, call backs at a safe time, protected figures."""

from datetime import date, datetime
from typing import Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from opennrm.api.acting import PROBLEMS, Done
from opennrm.api.admission import calling
from opennrm.api.problems import NotThere
from opennrm.api.told import told
from opennrm.lifecycle.calendars import local_day
from opennrm.rapporteur.call_figures import COUNTERS, LISTS, CountedTable, months_counted, tables
from opennrm.records import calls
from opennrm.records.shapes import Exact
from opennrm.vocabulary.programs import ProgramStep
from opennrm.vocabulary.registry import code_list

CONTACT, READ = ProgramStep.CONTACT, ProgramStep.READ
SITUATION, CALLER, TOPIC, DANGER, OUTCOME = (
    Literal[tuple(code_list(LISTS[name]).labels())]
    for name in ("situation", "caller", "topic", "danger", "outcome")
)
router = Router(tags=[CONTACT.value])


class CallAnswers(Exact):
    """A call in codes; three answers are enough, and nothing else of it is kept."""

    situation: SITUATION  # type: ignore[valid-type]
    danger: DANGER = "not_asked"  # type: ignore[valid-type]
    outcome: OUTCOME  # type: ignore[valid-type]
    caller: CALLER | None = None  # type: ignore[valid-type]
    topic: TOPIC | None = None  # type: ignore[valid-type]


class CallBackWish(Exact):
    """What the caller said to be called back, sealed to the helpline, and the safe time."""

    safe_way: str = Field(min_length=1, max_length=200)
    say_if_other: str = Field("", max_length=200)
    called: str = Field("", max_length=200)
    words: str = Field("", max_length=2000)
    from_at: datetime
    until_at: datetime


class KeptCall(Schema):
    """The month under which a call is counted."""

    month: date


class CallFigures(Schema):
    """How many calls came in months that are over, with small numbers hidden."""

    start: date
    until: date
    tables: list[told(CountedTable)]  # type: ignore[valid-type]


@router.post("/calls", response={201: KeptCall, **PROBLEMS}, operation_id="keep_call")
def keep_call(request: HttpRequest, sent: CallAnswers) -> Any:
    """Keep that a call came, as a few codes."""
    session = calling(request, CONTACT).session
    month = local_day(session.actor.jurisdiction, cast(Any, request).at).replace(day=1)
    answers = {name: code for name, code in sent.model_dump().items() if code}
    calls.keep_call(session, answers, month=month)
    return Status(201, KeptCall(month=month))


@router.post("/call-backs", response={201: None, **PROBLEMS}, operation_id="keep_call_back")
def keep_call_back(request: HttpRequest, sent: CallBackWish) -> Any:
    """Keep what a caller said to be called back, only on wish, until the safe time is over."""
    session = calling(request, CONTACT).session
    said = sent.model_dump(exclude={"from_at", "until_at"})
    kept = {name: text for name, text in said.items() if text}
    calls.keep_call_back(session, kept, from_at=sent.from_at, until_at=sent.until_at)
    return Status(201, None)


@router.get(
    "/call-backs", response={200: list[told(calls.CallBack)], **PROBLEMS},  # type: ignore[misc]
    operation_id="call_backs", tags=[READ.value],
)  # fmt: skip
def call_backs(request: HttpRequest) -> Any:
    """List the call backs of the helpline; reading them is in the log."""
    return calls.call_backs(calling(request, READ).session, at=cast(Any, request).at)


@router.post(
    "/call-backs/{call_back}/forget", response={200: Done, **PROBLEMS},
    operation_id="forget_call_back",
)  # fmt: skip
def forget_call_back(request: HttpRequest, call_back: UUID) -> Any:
    """Forget a call back."""
    calls.drop_call_back(calling(request, CONTACT).session, call_back)
    return Done(reference=call_back)


@router.get(
    "/calls/figures", response={200: CallFigures, **PROBLEMS}, operation_id="call_figures",
    tags=[READ.value],
)  # fmt: skip
def call_figures(request: HttpRequest) -> Any:
    """Count calls by their codes over months that are over, protected together."""
    session = calling(request, READ).session
    if not session.actor.holds_any(COUNTERS):
        raise NotThere
    start, until = months_counted(session.actor, cast(Any, request).at)
    counted = calls.counted_calls(session, from_month=start, until_month=until)
    return {"start": start, "until": until, "tables": tables(counted)}
