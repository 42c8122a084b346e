"""Pages of what is said about services: nothing was found, and how she found it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opennrm.casework import service_words as work
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.directory import area_code, areas
from opennrm.coordination.permissions import Area, May, may
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.open_case import OpenCase
from opennrm.web.service import offer_line

VIEWS = ask.codes("service_judged", "helped", "her_view")


class NotFoundForm(ActForm):
    """Help that was looked for, and what was missing everywhere."""

    makes = work.NotFound
    service = ask.one_from(
        _("Which help?"), ask.codes("service_not_found", "service", "service_kind")
    )
    groups = ask.several(_("For whom?"), ask.codes("service_not_found", "groups", "group_taken"))
    area = ask.one_from(_("Where?"), (), required=False)
    lacks = ask.several(
        _("What was missing?"),
        ask.codes("service_not_found", "lacks", "lacking_in"),
        required=True,
    )

    def prepare(self) -> None:
        """Offer the areas that the directory names."""
        chosen: Any = self.fields["area"]
        chosen.choices = [("", ""), *_areas(self.place)]

    def to_input(self) -> work.NotFound:
        """Leave out an area that was not said."""
        typed = self.values(self.makes)
        return self.makes(**{**typed, "area": typed["area"] or None})


class HerWordForm(ActForm):
    """Her own view of a service."""

    makes = work.HerWord
    helped = ask.one_of(_("Did it help?"), VIEWS, initial="not_asked")
    felt_safe = ask.one_of(_("Did she feel safe?"), VIEWS, initial="not_asked")
    was_respected = ask.one_of(_("Was she treated with respect?"), VIEWS, initial="not_asked")
    own_words = ask.text(_("In her own words"), hint=_("Sealed. Only what she wants written."))
    told_on = ask.day(_("Told on"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["told_on"].initial = self.place.today

    def to_input(self) -> work.HerWord:
        """Add which offer was chosen before."""
        return self.makes(**self.values(self.makes), offer=UUID(self.place.asked["offer"]))


def _areas(place: Place) -> list[tuple[str, str]]:
    if not may(place.viewer.actor, Area.DIRECTORY, May.READ):
        return []
    with at_coordination(place.viewer):
        return [(area_code(one), one) for one in areas() if area_code(one)]


def offers_of(case: OpenCase) -> Any:
    """Return the offers she can say something about."""
    return case.offers


def _choose(place: Place) -> Iterator[Choice]:
    known = [(str(one.fact_ref), offer_line(one, place)) for one in offers_of(place.case)]
    nothing = _("No help has been offered yet.")
    yield Choice("offer", _("Which help?"), known, nothing=nothing)


NEEDS = {"judge_service": offers_of}
ACTS = (
    Act(
        name="record_not_found",
        title=_("Help was looked for and not found"),
        form=NotFoundForm,
        use_case=work.record_not_found,
        noun="missing",
        button=_("Save"),
        done=_("Saved. The gap is counted, without her."),
        intro=(_("Counted with others, so that what is missing can be seen and built."),),
        touches=("D9", "D9S"),
        group="plan",
    ),
    Act(
        name="judge_service",
        title=_("How she found a service"),
        form=HerWordForm,
        use_case=work.judge_service,
        noun="word",
        button=_("Save"),
        done=_("Saved."),
        intro=(
            _("Only if she wishes. Nothing follows from it against her, and no help ends by it."),
            _(
                "Who reads her plan can read it, a house that helps her too. What must not reach"
                " them is a complaint: record it under: Something happened against the rules."
            ),
        ),
        choose=_choose,
        touches=("D9", "D9S"),
        group="plan",
    ),
)
