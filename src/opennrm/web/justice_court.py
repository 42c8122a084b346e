"""Pages of hearings: set, ended, protected, prepared; evidence; what an observer saw."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import justice_hearing as work
from opennrm.casework import justice_witness as witness
from opennrm.lifecycle.proceedings import Hearing, hearings
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, Place
from opennrm.web.justice import WHICH, CriminalForm

FOR_WHICH = _("For which hearing?")
ALL_HEARINGS = _("Leave empty for the whole proceeding.")
MEASURES = ask.codes("protection_assessed", "measures", "protection_measure")


class HearingBound(CriminalForm):
    """A form about one hearing, or about all."""

    references = ("hearing_ref",)
    today = ""

    def prepare(self) -> None:
        """Offer the hearings, and begin with today."""
        super().prepare()
        fields: dict[str, Any] = self.fields
        named = next(name for name in ("hearing_ref", "hearing") if name in fields)
        fields[named].choices = [("", ""), *hearing_choices(self.place)]
        fields[named].initial = self.place.asked.get("about", "")
        if self.today:
            fields[self.today].initial = self.place.today


class HearingForm(CriminalForm):
    """A hearing to come."""

    makes = work.HearingDay
    hearing = ask.one_of(_("Which hearing?"), ask.codes("hearing_set", "hearing", "hearing_kind"))
    hearing_on = ask.day(_("On which day?"))
    person_called = ask.yes(_("The person is called to speak"))
    proceeding = ask.one_from(WHICH, (), required=False)


class HearingEndForm(HearingBound):
    """What became of a hearing."""

    makes = work.HearingEnd
    references = ("hearing",)
    hearing = ask.one_from(_("Which hearing?"), ())
    hearing_outcome = ask.one_of(
        _("What became of it?"), ask.codes("hearing_ended", "hearing_outcome", "hearing_outcome")
    )
    adjourned_to = ask.day(_("New day"), required=False)
    adjourned_because = ask.several(
        _("Why another day"),
        ask.codes("hearing_ended", "adjourned_because", "adjournment_reason"),
    )


class ProtectionForm(HearingBound):
    """What protection the person needs."""

    makes = work.ProtectionNeeds
    today = "assessed_on"
    hearing_ref = ask.one_from(FOR_WHICH, (), hint=ALL_HEARINGS, required=False)
    wishes_asked = ask.yes(_("The person was asked what she or he wants"))
    wishes = ask.text(_("What the person wants"))
    measures = ask.several(_("What is needed"), MEASURES)
    reasons = ask.text(_("Why"))
    assessed_on = ask.day(_("Assessed on"))


class MeasuresForm(HearingBound):
    """Protection asked for, granted or refused."""

    makes = work.MeasuresAnswer
    today = "state_on"
    hearing_ref = ask.one_from(FOR_WHICH, (), hint=ALL_HEARINGS, required=False)
    measures = ask.several(_("Which protection"), MEASURES, required=True)
    measure_state = ask.one_of(
        _("What became of it?"),
        ask.codes("protection_measures_answered", "measure_state", "measure_state"),
    )
    state_on = ask.day(_("On which day?"))
    reasons = ask.text(_("Reasons given"))


class WitnessPlanForm(HearingBound):
    """The plan for court, made with the person."""

    makes = witness.WitnessPlan
    today = "explained_on"
    hearing_ref = ask.one_from(FOR_WHICH, (), required=False)
    explained = ask.several(
        _("What was explained"),
        ask.codes("witness_plan_made", "explained", "explained_topic"),
        required=True,
    )
    explained_on = ask.day(_("Explained on"))
    language = ask.language(_("In which language"), required=True)
    accompanied = ask.yes(_("Somebody goes with the person"))
    next_day_check = ask.yes(_("Somebody asks on the day after how the person is"))
    wishes = ask.text(_("What the person wants"))


class CourtDayForm(HearingBound):
    """What is arranged for the day in court."""

    makes = witness.CourtDay
    hearing_ref = ask.one_from(FOR_WHICH, ())
    arranged = ask.several(
        _("What is arranged"), ask.codes("court_day_planned", "arranged", "court_day_item")
    )
    not_needed = ask.several(
        _("What the person does not need"),
        ask.codes("court_day_planned", "not_needed", "court_day_item"),
        hint=_("Ask the person. What is named in neither list is still to arrange."),
    )
    meeting_point = ask.word(_("Where and when the companion meets the person"))
    route = ask.text(
        _("The way to the room and back"),
        hint=_("From the meeting point, never from where the person lives."),
    )
    companion = ask.word(_("Who goes along"))


class WitnessCheckForm(HearingBound):
    """How the person was on the day after."""

    makes = witness.WitnessCheck
    references = ("hearing",)
    today = "checked_on"
    hearing = ask.one_from(_("After which hearing?"), ())
    after_hearing = ask.one_of(
        _("How is the person?"), ask.codes("witness_checked", "after_hearing", "after_hearing")
    )
    checked_on = ask.day(_("Asked on"))
    words = ask.text(_("In the person's own words"))


class EvidenceForm(CriminalForm):
    """Evidence beyond what the person says."""

    makes = work.EvidenceCheck
    lines = ask.several(
        _("What is there"),
        ask.codes("evidence_recorded", "lines", "evidence_line"),
        hint=_("None is an answer too."),
    )
    checked_on = ask.day(_("Looked at on"))
    proceeding = ask.one_from(WHICH, (), required=False)

    def prepare(self) -> None:
        """Begin with today."""
        super().prepare()
        self.fields["checked_on"].initial = self.place.today


class ObservationForm(CriminalForm):
    """What an observer saw of the person's rights."""

    makes = work.Observation
    references = ()
    observed_on = ask.day(_("Observed on"))
    represented = ask.answered(_("Did the person have a lawyer?"))
    interpreter = ask.answered(_("Was there an interpreter, or was none needed?"))
    measures_granted = ask.several(_("Protection granted"), MEASURES)
    measures_refused = ask.several(_("Protection refused"), MEASURES)
    lesser_offence = ask.answered(_("Was the charge changed to a lesser offence?"))
    sentence_passed = ask.answered(_("Was a sentence passed?"))
    confiscation_ordered = ask.answered(_("Was confiscation ordered?"))
    compensation_ordered = ask.answered(_("Was compensation ordered?"))

    def prepare(self) -> None:
        """Begin with today."""
        super().prepare()
        self.fields["observed_on"].initial = self.place.today


def hearing_choices(place: Place) -> list[tuple[str, str]]:
    """Return the hearings open to the viewer, each said in a line."""
    return [(str(one.fact.fact_ref), hearing_line(one)) for one in hearings(place.case.case)]


def hearing_line(one: Hearing) -> str:
    """Say a hearing in a line: which, and on which day."""
    kind = words.label(one.fact.text("hearing") or "", "hearing_kind")
    return gettext("%(kind)s, %(day)s") % {"kind": kind, "day": words.day(one.on)}


ACTS = (
    Act(
        name="set_hearing",
        title=_("A hearing is set"),
        form=HearingForm,
        use_case=work.set_hearing,
        noun="hearing",
        button=_("Save the hearing"),
        done=_("The hearing is saved. Those beside the person are told."),
        intro=(_("Before each hearing somebody assesses what protection is needed."),),
        group="justice",
    ),
    Act(
        name="end_hearing",
        title=_("What became of a hearing"),
        form=HearingEndForm,
        use_case=work.end_hearing,
        noun="end",
        button=_("Save"),
        done=_("Saved."),
        group="justice",
    ),
    Act(
        name="assess_protection",
        title=_("Protection the person needs"),
        form=ProtectionForm,
        use_case=work.assess_protection,
        noun="needs",
        button=_("Save the assessment"),
        done=_("The assessment is saved. Now ask the court for what is needed."),
        intro=(_("Ask the person first. What is needed can change from hearing to hearing."),),
        group="justice",
    ),
    Act(
        name="answer_measures",
        title=_("Protection asked for, granted, refused"),
        form=MeasuresForm,
        use_case=work.answer_measures,
        noun="measures",
        button=_("Save"),
        done=_("Saved. Those beside the person are told."),
        group="justice",
    ),
    Act(
        name="plan_for_witness",
        title=_("Plan for court, with the person"),
        form=WitnessPlanForm,
        use_case=witness.plan_for_witness,
        noun="plan",
        button=_("Save the plan"),
        done=_("The plan is saved."),
        intro=(_("What happens in court, which rights there are, who comes along."),),
        group="justice",
    ),
    Act(
        name="plan_court_day",
        title=_("Plan the day in court"),
        form=CourtDayForm,
        use_case=witness.plan_court_day,
        noun="day",
        button=_("Save the plan of the day"),
        done=_("Saved. Those beside the person are told."),
        intro=(_("So that the person never meets the accused, and is never alone."),),
        group="justice",
    ),
    Act(
        name="check_on_witness",
        title=_("The day after a hearing"),
        form=WitnessCheckForm,
        use_case=witness.check_on_witness,
        noun="check",
        button=_("Save"),
        done=_("Saved. Where support is needed, those beside the person are told."),
        group="justice",
    ),
    Act(
        name="check_evidence",
        title=_("Evidence beyond the person"),
        form=EvidenceForm,
        use_case=work.check_evidence,
        noun="evidence",
        button=_("Save"),
        done=_("Saved."),
        intro=(_("A case should not rest on what the person says alone."),),
        touches=("D6",),
        group="justice",
    ),
    Act(
        name="observe_trial",
        title=_("What you saw at the trial"),
        form=ObservationForm,
        use_case=work.observe_trial,
        noun="observation",
        button=_("Save"),
        done=_("Saved."),
        intro=(_("Record how rights were kept. Nothing private belongs here."),),
        touches=("D6S",),
        group="justice",
    ),
)
