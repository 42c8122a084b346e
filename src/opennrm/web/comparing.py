"""Sets what somebody saved meanwhile beside what was typed, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext

from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.kinds import KINDS
from opennrm.web import telling, words
from opennrm.web.forms.act import ActForm
from opennrm.web.open_case import OpenCase

# Names and whereabouts stay hidden until asked for, here too.
HIDDEN = frozenset({"D2", "D2S", "D3", "D3S"})


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what was saved meanwhile, what was typed, and whether the two differ."""

    label: str
    saved: str
    typed: str

    @property
    def differs(self) -> bool:
        """Tell whether the two say something else."""
        return self.saved != self.typed


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was saved meanwhile in one entry, beside what was typed."""

    title: str
    by: str
    at: Any
    is_hidden: bool
    lines: tuple[Line, ...]


def compared(form: ActForm, news: tuple[Fact, ...], case: OpenCase) -> list[Comparison]:
    """Compare the newest entry of each kind that has fields of this form; reading it is logged."""
    newest = {fact.kind: fact for fact in news}
    found = (_comparison(form, fact, case) for fact in newest.values())
    return [one for one in found if one.lines or one.is_hidden]


def _comparison(form: ActForm, fact: Fact, case: OpenCase) -> Comparison:
    is_hidden = fact.has_sealed and fact.compartment in HIDDEN
    told = case.told(fact) if fact.has_sealed and not is_hidden else {}
    return Comparison(
        title=words.kind(fact.kind),
        by=case.organisation_name(fact.organisation),
        at=fact.at,
        is_hidden=is_hidden,
        lines=tuple(_lines(form, fact, told, case)),
    )


def _lines(form: ActForm, fact: Fact, told: Any, case: OpenCase) -> Iterator[Line]:
    for name in form.fields:
        if name in KINDS[fact.kind].fields:
            saved = telling.value_said(fact.kind, name, fact.open.get(name), case.names)
        elif name in told:
            saved = str(told[name])
        else:
            saved = ""
        typed = _typed(form, name) if name in _asked(fact) else ""
        if saved or typed:
            yield Line(str(form.fields[name].label or name), saved, typed)


def _asked(fact: Fact) -> frozenset[str]:
    kind = KINDS[fact.kind]
    return frozenset((*kind.fields, *kind.sealed))


def _typed(form: ActForm, name: str) -> str:
    field: Any = form.fields[name]
    value = form.cleaned_data.get(name)
    if value in (None, "", [], ()):
        return ""
    if isinstance(field, forms.ChoiceField):
        chosen = [value] if isinstance(value, str) else value
        choices: Any = field.choices
        labels = {str(code): str(label) for code, label in choices}
        return "; ".join(labels.get(str(one), str(one)) for one in chosen)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return words.day(value) if hasattr(value, "year") else str(value)
