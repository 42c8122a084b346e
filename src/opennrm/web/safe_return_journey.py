"""Pages of papers, journey and follow-up: consulate, departure, arrival, contact afterwards."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from opennrm.casework import safe_return_document as papers
from opennrm.casework import safe_return_follow_up as later
from opennrm.casework import safe_return_journey as work
from opennrm.casework import safe_return_travel as travel
from opennrm.lifecycle.returning import departed, open_return
from opennrm.lifecycle.travel import travel_day
from opennrm.records import queries
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.returns import ConsularItem
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm
from opennrm.web.open_case import OpenCase

GROUP = "return"
CONSULATE = "CO"
SEEN = "follow_up_contacted"
WRITTEN = ("family_name", "given_names", "birth_date", "birth_place", "sex", "citizenship")


class DocumentForm(ActForm):
    """What a consulate is told: who she is, line by line, and nothing else."""

    makes = papers.Particulars
    consulate = ask.one_from(_("Which consulate?"), ())
    family_name = ask.word(_("Family name"))
    given_names = ask.word(_("Given names"))
    birth_date = ask.word(_("Date of birth"))
    birth_place = ask.word(_("Place of birth"))
    sex = ask.word(_("Sex in the document"))
    citizenship = ask.word(_("Citizenship"))
    lost_document = ask.word(_("Number of the lost document"))
    asked = ask.several(
        _("Does the form of the consulate ask for anything else?"),
        ask.listed("consular_item", leave_out=(*WRITTEN, "lost_document")),
        hint=_("What happened to the person, asylum and help are never told there."),
    )
    asked_on = ask.day(_("Asked for on"))

    def prepare(self) -> None:
        """Offer the consulates, and begin with today."""
        fields: dict[str, Any] = self.fields
        fields["asked_on"].initial = self.place.today
        known = queries.recipients(self.place.viewer, CONSULATE)
        fields["consulate"].choices = [
            ("", ""),
            *((str(one.organisation), one.name) for one in known),
        ]

    def to_input(self) -> papers.DocumentRequest:
        """Put the request together from the particulars and what else is asked."""
        return papers.DocumentRequest(
            consulate=UUID(self.cleaned_data["consulate"]),
            asked_on=self.cleaned_data["asked_on"],
            particulars=self.makes(**self.values(self.makes)),
            asked=tuple(ConsularItem(code).value for code in self.cleaned_data["asked"]),
        )


class TravelDayForm(ActForm):
    """When and where she is met, and what only named people know."""

    makes = travel.DayOfTravel
    meet_on = ask.day(_("On which day?"))
    meet_time = ask.clock(_("At what time?"))
    code_word = ask.word(
        _("Code word"),
        hint=_("Whoever meets the person says it first. Agree on it with the person, by voice."),
    )
    meeting_place = ask.word(_("Where exactly?"))
    flight = ask.word(_("Flight, train or bus"))
    escort = ask.word(_("Who goes along"))
    receiver = ask.word(_("Who meets the person at the other end"))
    call_if_wrong = ask.word(_("Numbers to call if something goes wrong"))
    parts = (
        ("", ("meet_on", "meet_time")),
        (
            _("Sealed, for named people only"),
            ("code_word", "meeting_place", "flight", "escort", "receiver", "call_if_wrong"),
        ),
    )

    def to_input(self) -> travel.DayOfTravel:
        """Read the hour on the clock of the place where the case is."""
        typed = self.cleaned_data
        zone = ZoneInfo(presets(self.place.viewer.actor.jurisdiction).zone)
        met = datetime.combine(typed["meet_on"], typed["meet_time"], tzinfo=zone)
        return self.makes(meet_at=met, **self.values(self.makes))


class TravelEventForm(ActForm):
    """What happens on the day of travel."""

    makes = travel.OnTheWay
    travel_event = ask.one_of(
        _("What happens?"), ask.codes("travel_day_event", "travel_event", "travel_event")
    )
    note = ask.text(_("In a few words"), hint=_("Can be written later."))


class DepartureForm(ActForm):
    """That she left."""

    makes = work.Departure
    departed_on = ask.day(_("Left on"))
    itinerary = ask.text(
        _("The journey"), hint=_("Sealed, for named people only: route, escort, who meets her.")
    )

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["departed_on"].initial = self.place.today


class ArrivalForm(ActForm):
    """That she arrived."""

    makes = work.Arrival
    arrived_on = ask.day(_("Arrived on"))
    was_received = ask.answered(_("Was the person received as arranged?"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["arrived_on"].initial = self.place.today


class FollowUpStartForm(ActForm):
    """Support becomes follow-up."""

    makes = later.FollowUpStart
    next_on = ask.day(_("Next contact on"), required=False)


class FollowUpForm(ActForm):
    """A contact after exit or return."""

    makes = later.FollowUp
    contact_from = ask.one_of(
        _("Who made the contact?"),
        ask.codes(SEEN, "contact_from", "contact_from"),
        hint=_("We contact only those who agreed to it. Who calls us is always heard."),
    )
    result = ask.one_of(_("What came of it?"), ask.codes(SEEN, "result", "follow_up_result"))
    contacted_on = ask.day(_("On which day?"))
    note = ask.text(_("In a few words"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["contacted_on"].initial = self.place.today


def _has_left(case: OpenCase) -> bool:
    return departed(case.case) is not None


ACTS = (
    Act(
        name="request_document",
        title=_("Ask a consulate for a travel document"),
        form=DocumentForm,
        use_case=papers.request_document,
        noun="request",
        button=_("Save the request"),
        done=_("Saved. Send exactly what the entry holds, from a neutral sender."),
        intro=(
            _("A consulate learns who the person is, and nothing of what happened."),
            _("The person's consent for this consulate is recorded first."),
        ),
        group=GROUP,
    ),
    Act(
        name="set_travel_day",
        title=_("Set the day of travel"),
        form=TravelDayForm,
        use_case=travel.set_travel_day,
        noun="day",
        button=_("Save the day"),
        done=_("Saved. On the day, open Travel on the case: one press tells everybody."),
        intro=(
            _("Nobody is handed to anybody at an airport without the code word."),
            _("If nobody says within an hour that the person came, everybody beside her sees it."),
        ),
        group=GROUP,
    ),
    Act(
        name="record_travel_event",
        title=_("What happens on the day of travel"),
        form=TravelEventForm,
        use_case=travel.record_travel_event,
        noun="event",
        button=_("Tell everybody"),
        done=_("Saved, and those beside the person are told."),
        group=GROUP,
    ),
    Act(
        name="record_departure",
        title=_("The person left the country"),
        form=DepartureForm,
        use_case=work.record_departure,
        noun="departure",
        button=_("Save"),
        done=_("Saved. A departure that was not authorised is kept as a breach as well."),
        intro=(_("What happened can always be recorded, lawful or not."),),
        group=GROUP,
    ),
    Act(
        name="record_arrival",
        title=_("The person arrived"),
        form=ArrivalForm,
        use_case=work.record_arrival,
        noun="arrival",
        button=_("Save"),
        done=_("Saved."),
        group=GROUP,
    ),
    Act(
        name="start_follow_up",
        title=_("Begin to follow up"),
        form=FollowUpStartForm,
        use_case=later.start_follow_up,
        noun="start",
        button=_("Save"),
        done=_("Saved. You are reminded after 1, 3, 6 and 12 months."),
        touches=("D9",),
        group="outcome",
    ),
    Act(
        name="record_follow_up",
        title=_("Contact after leaving"),
        form=FollowUpForm,
        use_case=later.record_follow_up,
        noun="follow_up",
        button=_("Save"),
        done=_("Saved. When there are signs again, those who must act are told."),
        group="outcome",
    ),
)


def _is_authorised(case: OpenCase) -> bool:
    opened = open_return(case.case)
    return opened is not None and opened.authorisation is not None


def _travels(case: OpenCase) -> bool:
    return travel_day(case.case) is not None


NEEDS: dict[str, Callable[[OpenCase], Any]] = {
    "record_arrival": _has_left,
    "set_travel_day": _is_authorised,
    "record_travel_event": _travels,
}
