"""Pages of safe return: proposed, assessed, chosen, arranged, authorised, given up."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opennrm.casework import safe_return as work
from opennrm.casework import safe_return_assessment, safe_return_authorise
from opennrm.lifecycle.returning import open_return
from opennrm.records import queries
from opennrm.vocabulary.countries import country_names
from opennrm.vocabulary.roles import Role
from opennrm.web import safe_return_journey
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm
from opennrm.web.open_case import OpenCase

PROPOSED, ASSESSED, CHOSEN, ARRANGED = (
    "return_proposed",
    "return_assessed",
    "return_choice_recorded",
    "return_arranged",
)
GROUP = "return"
FOCAL_POINT = "TF"


class ProposalForm(ActForm):
    """Who asks for a return, how, and to which country."""

    makes = work.ReturnProposal
    comes_about = ask.one_of(
        _("How would the return come about?"),
        ask.codes(PROPOSED, "comes_about", "return_kind"),
        hint=_("A return that an authority orders is never called voluntary."),
    )
    asked_by = ask.one_of(_("Who asks for it?"), ask.codes(PROPOSED, "asked_by", "return_asker"))
    country = ask.one_from(_("To which country?"), ())
    proposed_on = ask.day(_("Asked for on"))
    reasons = ask.text(_("Why?"))

    def prepare(self) -> None:
        """Offer the countries by name, and begin with today."""
        fields: dict[str, Any] = self.fields
        fields["proposed_on"].initial = self.place.today
        named = country_names(get_language() or "en").items()
        fields["country"].choices = [("", ""), *named]


class AssessmentForm(ActForm):
    """What could happen to her there."""

    makes = safe_return_assessment.ReturnAssessment
    topics = ask.several(
        _("Which dangers did you look at?"),
        ask.codes(ASSESSED, "topics", "return_topic"),
        required=True,
    )
    findings = ask.text(_("What did you find?"), required=True)
    sources = ask.text(_("From which sources?"))
    ngo_input = ask.one_of(
        _("What did an NGO say?"), ask.codes(ASSESSED, "ngo_input", "ngo_input")
    )
    ngo_view = ask.text(_("The view of the NGO, or what was done instead"))
    outcome = ask.one_of(_("Is return safe?"), ask.codes(ASSESSED, "outcome", "return_outcome"))
    assessed_on = ask.day(_("Assessed on"))
    signed = ask.yes(
        _("I sign this assessment"),
        hint=_("Tick it when it is complete. Until then no return can rest on it."),
    )

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["assessed_on"].initial = self.place.today


class ChoiceForm(ActForm):
    """What she chose, after the alternatives were explained."""

    makes = work.ReturnChoice
    alternatives = ask.several(
        _("What else was explained to the person?"),
        ask.codes(CHOSEN, "alternatives", "return_alternative"),
    )
    language = ask.language(_("In which language?"))
    wish = ask.one_of(_("What does the person want?"), ask.codes(CHOSEN, "wish", "return_wish"))
    written = ask.yes(_("The person wrote or signed the choice"))
    chosen_on = ask.day(_("Chosen on"), hint=_("Days to think again are counted from this day."))
    own_words = ask.text(_("In the person's own words"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["chosen_on"].initial = self.place.today


class TakenBackForm(ActForm):
    """She changed her mind."""

    makes = work.ChoiceTakenBack
    said_on = ask.day(_("Said on"))
    own_words = ask.text(_("In the person's own words"), hint=_("No reason is owed."))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["said_on"].initial = self.place.today


class ArrangementForm(ActForm):
    """Who receives her, and how she takes part in what is open here."""

    makes = work.ReturnArrangement
    has_service = ask.answered(_("Does a service there expect the person?"))
    service_named = ask.word(_("Which service?"), hint=_("Sealed."))
    has_safe_contact = ask.answered(_("Is there someone safe to call there?"))
    safe_contact = ask.word(_("Who, and how?"), hint=_("Sealed."))
    focal_point = ask.one_from(
        _("Focal point that carries the referral"),
        (),
        hint=_("Nothing goes there without a referral on the person's own consent."),
        required=False,
    )
    taking_part = ask.several(
        _("How does the person take part in claims and hearings that are open here?"),
        ask.codes(ARRANGED, "taking_part", "remedy_arrangement"),
    )
    goes_all_the_same = ask.yes(_("The person knows what is open, and wants to go all the same"))
    lawyer_note = ask.text(_("What did the lawyer arrange?"))
    arranged_on = ask.day(_("Arranged on"))

    def prepare(self) -> None:
        """Offer the focal points, and begin with today."""
        fields: dict[str, Any] = self.fields
        fields["arranged_on"].initial = self.place.today
        known = queries.recipients(self.place.viewer, FOCAL_POINT)
        fields["focal_point"].choices = [
            ("", ""),
            *((str(one.organisation), one.name) for one in known),
        ]

    def to_input(self) -> work.ReturnArrangement:
        """Name the focal point by its reference."""
        typed = self.values(self.makes)
        named = typed.pop("focal_point", None)
        return self.makes(**typed, focal_point=UUID(named) if named else None)


class ReturnAuthorisationForm(ActForm):
    """The return that is open may happen."""

    makes = safe_return_authorise.ReturnAuthorisation


class GivenUpForm(ActForm):
    """A return is given up."""

    makes = work.ReturnGivenUp
    given_up_on = ask.day(_("Given up on"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["given_up_on"].initial = self.place.today


def is_open(case: OpenCase) -> bool:
    """Tell whether a return is worked on, as far as the viewer sees it."""
    return open_return(case.case) is not None


def _may_be_open(case: OpenCase) -> bool:
    """Tell whether a return is worked on; the migration authority may not see the proposal."""
    return is_open(case) or Role.MI in case.viewer.actor.roles


def _chose_return(case: OpenCase) -> bool:
    opened = open_return(case.case)
    return bool(opened and opened.choice and not opened.taken_back)


ACTS = (
    Act(
        name="propose_return",
        title=_("A return is asked for"),
        form=ProposalForm,
        use_case=work.propose_return,
        noun="proposal",
        button=_("Save"),
        done=_("Saved. Next: the risks are assessed, and the person is asked."),
        intro=(_("Asking for a return permits nothing yet."),),
        group=GROUP,
    ),
    Act(
        name="assess_return",
        title=_("Risks of a return"),
        form=AssessmentForm,
        use_case=safe_return_assessment.assess_return,
        noun="assessment",
        button=_("Save the assessment"),
        done=_("Saved. If return is not safe, ask for a permit on the personal situation."),
        intro=(_("Made by another body than the one that returns the person."),),
        touches=("D8",),
        group=GROUP,
    ),
    Act(
        name="record_return_choice",
        title=_("The person's choice about the return"),
        form=ChoiceForm,
        use_case=work.record_return_choice,
        noun="choice",
        button=_("Save"),
        done=_("Saved. The choice can be taken back at any time."),
        intro=(_("First tell what else is possible. Then ask."),),
        group=GROUP,
    ),
    Act(
        name="take_back_choice",
        title=_("The person does not want to return any more"),
        form=TakenBackForm,
        use_case=work.take_back_choice,
        noun="taken_back",
        button=_("Save"),
        done=_("Saved. The return is stopped."),
        group=GROUP,
    ),
    Act(
        name="arrange_return",
        title=_("Arrange the return"),
        form=ArrangementForm,
        use_case=work.arrange_return,
        noun="arrangement",
        button=_("Save"),
        done=_("Saved."),
        group=GROUP,
    ),
    Act(
        name="authorise_return",
        title=_("Authorise the return"),
        form=ReturnAuthorisationForm,
        use_case=safe_return_authorise.authorise_return,
        noun="authorisation",
        button=_("Authorise the return"),
        done=_("Authorised. The person can still change her or his mind until leaving."),
        intro=(
            _("A signed and fresh assessment of the risks stands behind this, and a free choice."),
            _("A second opinion that was given on it is found by itself."),
        ),
        group=GROUP,
    ),
    Act(
        name="give_up_return",
        title=_("Give up the return"),
        form=GivenUpForm,
        use_case=work.give_up_return,
        noun="given_up",
        button=_("Give up"),
        done=_("The return is given up. Help goes on."),
        group=GROUP,
    ),
    *safe_return_journey.ACTS,
)
NEEDS: dict[str, Callable[[OpenCase], Any]] = {
    "propose_return": lambda case: not is_open(case),
    "assess_return": is_open,
    "record_return_choice": is_open,
    "take_back_choice": _chose_return,
    "arrange_return": is_open,
    "authorise_return": _may_be_open,
    "give_up_return": is_open,
    **safe_return_journey.NEEDS,
}
