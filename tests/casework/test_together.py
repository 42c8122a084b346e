"""Tasks, handing over and the case conference: who may, what is refused, and what is kept."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from opennrm.casework import conference as meeting
from opennrm.casework.handing import Handing, HandingAnswer, answer_handing, hand_case
from opennrm.casework.refusals import AccessMissing, MoveRefused, PermissionMissing, RuleBroken
from opennrm.casework.tasks import Task, TaskEnding, end_task, set_task
from opennrm.lifecycle.deadlines import deadlines
from opennrm.lifecycle.holding import asked_to_take, holder
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.story import TODAY, Story
from tests.cast import Member

POLICE = cast.POLICE_OFFICER.actor.organisation
MANAGER = cast.CASE_MANAGER
HOUSE = MANAGER.actor.organisation


@pytest.fixture
def held(story: Story) -> Story:
    """A case held by the shelter's case manager."""
    return story.with_case_manager()


def to(whom: Member, role: str = "FR") -> Handing:
    """Make a handing over to a colleague."""
    return Handing(to_account=whom.account, to_role=role, handing_reason="absence")


def handed(story: Story) -> UUID:
    """Let the officer hand the case to a colleague."""
    return hand_case(handing=to(cast.POLICE_COLLEAGUE), **story.by(cast.POLICE_OFFICER))


def answered(story: Story, handing: UUID, answer: str, who: Member) -> UUID:
    """Answer a handing over."""
    said = HandingAnswer(handing=handing, answer=answer)
    return answer_handing(answer=said, **story.by(who))


class TestHandCase:
    def test_waits_until_the_colleague_accepts(self, story: Story) -> None:
        hand_case(handing=to(cast.POLICE_OFFICER), **story.by(cast.POLICE_OFFICER))
        asked = handed(story)

        assert holder(story.case, POLICE) == cast.POLICE_OFFICER.account
        answered(story, asked, "accepted", cast.POLICE_COLLEAGUE)
        assert holder(story.case, POLICE) == cast.POLICE_COLLEAGUE.account

    def test_leaves_it_where_it_was_when_declined(self, story: Story) -> None:
        hand_case(handing=to(cast.POLICE_OFFICER), **story.by(cast.POLICE_OFFICER))

        answered(story, handed(story), "declined", cast.POLICE_COLLEAGUE)

        assert holder(story.case, POLICE) == cast.POLICE_OFFICER.account
        assert asked_to_take(story.case, POLICE) is None

    def test_is_answered_by_the_one_who_was_asked_and_once(self, story: Story) -> None:
        asked = handed(story)

        with pytest.raises(MoveRefused):
            answered(story, asked, "accepted", cast.UNTRAINED_OFFICER)
        answered(story, asked, "accepted", cast.POLICE_COLLEAGUE)
        with pytest.raises(MoveRefused):
            answered(story, asked, "declined", cast.POLICE_COLLEAGUE)

    @pytest.mark.parametrize(
        ("whom", "role"),
        [
            (cast.DETECTIVE, "LE"),
            (cast.DETECTIVE, "FR"),
            (cast.BORDER_OFFICER, "FR"),
            (cast.POLICE_COLLEAGUE, "nobody"),
        ],
    )
    def test_goes_to_nobody_to_whom_the_case_is_not_open(
        self, story: Story, whom: Member, role: str
    ) -> None:
        with pytest.raises(AccessMissing):
            hand_case(handing=to(whom, role), **story.by(cast.POLICE_OFFICER))

    def test_opens_nothing(self, story: Story) -> None:
        before = story.case.access

        answered(story, handed(story), "accepted", cast.POLICE_COLLEAGUE)

        assert story.case.access == before

    def test_is_each_houses_own_matter(self, held: Story) -> None:
        handed(held)

        assert asked_to_take(held.case, HOUSE) is None
        assert asked_to_take(held.case, POLICE) is not None


class TestATask:
    def task(self, **more: Any) -> Task:
        known = {"to": HOUSE, "due_on": TODAY + timedelta(days=5), "task": "Ask for a bed"}
        return Task(**(known | more))

    def due(self, story: Story) -> list[str]:
        found = deadlines(story.case, presets("MK"))
        return [one.kind for one in found if one.kind in ("T07T", "T07C")]

    def test_is_due_until_somebody_ends_it(self, held: Story) -> None:
        task = set_task(task=self.task(), **held.by(MANAGER))
        assert self.due(held) == ["T07T"]

        ending = TaskEnding(task=task, task_end="done", words="A room with a lock")
        ended = end_task(ending=ending, **held.by(MANAGER))

        assert self.due(held) == []
        assert held.office.sealed(ended) == {"words": "A room with a lock"}

    def test_goes_only_to_those_who_read_the_plan(self, held: Story) -> None:
        clinic = cast.HEALTH_WORKER.actor.organisation

        with pytest.raises(AccessMissing) as refused:
            set_task(task=self.task(to=clinic), **held.by(MANAGER))

        assert refused.value.finding.remedy == "take_consent"

    def test_ends_once(self, held: Story) -> None:
        ending = TaskEnding(task=set_task(task=self.task(), **held.by(MANAGER)), task_end="done")
        end_task(ending=ending, **held.by(MANAGER))

        with pytest.raises(MoveRefused):
            end_task(ending=ending, **held.by(MANAGER))

    def test_of_others_is_not_ended(self, held: Story) -> None:
        ending = TaskEnding(task=set_task(task=self.task(), **held.by(MANAGER)), task_end="done")

        with pytest.raises(MoveRefused):
            end_task(ending=ending, **held.by(cast.POLICE_OFFICER))


def called(story: Story) -> UUID:
    """Call a conference for tomorrow."""
    call = meeting.ConferenceCall(
        held_on=TODAY + timedelta(days=1),
        invited=(HOUSE,),
        conference_topics=("safety", "plan"),
        agenda="Where she lives next",
    )
    return meeting.call_conference(call=call, **story.by(MANAGER))


def shown(story: Story, conference: UUID, taking_part: str = "in_person") -> UUID:
    """Show her the agenda today."""
    showing = meeting.AgendaShowing(
        conference=conference,
        shown_on=TODAY,
        agenda_shown="read_out",
        taking_part=taking_part,
        own_words="Not the police, please",
    )
    return meeting.show_agenda(showing=showing, **story.by(MANAGER))


def record(conference: UUID, **more: Any) -> meeting.ConferenceRecord:
    """Make the record of a conference of today."""
    known = {"held_on": TODAY, "took_part": (HOUSE,), "taking_part": "in_person"}
    return meeting.ConferenceRecord(conference=conference, **(known | {"agreed": "A flat"} | more))


class TestACaseConference:
    def test_is_not_held_before_she_saw_the_agenda(self, held: Story) -> None:
        conference = called(held)

        with pytest.raises(MoveRefused) as refused:
            meeting.hold_conference(record=record(conference), **held.by(MANAGER))

        assert refused.value.finding.remedy == "show_agenda"

    def test_is_not_held_on_an_agenda_shown_afterwards(self, held: Story) -> None:
        conference = called(held)
        shown(held, conference)
        yesterday = record(conference, held_on=TODAY - timedelta(days=1))

        with pytest.raises(MoveRefused):
            meeting.hold_conference(record=yesterday, **held.by(MANAGER))

    def test_is_not_held_when_she_does_not_agree(self, held: Story) -> None:
        conference = called(held)
        shown(held, conference)
        shown(held, conference, "not_agreed")

        with pytest.raises(RuleBroken):
            meeting.hold_conference(record=record(conference), **held.by(MANAGER))

    def test_keeps_what_was_agreed_her_words_and_dissent(self, held: Story) -> None:
        conference = called(held)
        shown(held, conference)
        what = record(conference, dissent="The flat is too near", own_words="Yes, but not alone")

        made = meeting.hold_conference(record=what, **held.by(MANAGER))

        fact = held.case.fact(made)
        assert fact is not None
        assert fact.flag("has_dissent")
        assert held.office.sealed(made)["dissent"] == "The flat is too near"
        assert held.office.sealed(made)["own_words"] == "Yes, but not alone"

    def test_takes_dissent_afterwards_and_only_of_one_that_was_held(self, held: Story) -> None:
        conference = called(held)
        dissent = meeting.Dissent(conference=conference, dissent="We were not heard")
        with pytest.raises(MoveRefused):
            meeting.note_dissent(dissent=dissent, **held.by(MANAGER))
        shown(held, conference)
        meeting.hold_conference(record=record(conference), **held.by(MANAGER))

        noted = meeting.note_dissent(dissent=dissent, **held.by(MANAGER))

        assert held.office.sealed(noted) == {"dissent": "We were not heard"}

    def test_says_nothing_of_health_where_no_summary_of_it_is_open(self, held: Story) -> None:
        conference = called(held)
        shown(held, conference)

        with pytest.raises(RuleBroken) as refused:
            meeting.hold_conference(
                record=record(conference, health="She needs rest"), **held.by(MANAGER)
            )

        assert refused.value.finding.rule == "R49"

    def test_keeps_health_apart_in_its_summary(self, story: Story) -> None:
        held = story.with_case_manager()
        held.hand_over(MANAGER, "CM", scopes=("D5S",))
        conference = called(held)
        shown(held, conference)

        meeting.hold_conference(
            record=record(conference, health="She needs rest"), **held.by(MANAGER)
        )

        kept = held.case.newest("summary_shared")
        assert kept is not None
        assert kept.compartment == "D5S"
        assert held.office.sealed(kept.fact_ref) == {"text": "She needs rest"}

    def test_is_called_by_the_case_manager_among_those_who_read_the_plan(
        self, held: Story
    ) -> None:
        clinic = cast.HEALTH_WORKER.actor.organisation
        call = meeting.ConferenceCall(
            held_on=TODAY, invited=(HOUSE, clinic), conference_topics=("plan",)
        )

        with pytest.raises(AccessMissing):
            meeting.call_conference(call=call, **held.by(MANAGER))
        with pytest.raises(PermissionMissing):
            meeting.call_conference(call=call, **held.by(cast.POLICE_OFFICER))
