"""The screens of the signs: what is seen, what is said, what is asked with care, and your view."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from opennrm.indicators.advice import Advice, Screening, advise
from opennrm.indicators.catalogue import Indicator
from opennrm.indicators.manner import Manner, signs_by_manner
from opennrm.vocabulary.age import AgeStatus
from opennrm.vocabulary.screening import Answer, Population
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Place
from opennrm.web.guided.first_screens import has_time, is_child
from opennrm.web.guided.screen import Answers, Screen, ScreenForm, first
from opennrm.web.screening import ScreeningForm


class SignsForm(ScreenForm):
    """The signs that come to be known in one way, as ticks."""

    manner: Manner
    label: Any = ""

    def prepare(self) -> None:
        """Offer the signs of the list for this person."""
        signs = signs_of(self.answers, self.manner)
        self.fields[self.manner.value] = ask.several(
            self.label, [(sign.id, gettext(sign.text)) for sign in signs]
        )


class SeenForm(SignsForm):
    """What you saw."""

    manner = Manner.SEEN
    label = _("Tick what you saw")


class HeardForm(SignsForm):
    """What the person said."""

    manner = Manner.HEARD
    label = _("Tick what the person said, without going through it as a list")


class AskedForm(SignsForm):
    """What may harm when it is asked."""

    manner = Manner.ASKED
    label = _("Tick what the person told you")


class ViewForm(ScreenForm):
    """Your own judgement."""

    borrowed = ((ScreeningForm, ("act_noted", "presumed", "reason", "notes")),)

    def prepare(self) -> None:
        """Ask about acts for a child only."""
        if not is_child(self.answers):
            del self.fields["act_noted"]


def population_of(answers: Answers) -> Population:
    """Return whose list is used: the child's wherever the age is in doubt."""
    return Population.CHILD if is_child(answers) else Population.ADULT


def signs_of(answers: Answers, manner: Manner) -> tuple[Indicator, ...]:
    """Return the signs of one screen for this person."""
    return signs_by_manner(population_of(answers))[manner]


def noted(answers: Answers) -> dict[str, tuple[str, ...]]:
    """Say of every sign of the list whether it was seen, told or not asked."""
    listed = {manner: [sign.id for sign in signs_of(answers, manner)] for manner in Manner}
    every = [key for keys in listed.values() for key in keys]
    seen = [key for key in listed[Manner.SEEN] if key in answers.get("seen", ())]
    told = [
        key
        for manner in (Manner.HEARD, Manner.ASKED)
        for key in listed[manner]
        if key in answers.get(manner.value, ())
    ]
    rest = tuple(key for key in every if key not in (*seen, *told))
    return {"seen": tuple(seen), "told": tuple(told), "not_asked": rest}


def advice_on(answers: Answers) -> Advice:
    """Weigh what was noted so far, as the record will."""
    by = noted(answers)
    said = {
        **dict.fromkeys(by["not_asked"], Answer.NOT_ASKED),
        **dict.fromkeys(by["seen"], Answer.SEEN),
        **dict.fromkeys(by["told"], Answer.TOLD),
    }
    status = AgeStatus.CHILD if is_child(answers) else AgeStatus.ADULT
    return advise(
        Screening(
            age_status=status,
            answers=said,
            presumed=bool(first(answers, "presumed")),
            act_noted=bool(first(answers, "act_noted")),
        )
    )


def _advised(place: Place, answers: Answers) -> dict[str, Any]:
    advised = advice_on(answers)
    by = noted(answers)
    number = len(by["seen"]) + len(by["told"])
    said = ngettext("%(number)s sign was noted.", "%(number)s signs were noted.", number)
    return {
        "advice": gettext(advised.outcome.label),
        "note": gettext(advised.note),
        "noted": said % {"number": number},
    }


def _adult_with_time(answers: Answers) -> bool:
    """Tell whether careful questions may be asked: to an adult, alone, who has time."""
    return has_time(answers) and not is_child(answers) and bool(first(answers, "alone"))


SCREENS = (
    Screen(
        name="seen",
        title=_("What can be seen"),
        form=SeenForm,
        intro=(
            _("Look before you ask. Where somebody comes from or how she looks is never a sign."),
        ),
        applies=has_time,
    ),
    Screen(
        name="heard",
        title=_("What the person says"),
        form=HeardForm,
        intro=(
            _(
                "Let the person talk, and ask open questions: how did you come here, how is the"
                " work, who decides. What was not said stays not asked; that is never a no."
            ),
        ),
        template="guided/heard.html",
        applies=has_time,
        aside=lambda place, answers: {"is_child": is_child(answers)},
    ),
    Screen(
        name="asked",
        title=_("Only with care"),
        form=AskedForm,
        intro=(
            _(
                "Questions on violence can hurt. Ask only if you are trained for it, the person is"
                " safe here and wants to speak. Otherwise leave everything empty and go on."
            ),
        ),
        applies=_adult_with_time,
    ),
    Screen(
        name="view",
        title=_("Your view"),
        form=ViewForm,
        template="guided/view.html",
        applies=has_time,
        aside=_advised,
    ),
)
