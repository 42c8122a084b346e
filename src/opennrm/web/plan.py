"""Pages of the plan: needs, danger, and what the person wants to do about them."""

from django.utils.translation import gettext_lazy as _

from opennrm.casework import plan as work
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm


class NeedsForm(ActForm):
    """What she needs and what of it is urgent."""

    makes = work.NeedsAssessment
    urgent = ask.several(
        _("What cannot wait"),
        ask.codes("needs_assessed", "urgent", "immediate_need", "need_domain"),
        hint=_("These are asked for today."),
    )
    domains = ask.several(
        _("Where help is wanted"),
        ask.codes("needs_assessed", "domains", "need_domain"),
        required=True,
    )
    needs = ask.text(_("In a few words"), hint=_("As the person puts it, where possible."))


class RiskForm(ActForm):
    """How great the danger is, where from, and when it is looked at again."""

    makes = work.RiskAssessment
    level = ask.one_of(
        _("How great is the danger?"), ask.codes("risk_assessed", "level", "risk_level")
    )
    topics = ask.several(_("Where from?"), ask.codes("risk_assessed", "topics", "risk_topic"))
    reasons = ask.text(_("Why you think so"))
    review_on = ask.day(_("Look at it again on"))
    own_access = ask.yes(
        _("A page of her own, which she opens by herself, would be safe for her now")
    )


class PlanForm(ActForm):
    """Her plan, in her own words first."""

    makes = work.Plan
    own_words = ask.text(_("What the person wants, in her or his own words"))
    goals = ask.several(
        _("Goals"), ask.codes("plan_agreed", "goals", "need_domain"), required=True
    )
    plan = ask.text(_("Steps: who does what, by when"))
    discussed_on = ask.day(
        _("Talked over on"),
        hint=_("Leave empty if it was not yet; the case page will remind you."),
        required=False,
    )
    language = ask.language(_("In which language"))
    seen_by_person = ask.yes(_("The person has seen the plan and keeps a copy if it is safe"))
    review_on = ask.day(_("Look at it again on"))

    def prepare(self) -> None:
        """Begin with today as the day of the talk."""
        self.fields["discussed_on"].initial = self.place.today


ACTS = (
    Act(
        name="assess_needs",
        title=_("What the person needs"),
        form=NeedsForm,
        use_case=work.assess_needs,
        noun="assessment",
        button=_("Save the needs"),
        done=_("The needs are saved."),
        intro=(_("Help never depends on a statement to the police or on staying in touch."),),
        touches=("D9", "D9S"),
        group="plan",
    ),
    Act(
        name="assess_risk",
        title=_("Safety and danger"),
        form=RiskForm,
        use_case=work.assess_risk,
        noun="assessment",
        button=_("Save the assessment"),
        done=_("The assessment is saved."),
        intro=(_("Look at this again at each new step, and before any move, hearing or return."),),
        touches=("D8", "D8S"),
        group="plan",
    ),
    Act(
        name="agree_plan",
        title=_("The person's plan"),
        form=PlanForm,
        use_case=work.agree_plan,
        noun="plan",
        button=_("Save the plan"),
        done=_("The plan is saved."),
        intro=(_("The plan is the person's own. It can be changed at any time."),),
        touches=("D9", "D9S"),
        group="plan",
    ),
)
