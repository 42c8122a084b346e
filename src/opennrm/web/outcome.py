"""Pages of outcomes: how the person stands, closing with the door open, coming back."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opennrm.casework import closing
from opennrm.casework import outcome as work
from opennrm.casework.overrides import Overriding
from opennrm.lifecycle.holds import holds_of
from opennrm.vocabulary import registry
from opennrm.vocabulary.holds import HeldAct, OverrideReason
from opennrm.web import held, words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm

STANDS = "stands_"


class OutcomeForm(ActForm):
    """How she stands in each part of her life, by her own judgement first."""

    makes = work.Outcome
    self_assessed = ask.yes(_("The person answered herself or himself"))
    words = ask.text(_("In the person's own words"))

    def prepare(self) -> None:
        """Ask one question for each part of life; not asked is an answer."""
        asked = {
            f"{STANDS}{domain}": ask.one_of(
                ask.translated(label), ask.listed("outcome_level"), initial="not_asked"
            )
            for domain, label in registry.code_list("outcome_domain").labels().items()
        }
        self.fields = {**asked, **self.fields}

    def to_input(self) -> work.Outcome:
        """Keep the parts of life that were talked about."""
        answers = {
            name.removeprefix(STANDS): level
            for name, level in self.cleaned_data.items()
            if name.startswith(STANDS) and level != "not_asked"
        }
        told = tuple(f"{domain}.{level}" for domain, level in answers.items())
        return self.makes(**self.values(self.makes), outcomes=told)


class ClosureForm(ActForm):
    """How support ended, and what was done before the case is closed."""

    makes = closing.Closure
    exit_kind = ask.one_of(
        _("How did support end?"), ask.codes("case_closed", "exit_kind", "exit_kind")
    )
    plan_reviewed = ask.yes(_("The plan was looked at together"))
    claims_listed = ask.yes(
        _("You have listed open claims, such as wages and compensation, with the person")
    )
    safety_plan = ask.yes(_("The person has a safety plan"))
    return_contact = ask.yes(_("The person knows whom to turn to and how to come back"))
    retention_until = ask.day(
        _("Keep the record until"), hint=_("The law of your State says how long.")
    )

    other_doors = ask.several(
        _("After a no: which other doors did you show the person?"),
        ask.codes("case_closed", "other_doors", "help_door"),
    )
    hold = ask.one_from(
        _("Second person who agrees that help ends now"),
        (),
        hint=_("Needed soon after a no, or while a decision is awaited."),
        required=False,
    )
    routes_hold = ask.one_from(
        _("A second person agreed that ways to compensation stay unanswered"), (), required=False
    )
    override_text = ask.text(_("Why they stay unanswered"))

    def prepare(self) -> None:
        """Offer a term, and what a second person agreed to where there is something."""
        now = self.place.today
        fields: dict[str, Any] = self.fields
        fields["retention_until"].initial = now.replace(year=now.year + 5, day=1)
        fields["hold"].choices = [("", ""), *held.agreed_holds(self.place, "case_closed")]
        waiting = [
            (str(fact.fact_ref), words.moment(fact.at))
            for fact in holds_of(self.place.case.case)
            if fact.text("act") == HeldAct.CLOSING_WITH_OPEN_ROUTES
        ]
        fields["routes_hold"].choices = [("", ""), *waiting]
        if not waiting:
            del fields["routes_hold"], fields["override_text"]

    def to_input(self) -> closing.Closure:
        """Name the held acts by their references, where they were chosen."""
        typed = self.values(self.makes)
        hold = typed.pop("hold", None)
        overriding = self._overriding(self.cleaned_data.get("routes_hold"))
        return self.makes(**typed, hold=UUID(hold) if hold else None, overriding=overriding)

    def _overriding(self, hold: str | None) -> Overriding | None:
        if not hold:
            return None
        return Overriding(
            rule="R58",
            reason=OverrideReason.SECOND_PERSON_AGREES.value,
            text=self.cleaned_data.get("override_text", ""),
            hold=UUID(hold),
        )


class ReopeningForm(ActForm):
    """Why the person comes back."""

    makes = work.Reopening
    reason = ask.one_of(
        _("Why is the case opened again?"),
        ask.codes("case_reopened", "reason", "reopening_reason"),
    )


ACTS = (
    Act(
        name="record_outcome",
        title=_("How the person stands"),
        form=OutcomeForm,
        use_case=work.record_outcome,
        noun="outcome",
        button=_("Save"),
        done=_("Saved."),
        intro=(_("The person's own judgement comes first. Nothing has to be answered."),),
        touches=("D9", "D9S"),
        group="outcome",
    ),
    Act(
        name="close_case",
        title=_("Close the case"),
        form=ClosureForm,
        use_case=closing.close_case,
        noun="closure",
        button=_("Close the case"),
        done=_("The case is closed. It can be opened again at any time, without new proof."),
        intro=(
            _("Closing ends no right. The person can come back at any time."),
            _("Each tick is your word that it was done; nothing here checks it."),
        ),
        touches=("D1",),
        group="outcome",
    ),
    Act(
        name="reopen_case",
        title=_("Open the case again"),
        form=ReopeningForm,
        use_case=work.reopen_case,
        noun="reopening",
        button=_("Open the case again"),
        done=_("The case is open again."),
        intro=(_("Nothing has to be proven again."),),
        touches=("D1",),
        group="outcome",
    ),
)
