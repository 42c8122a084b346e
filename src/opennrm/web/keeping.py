"""Pages of confidence: a message to the person, data that got out, media, the end of keeping."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import erasing, incident, media, message, retention
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.incidents import data_breaches, was_reported
from opennrm.lifecycle.retention import hold_in_force, proposal_in_force
from opennrm.vocabulary.scopes import CASE_SCOPES
from opennrm.web import people, sharing, words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.open_case import OpenCase

BREACH, ITEM = "data_breach_recorded", "media_item_released"
NO_CONSENT = "none"


class MessageForm(ActForm):
    """What stands on the outside of a message, and what it says."""

    makes = message.Message
    channel = ask.one_of(
        _("How does it reach the person?"),
        ask.codes("message_written", "channel", "safe_contact", leave_out=("not_asked",)),
    )
    sender = ask.word(
        _("Sender, as others will see it"),
        hint=_("A neutral name, such as the name of a street or a person."),
        required=True,
    )
    subject = ask.word(_("Subject, or what stands on the envelope"))
    text = ask.text(
        _("What it says"),
        hint=_("A text message can be read by others: write it so that it tells them nothing."),
        required=True,
    )
    language = ask.language(_("In which language"))


class DataBreachForm(ActForm):
    """What got out, when it was found, and whether it may put the person in danger."""

    makes = incident.DataBreach
    breach = ask.one_of(_("What happened?"), ask.codes(BREACH, "breach", "data_breach_kind"))
    found_on = ask.day(_("Found on"), hint=_("The term to report it runs from this day."))
    high_risk = ask.answered(_("Can it put the person in danger?"))
    scopes = ask.several(_("Which data?"), ())
    description = ask.text(_("In a few words"), hint=_("Sealed with what is known of safety."))

    def prepare(self) -> None:
        """Begin with today; name the parts of a case."""
        fields: dict[str, Any] = self.fields
        fields["found_on"].initial = self.place.today
        scopes = [scope.value for scope in CASE_SCOPES]
        fields["scopes"].choices = [(scope, people.part_name(scope)) for scope in scopes]


class ReportForm(ActForm):
    """The day on which the supervisory authority was told."""

    makes = incident.BreachReport
    reported_on = ask.day(_("Reported on"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["reported_on"].initial = self.place.today

    def to_input(self) -> incident.BreachReport:
        """Add which data breach was chosen before."""
        return self.makes(**self.values(self.makes), about=UUID(self.place.asked["about"]))


class MediaForm(ActForm):
    """Where an item appears and what it shows."""

    makes = media.MediaItem
    medium = ask.one_of(_("Where does it appear?"), ask.codes(ITEM, "medium", "medium"))
    released_on = ask.day(_("Released on"))
    shows_person = ask.answered(
        _("Could anyone recognise the person?"),
        hint=_("By face, voice, name, place, work, family or story."),
    )
    item = ask.text(_("What it is"), hint=_("So that the consent can be matched to it later."))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["released_on"].initial = self.place.today

    def to_input(self) -> media.MediaItem:
        """Add the consent it rests on, where one was chosen."""
        chosen = self.place.asked["consent"]
        consent = None if chosen == NO_CONSENT else UUID(chosen)
        return self.makes(**self.values(self.makes), consent=consent)


class LegalHoldForm(ActForm):
    """Why the record is kept beyond its day."""

    makes = retention.LegalHold
    reason = ask.one_of(
        _("Why is it kept longer?"), ask.codes("legal_hold_set", "reason", "hold_reason")
    )
    review_on = ask.day(_("Look at it again on"))


class HoldLiftedForm(ActForm):
    """The day on which the hold ends."""

    makes = retention.HoldLifted
    lifted_on = ask.day(_("Lifted on"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["lifted_on"].initial = self.place.today

    def to_input(self) -> retention.HoldLifted:
        """Add which hold was chosen before."""
        return self.makes(**self.values(self.makes), hold=UUID(self.place.asked["hold"]))


class ErasureForm(ActForm):
    """The day of the proposal."""

    makes = retention.Erasure
    proposed_on = ask.day(_("Proposed on"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["proposed_on"].initial = self.place.today


class EraseForm(ActForm):
    """The day, and that whoever erases knows what it means."""

    makes = erasing.RecordErased
    erased_on = ask.day(_("Erased on"))
    understood = forms.BooleanField(
        label=_("I have looked at this case, and I know that nobody can bring it back"),
        error_messages={"required": _("Look at the case first, then say so here.")},
    )

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["erased_on"].initial = self.place.today


def unreported(case: OpenCase) -> list[Fact]:
    """Return the data breaches the supervisory authority was not told of."""
    return [one for one in data_breaches(case.case) if not was_reported(case.case, one)]


def held(case: OpenCase) -> Fact | None:
    """Return the legal hold in force."""
    return hold_in_force(case.case)


def proposed_by_another(case: OpenCase) -> bool:
    """Tell whether somebody else proposed to erase this record."""
    proposal = proposal_in_force(case.case)
    return proposal is not None and proposal.actor != case.viewer.actor.account


def _choose_breach(place: Place) -> Iterator[Choice]:
    found = [(str(one.fact_ref), _breach_line(one)) for one in unreported(place.case)]
    yield Choice("about", _("Which data breach?"), found, nothing=_("None waits for a report."))


def _breach_line(fact: Fact) -> str:
    return gettext("%(what)s, found on %(day)s") % {
        "what": words.label(fact.text("breach") or "", "data_breach_kind"),
        "day": words.iso_day(fact.text("found_on")),
    }


def _choose_hold(place: Place) -> Iterator[Choice]:
    hold = held(place.case)
    found = [(str(hold.fact_ref), _hold_line(hold))] if hold else []
    yield Choice("hold", _("Which legal hold?"), found, nothing=_("No legal hold is in force."))


def _hold_line(fact: Fact) -> str:
    return words.label(fact.text("reason") or "", "hold_reason")


def _choose_consent(place: Place) -> Iterator[Choice]:
    asked = [one for one in place.case.standing_consents if one.text("purpose") == "media"]
    given = [(str(one.fact_ref), sharing.consent_line(one, place)) for one in asked]
    nobody = (NO_CONSENT, gettext("None: the item shows no person"))
    yield Choice(
        "consent",
        _("On which consent does it rest?"),
        [*given, nobody],
        hint=_("One consent is for one item."),
    )


ACTS = (
    Act(
        name="write_to_person",
        title=_("Write to the person"),
        form=MessageForm,
        use_case=message.write_to_person,
        noun="message",
        button=_("Check and save"),
        done=_("The message is saved. Nothing was sent: send it yourself, as you wrote it here."),
        intro=(
            _("What others may see must not tell what it is about, nor where the person lives."),
        ),
        touches=("D3", "D3S"),
        group="plan",
    ),
    Act(
        name="release_media_item",
        title=_("Something for the media"),
        form=MediaForm,
        use_case=media.release_media_item,
        noun="item",
        button=_("Check and save"),
        done=_("Saved. The item may be released as you described it."),
        intro=(_("A child is never shown, whoever agrees."),),
        touches=("D10", "D10S"),
        choose=_choose_consent,
        group="share",
    ),
    Act(
        name="set_legal_hold",
        title=_("Keep the record longer"),
        form=LegalHoldForm,
        use_case=retention.set_legal_hold,
        noun="hold",
        button=_("Set the hold"),
        done=_("The record is on hold."),
        intro=(_("A hold is for the person's own claims, or ordered by a court."),),
        touches=("D1",),
        group="outcome",
    ),
    Act(
        name="lift_legal_hold",
        title=_("Lift the legal hold"),
        form=HoldLiftedForm,
        use_case=retention.lift_legal_hold,
        noun="lifting",
        button=_("Lift the hold"),
        done=_("The hold is lifted."),
        touches=("D1",),
        choose=_choose_hold,
        group="outcome",
    ),
    Act(
        name="propose_erasure",
        title=_("Propose to erase the record"),
        form=ErasureForm,
        use_case=retention.propose_erasure,
        noun="erasure",
        button=_("Propose it"),
        done=_("Proposed. The data-protection officer is told; another person erases it."),
        intro=(_("Only once the time for keeping it is over, and without a legal hold."),),
        touches=("D1",),
        group="outcome",
    ),
    Act(
        name="erase_record",
        title=_("Erase the record"),
        form=EraseForm,
        use_case=erasing.erase_record,
        noun="erasing",
        button=_("Erase it for good"),
        done=_("Erased. Only a row without identity stays in the figures."),
        intro=(
            _("Somebody else proposed this; you are the second person."),
            _(
                "Names, accounts, notes, files and keys are destroyed for everyone; in backups "
                "within 14 days."
            ),
        ),
        touches=("D1",),
        group="outcome",
        may_close=True,
    ),
    Act(
        name="record_data_breach",
        title=_("Data got into wrong hands"),
        form=DataBreachForm,
        use_case=incident.record_data_breach,
        noun="breach",
        button=_("Save"),
        done=_("Saved. The data-protection officer is told."),
        intro=(_("Anyone on the case can record this, at any time. Nobody is blamed here."),),
        group="always",
    ),
    Act(
        name="report_data_breach",
        title=_("A data breach was reported"),
        form=ReportForm,
        use_case=incident.report_data_breach,
        noun="report",
        button=_("Save"),
        done=_("Saved."),
        intro=(_("A late report is kept too."),),
        choose=_choose_breach,
        group="always",
    ),
)
