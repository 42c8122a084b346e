"""Asks for the fields of a row: one way of asking for each kind of field."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import (
    CodeField,
    CodesField,
    LanguagesField,
    MoneyField,
    WordsField,
)
from opennrm.vocabulary.languages import is_language
from opennrm.web import money
from opennrm.web.forms import fields as ask

NOT_ONE = _("is not one of those that can be chosen")


class WordsAsked(forms.CharField):
    """Asks for words with commas between them."""

    def to_python(self, value: Any) -> Any:
        """Read the words, each once."""
        texts = value if isinstance(value, list) else str(value or "").split(",")
        return list(dict.fromkeys(text.strip() for text in texts if text.strip()))

    def prepare_value(self, value: Any) -> Any:
        """Write the words on one line."""
        return ", ".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other words were typed."""
        return bool(self.to_python(initial) != self.to_python(data))

    def run_validators(self, value: Any) -> None:
        """Leave the length of each word to the table."""


class LanguagesAsked(WordsAsked):
    """Asks for languages by their codes."""

    def validate(self, value: Any) -> None:
        """Refuse a code that names no language.

        :raises ValidationError: when there is one.
        """
        super().validate(value)
        odd = [code for code in value if not is_language(code)]
        if odd:
            says = _("%(codes)s names no language; write codes such as sq, mk")
            raise forms.ValidationError(says, params={"codes": ", ".join(odd)})


class MoneyAsked(forms.DecimalField):
    """Asks for an amount as people write it; the form turns it into the smallest unit."""

    widget = forms.TextInput


def asked(field: Any, **_kwargs: Any) -> Any:
    """Return the form field that asks for a field of a model."""
    made = next((way(field) for kind, way in WAYS if isinstance(field, kind)), None)
    if made is None:
        return field.formfield()
    if field.has_default() and field.get_default() not in ("", []):
        made.initial = field.get_default()
    return made


def _word(field: Any) -> forms.Field:
    return ask.word(
        field.verbose_name,
        hint=field.help_text,
        required=not field.blank,
        longest=field.max_length,
    )


def _number(field: Any) -> forms.Field:
    return forms.IntegerField(
        label=field.verbose_name,
        help_text=field.help_text,
        required=not field.blank,
        min_value=0,
        max_value=1_000_000_000,
        widget=forms.TextInput,
        error_messages=ask.WRITE,
    )


def _money(field: Any) -> forms.Field:
    return MoneyAsked(
        label=field.verbose_name,
        help_text=field.help_text,
        required=not field.blank,
        min_value=Decimal(0),
        max_value=money.LARGEST,
        max_digits=16,
        decimal_places=4,
        error_messages=ask.WRITE,
    )


def _one_row(field: Any) -> forms.Field:
    choices = field.related_model._default_manager.all()
    return forms.ModelChoiceField(
        choices,
        label=field.verbose_name,
        help_text=field.help_text,
        required=not field.blank,
        empty_label="",
        error_messages={**ask.CHOOSE, "invalid_choice": NOT_ONE},
    )


def _rows(field: Any) -> forms.Field:
    choices = field.related_model._default_manager.all()
    return forms.ModelMultipleChoiceField(
        choices,
        label=field.verbose_name,
        help_text=field.help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_ONE},
    )


def _words(kind: type[WordsAsked], hint: Any) -> Callable[[Any], forms.Field]:
    return lambda field: kind(
        label=field.verbose_name, help_text=field.help_text or hint, required=not field.blank
    )


def _code(field: Any) -> forms.Field:
    choices = ask.listed(field.codes) if field.codes else list(field.choices or ())
    required = not field.blank
    return ask.one_from(
        field.verbose_name, choices, hint=field.help_text, required=required, initial=""
    )


def _codes(field: Any) -> forms.Field:
    return ask.several(field.verbose_name, ask.listed(field.codes), hint=field.help_text)


def _text(field: Any) -> forms.Field:
    return ask.text(field.verbose_name, hint=field.help_text, required=not field.blank)


def _day(field: Any) -> forms.Field:
    return ask.day(field.verbose_name, hint=field.help_text, required=not field.blank)


def _yes(field: Any) -> forms.Field:
    return ask.yes(field.verbose_name, hint=field.help_text)


WAYS: tuple[tuple[type[models.Field[Any, Any]], Callable[[Any], forms.Field]], ...] = (
    (CodeField, _code),
    (CodesField, _codes),
    (LanguagesField, _words(LanguagesAsked, _("Codes with commas between, such as mk, sq"))),
    (WordsField, _words(WordsAsked, _("With commas between"))),
    (MoneyField, _money),
    (models.BooleanField, _yes),
    (models.DateField, _day),
    (models.IntegerField, _number),
    (models.TextField, _text),
    (models.CharField, _word),
    (models.ForeignKey, _one_row),
    (models.ManyToManyField, _rows),
)
