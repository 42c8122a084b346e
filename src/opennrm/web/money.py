"""Amounts as people write them: asked for with a point, kept in the smallest unit, said."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency, get_currency_name, get_territory_currencies
from django import forms
from django.utils.translation import gettext_lazy as _

from opennrm.vocabulary.redress import currencies, minor_digits
from opennrm.web import words
from opennrm.web.forms import fields as ask

LARGEST = Decimal("999999999999")
TOO_FINE = _("has more digits after the point than this currency knows")


def amount(label: Any, *, hint: Any = "", required: bool = False) -> forms.DecimalField:
    """Ask for an amount of money."""
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=required,
        min_value=0,
        max_value=LARGEST,
        max_digits=16,
        decimal_places=4,
        widget=forms.TextInput,
        error_messages=ask.WRITE,
    )


def currency(*, required: bool = False) -> forms.ChoiceField:
    """Ask for a currency by its name in the language of the page."""
    field = ask.one_from(_("Currency"), (), required=required)
    field.choices = currency_names
    return field


def currency_names() -> list[tuple[str, str]]:
    """Return the currencies in use, by name in the language of the page."""
    here = words.locale()
    named = [(code, f"{get_currency_name(code, locale=here)} ({code})") for code in currencies()]
    return [("", ""), *sorted(named, key=lambda pair: pair[1])]


def local_currency(jurisdiction: str | None) -> str:
    """Return the currency paid with where a case is, or nothing where that is not clear."""
    used: list[str] = get_territory_currencies((jurisdiction or "")[:2], tender=True)
    return used[0] if len(used) == 1 and len(jurisdiction or "") == 2 else ""


def in_minor(form: forms.Form, names: Iterable[str]) -> Mapping[str, int]:
    """Return the amounts that were typed, in the smallest unit of the currency chosen."""
    typed = form.cleaned_data
    digits = minor_digits(typed["currency"]) if typed.get("currency") else 2
    return {name: int(typed[name].scaleb(digits)) for name in names if typed.get(name) is not None}


def refuse_too_fine(form: forms.Form, names: Iterable[str]) -> None:
    """Mark the amounts that are finer than the smallest unit of the currency chosen."""
    typed = form.cleaned_data
    code = typed.get("currency")
    for name in names:
        value = typed.get(name)
        if code and value is not None and value.scaleb(minor_digits(code)) % 1:
            form.add_error(name, TOO_FINE)


def said(minor: int, code: str) -> str:
    """Say an amount of a currency in words of the page."""
    whole = Decimal(minor).scaleb(-minor_digits(code))
    return str(format_currency(whole, code, locale=words.locale()))
