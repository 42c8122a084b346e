"""Pages of residence: status, permits on both grounds, the asylum door."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import residence as work
from opennrm.lifecycle.facts import Fact
from opennrm.web import residence_removal, words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm
from opennrm.web.open_case import OpenCase

APPLIED, DECIDED, TOLD = "permit_applied", "permit_decided", "asylum_wish_recorded"
GROUP = "residence"
PERSONAL = "personal_situation"


class ResidenceForm(ActForm):
    """Where her stay stands."""

    makes = work.Residence
    status = ask.one_from(
        _("Where does residence or asylum stand?"),
        ask.codes("residence_recorded", "status", "residence_track"),
    )
    valid_until = ask.day(
        _("Valid until"), hint=_("You are reminded 90, 60 and 30 days before."), required=False
    )
    note = ask.text(_("Note"))


class PermitApplicationForm(ActForm):
    """An application for a permit; both grounds are always offered."""

    makes = work.PermitApplication
    grounds = ask.several(
        _("On what does the person ask for the permit?"),
        ask.codes(APPLIED, "grounds", "permit_ground"),
        hint=_("Explain both. Nobody has to help the police to ask on the personal situation."),
    )
    applied_on = ask.day(_("Asked for on"))
    language = ask.language(_("Explained in which language?"))
    note = ask.text(_("In a few words"))

    def prepare(self) -> None:
        """Begin with today, and with the ground that depends on nobody else."""
        self.fields["applied_on"].initial = self.place.today
        self.fields["grounds"].initial = [PERSONAL]


class PermitDecisionForm(ActForm):
    """What was decided on an application."""

    makes = work.PermitDecision
    application = ask.one_of(_("Which application?"), ())
    outcome = ask.one_of(_("What was decided?"), ask.codes(DECIDED, "outcome", "permit_outcome"))
    decided_on = ask.day(_("Decided on"))
    ground = ask.one_of(
        _("If granted: on which ground?"),
        ask.codes(DECIDED, "ground", "permit_ground"),
        required=False,
    )
    valid_until = ask.day(_("If granted: valid until"), required=False)
    reasons = ask.text(_("If refused: reasons the person can understand"))
    language = ask.language(_("Told in which language?"))
    remedy = ask.one_of(
        _("What the person can do against it"),
        ask.codes(DECIDED, "remedy", "remedy"),
        required=False,
    )
    remedy_until = ask.day(_("Until when"), required=False)

    def prepare(self) -> None:
        """Offer the applications that wait."""
        fields: dict[str, Any] = self.fields
        fields["decided_on"].initial = self.place.today
        fields["application"].choices = [
            (str(one.fact_ref), _application_line(one)) for one in waiting(self.place.case)
        ]
        if len(fields["application"].choices) == 1:
            fields["application"].initial = fields["application"].choices[0][0]

    def to_input(self) -> work.PermitDecision:
        """Name the application by its reference."""
        typed = self.values(self.makes)
        return self.makes(**typed | {"application": UUID(typed["application"])})


class AsylumForm(ActForm):
    """That she was told of asylum, and what she said."""

    makes = work.AsylumInformation
    given_on = ask.day(_("Told on"))
    language = ask.language(_("In which language?"), required=True)
    wish = ask.one_of(
        _("What did the person say?"),
        ask.codes(TOLD, "wish", "asylum_wish"),
        hint=_("No answer is owed. Asking for asylum takes no help away."),
        required=False,
    )
    own_words = ask.text(_("In the person's own words"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["given_on"].initial = self.place.today


def waiting(case: OpenCase) -> list[Fact]:
    """Return the applications that were not decided yet."""
    return [
        one for one in case.case.of_kind(APPLIED) if not case.case.answering(one.fact_ref, DECIDED)
    ]


def _application_line(application: Fact) -> str:
    named = [words.label(code, "permit_ground") for code in application.texts("grounds")]
    return gettext("Of %(day)s: %(grounds)s") % {
        "day": words.iso_day(application.text("applied_on")),
        "grounds": ", ".join(named) or gettext("no ground named"),
    }


ACTS = (
    Act(
        name="inform_of_asylum",
        title=_("Told of asylum"),
        form=AsylumForm,
        use_case=work.inform_of_asylum,
        noun="information",
        button=_("Save"),
        done=_("Saved. If the person wants to ask for asylum, the lawyer on the case is told."),
        intro=(_("Everyone who is not a national here is told that asylum can be asked for."),),
        group=GROUP,
        slug="inform-of-options",
    ),
    Act(
        name="apply_for_permit",
        title=_("Permit asked for"),
        form=PermitApplicationForm,
        use_case=work.apply_for_permit,
        noun="application",
        button=_("Save"),
        done=_("Saved. The migration authority on the case is told."),
        intro=(_("A permit can rest on the personal situation, on co-operation, or on both."),),
        group=GROUP,
    ),
    Act(
        name="decide_permit",
        title=_("Permit decided"),
        form=PermitDecisionForm,
        use_case=work.decide_permit,
        noun="decision",
        button=_("Save the decision"),
        done=_("The decision is saved. Help goes on whatever was decided."),
        touches=("D7",),
        group=GROUP,
    ),
    Act(
        name="record_residence",
        title=_("Residence status"),
        form=ResidenceForm,
        use_case=work.record_residence,
        noun="residence",
        button=_("Save"),
        done=_("Saved. Nothing else has changed: help, identification and the case go on."),
        touches=("D7", "D7S"),
        group=GROUP,
    ),
    *residence_removal.ACTS,
)
NEEDS: dict[str, Callable[[OpenCase], Any]] = {
    "decide_permit": waiting,
    **residence_removal.NEEDS,
}
