"""`./run field-forms FOLDER`: writes the forms for telephones in the field, in every language."""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path

from babel.core import Locale
from django.conf import settings
from django.utils.translation import gettext, override, to_locale

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.exchange.field_forms.asking import (
    FieldForm,
    notification_form,
    referral_form,
    screening_form,
)
from opennrm.exchange.field_forms.xlsform import written
from opennrm.exchange.htcds.standard import country_labels
from opennrm.rights.jurisdictions import presets


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Write one workbook for each form."""
    folder = Path(given.folder)
    folder.mkdir(parents=True, exist_ok=True)
    for form in forms(given.jurisdiction):
        path = folder / f"{form.form_id}.xlsx"
        path.write_bytes(workbook(form))
        say(f"{path}: {len(form.questions)} questions, {len(settings.LANGUAGES)} languages")
    say("Upload them to KoboToolbox or ODK Central. Take the answers in on the page Imports.")
    return 0


def forms(jurisdiction: str) -> tuple[FieldForm, ...]:
    """Return the three forms; the regions of a notification are those of the place."""
    regions = presets(jurisdiction).regions
    return referral_form(), screening_form(), notification_form(tuple(regions.items()))


def workbook(form: FieldForm) -> bytes:
    """Write a form with the words of every language of this installation."""
    return written(form, settings.LANGUAGES, _said)


def _said(language: str, text: str) -> str:
    """Say a text in a language; names of countries are those of CLDR."""
    country = _countries().get(text)
    if country is not None:
        named = Locale.parse(to_locale(language)).territories.get(country)
        return str(named) if named and language != "en" else text
    with override(language):
        return gettext(text)


@cache
def _countries() -> dict[str, str]:
    return {label: code for code, label in country_labels().items()}
