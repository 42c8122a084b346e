"""Pages on a missing child: one short form, every call, found, heard by somebody else."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opennrm.casework import child_missing as work
from opennrm.lifecycle import child_file
from opennrm.lifecycle.facts import Fact
from opennrm.records import queries
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Place
from opennrm.web.open_case import OpenCase

CALL = "missing_child_call_logged"
NO_REPORT = UUID(int=0)


class MissingForm(ActForm):
    """What is needed to look for a child, in one short form."""

    makes = work.MissingChild
    last_seen = ask.day(_("Last seen on"))
    last_seen_where = ask.word(_("Where, and at what time?"))
    clothing = ask.text(_("Clothing, bag, phone"))
    photo_held = ask.yes(_("There is a photo"))
    photo = ask.word(_("Where is the photo, and what does it show?"))
    feared_persons = ask.text(_("Whom does the child fear, or may have followed?"))
    police_told = ask.yes(_("The police were told"))
    police_number = ask.word(_("Number the police gave"))
    guardian_told = ask.yes(_("The guardian was told"))
    missing_from = ask.one_from(_("From which house is the child missing?"), (), required=False)
    description = ask.text(_("Anything else"))

    def prepare(self) -> None:
        """Begin with today, and with our own house where it shelters."""
        fields: dict[str, Any] = self.fields
        fields["last_seen"].initial = self.place.today
        fields["missing_from"].choices = [("", ""), *house_choices(self.place)]

    def to_input(self) -> work.MissingChild:
        """Name the house by its reference."""
        typed = self.values(self.makes)
        house = typed.pop("missing_from", None)
        return self.makes(**typed, missing_from=UUID(house) if house else None)


class AboutReportForm(ActForm):
    """Something said about the report of a missing child."""

    def to_input(self) -> Any:
        """Add the report it is about: the one that stands, or the last."""
        report = report_of(self.place.case)
        ref = report.fact_ref if report else NO_REPORT
        return self.makes(**self.values(self.makes), report=ref)


class DetailsForm(AboutReportForm):
    """What there was no time for when the child was reported missing."""

    makes = work.MissingDetails
    last_seen = ask.day(_("Last seen on"), required=False)
    last_seen_where = ask.word(_("Where, and at what time?"))
    clothing = ask.text(_("Clothing, bag, phone"))
    photo_held = ask.yes(_("There is a photo"))
    photo = ask.word(_("Where is the photo, and what does it show?"))
    feared_persons = ask.text(_("Whom does the child fear, or may have followed?"))
    missing_from = ask.one_from(_("From which house is the child missing?"), (), required=False)
    description = ask.text(_("Anything else"))

    def prepare(self) -> None:
        """Offer the houses."""
        fields: dict[str, Any] = self.fields
        fields["missing_from"].choices = [("", ""), *house_choices(self.place)]

    def to_input(self) -> work.MissingDetails:
        """Name the house by its reference, and the report."""
        typed = self.values(self.makes)
        house, report = typed.pop("missing_from", None), report_of(self.place.case)
        return self.makes(
            **typed,
            missing_from=UUID(house) if house else None,
            report=report.fact_ref if report else NO_REPORT,
        )


class CallForm(AboutReportForm):
    """One call."""

    makes = work.MissingCall
    called = ask.one_from(_("Who was called?"), ask.codes(CALL, "called", "missing_call_to"))
    result = ask.one_of(_("What came of it?"), ask.codes(CALL, "result", "missing_call_result"))
    called_on = ask.day(_("On which day?"), required=False)
    said = ask.text(_("What was said?"))
    police_number = ask.word(_("Number the police gave"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["called_on"].initial = self.place.today


class FoundForm(AboutReportForm):
    """The child is back."""

    makes = work.FoundChild
    how = ask.one_of(_("How?"), ask.codes("child_found", "how", "found_how"))
    found_on = ask.day(_("On which day?"))
    note = ask.text(_("In a few words"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["found_on"].initial = self.place.today


class ReturnTalkForm(AboutReportForm):
    """What the child tells of the time away."""

    makes = work.ReturnTalk
    held_on = ask.day(_("On which day?"))
    why = ask.several(
        _("What did the child tell?"),
        ask.codes("return_interview_held", "why", "went_missing_why"),
    )
    words = ask.text(_("In the child's own words"), hint=_("Only as far as the child wishes."))
    note = ask.text(_("Note"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["held_on"].initial = self.place.today


def house_choices(place: Place) -> list[tuple[str, str]]:
    """Return the houses a child may be missing from."""
    return [
        (str(one.organisation), one.name)
        for one in queries.organisations(place.viewer)
        if not one.is_enforcement
    ]


def report_of(case: OpenCase) -> Fact | None:
    """Return the report that stands, or else the last one."""
    newest: Fact | None = case.case.newest("child_missing_reported")
    return child_file.missing(case.case) or newest


ACTS = (
    Act(
        name="report_missing_child",
        title=_("The child is missing"),
        form=MissingForm,
        use_case=work.report_missing_child,
        noun="report",
        button=_("Report"),
        done=_("Saved, and those on the case are told. Call police and guardian now."),
        intro=(_("Call the police first. Write down what you know; the rest can follow."),),
        group="child",
    ),
    Act(
        name="describe_missing_child",
        title=_("More about the missing child"),
        form=DetailsForm,
        use_case=work.describe_missing_child,
        noun="details",
        button=_("Save"),
        done=_("Saved, and those who look for the child are told."),
        group="child",
    ),
    Act(
        name="log_missing_call",
        title=_("Note a call about the missing child"),
        form=CallForm,
        use_case=work.log_missing_call,
        noun="call",
        button=_("Save"),
        done=_("Saved."),
        group="child",
    ),
    Act(
        name="record_child_found",
        title=_("The child is back"),
        form=FoundForm,
        use_case=work.record_child_found,
        noun="finding",
        button=_("Save"),
        done=_("Saved. Somebody who is not of the house the child left hears her next."),
        group="child",
    ),
    Act(
        name="hold_return_interview",
        title=_("The child was heard after coming back"),
        form=ReturnTalkForm,
        use_case=work.hold_return_interview,
        noun="talk",
        button=_("Save"),
        done=_("Saved."),
        intro=(_("By somebody who is not of the house the child left."),),
        group="child",
    ),
)
