"""Says answers back in words: to be checked, to be compared, and on the receipt."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from opennrm.records import queries
from opennrm.records.sessions import Session
from opennrm.web import people, words
from opennrm.web.forms.act import Place
from opennrm.web.forms.days import DayField
from opennrm.web.guided.path import walk
from opennrm.web.guided.screen import Answers, Screen, as_sent, first
from opennrm.web.guided.sending import parts_for

Said = tuple[Any, str]


def sections(place: Place, answers: Answers) -> list[tuple[Screen, list[Said]]]:
    """Return every answer under its screen."""
    return [(one, list(answers_of(one, place, answers))) for one in walk(place, answers).screens]


def answers_of(screen: Screen, place: Place, answers: Answers) -> Iterator[Said]:
    """Say the answers of one screen; what was left empty is left out."""
    form = screen.form(place=place, answers=answers)
    sent = as_sent(answers)
    for name, field in form.fields.items():
        raw = field.widget.value_from_datadict(sent, MultiValueDict(), name)
        if said := in_words(field, raw):
            yield field.label, said


def in_words(field: forms.Field, raw: Any) -> str:
    """Say one answer as it was chosen or typed."""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        known = {str(value): str(label) for value, label in choices}
        chosen = raw if isinstance(raw, list) else [raw]
        return "; ".join(known.get(str(one), str(one)) for one in chosen if one)
    if isinstance(field, forms.BooleanField):
        return gettext("Yes") if raw else ""
    if isinstance(field, DayField):
        return _day(field, raw)
    return str(raw or "")


def _day(field: DayField, raw: Any) -> str:
    try:
        typed = field.clean(raw) if raw else None
    except forms.ValidationError:
        return " ".join(raw)
    return words.day(typed) if isinstance(typed, date) else ""


def differences(
    screen: Screen, place: Place, *, mine: Answers, theirs: Answers
) -> list[tuple[Any, str, str]]:
    """List the fields of a screen that were answered differently in two windows."""
    here = dict(answers_of(screen, place, mine))
    there = dict(answers_of(screen, place, theirs))
    names = dict.fromkeys([*there, *here])
    return [
        (name, there.get(name, ""), here.get(name, ""))
        for name in names
        if there.get(name) != here.get(name)
    ]


def goes_out(viewer: Session, place: Place, answers: Answers) -> dict[str, Any]:
    """Say to whom something goes, and exactly what, before it is sent."""
    coming = {one.name for one in walk(place, answers).screens}
    if "agreed" not in coming or not first(answers, "recipient"):
        return {"recipient": "", "parts": [], "is_notification": "coarse" in coming}
    _to, role = people.chosen(first(answers, "recipient"))
    parts = parts_for(role, list(answers.get("scopes", ())))
    return {
        "recipient": dict(people.recipients(place)).get(first(answers, "recipient"), ""),
        "parts": [people.item_name(code) for code in parts],
        "is_notification": False,
    }


def sent_to(viewer: Session, receipt: Mapping[str, Any]) -> dict[str, str]:
    """Name the organisation a referral went to."""
    chosen = receipt.get("recipient", "")
    if not chosen:
        return {"recipient": ""}
    to, role = people.chosen(chosen)
    names = {one.organisation: one.name for one in queries.organisations(viewer)}
    return {"recipient": f"{names.get(to, '')}: {people.role_name(role)}"}
