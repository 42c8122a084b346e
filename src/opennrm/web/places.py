"""Pages of places: given, free again, waited for; and the places of one's own house."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from opennrm.casework import places as work
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import ServiceProvided
from opennrm.coordination.permissions import Area, May, may
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.places import place_of
from opennrm.records.queries.places import own_places, own_waiting
from opennrm.web import sharing, words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.open_case import OpenCase
from opennrm.web.service import offer_line
from opennrm.web.work import WorkRequest

PASSING = ask.codes("place_held", "passes_over", "passing_reason")


class PlaceForm(ActForm):
    """A place for who was accepted and has none."""

    makes = work.PlaceWanted
    places = {"others_wait": "passes_over"}
    passes_over = ask.one_from(
        _("Why she goes before others who wait"),
        PASSING,
        hint=_("Only if others wait before her. The reason is kept."),
        required=False,
    )

    def to_input(self) -> work.PlaceWanted:
        """Add which offer was chosen before."""
        wanted = self.cleaned_data["passes_over"] or None
        return self.makes(offer=UUID(self.place.asked["offer"]), passes_over=wanted)


class FreeForm(ActForm):
    """A place that is free again."""

    makes = work.PlaceFree
    reason = ask.one_of(_("Why?"), ask.codes("place_released", "reason", "release_reason"))
    released_on = ask.day(_("Free from"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["released_on"].initial = self.place.today

    def to_input(self) -> work.PlaceFree:
        """Add which offer was chosen before."""
        return self.makes(**self.values(self.makes), offer=UUID(self.place.asked["offer"]))


class WaitingForm(ActForm):
    """A place on the waiting list, with the reason for its order."""

    makes = work.PlaceAwaited
    because = ask.one_of(
        _("Why does she wait before others?"),
        ask.codes("place_awaited", "because", "waiting_reason"),
        hint=_("The list goes by this reason, in this order, then by who has waited longest."),
    )

    def to_input(self) -> work.PlaceAwaited:
        """Add which offer was chosen before."""
        return self.makes(**self.values(self.makes), offer=UUID(self.place.asked["offer"]))


def listed_offers(case: OpenCase) -> list[Fact]:
    """Return the offers that name a service of the directory and still wait for a place."""
    named = (one for one in case.offers if one.text("listed"))
    return [one for one in named if not place_of(case.case, one.fact_ref)]


def held_offers(case: OpenCase) -> list[Fact]:
    """Return the offers on which a place is held."""
    return [one for one in case.offers if place_of(case.case, one.fact_ref)]


def own_offers(case: OpenCase) -> list[Fact]:
    """Return the offers to the viewer's house that still wait for a place."""
    house = case.viewer.actor.organisation
    return [one for one in listed_offers(case) if one.reference("provider") == house]


def may_wait(case: OpenCase) -> list[Any]:
    """Return what can be put on a waiting list, from either side of an offer."""
    return [*case.waiting("service_offered"), *listed_offers(case)]


def _choose(offers: Any) -> Any:
    def choose(place: Place) -> Iterator[Choice]:
        known = [(str(one.fact_ref), offer_line(one, place)) for one in offers(place.case)]
        yield _which(known)

    return choose


def _choose_waiting(place: Place) -> Iterator[Choice]:
    """Offer what the viewer's house was asked for too, of which she sees the preview only."""
    asked = place.case.waiting("service_offered")
    known = {str(one.offer_fact): sharing.offer_line(one) for one in asked}
    known |= {str(one.fact_ref): offer_line(one, place) for one in listed_offers(place.case)}
    yield _which(list(known.items()))


def _which(known: list[tuple[str, str]]) -> Choice:
    nothing = _("There is no such offer in this case.")
    return Choice("offer", _("Which offer?"), known, nothing=nothing, asked_of_one=False)


NEEDS = {
    "hold_place": own_offers,
    "release_place": held_offers,
    "await_place": may_wait,
}
ACTS = (
    Act(
        name="await_place",
        title=_("Put on the waiting list"),
        form=WaitingForm,
        use_case=work.await_place,
        noun="waiting",
        button=_("Save"),
        done=_("She is on the waiting list. Both sides see it."),
        choose=_choose_waiting,
        touches=("D9", "D9S"),
        group="answer",
    ),
    Act(
        name="hold_place",
        title=_("Give a place"),
        form=PlaceForm,
        use_case=work.hold_place,
        noun="place",
        button=_("Give the next free place"),
        done=_("The place is hers."),
        intro=(_("The lowest free number is given, to one person only."),),
        choose=_choose(own_offers),
        touches=("D9", "D9S"),
        group="plan",
    ),
    Act(
        name="release_place",
        title=_("A place is free again"),
        form=FreeForm,
        use_case=work.release_place,
        noun="release",
        button=_("Save"),
        done=_("The place is free."),
        intro=(_("No help ends by this; it says only that the place can be given again."),),
        choose=_choose(held_offers),
        touches=("D9", "D9S"),
        group="plan",
    ),
)


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """Show the places of the viewer's house, who waits, and how each list is ordered.

    :raises Http404: when the directory is closed to the viewer.
    """
    if not may(request.work.actor, Area.DIRECTORY, May.READ):
        raise Http404
    places, waiting = own_places(request.work), own_waiting(request.work)
    with at_coordination(request.work):
        named = {one.ref: one for one in ServiceProvided.objects.all()}
        shown = [
            {
                "service": words.label(named[service].service, "service_kind"),
                "takes": [words.label(code, "group_taken") for code in named[service].groups],
                "places": [one for one in places if one.service == service],
                "free": sum(1 for one in places if one.service == service and not one.since),
                "waiting": [
                    (one, words.label(one.because, "waiting_reason"))
                    for one in waiting
                    if one.service == service
                ],
            }
            for service in dict.fromkeys(one.service for one in places)
            if service in named
        ]
    return render(request, "places.html", {"services": shown})
