"""Pages of the competent authority: decisions, the recovery period, looking again."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import decision as work
from opennrm.casework import early_end
from opennrm.casework.recovery_terms import RecoveryPeriod
from opennrm.lifecycle.facts import Fact
from opennrm.rights.identification import NEGATIVE
from opennrm.rights.jurisdictions import presets
from opennrm.web import heard, held, words
from opennrm.web.decision_letter import choose_decision
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Place
from opennrm.web.letter_words import BLOCKS
from opennrm.web.open_case import OpenCase

PRELIMINARY, FORMAL = "reasonable_grounds_decided", "identification_decided"
PLACES = {
    "too_little_known": "outcome",
    "remedy_day_missing": "remedy_until",
    "remedy_over": "remedy_until",
    "reasons_or_remedy_missing": "remedy",
    "doubted_facts_missing": "doubted_facts",
    "trauma_not_considered": "trauma_considered",
}


def blocks(grounds: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Say beside each ground the sentence it becomes in the letter to her."""
    return [(code, with_sentence(label, BLOCKS.get(code, ""))) for code, label in grounds]


def _with_sentence(label: Any, sentence: Any) -> str:
    said = {"ground": label, "sentence": sentence}
    return gettext("%(ground)s. In the letter: %(sentence)s") % said if sentence else str(label)


with_sentence = lazy(_with_sentence, str)


class PreliminaryForm(ActForm):
    """The preliminary decision, on reasonable grounds and no higher standard."""

    makes = work.Decision
    kind = PRELIMINARY
    places = PLACES
    outcome = ask.one_of(
        _("Are there reasonable grounds?"),
        ask.codes(PRELIMINARY, "outcome", "preliminary_outcome"),
    )
    standard = ask.one_of(
        _("Standard used"),
        ask.codes(PRELIMINARY, "standard", "decision_standard"),
        initial="reasonable_grounds",
    )
    decided_on = ask.day(_("Decided on"))
    reasons_codes = ask.several(
        _("Grounds"),
        blocks(ask.codes(PRELIMINARY, "reasons_codes", "evidence_kind", "negative_reason")),
        hint=_("Each ground becomes a sentence of the letter to the person."),
    )
    reasons = ask.text(
        _("Reasons the person can understand, in your own words"),
        hint=_("Every decision has reasons. Fear, shame and gaps in memory are not doubts."),
        required=True,
    )
    doubted_facts = ask.text(
        _("If you do not believe her: which facts are in doubt, and why?"),
        hint=_("Fear, shame, lateness and gaps in memory can come from what was done to her."),
    )
    trauma_considered = ask.yes(_("You considered what trauma does to memory and telling"))
    hold = ask.one_from(
        _("Second person who agrees"),
        (),
        hint=_("Needed for a negative decision. Ask a second person on the case page first."),
        required=False,
    )
    language = ask.language(_("Told to the person in which language?"), required=True)
    remedy = ask.one_of(
        _("What the person can do against it"),
        ask.codes(PRELIMINARY, "remedy", "remedy"),
        required=False,
        initial="reconsideration",
    )
    remedy_until = ask.day(
        _("Until when"),
        hint=_("The last day to do something against it."),
        required=False,
        when=_("needed for a no"),
    )

    def prepare(self) -> None:
        """Offer the second persons who agreed to a no of the viewer."""
        fields: dict[str, Any] = self.fields
        fields["decided_on"].initial = self.place.today
        agreed = held.agreed_holds(self.place, self.kind)
        fields["hold"].choices = [("", ""), *agreed]
        fields["hold"].initial = agreed[-1][0] if agreed else ""
        if waits := "" if agreed else held.waits_on(self.place, self.kind):
            fields["hold"].help_text = waits

    def to_input(self) -> work.Decision:
        """Name the held act by its reference."""
        typed = self.values(self.makes)
        hold = typed.pop("hold", None)
        return self.makes(**typed, hold=UUID(hold) if hold else None)


class FormalForm(PreliminaryForm):
    """The formal identification decision."""

    kind = FORMAL
    outcome = ask.one_of(_("The decision"), ask.codes(FORMAL, "outcome", "formal_outcome"))
    standard = ask.one_of(_("Standard used"), ask.codes(FORMAL, "standard", "decision_standard"))


class RecoveryForm(ActForm):
    """The day she was told of it, and how long it lasts."""

    makes = RecoveryPeriod
    told_on = ask.day(_("The person was told on"), hint=_("The period begins on this day."))
    language = ask.language(_("In which language"), required=True)
    with_interpreter = ask.yes(_("An interpreter was there"))
    days = ask.number(
        _("Number of days"), hint=_("Leave empty for the number the law of your State gives.")
    )
    extension_of = ask.one_of(_("Which period is made longer?"), ())
    extension_reason = ask.one_of(
        _("Why is it made longer?"),
        ask.codes("recovery_period_opened", "extension_reason", "recovery_extension_reason"),
    )

    def prepare(self) -> None:
        """Begin with today; where a period was opened before, it can only be made longer."""
        fields: dict[str, Any] = self.fields
        fields["told_on"].initial = self.place.today
        running = _running(self.place)
        if running is None:
            del fields["extension_of"], fields["extension_reason"]
            return
        fields["extension_of"].choices = [(str(running.fact_ref), _period_line(running))]
        fields["extension_of"].initial = str(running.fact_ref)
        fields["days"].label = _("How many days longer?")
        fields["days"].help_text = _("It is added to the end of the period.")
        fields["days"].required = True
        fields["told_on"].help_text = ""

    def to_input(self) -> RecoveryPeriod:
        """Name the period that is made longer by its reference."""
        typed = self.values(self.makes)
        longer = typed.pop("extension_of", None)
        return self.makes(**typed, extension_of=UUID(longer) if longer else None)


class EarlyEndForm(ActForm):
    """On which ground the period ends early, and what she can do against it."""

    makes = early_end.EarlyEnd
    ground = ask.one_of(
        _("On which ground?"),
        ask.codes(early_end.KIND, "ground", "early_end_ground"),
        hint=_("Not to co-operate is no ground."),
    )
    ends_on = ask.day(_("It ends on"))
    reasons = ask.text(_("Reasons the person can understand"), required=True)
    language = ask.language(_("Told to the person in which language?"), required=True)
    remedy = ask.one_of(
        _("What the person can do against it"), ask.codes(early_end.KIND, "remedy", "remedy")
    )
    remedy_until = ask.day(_("Until when"))
    hold = ask.one_from(
        _("Second person who agrees"),
        (),
        hint=_("Ask a second person on the case page first."),
        required=False,
    )

    def prepare(self) -> None:
        """Offer the legal grounds here, and the second persons who agreed."""
        fields: dict[str, Any] = self.fields
        here = presets(self.place.case.case.jurisdiction or self.place.viewer.actor.jurisdiction)
        legal = early_end.legal_grounds(here, on=self.place.today)
        fields["ground"].choices = [one for one in fields["ground"].choices if one[0] in legal]
        fields["ends_on"].initial = self.place.today
        fields["hold"].choices = [("", ""), *held.agreed_holds(self.place, early_end.KIND)]

    def to_input(self) -> early_end.EarlyEnd:
        """Name the held act by its reference."""
        typed = self.values(self.makes)
        hold = typed.pop("hold", None)
        return self.makes(**typed, hold=UUID(hold) if hold else None)


class ReconsiderationForm(ActForm):
    """A request to look at a decision again."""

    makes = work.Reconsideration
    grounds = ask.one_of(
        _("Why should it be looked at again?"),
        ask.codes("reconsideration_asked", "grounds", "reconsideration_ground"),
    )
    grounds_text = ask.text(_("In a few words"))
    asked_on = ask.day(_("Asked on"), hint=_("A late request is kept too."))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["asked_on"].initial = self.place.today

    def to_input(self) -> work.Reconsideration:
        """Add which decision was chosen before."""
        return self.makes(**self.values(self.makes), decision=UUID(self.place.asked["decision"]))


def _running(place: Place) -> Fact | None:
    """Return the period that runs today, if one does."""
    newest: Fact | None = place.case.case.newest("recovery_period_opened")
    runs = newest is not None and (newest.text("until") or "") > place.today.isoformat()
    return newest if runs else None


def _period_line(period: Fact) -> str:
    return gettext("From %(first)s, open until %(last)s") % {
        "first": words.iso_day(period.text("from")),
        "last": words.last_day(date.fromisoformat(period.text("until") or "")),
    }


def _before_preliminary(place: Place) -> dict[str, Any]:
    return heard.what_was_heard(place) | {"waits": held.waits_on(place, PRELIMINARY)}


def _before_formal(place: Place) -> dict[str, Any]:
    return heard.what_was_heard(place) | {"waits": held.waits_on(place, FORMAL)}


def _said(form: ActForm, case: OpenCase) -> str:
    """Say what to tell her of a decision: after a no, the way against it and how help goes on."""
    outcome = form.cleaned_data["outcome"]
    if outcome == "pending":
        return gettext("Saved that it cannot be decided yet. Ask for what is missing.")
    if outcome not in NEGATIVE:
        return gettext("The decision is saved. Tell the person of it and of the recovery period.")
    told = gettext(
        "The no is saved. Tell the person, with the reasons, and what can be done against it "
        "until %(day)s. Her case manager reads it only if it is referred."
    ) % {"day": words.day(form.cleaned_data["remedy_until"])}
    notice = [due.due_at for due in case.page.due if due.kind == "T22"]
    if not notice:
        return told
    goes_on = gettext("Help goes on at least until %(day)s.")
    return f"{told} {goes_on % {'day': words.last_day(max(notice))}}"


ACTS = (
    Act(
        name="decide_reasonable_grounds",
        title=_("Reasonable-grounds decision"),
        form=PreliminaryForm,
        use_case=work.decide_reasonable_grounds,
        noun="decision",
        button=_("Save the decision"),
        done=_("The decision is saved."),
        said=_said,
        intro=(_("The question is whether there may be grounds, not whether it is proven."),),
        touches=("D14",),
        template="decide.html",
        aside=_before_preliminary,
        group="decide",
    ),
    Act(
        name="open_recovery_period",
        title=_("Recovery and reflection period"),
        form=RecoveryForm,
        use_case=work.open_recovery_period,
        noun="period",
        button=_("Open the period"),
        done=_("The recovery and reflection period is open."),
        intro=(_("Time to recover and to decide freely. No removal may happen in it."),),
        touches=("D14",),
        group="decide",
    ),
    Act(
        name="end_recovery_period_early",
        title=_("End the recovery period early"),
        form=EarlyEndForm,
        use_case=early_end.end_recovery_period_early,
        noun="end",
        button=_("End the period"),
        done=_("The period ends early. Help goes on all the same."),
        intro=(
            _("This takes protection from the person. It needs a legal ground and two people."),
        ),
        touches=("D14",),
        group="decide",
    ),
    Act(
        name="identify",
        title=_("Formal identification"),
        form=FormalForm,
        use_case=work.identify,
        noun="decision",
        button=_("Save the decision"),
        done=_("The decision is saved."),
        said=_said,
        touches=("D14",),
        template="decide.html",
        aside=_before_formal,
        group="decide",
    ),
    Act(
        name="ask_reconsideration",
        title=_("Ask to look again"),
        form=ReconsiderationForm,
        use_case=work.ask_reconsideration,
        noun="request",
        button=_("Send the request"),
        done=_("The request is sent."),
        choose=choose_decision,
        group="decide",
    ),
)
