"""Short ways to say what a form asks: a choice, several, a word, a text, a day, a yes."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle.kinds import KINDS
from opennrm.vocabulary import registry
from opennrm.vocabulary.countries import country_names
from opennrm.vocabulary.languages import listed_name
from opennrm.web.forms.days import DayField

CHOOSE = {"required": _("choose an answer")}
WRITE = {"required": _("write something here")}
NOT_ASKED = "not_asked"
LANGUAGES = """
ar az be bg bn bs ckb cs da de el en es et fa fi fr ha he hi hr hu hy id ig it ka kk km ku ky lo lt
lv mk mn mt my ne nl no pa pl ps pt ro rom ru si sk sl so sq sr sv sw ta te tg th ti tk tl tr uk ur
uz vi wo yo zh
"""


class Coded(list[tuple[str, Any]]):
    """Choices that know from which code lists they come, so that their meaning can be told."""

    lists: tuple[str, ...] = ()


Choices = Iterable[tuple[str, Any]]
# Kept on the widget, where a form copies it, and never drawn as an attribute.
LISTS = "opennrm_lists"
Field = TypeVar("Field", bound=forms.Field)
Text = Any  # a str, or one that is translated when it is shown
translated = lazy(gettext, str)


def codes(
    kind: str, name: str, *lists: str, leave_out: Iterable[str] = ()
) -> list[tuple[str, Any]]:
    """Return what a field of a fact may hold, in the words and order of code lists."""
    labels = {code: text for each in lists for code, text in _labels(each).items()}
    unwanted = set(leave_out)
    allowed = KINDS[kind].fields[name].codes - unwanted
    known = [code for code in labels if code in allowed]
    others = sorted(allowed - set(known))
    every = (*known, *others)
    found = Coded((code, translated(labels.get(code) or spoken(code))) for code in every)
    found.lists = lists
    return found


def listed(name: str, *, leave_out: Iterable[str] = ()) -> list[tuple[str, Any]]:
    """Return a whole code list as choices, in its own order."""
    return [(c, translated(text)) for c, text in _labels(name).items() if c not in leave_out]


def spoken(code: str) -> str:
    """Say a code in words when no list has a label for it."""
    return code.replace("_", " ").capitalize()


def _labels(name: str) -> dict[str, str]:
    return registry.code_list(name).labels()


def explained(field: Field, choices: Any) -> Field:
    """Note on a field the code lists its choices come from."""
    if lists := getattr(choices, "lists", ()):
        field.widget.attrs[LISTS] = lists
    return field


def one_of(
    label: Text,
    choices: Choices | Callable[[], Choices],
    *,
    hint: Text = "",
    required: bool = True,
    initial: str = "",
) -> forms.ChoiceField:
    """Ask for one of a few, as radios."""
    field = forms.ChoiceField(
        label=label,
        choices=list(choices) if not callable(choices) else choices,
        help_text=hint,
        required=required,
        initial=initial,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )
    return explained(field, choices)


def one_from(
    label: Text, choices: Choices, *, hint: Text = "", required: bool = True, initial: str = ""
) -> forms.ChoiceField:
    """Ask for one of many, as a list to open."""
    field = forms.ChoiceField(
        label=label,
        choices=[("", ""), *choices],
        help_text=hint,
        required=required,
        initial=initial,
        error_messages=CHOOSE,
        widget=forms.Select,
    )
    return explained(field, choices)


def several(
    label: Text, choices: Choices, *, hint: Text = "", required: bool = False
) -> forms.MultipleChoiceField:
    """Ask for any number of a few, as ticks."""
    field = forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        help_text=hint,
        required=required,
        error_messages=CHOOSE,
        widget=forms.CheckboxSelectMultiple,
    )
    return explained(field, choices)


def clock(label: Text, *, required: bool = True) -> forms.TimeField:
    """Ask a time of the day, written as people write it."""
    return forms.TimeField(
        label=label,
        help_text=_("By the clock of the place here, such as 14:30."),
        required=required,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TextInput,
        error_messages={**WRITE, "invalid": _("write a time such as 14:30")},
    )


def yes(label: Text, *, hint: Text = "") -> forms.BooleanField:
    """Ask for one tick."""
    return forms.BooleanField(label=label, help_text=hint, required=False)


def answered(label: Text, *, hint: Text = "") -> forms.TypedChoiceField:
    """Ask for yes or no, where not having asked is an answer of its own."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", _("Yes")), ("no", _("No")), (NOT_ASKED, _("Not asked"))],
        help_text=hint,
        required=False,
        initial=NOT_ASKED,
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
        widget=forms.RadioSelect,
    )


def word(
    label: Text, *, hint: Text = "", required: bool = False, longest: int = 200
) -> forms.CharField:
    """Ask for a line of text."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=longest,
        error_messages=WRITE,
    )


def number(label: Text, *, hint: Text = "") -> forms.IntegerField:
    """Ask for a whole number."""
    return forms.IntegerField(label=label, help_text=hint, required=False, min_value=1)


def count(label: Text, *, required: bool = False) -> forms.IntegerField:
    """Ask for a whole number that may be nothing, such as an amount in the smallest unit."""
    return forms.IntegerField(
        label=label,
        help_text=_("A whole number; of money, in its smallest unit, such as cents."),
        required=required,
        min_value=0,
        widget=forms.TextInput,
        error_messages=WRITE,
    )


def text(label: Text, *, hint: Text = "", required: bool = False) -> forms.CharField:
    """Ask for a longer text."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=20_000,
        error_messages=WRITE,
        widget=forms.Textarea,
    )


def day(label: Text, *, hint: Text = "", required: bool = True, when: Text = None) -> DayField:
    """Ask for a day in three boxes; `when` says in which case it is needed."""
    return DayField(label=label, help_text=hint, required=required, label_suffix=when)


def language(label: Text, *, hint: Text = "", required: bool = False) -> forms.ChoiceField:
    """Ask for a language by its name in the language of the page."""
    field = one_from(label, (), hint=hint, required=required)
    field.choices = language_names
    return field


def language_names() -> list[tuple[str, str]]:
    """Return the languages most spoken in mechanisms, by name in the language of the page."""
    here = get_language() or "en"
    named = [(code, listed_name(code, here)) for code in LANGUAGES.split()]
    return [("", ""), *sorted(named, key=lambda pair: pair[1])]


def citizenships() -> list[tuple[str, str]]:
    """Return the countries by name, then stateless and not known."""
    named = country_names(get_language() or "en")
    ends = [("stateless", gettext("Stateless")), ("unknown", gettext("Not known"))]
    return [("", ""), *ends, *named.items()]
