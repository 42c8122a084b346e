"""Pages on the best interests of a child: assessed, put to a panel, signed, closed."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import child_best_interests, child_panel
from opennrm.lifecycle import child_file
from opennrm.lifecycle.facts import Fact
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm
from opennrm.web.open_case import OpenCase

ASSESSED, OPENED, SIGNED = (
    "best_interests_assessed",
    "determination_opened",
    "determination_signed",
)
VIEWS = ("views", "heard_by", "is_heard", "weight", "why_not")


class HeardForm(ActForm):
    """What the child thinks, who heard her, and what it counts for."""

    views = ask.text(
        _("What does the child think and wish, in the child's own words?"),
        hint=_("Asked in a way that fits the child's age. Sealed."),
    )
    heard_by = ask.word(_("Who heard the child?"))
    is_heard = ask.answered(_("Was the child heard?"))
    weight = ask.one_of(
        _("What weight were these views given?"),
        ask.codes(ASSESSED, "weight", "views_weight"),
        required=False,
    )
    why_not = ask.one_of(
        _("If the child was not heard, why?"),
        ask.codes(ASSESSED, "why_not", "not_heard_reason"),
        hint=_("That there was no time is no reason."),
        required=False,
    )
    topics = ask.several(
        _("What was looked at?"), ask.codes(ASSESSED, "topics", "best_interests_topic")
    )


class AssessmentForm(HeardForm):
    """What is best for the child in one act."""

    makes = child_best_interests.Assessment
    about = ask.one_from(_("What is it about?"), ask.codes(ASSESSED, "about", "child_act"))
    follows = ask.one_from(
        _("Is it about something done at once?"),
        (),
        hint=_("Choose it, if this is the assessment afterwards."),
        required=False,
    )
    result = ask.one_of(_("Result"), ask.codes(ASSESSED, "result", "best_interests_result"))
    reasons = ask.text(_("Reasons"), required=True)
    assessed_on = ask.day(_("Assessed on"))
    field_order = ("about", "follows", *VIEWS, "topics", "result", "reasons", "assessed_on")

    def prepare(self) -> None:
        """Offer what was done at once and not assessed yet."""
        fields: dict[str, Any] = self.fields
        fields["assessed_on"].initial = self.place.today
        done = child_file.unassessed(self.place.case.case)
        if not done:
            del fields["follows"]
            return
        listed = [(str(one.fact_ref), _emergency_line(one)) for one in done]
        fields["follows"].choices = [("", _("No")), *listed]

    def to_input(self) -> child_best_interests.Assessment:
        """Name what was done at once by its reference."""
        typed = self.values(self.makes)
        follows = typed.pop("follows", None)
        return self.makes(**typed, follows=UUID(follows) if follows else None)


class QuestionForm(HeardForm):
    """A grave act put to a panel."""

    makes = child_panel.Question
    about = ask.one_from(_("What is it about?"), ask.codes(OPENED, "about", "child_act"))
    question = ask.text(_("What shall the panel determine?"), required=True)
    options = ask.text(_("Which other ways are there?"))
    opened_on = ask.day(_("Opened on"))
    field_order = ("about", "question", "options", *VIEWS, "topics", "opened_on")

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["opened_on"].initial = self.place.today


class ForDeterminationForm(ActForm):
    """Something said about a determination that is open."""

    determination = ask.one_of(_("Which determination?"), ())

    def prepare(self) -> None:
        """Offer the determinations that are not closed, the newest chosen."""
        fields: dict[str, Any] = self.fields
        listed = [
            (str(one.fact_ref), _question_line(one)) for one in open_questions(self.place.case)
        ]
        fields["determination"].choices = listed
        fields["determination"].initial = listed[-1][0] if listed else ""

    def to_input(self) -> Any:
        """Name the determination by its reference."""
        typed = self.values(self.makes)
        return self.makes(**typed | {"determination": UUID(typed["determination"])})


class SignatureForm(ForDeterminationForm):
    """What a member of the panel finds."""

    makes = child_panel.Signature
    result = ask.one_of(
        _("What do you find?"), ask.codes(SIGNED, "result", "best_interests_result")
    )
    reasons = ask.text(_("Your reasons"), hint=_("A dissent is kept."), required=True)
    signed_on = ask.day(_("Signed on"))

    def prepare(self) -> None:
        """Begin with today."""
        super().prepare()
        self.fields["signed_on"].initial = self.place.today


class ClosingForm(ForDeterminationForm):
    """The end of a determination."""

    makes = child_panel.PanelClosing
    reasons = ask.text(_("What the panel wishes to add"))


def open_questions(case: OpenCase) -> list[Fact]:
    """List the determinations the viewer sees that are not closed."""
    return [
        one
        for one in case.case.of_kind(OPENED)
        if not case.case.answering(one.fact_ref, "best_interests_determined")
    ]


def _emergency_line(fact: Fact) -> str:
    done = fact.text("action")
    what = words.label(done, "child_act") if done else gettext("Emergency medical care")
    return f"{what}, {words.moment(fact.at)}"


def _question_line(fact: Fact) -> str:
    about = words.label(fact.text("about") or "", "child_act")
    return f"{about}, {words.iso_day(fact.text('opened_on'))}"


ACTS = (
    Act(
        name="assess_best_interests",
        title=_("Assess the child's best interests"),
        form=AssessmentForm,
        use_case=child_best_interests.assess_best_interests,
        noun="assessment",
        button=_("Save the assessment"),
        done=_("The assessment is saved. It stands for this one act."),
        touches=("D11",),
        group="child",
    ),
    Act(
        name="open_determination",
        title=_("Put an act to the best-interests panel"),
        form=QuestionForm,
        use_case=child_panel.open_determination,
        noun="question",
        button=_("Open the determination"),
        done=_(
            "The determination is open. Whoever opened the case, or the case manager, refers it "
            "to the members of the panel."
        ),
        intro=(_("Before a return, a transfer abroad, a reunification or a placement for good."),),
        touches=("D11",),
        group="child",
    ),
    Act(
        name="sign_determination",
        title=_("Sign the determination"),
        form=SignatureForm,
        use_case=child_panel.sign_determination,
        noun="signature",
        button=_("Sign"),
        done=_("Signed."),
        touches=("D11",),
        group="child",
    ),
    Act(
        name="complete_determination",
        title=_("Close the determination"),
        form=ClosingForm,
        use_case=child_panel.complete_determination,
        noun="closing",
        button=_("Close it"),
        done=_("The determination is closed. What the panel found follows from the signatures."),
        touches=("D11",),
        group="child",
    ),
)
