"""Pages on the care of a child: protected at once, a guardian named, acts authorised."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import child_acts, child_guardian
from opennrm.lifecycle import child_file
from opennrm.lifecycle.facts import Fact
from opennrm.records import queries
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Place

NAMED, AUTHORISED = "guardian_named", "child_act_authorised"
GUARDIANS = "GU"
MAY_NOT_WAIT = ("imminent_danger_to_child", "imminent_danger_to_life")
PLACES = ask.codes(AUTHORISED, "place_kind", "child_place")


class AtOnceForm(ActForm):
    """What was done for the child without waiting."""

    makes = child_acts.AtOnce
    action = ask.one_of(
        _("What was done?"), ask.codes("child_protected_at_once", "action", "child_act")
    )
    done_on = ask.day(_("On which day?"))
    place_kind = ask.one_from(_("Where is the child now?"), PLACES, required=False)
    note = ask.text(_("In a few words"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["done_on"].initial = self.place.today


class GuardianForm(ActForm):
    """Who stands by the child, and whether she or he has interests of her or his own."""

    makes = child_guardian.NamedGuardian
    guardian_kind = ask.one_of(
        _("For how long?"), ask.codes(NAMED, "guardian_kind", "guardian_kind")
    )
    house = ask.one_from(
        _("Organisation of the guardian"),
        (),
        hint=_("Never the migration authority, or those who house the child."),
        required=False,
    )
    name = ask.word(_("Name of the guardian"), hint=_("Sealed; needed without an organisation."))
    named_on = ask.day(_("Named on"))
    interests_asked = ask.yes(
        _("The guardian was asked about interests of her or his own"),
        hint=_("Tick it also when there are none."),
    )
    interests = ask.several(
        _("Interests that were found"),
        ask.listed("guardian_interest"),
        hint=_("Leave all empty when there are none."),
    )
    note = ask.text(_("Note"))

    def prepare(self) -> None:
        """Offer the organisations that name guardians."""
        fields: dict[str, Any] = self.fields
        fields["named_on"].initial = self.place.today
        fields["house"].choices = [("", ""), *_houses(self.place, GUARDIANS)]

    def to_input(self) -> child_guardian.NamedGuardian:
        """Name the organisation by its reference."""
        typed = self.values(self.makes)
        house = typed.pop("house", None)
        return self.makes(**typed, house=UUID(house) if house else None)


class GuardianRequestForm(ActForm):
    """A guardian was asked for again."""

    makes = child_guardian.GuardianRequest
    asked_on = ask.day(_("Asked on"))
    note = ask.text(_("Whom did you ask, and what was the answer?"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["asked_on"].initial = self.place.today


class GuardianshipEndForm(ActForm):
    """A guardian whose task ended."""

    makes = child_guardian.GuardianshipEnd
    guardian = ask.one_of(_("Which guardian?"), ())
    ended_on = ask.day(_("Ended on"))
    reason = ask.text(_("Why did it end?"), required=True)

    def prepare(self) -> None:
        """Offer the guardians whose task has not ended."""
        fields: dict[str, Any] = self.fields
        fields["ended_on"].initial = self.place.today
        named = child_file.guardians(self.place.case.case)
        fields["guardian"].choices = [
            (str(one.fact_ref), _guardian_line(one, self.place)) for one in named
        ]

    def to_input(self) -> child_guardian.GuardianshipEnd:
        """Name the guardian by the reference of the naming."""
        typed = self.values(self.makes)
        return self.makes(**typed | {"guardian": UUID(typed["guardian"])})


class PlannedActForm(ActForm):
    """An act on the child, after guardian and best interests."""

    makes = child_acts.PlannedAct
    act = ask.one_from(_("What shall be done?"), ask.codes(AUTHORISED, "act", "child_act"))
    authorised_on = ask.day(_("Authorised on"))
    place_kind = ask.one_from(
        _("What kind of place is it?"),
        PLACES,
        hint=_("For a placement or a transfer. The address belongs to the whereabouts."),
        required=False,
    )
    house = ask.one_from(_("Whose place is it?"), (), required=False)
    reasons = ask.text(_("Why is this right for the child?"), required=True)
    override_reason = ask.one_from(
        _("Does it have to go before guardian and assessment?"),
        ask.listed("override_reason"),
        hint=_(
            "Leave it empty if not. In imminent danger only. The data-protection officer and "
            "the child are told."
        ),
        required=False,
    )
    override_text = ask.text(_("What is the danger?"))

    def prepare(self) -> None:
        """Offer the houses that shelter, and the reasons that let an act go first."""
        fields: dict[str, Any] = self.fields
        fields["authorised_on"].initial = self.place.today
        fields["house"].choices = [("", ""), *_houses(self.place, "SH")]
        reasons = fields["override_reason"].choices
        fields["override_reason"].choices = [
            pair for pair in reasons if pair[0] in ("", *MAY_NOT_WAIT)
        ]

    def to_input(self) -> child_acts.PlannedAct:
        """Name the house by its reference."""
        typed = self.values(self.makes)
        house = typed.pop("house", None)
        return self.makes(**typed, house=UUID(house) if house else None)


def _houses(place: Place, role: str) -> list[tuple[str, str]]:
    """List the organisations that act in a role."""
    return [
        (str(one.organisation), one.name)
        for one in queries.organisations(place.viewer)
        if not one.is_enforcement and role in {each.value for each in one.roles}
    ]


def _guardian_line(named: Fact, place: Place) -> str:
    house = named.reference("house")
    return gettext("%(kind)s, %(house)s, since %(day)s") % {
        "kind": words.label(named.text("guardian_kind") or "", "guardian_kind"),
        "house": place.case.organisation_name(house) if house else gettext("by name"),
        "day": words.iso_day(named.text("named_on")),
    }


ACTS = (
    Act(
        name="protect_child_at_once",
        title=_("A child was cared for or moved to safety at once"),
        form=AtOnceForm,
        use_case=child_acts.protect_child_at_once,
        noun="action",
        button=_("Save"),
        done=_("Saved. Assess the child's best interests within 24 hours."),
        intro=(_("Emergency care and safety never wait. Help first, write it down afterwards."),),
        group="child",
    ),
    Act(
        name="name_guardian",
        title=_("A guardian was named"),
        form=GuardianForm,
        use_case=child_guardian.name_guardian,
        noun="guardian",
        button=_("Save"),
        done=_(
            "Saved. Whoever opened the case, or the case manager, refers it to the guardian, so "
            "that it is open to her or him. Ask them under Who is on the case."
        ),
        intro=(_("A temporary guardian within 24 hours, a full one within 14 days."),),
        touches=("D11",),
        group="child",
    ),
    Act(
        name="ask_for_guardian",
        title=_("A guardian was asked for again"),
        form=GuardianRequestForm,
        use_case=child_guardian.ask_for_guardian,
        noun="request",
        button=_("Save"),
        done=_("Saved. You are reminded again in a week."),
        group="child",
    ),
    Act(
        name="end_guardianship",
        title=_("A guardian's task ended"),
        form=GuardianshipEndForm,
        use_case=child_guardian.end_guardianship,
        noun="ending",
        button=_("Save"),
        done=_("Saved. As long as the person is a child, another guardian is needed."),
        touches=("D11",),
        group="child",
    ),
    Act(
        name="authorise_child_act",
        title=_("Authorise an act on the child"),
        form=PlannedActForm,
        use_case=child_acts.authorise_child_act,
        noun="act",
        button=_("Authorise"),
        done=_("Authorised."),
        intro=(
            _("Interview, examination, placement, transfer: a guardian and an assessment first."),
            _("A return, a removal and a Dublin transfer have pages of their own."),
        ),
        group="child",
    ),
)
