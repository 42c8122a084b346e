"""Pages of criminal proceedings: their steps, steps against the person, a lawyer, statements."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import justice as work
from opennrm.casework import justice_statement as asked
from opennrm.lifecycle.holds import holds_of
from opennrm.lifecycle.proceedings import Proceeding, proceedings
from opennrm.records import queries
from opennrm.vocabulary.roles import Role
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Place

WHICH = _("Which proceeding?")
OWN_REQUEST = _("Does the person ask for it herself or himself?")
LAWYER_THERE = _("Will a lawyer be there?")
INTERPRETER_THERE = _("Will an interpreter be there, or is none needed?")


class CriminalForm(ActForm):
    """A form on criminal proceedings: offers the proceedings known, and begins with today."""

    references: tuple[str, ...] = ("proceeding",)

    def prepare(self) -> None:
        """Offer the proceedings, and begin with today."""
        fields: dict[str, Any] = self.fields
        for name, field in fields.items():
            if name in DAYS_OF_TODAY:
                field.initial = self.place.today
        if "proceeding" in fields:
            known = proceeding_choices(self.place)
            fields["proceeding"].choices = [("", ""), *known]
            fields["proceeding"].initial = known[-1][0] if len(known) == 1 else ""
        if "capacity" in fields and len(places := proceedings(self.place.case.case)) == 1:
            fields["capacity"].initial = places[0].capacity

    def to_input(self) -> Any:
        """Turn what was chosen into references."""
        typed = self.values(self.makes)
        chosen = {n: UUID(typed[n]) if typed.get(n) else None for n in self.references}
        known = {name: value for name, value in chosen.items() if name in typed}
        return self.makes(**(typed | known))


DAYS_OF_TODAY = frozenset({"step_on", "recorded_on", "assessed_on", "offered_on", "taken_on"})


class CriminalStepForm(CriminalForm):
    """A step of one proceeding."""

    makes = work.CriminalStep
    proceeding = ask.one_from(WHICH, (), hint=_("Leave empty for a new one."), required=False)
    capacity = ask.one_of(
        _("The person is in it as"),
        ask.codes("criminal_step_recorded", "capacity", "proceedings_capacity"),
    )
    step = ask.one_from(
        _("Which step?"), ask.codes("criminal_step_recorded", "step", "criminal_track")
    )
    step_on = ask.day(_("On which day?"))
    note = ask.text(_("Note"))


class LiabilityForm(CriminalForm):
    """What was done to the person for an unlawful act."""

    makes = work.Liability
    liability = ask.one_of(
        _("What was done?"), ask.codes("liability_recorded", "liability", "liability_step")
    )
    act = ask.one_of(
        _("What for?"), ask.codes("liability_recorded", "act", "unlawful_act"), required=False
    )
    recorded_on = ask.day(_("On which day?"))
    proceeding = ask.one_from(WHICH, (), required=False)


class CompulsionForm(CriminalForm):
    """Whether the person was compelled to do it."""

    makes = work.CompulsionAssessment
    finding = ask.one_of(
        _("Was the person compelled?"),
        ask.codes("compulsion_assessed", "finding", "compelled_finding"),
    )
    reasons = ask.text(_("Reasons"), required=True)
    assessed_on = ask.day(_("Assessed on"))


class LegalAidForm(CriminalForm):
    """A lawyer offered, and the person's answer."""

    makes = asked.LegalAidOffer
    references = ("lawyer",)
    offered_on = ask.day(_("Offered on"))
    aid_answer = ask.one_of(
        _("The person's answer"),
        ask.codes("legal_aid_offered", "aid_answer", "legal_aid_answer"),
    )
    lawyer = ask.one_from(_("Which legal service?"), (), required=False)
    language = ask.language(_("In which language"))

    def prepare(self) -> None:
        """Offer the legal services of the directory."""
        super().prepare()
        fields: dict[str, Any] = self.fields
        known = queries.recipients(self.place.viewer)
        services = [(str(one.organisation), one.name) for one in known if Role.LA in one.roles]
        fields["lawyer"].choices = [("", ""), *services]


class BookingForm(CriminalForm):
    """A statement to be taken."""

    makes = asked.Booking
    references = ("proceeding", "hold")
    statement = ask.one_of(
        _("What is asked for?"), ask.codes("statement_booked", "statement", "statement_kind")
    )
    booked_for = ask.day(_("On which day?"))
    own_request = ask.answered(OWN_REQUEST)
    lawyer_present = ask.answered(LAWYER_THERE)
    interpreter = ask.answered(INTERPRETER_THERE)
    recorded = ask.yes(
        _("It will be recorded in sound and image"),
        hint=_("So that the person does not have to say it again."),
    )
    own_sex_interviewer = ask.yes(_("The interviewer is of the sex the person asks for"))
    proceeding = ask.one_from(WHICH, (), required=False)
    hold = ask.one_from(
        _("Second person who agreed"),
        (),
        hint=_("Only for a day in the time to reflect that the person did not ask for."),
        required=False,
    )

    def prepare(self) -> None:
        """Offer the held acts that wait for this step; leave the question out where none does."""
        super().prepare()
        fields: dict[str, Any] = self.fields
        waiting = [
            (str(fact.fact_ref), words.moment(fact.at))
            for fact in holds_of(self.place.case.case)
            if fact.text("act") == asked.HELD
        ]
        fields["hold"].choices = [("", ""), *waiting]
        if not waiting:
            del fields["hold"]


class StatementForm(CriminalForm):
    """A statement that was taken."""

    makes = asked.Statement
    references = ("proceeding", "booking")
    statement = ask.one_of(
        _("What was asked for?"), ask.codes("statement_taken", "statement", "statement_kind")
    )
    taken_on = ask.day(_("On which day?"))
    own_request = ask.answered(_("Did the person ask for it herself or himself?"))
    lawyer_present = ask.answered(_("Was a lawyer there?"))
    interpreter = ask.answered(_("Was an interpreter there, or was none needed?"))
    recorded = ask.yes(_("It was recorded in sound and image"))
    booking = ask.one_from(_("As booked for"), (), required=False)
    proceeding = ask.one_from(WHICH, (), required=False)

    def prepare(self) -> None:
        """Offer what was booked; leave questions out where nothing could be chosen."""
        super().prepare()
        fields: dict[str, Any] = self.fields
        booked = [
            (str(fact.fact_ref), words.iso_day(fact.text("booked_for")))
            for fact in self.place.case.case.of_kind("statement_booked")
        ]
        fields["booking"].choices = [("", ""), *booked]
        if not booked:
            del fields["booking"]


def proceeding_choices(place: Place) -> list[tuple[str, str]]:
    """Return the proceedings open to the viewer, each said in a line."""
    return [
        (str(one.proceeding), proceeding_line(one))
        for one in proceedings(place.case.case)
        if one.proceeding is not None
    ]


def proceeding_line(one: Proceeding) -> str:
    """Say a proceeding in a line: what the person is in it, and where it stands."""
    capacity = words.label(one.capacity or "", "proceedings_capacity")
    state = words.label(one.state, "criminal_track")
    if not capacity:
        return state
    return gettext("As %(capacity)s: %(state)s") % {"capacity": capacity.lower(), "state": state}


def standing(places: Iterable[Proceeding]) -> list[tuple[str, str]]:
    """Say each proceeding as a pair for a list: what the person is in it, where it stands."""
    return [
        (
            words.label(one.capacity or "", "proceedings_capacity") or gettext("Proceeding"),
            words.label(one.state, "criminal_track"),
        )
        for one in places
    ]


ACTS = (
    Act(
        name="record_criminal_step",
        title=_("Step of criminal proceedings"),
        form=CriminalStepForm,
        use_case=work.record_criminal_step,
        noun="step",
        button=_("Save the step"),
        done=_("The step is saved. Identification, help and residence stay as they are."),
        intro=(_("A step here changes nothing in identification, help or residence."),),
        touches=("D6",),
        group="justice",
    ),
    Act(
        name="record_liability",
        title=_("The person is a suspect, was fined or charged"),
        form=LiabilityForm,
        use_case=work.record_liability,
        noun="liability",
        button=_("Save"),
        done=_("Saved. Where it may be linked to trafficking, those who must act are warned."),
        intro=(
            _("Who was compelled to break the law should not be punished for it."),
            _("With a sign of trafficking it is assessed before any charging decision."),
        ),
        group="justice",
    ),
    Act(
        name="assess_compulsion",
        title=_("Was the person compelled? Assessment"),
        form=CompulsionForm,
        use_case=work.assess_compulsion,
        noun="assessment",
        button=_("Save the assessment"),
        done=_("The assessment is saved. Prosecutor and lawyer on the case are told."),
        group="justice",
    ),
    Act(
        name="offer_legal_aid",
        title=_("A lawyer was offered"),
        form=LegalAidForm,
        use_case=asked.offer_legal_aid,
        noun="offer",
        button=_("Save"),
        done=_("Saved."),
        intro=(_("Before a statement the person is offered a lawyer, and may say no."),),
        group="justice",
    ),
    Act(
        name="book_statement",
        title=_("Book a statement"),
        form=BookingForm,
        use_case=asked.book_statement,
        noun="booking",
        button=_("Book"),
        done=_("The statement is booked. The lawyer and those beside the person are told."),
        intro=(
            _("In the time to recover and reflect nobody is pressed to speak."),
            _("Help goes on whether the person speaks or not."),
        ),
        touches=("D6",),
        group="justice",
    ),
    Act(
        name="record_statement",
        title=_("A statement was taken"),
        form=StatementForm,
        use_case=asked.record_statement,
        noun="statement",
        button=_("Save"),
        done=_("Saved. How often the person was asked is counted."),
        intro=(_("Record it as it was, also when it should not have happened."),),
        group="justice",
    ),
)
