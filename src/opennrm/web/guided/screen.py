"""What a screen of the guided path is: one group of questions, and when it is asked."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from opennrm.web.forms.act import Place

Answers = Mapping[str, list[str]]
# The fields of a form that are asked on the expert page in the same words.
Borrowed = tuple[tuple[type[forms.Form], tuple[str, ...]], ...]


class ScreenForm(forms.Form):
    """The questions of one screen; some are those of the expert page."""

    borrowed: ClassVar[Borrowed] = ()
    order: ClassVar[tuple[str, ...] | None] = None

    def __init__(self, *args: Any, place: Place, answers: Answers, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "op-%s")
        super().__init__(*args, **kwargs)
        self.place, self.answers = place, answers
        for form, names in self.borrowed:
            for name in names:
                self.fields[name] = deepcopy(form.base_fields[name])
        if self.order:
            self.order_fields(self.order)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on who asks, or on what was answered before."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its address, its heading, what it says, what it asks, when it is asked."""

    name: str
    title: Any
    form: type[ScreenForm]
    intro: tuple[Any, ...] = ()
    template: str = "guided/screen.html"
    applies: Callable[[Answers], bool] = lambda answers: True
    aside: Callable[[Place, Answers], Mapping[str, Any]] = field(default=lambda place, answers: {})

    def shown(self, place: Place, answers: Answers) -> ScreenForm:
        """Return the questions with what was answered so far, and without a word of blame."""
        if not self.was_asked(answers):
            return self.form(place=place, answers=answers)
        kept, empty = as_sent(answers), self.form(place=place, answers=answers)
        initial = {
            name: one.widget.value_from_datadict(kept, MultiValueDict(), name)
            for name, one in empty.fields.items()
        }
        return self.form(place=place, answers=answers, initial=initial)

    def filled(self, place: Place, answers: Answers) -> ScreenForm:
        """Return the questions as they are sent, to be checked."""
        return self.form(as_sent(answers), place=place, answers=answers)

    def was_asked(self, answers: Answers) -> bool:
        """Tell whether this screen was answered before."""
        return self.name in answers.get(DONE, ())


DONE = "screens_done"


def as_sent(answers: Answers) -> QueryDict:
    """Turn answers into what a browser would send."""
    sent = QueryDict(mutable=True)
    for name, values in answers.items():
        sent.setlist(name, list(values))
    return sent


def first(answers: Answers, name: str) -> str:
    """Return the one answer to a question, or nothing."""
    given = answers.get(name) or [""]
    return given[0]


def fields_of(form: ScreenForm) -> list[str]:
    """Return the names under which a browser sends the answers of a screen."""
    return [name for field_name, one in form.fields.items() for name in _names(field_name, one)]


def _names(name: str, one: forms.Field) -> tuple[str, ...]:
    boxes = getattr(one.widget, "boxes", ())
    return tuple(f"{name}-{box}" for box in boxes) or (name,)
