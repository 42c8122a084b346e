"""Pages of services: offered, answered by person and provider, delivered."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import service as work
from opennrm.casework.matching import Match
from opennrm.lifecycle.facts import Fact
from opennrm.web import matched, money, sharing
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place

NO_OFFER = "none"
SERVICES = ask.codes("service_offered", "service", "service_kind")


class ServiceOfferForm(ActForm):
    """A service asked of one provider, and whether the person agreed."""

    makes = work.ServiceOffer
    listed = ask.one_from(
        _("Which of their services?"),
        (),
        hint=_("Where its places are given one by one, their yes gives her a place."),
        required=False,
    )
    service = ask.one_from(
        _("Which help?"), SERVICES, hint=_("If it is none of the services above."), required=False
    )
    request = ask.text(
        _("What the person asks for"), hint=_("Sealed; the provider opens it on accepting.")
    )
    place_kind = ask.one_from(
        _("Who lives there?"),
        ask.codes("service_offered", "place_kind", "child_place"),
        hint=_("For a bed: a child is not housed among adults."),
        required=False,
    )
    person_agreed = ask.yes(_("The person wants this"))
    child_assent = ask.answered(_("Does the child agree?"))
    reply_by = ask.day(_("Answer wanted by"))
    until = ask.day(_("Open to them until"), hint=_("Never longer than the consent."))
    reason = ask.text(_("Why there is no consent"), hint=_("The person is told. Least data only."))
    compartments = ask.several(_("What goes with it"), (), required=True)

    def prepare(self) -> None:
        """Ask only what the basis leaves open."""
        basis = sharing.basis_of(self.place)
        fields: dict[str, Any] = self.fields
        fields["reply_by"].initial = self.place.today + timedelta(days=1)
        fields["until"].initial = basis.until
        fields["compartments"].choices = basis.items
        self._offer_listed(matched.services_of_house(self.place, basis.recipient))
        fields["compartments"].initial = [code for code, _name in basis.items]
        if basis.consent is not None:
            del fields["reason"]
        if self.place.case.case.majority == "adult":
            del fields["child_assent"], fields["place_kind"]

    def _offer_listed(self, found: list[Match]) -> None:
        """Ask which service of the directory is meant, where the house lists any."""
        self.kinds = {str(one.listed.ref): one.listed.service for one in found}
        if not found:
            del self.fields["listed"]
            self.fields["service"].required = True
            return
        chosen: Any = self.fields["listed"]
        named = [(str(one.listed.ref), matched.summary(one)) for one in found]
        chosen.choices = [("", gettext("None of these")), *named]

    def clean(self) -> dict[str, Any]:
        """Take the kind of help from the service of the directory that was chosen."""
        typed = super().clean() or {}
        listed = typed.get("listed")
        if listed:
            typed["service"] = self.kinds[listed]
        elif "listed" in self.fields and not typed.get("service"):
            self.add_error("service", ask.CHOOSE["required"])
        return typed

    def to_input(self) -> work.ServiceOffer:
        """Put the offer together with its basis."""
        basis = sharing.basis_of(self.place)
        typed = self.values(self.makes)
        listed = typed.pop("listed", "")
        return self.makes(
            **typed,
            listed=UUID(listed) if listed else None,
            provider=basis.recipient,
            provider_role=basis.role.value,
            consent=basis.consent,
            duty=sharing.duty_of(self.place, self.cleaned_data.get("reason", "")),
            account=basis.account,
        )


class OfferReplyForm(ActForm):
    """Accept or decline, with a reason."""

    makes = work.OfferReply
    places = {"others_wait": "passes_over"}
    by = ask.one_of(_("Who answers?"), ask.codes("offer_answered", "by", "answered_by"))
    answer = ask.one_of(_("The answer"), ask.codes("offer_answered", "answer", "offer_answer"))
    reason = ask.one_from(
        _("Reason, if declined"),
        ask.codes("offer_answered", "reason", "offer_answer_reason"),
        required=False,
    )
    passes_over = ask.one_from(
        _("Why she goes before others who wait"),
        ask.codes("place_held", "passes_over", "passing_reason"),
        hint=_("Only if others wait for a place before her. The reason is kept."),
        required=False,
    )

    def prepare(self) -> None:
        """Ask who answers only where both could: an organisation that was asked is one."""
        if self.is_asked:
            del self.fields["by"]
        else:
            del self.fields["passes_over"]
            self.fields["by"].initial = "person"

    @property
    def is_asked(self) -> bool:
        """Tell whether the viewer's organisation is the one that was asked."""
        waiting = self.place.case.waiting("service_offered")
        return self.place.asked["offer"] in {str(offer.offer_fact) for offer in waiting}

    def to_input(self) -> work.OfferReply:
        """Add which offer was chosen before."""
        answers = {"by": "provider"} if self.is_asked else {}
        offer = UUID(self.place.asked["offer"])
        return self.makes(**answers, **self.values(self.makes), offer=offer)


class DeliveryForm(ActForm):
    """Help that was given."""

    makes = work.Delivery
    service = ask.one_from(_("Which help?"), SERVICES)
    delivered_from = ask.day(_("From"))
    delivered_until = ask.day(_("Until"), hint=_("Empty if it goes on."), required=False)
    result = ask.one_from(
        _("How did it go?"),
        ask.codes("service_delivered", "result", "delivery_result"),
        required=False,
    )
    cost = money.amount(_("What it cost"), hint=_("For the accounts of the service; never hers."))
    currency = money.currency()
    note = ask.text(_("Note"))
    imminent = ask.yes(
        _("It could not wait for an agreement"), hint=_("Only where life was in danger.")
    )
    imminent_reason = ask.text(_("Why it could not wait"))

    def prepare(self) -> None:
        """Begin with the service that was asked for, today."""
        fields: dict[str, Any] = self.fields
        fields["delivered_from"].initial = self.place.today
        fact = self.place.case.fact(self.place.asked.get("offer", ""))
        if fact is not None:
            fields["service"].initial = fact.text("service")
        fields["currency"].initial = money.local_currency(self.place.case.case.jurisdiction)

    def clean(self) -> dict[str, Any]:
        """Refuse an amount finer than the currency knows."""
        typed: dict[str, Any] = super().clean() or {}
        money.refuse_too_fine(self, ("cost",))
        return typed

    def to_input(self) -> work.Delivery:
        """Add which offer was chosen before; without a cost there is no currency."""
        offer = self.place.asked["offer"]
        chosen = None if offer == NO_OFFER else UUID(offer)
        cost = money.in_minor(self, ("cost",)).get("cost")
        typed = self.values(self.makes)
        kept = {"cost": cost, "currency": typed["currency"] or None if cost is not None else None}
        return self.makes(**{**typed, **kept, "result": typed["result"] or None}, offer=chosen)


def offer_line(fact: Fact, place: Place) -> str:
    """Say an offer in a line: which help, from whom."""
    provider = fact.reference("provider")
    return gettext("%(service)s, from %(provider)s") % {
        "service": dict(SERVICES).get(fact.text("service") or "", ""),
        "provider": place.case.organisation_name(provider) if provider else "",
    }


def _offers(place: Place) -> list[tuple[str, str]]:
    waiting = place.case.waiting("service_offered")
    known = [(str(fact.fact_ref), offer_line(fact, place)) for fact in place.case.offers]
    asked = [(str(offer.offer_fact), sharing.offer_line(offer)) for offer in waiting]
    return list(dict([*asked, *known]).items())


def _choose_offer(place: Place) -> Iterator[Choice]:
    yield Choice(
        "offer",
        _("Which offer?"),
        _offers(place),
        nothing=_("No help has been offered yet. Offer a service first."),
        asked_of_one=False,
    )


def _choose_delivered(place: Place) -> Iterator[Choice]:
    """Offer what was asked of the viewer's house; all of it to those who write the plan."""
    case, house = place.case, place.viewer.actor.organisation
    mine = {str(fact.fact_ref) for fact in case.offers if fact.reference("provider") == house}
    writes_plan = case.page.compartments.get("D9") == "write"
    danger = (NO_OFFER, gettext("None of these: life was in danger"))
    for choice in _choose_offer(place):
        own = [option for option in choice.options if writes_plan or option[0] in mine]
        yield Choice("offer", choice.title, [*own, danger])


def what_fits(place: Place) -> dict[str, Any]:
    """Say to whom the offer goes, and what speaks for and against their services."""
    house = sharing.basis_of(place).recipient
    found = matched.services_of_house(place, house)
    weighed = [{"name": matched.summary(one), "reasons": matched.grouped(one)} for one in found]
    return {**sharing.what_goes_out(place), "weighed": weighed}


def _what_is_offered(place: Place) -> dict[str, Any]:
    return {"line": dict(_offers(place)).get(place.asked["offer"], "")}


ACTS = (
    Act(
        name="offer_service",
        title=_("Offer a service"),
        form=ServiceOfferForm,
        use_case=work.offer_service,
        noun="offer",
        button=_("Send the offer"),
        done=_("The offer is sent. You will hear when they answer."),
        intro=(_("Help never depends on co-operation, nationality or form of exploitation."),),
        touches=("D9", "D9S"),
        choose=sharing.choose_basis,
        template="offer_service.html",
        aside=what_fits,
        group="plan",
    ),
    Act(
        name="answer_offer",
        title=_("Answer an offer"),
        form=OfferReplyForm,
        use_case=work.answer_offer,
        noun="reply",
        button=_("Send the answer"),
        done=_("The answer is sent."),
        choose=_choose_offer,
        template="answer.html",
        aside=_what_is_offered,
        touches=("D9", "D9S"),
        group="plan",
        may_close=True,
    ),
    Act(
        name="record_delivery",
        title=_("Help was given"),
        form=DeliveryForm,
        use_case=work.record_delivery,
        noun="delivery",
        button=_("Save"),
        done=_("Saved."),
        choose=_choose_delivered,
        group="plan",
    ),
)
