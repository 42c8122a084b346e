"""Pages of a hand-over to another State, on the case it is about: offered, sent, taken back."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opennrm.casework import hand_over as work
from opennrm.casework.permissions import readable
from opennrm.casework.referral import Summary
from opennrm.lifecycle.facts import Fact
from opennrm.records.abroad import partners, reading
from opennrm.vocabulary.hand_over import HandOverState
from opennrm.vocabulary.roles import Role
from opennrm.web import people, sharing
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.open_case import OpenCase

SUMMARY = "summary_"
OFFERED = "hand_over_offered"
AGES = ("adult", "child", "unknown")
# Who she is goes in fields of its own; the skeleton tells nothing by itself.
TOLD_APART = frozenset({"D1", "D1S", "D2", "D2S"})


class OfferForm(ActForm):
    """The little a focal point abroad is told before it answers."""

    makes = work.HandOverOffer
    movement = ask.one_of(_("Does the person go there?"), ask.listed("movement"))
    age_group = ask.one_of(
        _("Child or adult?"),
        ask.listed("age_group", leave_out=()),
        hint=_("Nothing finer goes before they accept."),
    )
    sex = ask.one_from(_("Sex"), ask.listed("sex"), required=False)
    language = ask.language(_("Which language?"))
    services = ask.several(_("Help asked for"), ask.listed("service_kind"))
    week = ask.word(_("From which week?"), hint=_("For example 2027-W08."), longest=8)
    reply_by = ask.day(_("Answer wanted by"))
    until = ask.day(_("Open to them until"), hint=_("Never longer than the consent."))

    def prepare(self) -> None:
        """Begin with a week to answer, and with the end of the consent."""
        fields: dict[str, Any] = self.fields
        consent = _consent(self.place)
        known = [one for one in fields["age_group"].choices if one[0] in AGES]
        fields["age_group"].choices = known
        fields["reply_by"].initial = self.place.today + timedelta(days=7)
        fields["until"].initial = date.fromisoformat(consent.text("until") or "")

    def to_input(self) -> work.HandOverOffer:
        """Put the offer together with the consent it rests on."""
        consent = _consent(self.place)
        typed = self.values(self.makes)
        for name in ("sex", "language", "week"):
            typed[name] = typed.get(name) or None
        return self.makes(
            **typed,
            to=consent.reference("recipient") or consent.fact_ref,
            consent=consent.fact_ref,
            purpose=consent.text("purpose") or "",
        )


class PackageForm(ActForm):
    """Who the person is, and summaries of the parts that were agreed to."""

    makes = work.HandOverPackage
    names = ask.word(_("Name"), hint=_("As in the person's papers, if the person wishes."))
    called = ask.word(_("Called"))
    birthdate = ask.word(_("Born on"))
    documents = ask.word(_("Papers"))

    def prepare(self) -> None:
        """Ask for a summary of each part that goes, and for names only where they go."""
        parts = _parts(self.place)
        if not {"D2", "D2S"} & parts:
            for name in ("names", "called", "birthdate", "documents"):
                del self.fields[name]
        for code in sorted(parts - TOLD_APART):
            if code.endswith("S"):
                self.fields[f"{SUMMARY}{code}"] = ask.text(people.part_name(code))

    def to_input(self) -> work.HandOverPackage:
        """Put together what goes."""
        told = tuple(
            Summary(compartment=name.removeprefix(SUMMARY), text=text)
            for name, text in self.cleaned_data.items()
            if name.startswith(SUMMARY) and text
        )
        hand_over = UUID(self.place.asked["hand_over"])
        return self.makes(**self.values(self.makes), hand_over=hand_over, summaries=told)


class RevocationForm(ActForm):
    """Why it is taken back."""

    makes = work.HandOverRevocation
    reason = ask.one_of(_("Why is it taken back?"), ask.listed("revocation"))

    def to_input(self) -> work.HandOverRevocation:
        """Add which hand-over it is."""
        hand_over = UUID(self.place.asked["hand_over"])
        return self.makes(**self.values(self.makes), hand_over=hand_over)


def offers(case: OpenCase) -> list[Fact]:
    """Return the consents of a case that name a focal point of another State."""
    known = partners.known_partners(case.viewer)
    return [
        fact
        for fact in case.live_consents
        if fact.reference("recipient") in known and fact.text("recipient_role") == Role.TF.value
    ]


def standing(case: OpenCase, *states: HandOverState) -> list[reading.HandOverPage]:
    """Return the hand-overs of a case that stand in one of these states."""
    own = reading.own_hand_overs(case.viewer)
    mine = (one for one in own if one.is_sender and one.case_ref == case.case.case_ref)
    return [one for one in mine if one.stands in states]


def accepted(case: OpenCase) -> list[reading.HandOverPage]:
    """Return the hand-overs of a case whose rest may go."""
    return standing(case, HandOverState.ACCEPTED)


def revocable(case: OpenCase) -> list[reading.HandOverPage]:
    """Return the hand-overs of a case that can be taken back."""
    live = (HandOverState.OFFERED, HandOverState.ACCEPTED, HandOverState.HANDED_OVER)
    return standing(case, *live, HandOverState.TAKEN_OVER)


def _consent(place: Place) -> Fact:
    found: Fact = place.case.fact(place.asked["consent"])
    return found


def _parts(place: Place) -> frozenset[str]:
    offered = place.case.fact(place.asked["hand_over"])
    return frozenset(offered.texts("parts")) & readable(Role.TF)


def _choose_consent(place: Place) -> Iterator[Choice]:
    yield Choice(
        "consent",
        _("On which consent?"),
        [(str(one.fact_ref), sharing.consent_line(one, place)) for one in offers(place.case)],
        hint=_("Only consents that name a focal point of another State are listed."),
        nothing=_("Take the person's consent for exactly that focal point first."),
    )


def _choose(which: Callable[[OpenCase], list[reading.HandOverPage]]) -> Any:
    def choose(place: Place) -> Iterator[Choice]:
        yield Choice(
            "hand_over",
            _("Which hand-over?"),
            [
                (str(one.hand_over), f"{one.partner_name} ({one.reference})")
                for one in which(place.case)
            ],
            nothing=_("No hand-over stands there now."),
        )

    return choose


ACTS = (
    Act(
        name="offer_hand_over",
        title=_("Offer a hand-over to another State"),
        form=OfferForm,
        use_case=work.offer_hand_over,
        noun="offer",
        button=_("Send the preview"),
        done=_("The preview is sent. No name goes before they accept."),
        intro=(
            _("The focal point there sees only what you tick here, sealed to it."),
            _("Where the person goes there, the risks must have been assessed of late."),
        ),
        choose=_choose_consent,
        group="share",
    ),
    Act(
        name="send_hand_over",
        title=_("Hand over to another State"),
        form=PackageForm,
        use_case=work.send_hand_over,
        noun="package",
        button=_("Hand over"),
        done=_("It is on its way, sealed to the focal point there."),
        intro=(
            _("They have accepted. Write only what the person agreed to, and no address."),
            _("What you write is also kept in this case, as summaries."),
        ),
        choose=_choose(accepted),
        group="share",
    ),
    Act(
        name="revoke_hand_over",
        title=_("Take a hand-over back"),
        form=RevocationForm,
        use_case=work.revoke_hand_over,
        noun="revocation",
        button=_("Take it back"),
        done=_("It is taken back. The other side is asked to delete what it has."),
        choose=_choose(revocable),
        group="share",
    ),
)
NEEDS: dict[str, Callable[[OpenCase], Any]] = {
    "offer_hand_over": offers,
    "send_hand_over": accepted,
    "revoke_hand_over": revocable,
}
