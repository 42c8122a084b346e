"""Page of corrections: the same kind of fact again, with its new content, whole."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opennrm.casework import correction as work
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.fields import Field, OpenValue, Shape
from opennrm.lifecycle.kinds import KINDS
from opennrm.vocabulary import registry
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place

OPEN, SEALED = "open_", "sealed_"
KEPT = frozenset({Shape.REFERENCE, Shape.MOMENT_OR_DAY})


class CorrectionForm(ActForm):
    """One field for each field of the kind, filled with what was recorded."""

    makes = work.Correction

    def prepare(self) -> None:
        """Ask for each part of the fact; references stay as they are."""
        fact = self.fact
        kind = KINDS[fact.kind]
        for name, field in kind.fields.items():
            if field.shape not in KEPT:
                self.fields[f"{OPEN}{name}"] = _asked(name, field, fact.open.get(name))
        told = self.place.case.told(fact)
        for name in kind.sealed:
            self.fields[f"{SEALED}{name}"] = ask.text(_spoken(name))
            self.fields[f"{SEALED}{name}"].initial = told.get(name, "")

    @property
    def fact(self) -> Fact:
        """Return the fact to be replaced."""
        fact: Fact = self.place.case.fact(self.place.asked["fact"])
        return fact

    def to_input(self) -> work.Correction:
        """Put the whole new content together, kept references included."""
        fact = self.fact
        kept = {n: v for n, v in fact.open.items() if KINDS[fact.kind].fields[n].shape in KEPT}
        typed = {
            name.removeprefix(OPEN): _as_open(
                KINDS[fact.kind].fields[name.removeprefix(OPEN)], value
            )
            for name, value in self.cleaned_data.items()
            if name.startswith(OPEN)
        }
        sealed = {
            name.removeprefix(SEALED): value
            for name, value in self.cleaned_data.items()
            if name.startswith(SEALED) and value
        }
        return self.makes(
            fact=fact.fact_ref,
            open={
                **kept,
                **{name: value for name, value in typed.items() if value not in ("", [])},
            },
            sealed=sealed,
        )


def _asked(name: str, field: Field, value: OpenValue) -> forms.Field:
    label = _spoken(name)
    asked: forms.Field
    if field.shape is Shape.FLAG:
        asked = ask.yes(label)
    elif field.shape is Shape.COUNT:
        asked = ask.count(label, required=field.required)
    elif field.shape is Shape.DAY:
        asked = ask.day(label, required=field.required)
    elif field.codes:
        choose = ask.several if field.many else ask.one_from
        asked = choose(label, _named(name, field), required=field.required)
    else:
        asked = ask.word(label, required=field.required, longest=64)
    asked.initial = _as_typed(field, value)
    return asked


def _named(name: str, field: Field) -> list[tuple[str, Any]]:
    known = {code: text for each in registry.code_lists() for code, text in each.labels().items()}
    listed = [(code, ask.translated(known.get(code, ask.spoken(code)))) for code in field.codes]
    return sorted(listed, key=lambda pair: str(pair[1]))


def _as_typed(field: Field, value: OpenValue) -> Any:
    if field.shape is Shape.DAY and isinstance(value, str):
        return date.fromisoformat(value)
    if not field.codes and isinstance(value, list | tuple):
        return " ".join(value)
    return value


def _as_open(field: Field, value: Any) -> OpenValue:
    if isinstance(value, date):
        return value.isoformat()
    if field.many and not field.codes and isinstance(value, str):
        return value.replace(",", " ").split()
    opened: OpenValue = value
    return opened


def _spoken(name: str) -> str:
    return str(ask.translated(ask.spoken(name)))


def _choose_fact(place: Place) -> Iterator[Choice]:
    yield Choice(
        "fact",
        _("What is to be put right?"),
        [
            (str(fact.fact_ref), f"{words.kind(fact.kind)}, {words.moment(fact.at)}")
            for fact in place.case.case.standing
            if fact.organisation == place.viewer.actor.organisation
            and fact.kind in work.CORRECTABLE
        ],
        nothing=_("Nothing was recorded by your organisation yet."),
    )


ACTS = (
    Act(
        name="correct_fact",
        title=_("Put something right"),
        form=CorrectionForm,
        use_case=work.correct_fact,
        noun="correction",
        button=_("Save the correction"),
        done=_("The correction is saved. The earlier entry stays in the record, marked."),
        intro=(_("The record is never changed: the new entry names the one it replaces."),),
        choose=_choose_fact,
        group="always",
    ),
)
