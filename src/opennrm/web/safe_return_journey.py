"""Pages of papers, journey and follow-up: consulate, departure, arrival, contact afterwards."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opennrm.casework import safe_return_document as papers
from opennrm.casework import safe_return_follow_up as later
from opennrm.casework import safe_return_journey as work
from opennrm.lifecycle.returning import departed
from opennrm.records import queries
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
NEEDS: dict[str, Callable[[OpenCase], Any]] = {"record_arrival": _has_left}
