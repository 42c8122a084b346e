"""Steps of working together in an invented case: a task, a case conference, a case handed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from opennrm.casework.conference import (
    AgendaShowing,
    ConferenceCall,
    ConferenceRecord,
    Dissent,
    call_conference,
    hold_conference,
    note_dissent,
    show_agenda,
)
from opennrm.casework.handing import Handing, HandingAnswer, answer_handing, hand_case
from opennrm.casework.tasks import Task, TaskEnding, end_task, set_task
from opennrm.console.demonstration.organisations import WORKER
from opennrm.console.demonstration.steps import Step
from opennrm.console.demonstration.story import Story


def conference(story: Story) -> None:
    """The case manager calls a conference; it is held once the person saw the agenda."""
    house = WORKER[story.manager].organisation
    called = _called(story, house)
    story.later(days=1)
    showing = AgendaShowing(
        conference=called,
        shown_on=story.today,
        agenda_shown="read_out",
        taking_part="in_person",
        language=story.person.language,
        own_words="I want to say myself where I will live.",
    )
    story.do(show_agenda, story.manager, showing=showing)
    story.later(days=1)
    record = ConferenceRecord(
        conference=called,
        held_on=story.today,
        took_part=(house,),
        taking_part="in_person",
        agreed="A flat of her own from next month; the house looks for one near the course.",
        dissent="The night worker finds next month too early.",
        own_words="Next month is good.",
    )
    story.do(hold_conference, story.manager, record=record)
    seen_otherwise = Dissent(conference=called, dissent="The street should be looked at first.")
    story.do(note_dissent, story.manager, dissent=seen_otherwise)


def tasks(story: Story) -> None:
    """Two tasks come of the plan; one is done."""
    house = WORKER[story.manager].organisation
    for what, about in (
        ("Ask for places on the course", "education"),
        ("See two flats", "housing"),
    ):
        due_on = story.today + timedelta(days=14)
        task = Task(to=house, due_on=due_on, task=what, about=about)
        story.kept[what] = story.do(set_task, story.manager, task=task)
    story.later(days=2)
    ending = TaskEnding(
        task=story.kept["See two flats"],
        task_end="done",
        words="The second has a door that locks.",
    )
    story.do(end_task, story.manager, ending=ending)


def handed_over(story: Story) -> None:
    """The officer of the authority hands the case to a colleague, who accepts it."""
    handing = Handing(to_account=WORKER["reviewer"].ref, to_role="CA", handing_reason="shared_out")
    handed = story.do(hand_case, "authority", handing=handing)
    answer = HandingAnswer(handing=handed, answer="accepted")
    story.do(answer_handing, "reviewer", answer=answer)


def _called(story: Story, house: UUID) -> UUID:
    call = ConferenceCall(
        held_on=story.today + timedelta(days=3),
        invited=(house,),
        conference_topics=("safety", "plan", "her_questions"),
        agenda="Where she lives next, and what the course costs.",
    )
    called: UUID = story.do(call_conference, story.manager, call=call)
    return called


TOGETHER_STEPS: Mapping[str, Step] = {
    "conference": conference,
    "tasks": tasks,
    "handed_over": handed_over,
}
