"""A hand-over between two States, answered and taken over by programs through HTTP."""

from uuid import uuid4

from tests.api.calling import let_in
from tests.records.abroad.test_pages import carried
from tests.records.abroad.two_states import ABROAD, HERE, NAME, RECEIVER, SENDER, offered


class TestAHandOver:
    def test_is_answered_and_taken_over_once_by_programs(self) -> None:
        story = offered()
        place = f"/hand-overs/{story.hand_over}"
        carried()
        with ABROAD:
            receiver = let_in(RECEIVER, session=ABROAD.session(RECEIVER))
            before = receiver.get(place).json()
            early = receiver.post(f"{place}/take-over", {})
            said = {"hand_over": story.hand_over, "answer": "accepted"}
            answer = receiver.post("/answer-hand-over", {"answer": said})
        carried()
        story.hand_over_rest()
        carried()
        with ABROAD:
            key = uuid4()
            first, again = (receiver.post(f"{place}/take-over", {}, key) for _ in range(2))
            case = receiver.get(f"/cases/{first.json()['reference']}", opened=["D2"]).json()
            wrong = receiver.post("/carried-file", {"file": "not a message"})
        carried()
        with HERE:
            sender = let_in(SENDER)
            after = sender.get(place).json()
            files = sender.get(f"/partners/{RECEIVER.actor.organisation}/messages").json()

        assert (answer.status_code, early.status_code, wrong.status_code) == (201, 409, 422)
        assert before["preview"]["age_group"] == "adult"
        assert NAME not in str(before)
        assert (first.status_code, again.status_code) == (201, 200), first.content
        assert first.json() == again.json()
        assert NAME in str(case)
        assert after["hand_over"]["stands"] == "taken_over"
        assert files == {"file": ""}
        assert story.cases_abroad() == 1
