"""Pages of what follows an act done without asking: telling the person, ending a duty early."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opennrm.casework import duty_end, overrides
from opennrm.lifecycle.facts import Fact
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.open_case import OpenCase


class TellingForm(ActForm):
    """That the person was told, when and in which language."""

    makes = overrides.Telling
    told_on = ask.day(_("The person was told on"))
    language = ask.language(_("In which language"), required=True)

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["told_on"].initial = self.place.today

    def to_input(self) -> overrides.Telling:
        """Add what she was told of."""
        return self.makes(**self.values(self.makes), about=UUID(self.place.asked["about"]))


class DutyEndForm(ActForm):
    """That a legal duty ends before its term."""

    makes = duty_end.DutyEnd
    ended_on = ask.day(_("It ends on"))
    reason = ask.one_of(_("Why?"), ask.codes("legal_duty_ended", "reason"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["ended_on"].initial = self.place.today

    def to_input(self) -> duty_end.DutyEnd:
        """Add which duty was chosen before."""
        return self.makes(**self.values(self.makes), duty=UUID(self.place.asked["duty"]))


def to_tell(case: OpenCase) -> list[Fact]:
    """List what the viewer's house did without asking her and has not told her of."""
    house = case.viewer.actor.organisation
    return [fact for fact in overrides.untold(case.case) if fact.organisation == house]


def standing_duties(case: OpenCase) -> list[Fact]:
    """List the legal duties the viewer's house relied on that stand today."""
    house, today = case.viewer.actor.organisation, case.today.isoformat()
    return [
        fact
        for fact in case.case.of_kind("legal_duty_relied_on")
        if fact.organisation == house
        and (fact.text("until") or "") > today
        and not case.case.naming("duty", fact.fact_ref, "legal_duty_ended")
    ]


def _choose_untold(place: Place) -> Iterator[Choice]:
    options = [
        (str(one.fact_ref), f"{words.kind(one.kind)}, {words.moment(one.at)}")
        for one in to_tell(place.case)
    ]
    yield Choice("about", _("What was the person told of?"), options, nothing=_("Nothing."))


def _choose_duty(place: Place) -> Iterator[Choice]:
    options = [
        (
            str(one.fact_ref),
            f"{words.any_label(one.text('duty') or '')}, "
            f"{place.case.organisation_name(one.reference('recipient') or one.organisation)}",
        )
        for one in standing_duties(place.case)
    ]
    yield Choice("duty", _("Which duty ends?"), options, nothing=_("No duty stands."))


ACTS = (
    Act(
        name="tell_person",
        title=_("The person was told"),
        form=TellingForm,
        use_case=overrides.tell_person,
        noun="telling",
        button=_("Save"),
        done=_("Saved."),
        intro=(_("Who acts without asking her first tells her of it as soon as it is safe."),),
        choose=_choose_untold,
        group="always",
    ),
    Act(
        name="end_legal_duty",
        title=_("End a legal duty early"),
        form=DutyEndForm,
        use_case=duty_end.end_legal_duty,
        noun="end",
        button=_("End it"),
        done=_("The duty has ended. What it opened is closed, and its holder is told."),
        touches=("D10",),
        choose=_choose_duty,
        group="share",
    ),
)
