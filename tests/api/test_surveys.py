"""A State and its NGOs answer a survey by programs; who may not see a reply finds nothing."""

from typing import Any
from uuid import uuid4

import pytest

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import Change, SurveyRound
from tests import cast
from tests.api.calling import Program
from tests.api.test_registers import program
from tests.coordination.asking import FORM
from tests.coordination.rounds import opened
from tests.database import signed_in

MINISTRY, NCO, NGO, OFFICE = (
    cast.DECIDING_OFFICER,
    cast.CO_ORDINATOR,
    cast.CASE_MANAGER,
    cast.OSCE_OFFICER,
)


@pytest.fixture(scope="module")
def round_() -> SurveyRound:
    """A round with three questions."""
    return opened(FORM)


def begun(who: cast.Member, round_: SurveyRound, group: str) -> str:
    """Begin a reply and return where it is."""
    wanted = {"state": "MK", "group": group, "name": uuid4().hex, "is_one_of_several": True}
    answer = program(who).post(f"/surveys/rounds/{round_.ref}/begin-reply", {"wanted": wanted})
    assert answer.status_code == 201, answer.content
    return f"/surveys/replies/{answer.json()['reference']}"


def act(who: cast.Member, reply: str, what: str, **said: Any) -> Any:
    """Do something with a reply."""
    return program(who).post(f"{reply}/{what}", {"said": said})


LAW = {"question": "L1", "choices": ["no"]}
PEOPLE = {
    "question": "P1",
    "number": "0",
    "unit": "persons",
    "period_from": "2025-01-01",
    "period_until": "2026-01-01",
}


class TestAReply:
    def test_of_a_state_is_put_together_approved_and_sent(self, round_: SurveyRound) -> None:
        reply = begun(NCO, round_, "state")
        asked = {"organisation": str(MINISTRY.organisation.organisation), "questions": ["L1"]}
        act(NCO, reply, "assign-part", **asked, due_on="2026-09-01")
        by_ministry = act(MINISTRY, reply, "keep-answers", answers=[LAW])
        too_early = act(NCO, reply, "send")
        approved = act(MINISTRY, reply, "approve-part")
        act(NCO, reply, "keep-answers", answers=[PEOPLE])
        sent = act(NCO, reply, "send")

        shown = program(OFFICE).get(reply).json()

        assert [by_ministry.status_code, approved.status_code, sent.status_code] == [201] * 3
        assert (too_early.status_code, too_early.json()["reason"]) == (409, "change_refused")
        assert {one["question"]: one["number"] for one in shown["answers"]} == {
            "L1": None,
            "P1": "0.0000",
        }
        assert shown["parts"] == []
        assert program(NCO).get(reply).json()["parts"][0]["is_approved"]

    def test_of_ngos_is_not_there_for_a_government_until_released(
        self, round_: SurveyRound
    ) -> None:
        reply = begun(NGO, round_, "ngo")
        act(NGO, reply, "keep-answers", answers=[LAW, PEOPLE])
        sent = act(NGO, reply, "send")
        ref = reply.rpartition("/")[2]

        at_the_office = program(OFFICE).get(reply).status_code
        by_government = [
            program(NCO).get(reply).status_code,
            act(NCO, reply, "keep-answers", answers=[LAW]).status_code,
        ]
        listed = program(NCO).get(f"/surveys/rounds/{round_.ref}").content.decode()
        act(NGO, reply, "release")

        assert (sent.status_code, at_the_office, by_government) == (201, 200, [404, 404])
        assert ref not in listed
        assert program(NCO).get(reply).status_code == 200

    def test_is_not_filled_in_by_whom_nobody_asked(self, round_: SurveyRound) -> None:
        reply = begun(NCO, round_, "state")
        act(NCO, reply, "keep-answers", answers=[LAW, PEOPLE])
        act(NCO, reply, "send")

        answer = act(OFFICE, reply, "keep-answers", answers=[LAW])
        back = act(OFFICE, reply, "send-back", why="Which year?")

        assert answer.status_code == 409
        assert back.status_code == 201
        assert program(NCO).get(reply).json()["returned"] == ["Which year?"]

    @pytest.mark.parametrize(
        "answer",
        [
            {"question": "X9", "choices": ["yes"]},
            {**PEOPLE, "number": "1e30"},
            {**PEOPLE, "base": 2**40},
            {**LAW, "comment": "a\x00b"},
            {**LAW, "colour": "red"},
        ],
        ids=["question", "number", "base", "nul", "field"],
    )
    def test_names_an_answer_that_cannot_be_kept(
        self, round_: SurveyRound, answer: dict[str, Any]
    ) -> None:
        reply = begun(NCO, round_, "state")

        told = act(NCO, reply, "keep-answers", answers=[answer])

        assert told.status_code == 422
        assert told.json()["errors"][0]["field"].startswith("sent.said.answers.0.")


class TestWhatTheOfficeAsksOfNgos:
    def test_stands_in_no_history_that_a_government_can_select(self, round_: SurveyRound) -> None:
        reply, note = begun(NGO, round_, "ngo"), f"Which year? {uuid4().hex}"
        act(NGO, reply, "keep-answers", answers=[LAW, PEOPLE])
        act(NGO, reply, "send")
        act(OFFICE, reply, "send-back", why=note)

        found = {}
        for who in (OFFICE, NCO, NGO):
            with at_coordination(signed_in(who)):
                changes = Change.objects.filter(table="coordination_surveyreturn")
                found[who] = changes.filter(after__note=note).count()

        assert found == {OFFICE: 1, NCO: 0, NGO: 0}


class TestARound:
    def test_is_frozen_by_the_office_and_closed_to_answers_then(self) -> None:
        round_ = opened(FORM)
        reply, address = begun(NCO, round_, "state"), f"/surveys/rounds/{round_.ref}/freeze"

        by_others = program(NCO).post(address, {"said": {}})
        frozen = program(OFFICE).post(address, {"said": {}})
        late = act(NCO, reply, "keep-answers", answers=[LAW])

        assert (by_others.status_code, frozen.status_code) == (409, 201)
        assert (late.status_code, "frozen" in late.json()["detail"]) == (409, True)

    def test_shows_its_questions(self, round_: SurveyRound) -> None:
        reader: Program = program(NGO)

        shown = reader.get(f"/surveys/rounds/{round_.ref}").json()

        assert [one["code"] for one in shown["questionnaire"]["questions"]] == ["L1", "L2", "P1"]


class TestAResult:
    def test_counts_what_is_open_with_its_base(self) -> None:
        round_ = opened(FORM)
        for law in ("yes", "no"):
            reply, done = begun(NCO, round_, "state"), {"question": "L2", "choices": ["no"]}
            said = [{"question": "L1", "choices": [law]}, PEOPLE, *[done] * (law == "yes")]
            act(NCO, reply, "keep-answers", answers=said)
            assert act(NCO, reply, "send").status_code == 201

        law = program(OFFICE).get(f"/surveys/rounds/{round_.ref}/results/L1").json()
        people = program(OFFICE).get(f"/surveys/rounds/{round_.ref}/results/P1").json()
        ngos = program(OFFICE).get(f"/surveys/rounds/{round_.ref}/results/L1", group="ngo").json()

        assert (law["base"], law["counts"]) == (2, {"yes": 1, "no": 1})
        assert (people["base"], people["most"]) == (2, "0.0000")
        assert ngos["base"] == 0
        assert program(OFFICE).get(f"/surveys/rounds/{round_.ref}/results/X").status_code == 404
