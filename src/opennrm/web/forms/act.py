"""What a page for a use case is: a form, the input it makes, the use case it is handed to."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from opennrm.casework.ports import Desk
from opennrm.lifecycle.calendars import local_day
from opennrm.records.sessions import Session

DECIMAL = re.compile(r"[0-9]{1,9}")


class ActForm(forms.Form):
    """A form that makes one input of a use case; fields have the names of the input's fields."""

    makes: ClassVar[type[Any]]
    parts: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()
    places: ClassVar[Mapping[str, str]] = {}  # the field that a refusal's reason is about
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    expected = forms.CharField(widget=forms.HiddenInput, max_length=400, required=False)

    def __init__(self, *args: Any, place: "Place", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "op-%s")
        super().__init__(*args, **kwargs)
        self.place = place
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices that depend on the case or on who asks."""

    def to_input(self) -> Any:
        """Make the input of the use case from what was typed."""
        return self.makes(**self.values(self.makes))

    def values(self, wanted: type[Any]) -> dict[str, Any]:
        """Return what was typed for each field of a dataclass that the form asks."""
        return {
            entry.name: _as_wanted(self.cleaned_data[entry.name], entry.default)
            for entry in fields(wanted)
            if entry.name in self.cleaned_data
        }

    def sequences(self) -> dict[str, int] | None:
        """Return the places in the record that the worker had seen, by compartment."""
        pairs = (pair.partition(":") for pair in self.cleaned_data.get("expected", "").split())
        return {code: int(last) for code, _colon, last in pairs if DECIMAL.fullmatch(last)} or None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stands: who asks, when, and for which case."""

    viewer: Session
    at: datetime
    case_ref: UUID | None = None
    case: Any = None  # an OpenCase wherever case_ref is given
    asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the day it is where the case is, or where the viewer works."""
        if self.case is None:
            return local_day(self.viewer.actor.jurisdiction, self.at)
        today: date = self.case.today
        return today


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose before the form can be shown, such as whose consent it is about."""

    name: str
    title: Any
    options: Sequence[tuple[str, Any]]
    hint: Any = ""
    nothing: Any = ""
    asked_of_one: bool = True  # else the only option is taken, and named in the address

    @property
    def only(self) -> str:
        """Return the one option there is, where it need not be asked for."""
        return "" if self.asked_of_one or len(self.options) != 1 else self.options[0][0]

    def is_made(self, place: Place) -> bool:
        """Tell whether one of the options was chosen before."""
        return place.asked.get(self.name) in {value for value, _label in self.options}


@dataclass(frozen=True, slots=True)
class Act:
    """One page for one use case."""

    name: str
    title: Any
    form: type[ActForm]
    use_case: Callable[..., UUID]
    noun: str
    button: Any
    done: Any
    said: Callable[[ActForm, Any], str] | None = None
    intro: tuple[Any, ...] = ()
    touches: tuple[str, ...] = ()
    template: str = "act.html"
    group: str = ""
    starts_case: bool = False
    may_close: bool = False
    choose: Callable[[Place], Iterator[Choice]] = lambda place: iter(())
    after: str = ""  # the template shown once when it is done, for what is kept nowhere
    slug: str = ""  # where the name would reveal in an address what the page is about
    aside: Callable[[Place], Mapping[str, Any]] = lambda place: {}

    @property
    def address(self) -> str:
        """Return the last part of the page's address."""
        return self.slug or self.name.replace("_", "-")

    def still_to_choose(self, place: Place) -> Choice | None:
        """Return the first choice that is open, or was not one of those offered."""
        return next((choice for choice in self.choose(place) if not choice.is_made(place)), None)

    def perform(self, form: ActForm, *, desk: Desk) -> UUID:
        """Hand what was typed to the use case."""
        place = form.place
        call: dict[str, Any] = {
            self.noun: form.to_input(),
            "actor": place.viewer.actor,
            "at": place.at,
            "desk": desk,
        }
        if not self.starts_case:
            call |= {"case_ref": place.case_ref, "expected": form.sequences()}
        return self.use_case(**call)


def _as_wanted(value: Any, default: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if value == "" and default is not MISSING:
        return default
    return value
