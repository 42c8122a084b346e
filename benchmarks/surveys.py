"""Measures every view of the results of a survey: 57 States, 300 questions, 5 rounds.

Usage: python benchmarks/surveys.py [STATES [QUESTIONS [ROUNDS]]]
"""

# ruff: noqa: PLC0415 - nothing of Django may be imported before its settings are named

import os
import random
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.homes import new_home, remove_home

HOME = new_home("benchmark", mode=0o711)
os.environ |= {"OPENNRM_HOME": str(HOME), "OPENNRM_THROW_AWAY": "1"}

from tests import cast, database  # noqa: E402

STATES, QUESTIONS, ROUNDS = (int(n) for n in (*sys.argv[1:], *(57, 300, 5)[len(sys.argv) - 1 :]))
SECTIONS = 10


def form(version: int) -> Any:
    """Make a questionnaire in which each policy has its practice and every tenth asks a number."""
    from opennrm.exchange.questionnaires.question import Kind, Option, Question, Questionnaire

    options = (Option("yes", "Yes"), Option("no", "No"), Option("partly", "Partly"))
    questions = []
    for n in range(QUESTIONS):
        section = f"S{n * SECTIONS // QUESTIONS}"
        if n == QUESTIONS - 2:
            made = Question(f"Q{n}", "What is hard?", Kind.TEXT, section, coded=True)
        elif n % 10 == 9:
            made = Question(f"Q{n}", f"How many of {n}?", Kind.COUNT, section, unit="persons")
        else:
            pair = f"Q{n - 1}" if n % 2 else ""
            made = Question(
                f"Q{n}", f"What of {n}?", Kind.CHOICE, section, options, practice_of=pair
            )
        questions.append(made)
    sections = {f"S{n}": f"Section {n}" for n in range(SECTIONS)}
    return Questionnaire("large", version, "Large", "en", "Benchmark", sections, tuple(questions))


def fill() -> list[Any]:
    """Keep the rounds, with a reply of each State and of NGOs in half of them."""
    from opennrm.coordination.models import (
        QuestionMatch,
        QuestionnaireVersion,
        SurveyAnswer,
        SurveyReply,
        SurveyRound,
    )
    from opennrm.exchange.questionnaires.question import Kind
    from opennrm.exchange.questionnaires.yaml_file import as_content

    draw, office = random.Random(1), cast.OSCE_OFFICE.organisation  # noqa: S311 - invented answers
    rounds, versions = [], []
    for number in range(1, ROUNDS + 1):
        asked = form(number)
        version = QuestionnaireVersion(
            key="large", version=number, title="Large", content=as_content(asked)
        )
        version.save(using="owner")
        versions.append(version)
        row = SurveyRound(
            title=f"Round {number}",
            questionnaire=version,
            opens_on=date(2000 + number, 1, 1),
            due_on=date(2000 + number, 6, 1),
        )
        row.save(using="owner")
        rounds.append(row)
        for state in range(STATES):
            for group in ("state", "ngo")[: 1 + state % 2]:
                reply = SurveyReply(
                    round=row,
                    state=f"S{state}",
                    group=group,
                    name=group,
                    organisation_id=office,
                    sent_at=database.NOW,
                )
                reply.save(using="owner")
                SurveyAnswer.objects.using("owner").bulk_create(
                    SurveyAnswer(
                        reply=reply,
                        lead_id=office,
                        question=one.code,
                        given="value",
                        number=Decimal(draw.randint(0, 90)) if one.kind is Kind.COUNT else None,
                        unit=one.unit,
                        choices=[draw.choice(one.options).code] if one.options else [],
                        text="Too little money, and nobody trained." if one.coded else "",
                    )
                    for one in asked.questions
                )
    QuestionMatch.objects.using("owner").bulk_create(
        QuestionMatch(
            first=earlier,
            first_code=f"Q{n}",
            second=versions[-1],
            second_code=f"Q{n}",
            match="same",
        )
        for earlier in versions[:-1]
        for n in range(QUESTIONS)
    )
    return rounds


def code(round_: Any) -> str:
    """Let two people code the open answers of the last round; return where they are looked at."""
    from opennrm.coordination.models import SurveyCoding
    from opennrm.coordination.surveys.coded import CHALLENGES

    asked = f"Q{QUESTIONS - 2}"
    SurveyCoding.objects.using("owner").bulk_create(
        SurveyCoding(reply=reply, question=asked, coder=coder, codes=[CHALLENGES[0].code])
        for reply in round_.replies.using("owner")
        for coder in (cast.OSCE_OFFICER.account, cast.CO_ORDINATOR.account)
    )
    return f"/coordination/rounds/{round_.ref}/coding/{asked}/"


def main() -> None:
    """Fill a scratch database and time each view three times."""
    database.prepared()
    from tests.web.browsing import browser

    from opennrm.web.coordination.survey_results import VIEWS

    with database.as_administrator() as connection:
        # The history of invented answers is of no use here and takes most of the filling.
        connection.execute("ALTER TABLE coordination_surveyanswer DISABLE TRIGGER kept")
    rounds = fill()
    client = browser(cast.OSCE_OFFICER)
    print(f"{STATES} States x {QUESTIONS} questions x {ROUNDS} rounds")
    print("| view | seconds (best of 3) | kB |\n| --- | --- | --- |")
    results = f"/coordination/rounds/{rounds[-1].ref}/results/"
    pages = {view: f"{results}?view={view}&caveat=Invented" for view, _title in VIEWS}
    for view, at in {**pages, "coding": code(rounds[-1])}.items():
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            answer = client.get(at)
            taken.append(time.perf_counter() - start)
            assert answer.status_code == 200
        print(f"| {view} | {min(taken):.2f} | {len(answer.content) // 1000} |")


if __name__ == "__main__":
    try:
        main()
    finally:
        remove_home(HOME)
