"""Page of screening: signs seen or told, not asked unless said otherwise, advice as the result."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import screening as work
from opennrm.indicators.groups import (
    IndicatorGroup,
    asks_with_care,
    fast_screening,
    indicator_groups,
)
from opennrm.vocabulary.exploitation import ExploitationForm
from opennrm.vocabulary.screening import Population
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place

SIGN = "sign_"
SHORT = "short"
ANSWERS = (("not_asked", _("Not asked")), ("seen", _("Seen")), ("told", _("Told")))


class ScreeningForm(ActForm):
    """The signs of one list, and how the talk was held."""

    makes = work.Screening
    alone = ask.yes(_("We talked alone, without companions or employer"))
    language = ask.language(_("Language of the talk"))
    interpreter = ask.yes(_("An interpreter helped"))
    act_noted = ask.yes(
        _("Others recruited, moved, housed or received the child"),
        hint=_("For a child this and the aim to exploit are enough; no means are asked for."),
    )
    presumed = ask.yes(
        _("In my professional judgement this person may have been trafficked"),
        hint=_("You may say so without any sign ticked. Give your reason below."),
    )
    reason = ask.text(_("Your reasons"))
    forms = ask.several(
        _("What it may be about"), ask.codes("screening_recorded", "forms", "exploitation_form")
    )
    scope_of_trafficking = ask.one_of(
        _("Within one State or across a border?"),
        ask.codes("screening_recorded", "scope_of_trafficking", "trafficking_scope"),
        required=False,
        initial="unknown",
    )
    notes = ask.text(_("Notes"))

    def prepare(self) -> None:
        """Ask about every sign of the chosen list, and about acts where it is a child's."""
        if population_of(self.place) is not Population.CHILD:
            del self.fields["act_noted"]
        for group in groups_of(self.place):
            for sign in group.indicators:
                self.fields[f"{SIGN}{sign.id}"] = forms.ChoiceField(
                    label=gettext(sign.text),
                    help_text=gettext("Ask only with care.") if asks_with_care(sign) else "",
                    choices=ANSWERS,
                    required=False,
                    initial="not_asked",
                    widget=forms.RadioSelect,
                )

    def to_input(self) -> work.Screening:
        """Sort the signs by how they came to be known."""
        answers = {
            name.removeprefix(SIGN): given or "not_asked"
            for name, given in self.cleaned_data.items()
            if name.startswith(SIGN)
        }
        by = {
            answer: tuple(sign for sign, given in answers.items() if given == answer)
            for answer in ("told", "seen", "not_asked")
        }
        return self.makes(
            **self.values(self.makes),
            population=population_of(self.place).value,
            told=by["told"],
            seen=by["seen"],
            not_asked=by["not_asked"],
        )


def groups_of(place: Place) -> tuple[IndicatorGroup, ...]:
    """Return the signs of the chosen list under their headings."""
    population = population_of(place)
    form = place.asked.get("list", SHORT).partition(":")[2]
    if not form:
        return fast_screening(population)
    return indicator_groups(population, [ExploitationForm(form)])


def population_of(place: Place) -> Population:
    """Return whose list is used; the child's wherever age is in doubt."""
    return Population(place.asked.get("list", SHORT).partition(":")[0].split("-")[0])


def _choose_list(place: Place) -> Iterator[Choice]:
    child = place.case.case.majority != "adult"
    order = (Population.CHILD, Population.ADULT) if child else tuple(Population)
    short = [
        (population.value, gettext("Short list, %(whom)s") % {"whom": gettext(population.label)})
        for population in order
    ]
    long = [
        (f"{population.value}:{form.value}", f"{gettext(population.label)}: {gettext(form.label)}")
        for population in order
        for form in ExploitationForm
        if form is not ExploitationForm.UNKNOWN
    ]
    yield Choice(
        "list",
        _("Which list?"),
        [*short, *long],
        hint=_("The short list takes a few minutes. Where age is in doubt, use the child's."),
    )


def _drawn(place: Place) -> dict[str, Any]:
    groups = [
        (gettext(group.heading.label), [f"{SIGN}{sign.id}" for sign in group.indicators])
        for group in groups_of(place)
    ]
    return {"groups": groups, "is_short": sum(len(names) for _h, names in groups) < 40}


ACTS = (
    Act(
        name="record_screening",
        title=_("Screening"),
        form=ScreeningForm,
        use_case=work.record_screening,
        noun="screening",
        button=_("Save the screening"),
        done=_("The screening is saved. Its advice is on the case page."),
        intro=(
            _(
                "Mark what you saw and what the person told you. Do not go through it as a"
                " questionnaire; what was not asked stays not asked."
            ),
            _("The result is advice. It never says that someone was not trafficked."),
        ),
        touches=("D4", "D4S"),
        choose=_choose_list,
        template="screening.html",
        aside=_drawn,
        group="know",
    ),
)
