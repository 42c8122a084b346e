"""The addresses under which programs read questionnaires, fill replies in and send them."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import create_model

from opennrm.accounts.models import Organisation
from opennrm.api.acting import KEY_HEADER, PROBLEMS, Done
from opennrm.api.problems import NotReadable
from opennrm.api.seated import done_here, open_row, seated
from opennrm.api.survey_shown import (
    OneReply,
    OneResult,
    OneRound,
    shown_reply,
    shown_result,
    shown_round,
)
from opennrm.casework.actors import Actor
from opennrm.coordination.desk import ChangeRefused, at_coordination
from opennrm.coordination.models import SurveyAnswer, SurveyReply, SurveyRound, SurveyTask
from opennrm.coordination.registers import EntryClosed
from opennrm.coordination.surveys import replying
from opennrm.coordination.surveys.loading import questionnaire_of
from opennrm.coordination.surveys.replying import Assignment, NewReply
from opennrm.exchange.questionnaires.answer import Answer
from opennrm.exchange.questionnaires.question import Group, Kind
from opennrm.lifecycle.calendars import local_day
from opennrm.records.shapes import Exact, shape_of, taken_from
from opennrm.vocabulary.countries import country_names
from opennrm.vocabulary.programs import ProgramStep

router = Router(tags=[ProgramStep.SURVEYS.value])


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to keep as they stand, and questions whose answer is taken out again."""

    answers: tuple[Answer, ...] = ()
    forget: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartAsked:
    """A part of a reply for another organisation; no questions mean every one."""

    organisation: UUID
    due_on: date
    questions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a reply is taken back or sent back."""

    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a reply, and where it is returned what is to be looked at again."""

    part: UUID
    why: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing more has to be said."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a reply: who acts when, on which reply, saying what."""

    reply: SurveyReply
    actor: Actor
    at: datetime
    said: Any

    @property
    def today(self) -> date:
        """Return the day it is where the actor works."""
        return local_day(self.actor.jurisdiction, self.at)


@router.get(
    "/surveys/rounds/{ref}",
    response={200: OneRound, **PROBLEMS},
    operation_id="survey_round",
    summary="Show a round with its questions and the replies that are open",
)
def survey_round(request: HttpRequest, ref: UUID) -> OneRound:
    """Show a round with its questions and the replies that are open to the person."""
    with at_coordination(seated(request, ProgramStep.SURVEYS)):
        return shown_round(_round(ref))


@router.get(
    "/surveys/replies/{ref}",
    response={200: OneReply, **PROBLEMS},
    operation_id="survey_reply",
    summary="Show a reply, its answers and what is missing",
)
def survey_reply(request: HttpRequest, ref: UUID) -> OneReply:
    """Show a reply with its answers, its parts, and what keeps it from being sent."""
    session = seated(request, ProgramStep.SURVEYS)
    with at_coordination(session):
        reply = _reply(ref)
        is_lead = reply.organisation_id == session.actor.organisation
        return shown_reply(reply, is_lead=is_lead)


@router.get(
    "/surveys/rounds/{ref}/results/{question}",
    response={200: OneResult, **PROBLEMS},
    operation_id="survey_result",
    summary="Count the answers to one question with their base",
)
def survey_result(
    request: HttpRequest, ref: UUID, question: str, group: Group = Group.STATE
) -> OneResult:
    """Count the answers to a question in the replies that are open, with base and gaps."""
    with at_coordination(seated(request, ProgramStep.SURVEYS)):
        round_ = _round(ref)
        questionnaire = questionnaire_of(round_.questionnaire)
        asked = {one.code: one for one in questionnaire.of(group) if one.kind is not Kind.TEXT}
        if question not in asked:
            raise EntryClosed
        return shown_result(asked[question], round_, group)


def _begin(
    request: HttpRequest, ref: UUID, sent: Any, key: UUID | None = KEY_HEADER
) -> Status[Done]:
    wanted: NewReply = taken_from(NewReply, sent.wanted)
    if wanted.state not in country_names("en"):
        raise NotReadable([("sent.wanted.state", "This is no code of a State.")])
    _fit(SurveyReply(state=wanted.state, name=wanted.name), {"state", "name"}, "sent.wanted")

    def begun(actor: Actor, _at: datetime) -> UUID:
        return replying.open_reply(round_=_round(ref), wanted=wanted, actor=actor).ref

    return _once(request, key, begun)


def _freeze(
    request: HttpRequest, ref: UUID, sent: Any, key: UUID | None = KEY_HEADER
) -> Status[Done]:
    def frozen(actor: Actor, at: datetime) -> UUID:
        on = local_day(actor.jurisdiction, at)
        replying.freeze(round_=_round(ref), actor=actor, on=on)
        return ref

    return _once(request, key, frozen)


def _keep(act: Act) -> None:
    questionnaire = questionnaire_of(act.reply.round.questionnaire)
    for number, answer in enumerate(act.said.answers):
        if not questionnaire.asks(answer.question):
            raise NotReadable([(f"sent.said.answers.{number}.question", "It is not asked here.")])
        held = {one.name: getattr(answer, one.name) for one in fields(answer)}
        row = SurveyAnswer(**{**held, "choices": list(answer.choices)})
        _fit(row, {name for name, value in held.items() if value}, f"sent.said.answers.{number}")
    replying.keep_answers(reply=act.reply, answers=act.said.answers)
    for question in act.said.forget:
        replying.forget_answer(reply=act.reply, question=question)


def _assign(act: Act) -> None:
    said: PartAsked = act.said
    house = Organisation.objects.filter(ref=said.organisation, is_enforcement=False).first()
    if house is None:
        raise NotReadable([("sent.said.organisation", "No such organisation answers surveys.")])
    _fit(SurveyTask(note=said.note), {"note"}, "sent.said")
    wanted = Assignment(house, said.questions, said.due_on, said.note)
    replying.assign(reply=act.reply, wanted=wanted, actor=act.actor)


def _approve(act: Act) -> None:
    own = act.reply.tasks.filter(organisation_id=act.actor.organisation).first()
    if own is None:
        raise ChangeRefused("Only the organisation that was asked approves its part.")
    replying.approve_part(task=own, actor=act.actor, at=act.at)


def _part(act: Act) -> SurveyTask:
    found = act.reply.tasks.filter(ref=act.said.part).first()
    if found is None:
        raise EntryClosed
    return found


ACTS: dict[str, tuple[str, type[Any], Callable[[Act], Any]]] = {
    "keep-answers": ("Keep answers as they stand", Answers, _keep),
    "assign-part": ("Ask an organisation to fill in a part", PartAsked, _assign),
    "approve-part": ("Approve one's own part", Nothing, _approve),
    "remind": (
        "Remind an organisation of its part",
        Part,
        lambda act: replying.remind(task=_part(act), actor=act.actor, on=act.today),
    ),
    "reopen-part": (
        "Return a part, saying what to look at again",
        Part,
        lambda act: replying.reopen_part(task=_part(act), actor=act.actor, why=act.said.why),
    ),
    "send": (
        "Approve a reply as a whole and send it",
        Nothing,
        lambda act: replying.send(reply=act.reply, actor=act.actor, at=act.at),
    ),
    "take-back": (
        "Take a sent reply back to change it",
        Reason,
        lambda act: replying.take_back(reply=act.reply, actor=act.actor, why=act.said.why),
    ),
    "send-back": (
        "Ask who replied to look again",
        Reason,
        lambda act: replying.send_back(reply=act.reply, note=act.said.why, at=act.at),
    ),
    "release": (
        "Let everybody read a joint reply of NGOs",
        Nothing,
        lambda act: replying.release(reply=act.reply, actor=act.actor, at=act.at),
    ),
}


def _acting(name: str) -> Callable[..., Status[Done]]:
    _says, takes, does = ACTS[name]

    def view(
        request: HttpRequest, ref: UUID, sent: Any, key: UUID | None = KEY_HEADER
    ) -> Status[Done]:
        said = taken_from(takes, sent.said)

        def done(actor: Actor, at: datetime) -> UUID:
            does(Act(_reply(ref), actor, at, said))
            return ref

        return _once(request, key, done)

    return view


def _add(address: str, name: str, says: str, view: Callable[..., Any], shape: Any) -> None:
    view.__annotations__["sent"] = shape
    view.__name__ = name
    router.add_api_operation(
        address,
        ["POST"],
        view,
        response={201: Done, 200: Done, **PROBLEMS},
        operation_id=name,
        summary=says,
    )


def _body(name: str, noun: str, takes: type[Any]) -> type[Exact]:
    said: dict[str, Any] = {noun: (shape_of(cast(Any, takes)), ...)}
    made: type[Exact] = create_model(name, __base__=Exact, **said)
    return made


def _round(ref: UUID) -> SurveyRound:
    return open_row(SurveyRound, ref, "questionnaire")


def _reply(ref: UUID) -> SurveyReply:
    return open_row(SurveyReply, ref, "round__questionnaire", "organisation")


def _fit(row: Any, names: set[str], at: str) -> None:
    """Require that values fit the table before they are sent to it.

    :raises NotReadable: naming the fields that do not.
    """
    exclude = {one.name for one in row._meta.fields} - names
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as fault:
        faults = [(f"{at}.{name}", " ".join(says)) for name, says in fault.message_dict.items()]
        raise NotReadable(faults) from None


def _once(
    request: HttpRequest, key: UUID | None, does: Callable[[Actor, datetime], UUID]
) -> Status[Done]:
    return done_here(request, ProgramStep.SURVEYS, key, does)


def _made() -> None:
    begin = _body("BeginReply", "wanted", NewReply)
    says = "Begin a reply in a round"
    _add("/surveys/rounds/{ref}/begin-reply", "begin_reply", says, _begin, begin)
    frozen = _body("FreezeRound", "said", Nothing)
    _add("/surveys/rounds/{ref}/freeze", "freeze_round", "Close a round", _freeze, frozen)
    for act, (does, takes, _how) in ACTS.items():
        name = f"{act.replace('-', '_')}_of_reply"
        shape = _body("".join(part.capitalize() for part in name.split("_")), "said", takes)
        _add(f"/surveys/replies/{{ref}}/{act}", name, does, _acting(act), shape)


_made()
