"""Pages of tasks and of the case conference, whose agenda the person sees first."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import conference as meeting
from opennrm.casework import tasks as work
from opennrm.lifecycle.facts import Fact
from opennrm.vocabulary.together import AgendaShown, ConferenceTopic, TakingPart, TaskEnd
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.open_case import OpenCase


class TaskForm(ActForm):
    """What is to be done, by whom, until when."""

    makes = work.Task
    task = ask.text(_("What is to be done?"), required=True)
    to = ask.one_from(_("By whom?"), (), hint=_("Those who may see the plan."))
    due_on = ask.day(_("Until"))
    about = ask.one_from(
        _("For which goal?"), ask.codes("task_set", "about", "need_domain"), required=False
    )

    def prepare(self) -> None:
        """Offer those on the case who read the plan."""
        fields: dict[str, Any] = self.fields
        fields["to"].choices = [("", ""), *on_the_plan(self.place.case)]

    def to_input(self) -> work.Task:
        """Name the organisation by its reference."""
        typed = self.values(self.makes)
        return work.Task(**{**typed, "to": UUID(typed["to"])})


class TaskEndForm(ActForm):
    """How a task ended."""

    makes = work.TaskEnding
    task_end = ask.one_of(
        _("How did it end?"), [(one.value, _(one.label)) for one in TaskEnd], initial="done"
    )
    words = ask.text(_("A word on it"))

    def to_input(self) -> work.TaskEnding:
        """Name the task that was chosen."""
        typed = self.values(self.makes)
        return work.TaskEnding(**typed, task=UUID(self.place.asked["task"]))


class CallForm(ActForm):
    """When a conference is held, with whom, what about."""

    makes = meeting.ConferenceCall
    held_on = ask.day(_("When?"))
    invited = ask.several(
        _("Who needs to be there?"),
        (),
        hint=_("Only those who may see the plan. The fewer, the better for the person."),
        required=True,
    )
    conference_topics = ask.several(
        _("What about?"), [(one.value, _(one.label)) for one in ConferenceTopic], required=True
    )
    agenda = ask.text(
        _("Agenda"), hint=_("In words the person understands. Nothing of health stands here.")
    )

    def prepare(self) -> None:
        """Offer those on the case who read the plan."""
        fields: dict[str, Any] = self.fields
        fields["invited"].choices = on_the_plan(self.place.case)

    def to_input(self) -> meeting.ConferenceCall:
        """Name the organisations by their references."""
        typed = self.values(self.makes)
        return meeting.ConferenceCall(**{**typed, "invited": _references(typed["invited"])})


class AgendaForm(ActForm):
    """How the person saw the agenda, and how she takes part."""

    makes = meeting.AgendaShowing
    shown_on = ask.day(_("The person saw the agenda on"))
    agenda_shown = ask.one_of(_("How?"), [(one.value, _(one.label)) for one in AgendaShown])
    taking_part = ask.one_of(
        _("How does the person take part?"), [(one.value, _(one.label)) for one in TakingPart]
    )
    language = ask.language(_("In which language"))
    own_words = ask.text(_("What the person adds or leaves out, in her or his own words"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["shown_on"].initial = self.place.today

    def to_input(self) -> meeting.AgendaShowing:
        """Name the conference that was chosen."""
        return meeting.AgendaShowing(**self.values(self.makes), conference=_conference(self.place))


class RecordForm(ActForm):
    """What was agreed, who was there, who disagreed."""

    makes = meeting.ConferenceRecord
    held_on = ask.day(_("Held on"))
    took_part = ask.several(_("Who was there?"), (), required=True)
    taking_part = ask.one_of(
        _("How did the person take part?"),
        [(one.value, _(one.label)) for one in TakingPart if one != TakingPart.NOT_AGREED],
    )
    own_words = ask.text(_("What the person said, in her or his own words"))
    agreed = ask.text(
        _("What was agreed"),
        hint=_("Who does what, until when; give each its task afterwards. Nothing of health."),
        required=True,
    )
    dissent = ask.text(_("Who disagreed, and with what"), hint=_("Dissent is part of the record."))
    health = ask.text(
        _("What of health everybody has to know"),
        hint=_("Kept apart, for those only who may see a summary of the person's health."),
    )

    def prepare(self) -> None:
        """Begin with those who were invited, and today."""
        fields: dict[str, Any] = self.fields
        fields["held_on"].initial = self.place.today
        fields["took_part"].choices = on_the_plan(self.place.case)
        called = self.place.case.fact(self.place.asked.get("conference", ""))
        fields["took_part"].initial = called.texts("invited") if called else ()

    def to_input(self) -> meeting.ConferenceRecord:
        """Name the conference and the organisations by their references."""
        typed = self.values(self.makes)
        typed["took_part"] = _references(typed["took_part"])
        return meeting.ConferenceRecord(**typed, conference=_conference(self.place))


class DissentForm(ActForm):
    """What an organisation sees otherwise."""

    makes = meeting.Dissent
    dissent = ask.text(_("What do you see otherwise, and why?"), required=True)

    def to_input(self) -> meeting.Dissent:
        """Name the conference that was chosen."""
        return meeting.Dissent(**self.values(self.makes), conference=_conference(self.place))


def on_the_plan(case: OpenCase) -> list[tuple[str, str]]:
    """Name the organisations on a case that may read its plan."""
    found = {
        str(held.organisation): held.organisation_name
        for held in case.page.holdings
        if held.state == "open" and work.PLAN in held.compartments
    }
    return sorted(found.items(), key=lambda pair: pair[1])


def own_tasks(case: OpenCase) -> tuple[Fact, ...]:
    """Return the open tasks that the viewer's house was given, or gave."""
    wanted = work.open_tasks(case.case, case.viewer.actor.organisation)
    return tuple(one for one in case.case.of_kind("task_set") if one.fact_ref in wanted)


def open_to(case: OpenCase, called: Iterable[Fact]) -> list[tuple[str, str]]:
    """Say conferences in a line each."""
    return [(str(one.fact_ref), _line(one, case)) for one in called]


def _line(called: Fact, case: OpenCase) -> str:
    about = ", ".join(
        words.label(one, "conference_topic") for one in called.texts("conference_topics")
    )
    return gettext("%(day)s, called by %(house)s: %(about)s") % {
        "day": words.iso_day(called.text("held_on")),
        "house": case.organisation_name(called.organisation),
        "about": about,
    }


def _task_line(task: Fact, case: OpenCase) -> str:
    return gettext("%(about)s, by %(house)s, until %(day)s") % {
        "about": words.label(task.text("about") or "", "need_domain") or gettext("A task"),
        "house": case.organisation_name(task.reference("to") or task.organisation),
        "day": words.iso_day(task.text("due_on")),
    }


def _references(chosen: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in chosen)


def _conference(place: Place) -> UUID:
    return UUID(place.asked["conference"])


def _choose_task(place: Place) -> Iterator[Choice]:
    lines = [(str(one.fact_ref), _task_line(one, place.case)) for one in own_tasks(place.case)]
    yield Choice("task", _("Which task?"), lines, nothing=_("No task of yours is open."))


def _choose_waiting(place: Place) -> Iterator[Choice]:
    lines = open_to(place.case, meeting.waiting_conferences(place.case.case))
    yield Choice("conference", _("Which conference?"), lines, nothing=_("None was called."))


def _choose_held(place: Place) -> Iterator[Choice]:
    lines = open_to(place.case, meeting.held_conferences(place.case.case))
    yield Choice("conference", _("Which conference?"), lines, nothing=_("None was held."))


NEEDS: dict[str, Any] = {
    "set_task": on_the_plan,
    "end_task": own_tasks,
    "call_conference": on_the_plan,
    "show_agenda": lambda case: meeting.waiting_conferences(case.case),
    "hold_conference": lambda case: meeting.waiting_conferences(case.case),
    "note_dissent": lambda case: meeting.held_conferences(case.case),
}
ACTS = (
    Act(
        name="set_task",
        title=_("Give a task"),
        form=TaskForm,
        use_case=work.set_task,
        noun="task",
        button=_("Give the task"),
        done=_("The task is saved. It is due from the organisation you named."),
        touches=("D9",),
        group="together",
    ),
    Act(
        name="end_task",
        title=_("A task has ended"),
        form=TaskEndForm,
        use_case=work.end_task,
        noun="ending",
        button=_("Save"),
        done=_("Saved."),
        choose=_choose_task,
        group="together",
    ),
    Act(
        name="call_conference",
        title=_("Call a case conference"),
        form=CallForm,
        use_case=meeting.call_conference,
        noun="call",
        button=_("Call it"),
        done=_("The conference is called. Show the person the agenda next."),
        intro=(_("It is held only if the person agrees, and she or he sees the agenda first."),),
        touches=("D9",),
        group="together",
    ),
    Act(
        name="show_agenda",
        title=_("The person saw the agenda"),
        form=AgendaForm,
        use_case=meeting.show_agenda,
        noun="showing",
        button=_("Save"),
        done=_("Saved."),
        touches=("D9",),
        choose=_choose_waiting,
        group="together",
    ),
    Act(
        name="hold_conference",
        title=_("What the case conference agreed"),
        form=RecordForm,
        use_case=meeting.hold_conference,
        noun="record",
        button=_("Save what was agreed"),
        done=_("Saved. Give each step its task, and tell the person what was agreed."),
        touches=("D9",),
        choose=_choose_waiting,
        group="together",
    ),
    Act(
        name="note_dissent",
        title=_("We see it otherwise"),
        form=DissentForm,
        use_case=meeting.note_dissent,
        noun="dissent",
        button=_("Save the dissent"),
        done=_("Your dissent is part of the record."),
        choose=_choose_held,
        group="together",
    ),
)
