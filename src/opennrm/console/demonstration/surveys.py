"""Makes the invented surveys, assessment and yearly report of the demonstration, each once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from opennrm.console.demonstration.organisations import JURISDICTION, ref
from opennrm.coordination.models import (
    Assessment,
    AssessmentChange,
    AssessmentComment,
    AssessmentEvidence,
    AssessmentFinding,
    AssessmentMeeting,
    HeldElsewhere,
    QuestionMatch,
    QuestionnaireVersion,
    Report,
    ReportEvent,
    ReportFigure,
    ReportPart,
    SurveyAnswer,
    SurveyPart,
    SurveyReply,
    SurveyRound,
    SurveyTask,
)
from opennrm.coordination.models.kept import Kept
from opennrm.coordination.surveys.loading import COLUMNS
from opennrm.coordination.surveys.published_2006 import rebuilt
from opennrm.exchange.questionnaires.answer import Answer
from opennrm.exchange.questionnaires.yaml_file import as_content, shipped, shipped_pairs

OWNER = "owner"
TOLD = files("opennrm.console.demonstration") / "surveys.yaml"
FORMS = ("survey-2006", "survey-states-2", "monitoring")
REBUILT, RUNNING = ref("survey of 2005/06"), ref("survey under way")


def make_surveys(*, now: datetime) -> bool:
    """Make what is missing, all of it or nothing; tell whether anything was made now."""
    if SurveyRound.objects.using(OWNER).filter(ref=REBUILT).exists():
        return False
    with transaction.atomic(using=OWNER):
        versions = _questionnaires()
        _rebuilt_round(versions["survey-states", 1], now)
        _round_under_way(versions["survey-states", 2], now)
        _assessment(now.date())
        _report(now)
    return True


@cache
def _told() -> Any:
    return yaml.safe_load(TOLD.read_text(encoding="utf-8"))


def _keep(row: Kept) -> None:
    row.save(using=OWNER, force_insert=True)


def _keep_all(rows: Iterator[Any]) -> None:
    listed = list(rows)
    if listed:
        type(listed[0]).objects.using(OWNER).bulk_create(listed)


def _questionnaires() -> Mapping[tuple[str, int], QuestionnaireVersion]:
    made = {}
    for name in FORMS:
        form = shipped(name)
        row = QuestionnaireVersion(
            key=form.key, version=form.version, title=form.title, content=as_content(form)
        )
        _keep(row)
        made[form.key, form.version] = row
    for pair in shipped_pairs():
        _keep(
            QuestionMatch(
                first=made[pair.first.questionnaire, pair.first.version],
                first_code=pair.first.code,
                second=made[pair.second.questionnaire, pair.second.version],
                second_code=pair.second.code,
                match=pair.match.value,
                note=pair.note,
                options=dict(pair.options),
            )
        )
    return made


def _rebuilt_round(version: QuestionnaireVersion, now: datetime) -> None:
    """Keep the rebuilt survey; its replies are all invented and say so on every page."""
    round_ = SurveyRound(
        ref=REBUILT,
        title="Survey of States 2005/06, rebuilt",
        questionnaire=version,
        opens_on=date(2005, 7, 1),
        due_on=date(2006, 3, 31),
        frozen_on=date(2006, 4, 1),
        is_invented=True,
    )
    _keep(round_)
    replies = {
        one.ref: SurveyReply(
            round=round_,
            state=one.state,
            group=one.group.value,
            name=one.ref,
            organisation_id=ref("office"),
            is_relevant=one.is_relevant,
            sent_at=now,
            released_at=now,
        )
        for one in rebuilt().every
    }
    _keep_all(iter(replies.values()))
    _keep_all(
        _answer(replies[one.ref], answer)
        for one in rebuilt().every
        for answer in one.answers.values()
    )


def _answer(reply: SurveyReply, answer: Answer) -> SurveyAnswer:
    values = {name: getattr(answer, name) for name in COLUMNS}
    values |= {"choices": list(answer.choices), "given": answer.given.value}
    return SurveyAnswer(reply=reply, lead_id=reply.organisation_id, **values)


def _round_under_way(version: QuestionnaireVersion, now: datetime) -> None:
    """Open a round: the State's reply half filled in, the NGOs' sent and not released."""
    today = now.date()
    round_ = SurveyRound(
        ref=RUNNING,
        title="Survey of States on the implementation of commitments",
        questionnaire=version,
        letter="Please reply together with all bodies concerned, and hear civil society.",
        opens_on=today - timedelta(days=40),
        due_on=today + timedelta(days=50),
        invited=[JURISDICTION, "AL", "RS", "ME", "BA"],
    )
    _keep(round_)
    state = _reply(round_, "state", "Government", "coordination", None)
    civil = _reply(round_, "ngo", "Four organisations together", "shelter", now)
    for reply, answers in ((state, _told()["state_answers"]), (civil, _told()["ngo_answers"])):
        _keep_all(_answer(reply, Answer(code, choices=(one,))) for code, one in answers.items())
    _keep_all(_answer(civil, Answer("A2", text=one)) for one in ["Invented organisations"])
    _task(state, "authority", ["F1", "F2"], today + timedelta(days=20))
    done = _task(civil, "trialwatch", ["J1", "J2"], today - timedelta(days=5))
    _keep(
        SurveyPart(
            task=done,
            organisation_id=ref("trialwatch"),
            lead_id=ref("shelter"),
            approved_at=now,
            approved_by=ref("account trialwatch"),
        )
    )
    _keep(
        HeldElsewhere(
            monitor="A treaty body (invented)",
            round_name="Third round",
            state=JURISDICTION,
            concept="permits-number",
            articles=["CETS197-14"],
            address="Paragraph 40 of its report",
            published_on=today - timedelta(days=700),
        )
    )


def _reply(
    round_: SurveyRound, group: str, name: str, house: str, sent_at: datetime | None
) -> SurveyReply:
    made = SurveyReply(
        round=round_,
        state=JURISDICTION,
        group=group,
        name=name,
        organisation_id=ref(house),
        sent_at=sent_at,
    )
    _keep(made)
    return made


def _task(reply: SurveyReply, house: str, codes: list[str], due_on: date) -> SurveyTask:
    made = SurveyTask(
        reply=reply,
        lead_id=reply.organisation_id,
        organisation_id=ref(house),
        questions=codes,
        due_on=due_on,
    )
    _keep(made)
    return made


def _assessment(today: date) -> None:
    office = ref("office")
    made = Assessment(
        title="Country assessment (invented)",
        kind="country",
        state=JURISDICTION,
        organisation_id=office,
        agreed_on=today - timedelta(days=120),
        starts_on=today - timedelta(days=90),
        stage="comments",
        comments_due_on=today + timedelta(days=30),
    )
    _keep(made)
    told = _told()
    of_it: dict[str, Any] = {"assessment": made, "lead_id": office}
    day = made.starts_on
    _keep_all(
        AssessmentMeeting(on=day + timedelta(days=n), **of_it, **one)
        for n, one in enumerate(told["meetings"])
    )
    _keep_all(
        AssessmentFinding(number=n, **of_it, **one) for n, one in enumerate(told["findings"], 1)
    )
    _keep_all(
        AssessmentChange(on=day + timedelta(days=30), **of_it, **one) for one in told["changes"]
    )
    _keep_all(
        AssessmentEvidence(number=n, **of_it, **one) for n, one in enumerate(told["evidence"], 1)
    )
    _keep(AssessmentComment(assessment=made, house_id=ref("coordination"), text=told["comment"]))


def _report(now: datetime) -> None:
    """Begin the report of last year; one part is still waited for."""
    told, office, year = _told(), ref("office"), now.year - 1
    made = Report(
        title=f"Yearly report {year} (invented)",
        model="by_priority",
        organisation_id=office,
        period_from=date(year, 1, 1),
        period_until=date(year + 1, 1, 1),
        due_on=date(year + 1, 12, 10),
        foreword=told["foreword"],
        summary=told["summary"],
    )
    _keep(made)
    of_it: dict[str, Any] = {"report": made, "lead_id": office}
    _keep_all(
        ReportPart(
            house_id=ref(one["house"]),
            chapter=one["chapter"],
            title=one["title"],
            text=one["text"],
            due_on=date(year + 1, 2, 1),
            sent_at=now if one["sent"] else None,
            **of_it,
        )
        for one in told["parts"]
    )
    _keep_all(
        ReportEvent(on=date(year, 3 * n, 12), **of_it, **one)
        for n, one in enumerate(told["events"], 1)
    )
    _keep(
        ReportFigure(
            chapter="b4_implementation",
            caption="Is there a national action plan? (2005/06, rebuilt)",
            round_id=REBUILT,
            question="K1",
            **of_it,
        )
    )
