"""Page of breaches: what happened against the rules can always be recorded."""

from django.utils.translation import gettext_lazy as _

from opennrm.casework import breach as work
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm


class BreachForm(ActForm):
    """What happened and when."""

    makes = work.Breach
    breach = ask.one_of(
        _("What happened?"), ask.codes("breach_observed", "breach", "breach_category")
    )
    observed_on = ask.day(_("On which day?"))
    description = ask.text(_("In a few words"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["observed_on"].initial = self.place.today


ACTS = (
    Act(
        name="observe_breach",
        title=_("Something happened against the rules"),
        form=BreachForm,
        use_case=work.observe_breach,
        noun="breach",
        button=_("Save"),
        done=_("Saved. Of those who must act, everyone who is on the case is told."),
        intro=(_("Anyone on the case can record this, at any time, also after it is closed."),),
        group="always",
    ),
)
