"""Pages on age: assessed by several, settled by two, the month of turning 18, the plan for it."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from opennrm.casework import child_age as work
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm

SETTLED, ASSESSED = "age_settled", "age_assessed"
OLDEST = 40


class AssessmentForm(ActForm):
    """How old the person may be, found by several professions."""

    makes = work.AgeAssessment
    doubts = ask.several(
        _("Why is there serious doubt?"),
        ask.codes(ASSESSED, "doubts", "age_doubt"),
        hint=_("Looks are no reason."),
        required=True,
    )
    disciplines = ask.several(
        _("Which professions took part?"),
        ask.codes(ASSESSED, "disciplines", "age_discipline"),
        required=True,
    )
    guardian_agreed = ask.answered(_("Did the guardian agree?"))
    child_agreed = ask.answered(_("Did the child agree?"))
    youngest = forms.IntegerField(
        label=_("How old at least, in years?"),
        help_text=_("The lower end of the margin. It is the child's."),
        min_value=0,
        max_value=OLDEST,
        error_messages=ask.WRITE,
    )
    oldest = ask.number(_("How old at most?"))
    assessed_on = ask.day(_("Assessed on"))
    report = ask.text(_("How was it done, and what was found?"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["assessed_on"].initial = self.place.today


class SettlingForm(ActForm):
    """Child or adult, on which ground."""

    makes = work.SettledAge
    age_status = ask.one_of(_("The person is"), ask.codes(SETTLED, "age_status", "age_status"))
    basis = ask.one_of(_("On which ground?"), ask.codes(SETTLED, "basis", "age_basis"))
    grounds = ask.text(_("The ground in words"), hint=_("Sealed in the child's file."))
    settled_on = ask.day(_("Settled on"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["settled_on"].initial = self.place.today


class ComingOfAgeForm(ActForm):
    """The month in which the child turns 18."""

    makes = work.ComingOfAge
    month = forms.IntegerField(
        label=_("Month of the 18th birthday"), min_value=1, max_value=12, error_messages=ask.WRITE
    )
    year = forms.IntegerField(
        label=_("Year of the 18th birthday"),
        min_value=2000,
        max_value=2100,
        error_messages=ask.WRITE,
    )
    basis = ask.one_of(
        _("How is it known?"), ask.codes("coming_of_age_noted", "basis", "age_basis")
    )

    def to_input(self) -> work.ComingOfAge:
        """Write year and month as one code; the day of birth stays out."""
        day = date(self.cleaned_data["year"], self.cleaned_data["month"], 1)
        return self.makes(**self.values(self.makes), turns_18=day.strftime("%Y-%m"))


class ContinuityForm(ActForm):
    """How help goes on at 18."""

    makes = work.ContinuityPlan
    goals = ask.several(
        _("What goes on?"), ask.codes("continuity_plan_agreed", "goals", "need_domain")
    )
    plan = ask.text(_("The plan"), required=True)
    own_words = ask.text(_("In the person's own words"))
    child_agreed = ask.answered(_("Does the young person agree?"))
    agreed_on = ask.day(_("Agreed on"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["agreed_on"].initial = self.place.today


ACTS = (
    Act(
        name="record_age_assessment",
        title=_("An age was assessed"),
        form=AssessmentForm,
        use_case=work.record_age_assessment,
        noun="assessment",
        button=_("Save"),
        done=_("Saved. It settles nothing by itself."),
        intro=(_("Only on serious doubt, by several professions, with both consents."),),
        touches=("D11",),
        group="child",
    ),
    Act(
        name="settle_age",
        title=_("Settle the age"),
        form=SettlingForm,
        use_case=work.settle_age,
        noun="age",
        button=_("Save"),
        done=_("Saved."),
        intro=(
            _("One person can say that somebody is a child; an adult needs two."),
            _("For an adult, propose it to a second person first, and come back when she agreed."),
        ),
        group="child",
    ),
    Act(
        name="note_coming_of_age",
        title=_("When does the child turn 18?"),
        form=ComingOfAgeForm,
        use_case=work.note_coming_of_age,
        noun="month",
        button=_("Save"),
        done=_("Saved. You are reminded half a year before."),
        touches=("D11",),
        group="child",
    ),
    Act(
        name="agree_continuity_plan",
        title=_("Agree the plan for turning 18"),
        form=ContinuityForm,
        use_case=work.agree_continuity_plan,
        noun="plan",
        button=_("Save the plan"),
        done=_("The plan is saved. No help ends on the birthday."),
        touches=("D11",),
        group="child",
    ),
)
