"""Pages of removal, detention and transfer, and of a recovery period that rests."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import recovery_rest, residence_removal
from opennrm.lifecycle import removing
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.recovery import Period, running
from opennrm.vocabulary.countries import country_names
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm
from opennrm.web.open_case import OpenCase

RECORDED = "removal_task_recorded"
GROUP = "residence"
LOOK_AGAIN = timedelta(days=14)


class TaskForm(ActForm):
    """What somebody wants to do to her."""

    makes = residence_removal.RemovalTask
    act = ask.one_of(_("What is asked for or planned?"), ask.codes(RECORDED, "act", "removal_act"))
    country = ask.one_from(
        _("To which country?"),
        (),
        hint=_("A removal or transfer needs it: the risks are assessed for that country."),
        required=False,
    )
    noted_on = ask.day(_("You heard of it on"))
    planned_on = ask.day(_("Planned for"), required=False)
    note = ask.text(_("Who asks for it, and why?"))

    def prepare(self) -> None:
        """Offer the countries by name, and begin with today."""
        fields: dict[str, Any] = self.fields
        fields["noted_on"].initial = self.place.today
        named = country_names(get_language() or "en").items()
        fields["country"].choices = [("", ""), *named]


class AuthorisationForm(ActForm):
    """Which task is let out."""

    makes = residence_removal.RemovalAuthorisation
    task = ask.one_of(_("Which one?"), ())

    def prepare(self) -> None:
        """Offer the tasks that wait."""
        fields: dict[str, Any] = self.fields
        fields["task"].choices = _lines(waiting(self.place.case))

    def to_input(self) -> residence_removal.RemovalAuthorisation:
        """Name the task by its reference."""
        return self.makes(task=UUID(self.cleaned_data["task"]))


class StopForm(ActForm):
    """Which task was stopped."""

    makes = residence_removal.RemovalStop
    task = ask.one_of(_("Which one?"), ())
    stopped_on = ask.day(_("Stopped on"))
    note = ask.text(_("Who stopped it, and why?"))

    def prepare(self) -> None:
        """Offer the tasks that were not stopped."""
        fields: dict[str, Any] = self.fields
        fields["stopped_on"].initial = self.place.today
        fields["task"].choices = _lines(not_stopped(self.place.case))

    def to_input(self) -> residence_removal.RemovalStop:
        """Name the task by its reference."""
        typed = self.values(self.makes)
        return self.makes(**typed | {"task": UUID(typed["task"])})


class PauseForm(ActForm):
    """Since when the recovery period rests, and why."""

    makes = recovery_rest.RecoveryPause
    reason = ask.one_of(
        _("Why does it rest?"),
        ask.codes("recovery_paused", "reason", "recovery_pause_reason"),
    )
    reasons = ask.text(_("In a few words"), required=True)
    rests_from = ask.day(_("It rests from"))
    review_on = ask.day(_("Look at it again on"))

    def prepare(self) -> None:
        """Begin with today, and look again in two weeks."""
        self.fields["rests_from"].initial = self.place.today
        self.fields["review_on"].initial = self.place.today + LOOK_AGAIN


class ResumptionForm(ActForm):
    """The day from which the days count again."""

    makes = recovery_rest.RecoveryResumption
    resumed_on = ask.day(_("The days count again from"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["resumed_on"].initial = self.place.today


def not_stopped(case: OpenCase) -> list[Fact]:
    """Return the tasks that were not stopped."""
    return list(removing.wanted(case.case))


def waiting(case: OpenCase) -> list[Fact]:
    """Return the tasks that were not stopped and have no authorisation that stands."""
    return list(removing.waiting(case.case))


def _lines(tasks: list[Fact]) -> list[tuple[str, str]]:
    return [(str(one.fact_ref), _task_line(one)) for one in tasks]


def _task_line(task: Fact) -> str:
    return gettext("%(act)s, heard of on %(day)s") % {
        "act": words.label(task.text("act") or "", "removal_act"),
        "day": words.iso_day(task.text("noted_on")),
    }


def period(case: OpenCase) -> Period | None:
    """Return the recovery period that runs or rests today."""
    return running(case.case, case.today)


def _runs(case: OpenCase) -> bool:
    found = period(case)
    return found is not None and not found.is_paused


def _rests(case: OpenCase) -> bool:
    found = period(case)
    return found is not None and found.is_paused


ACTS = (
    Act(
        name="pause_recovery_period",
        title=_("The recovery period rests"),
        form=PauseForm,
        use_case=recovery_rest.pause_recovery_period,
        noun="pause",
        button=_("Let it rest"),
        done=_("The period rests. Its days are given back at the end; nobody may be removed."),
        intro=(_("Its days stand still. Protection and help go on as before."),),
        touches=("D14",),
        group="decide",
    ),
    Act(
        name="resume_recovery_period",
        title=_("The recovery period goes on"),
        form=ResumptionForm,
        use_case=recovery_rest.resume_recovery_period,
        noun="resumption",
        button=_("Let it go on"),
        done=_("The period goes on. Its end has moved by the days it rested."),
        touches=("D14",),
        group="decide",
    ),
    Act(
        name="record_removal_task",
        title=_("Removal, detention or transfer is planned"),
        form=TaskForm,
        use_case=residence_removal.record_removal_task,
        noun="task",
        button=_("Save and tell those who must act"),
        done=_("Saved. The competent authority, the lawyer and the case manager are told."),
        intro=(_("Recording it permits nothing. It tells those who can stop it."),),
        group=GROUP,
    ),
    Act(
        name="authorise_removal_task",
        title=_("Authorise a removal, detention or transfer"),
        form=AuthorisationForm,
        use_case=residence_removal.authorise_removal_task,
        noun="authorisation",
        button=_("Authorise"),
        done=_("Authorised. Those who stand by the person are told."),
        intro=(
            _("Never in the recovery period, and never on one person's word."),
            _("A second opinion that was given on it is found by itself."),
        ),
        touches=("D7",),
        group=GROUP,
    ),
    Act(
        name="stop_removal_task",
        title=_("A removal, detention or transfer was stopped"),
        form=StopForm,
        use_case=residence_removal.stop_removal_task,
        noun="stop",
        button=_("Save"),
        done=_("Saved."),
        group=GROUP,
    ),
)
NEEDS: dict[str, Callable[[OpenCase], Any]] = {
    "pause_recovery_period": _runs,
    "resume_recovery_period": _rests,
    "authorise_removal_task": waiting,
    "stop_removal_task": not_stopped,
}
