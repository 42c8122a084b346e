"""Draws a Django form with the components of the library: labels, hints, errors, kept values."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from markupsafe import Markup

from opennrm.vocabulary.registry import code_list, meanings
from opennrm.web.components import Components
from opennrm.web.forms.days import DayBoxes, boxes
from opennrm.web.forms.fields import LISTS

govuk = Components()
Options = dict[str, Any]


def error_summary(form: forms.BaseForm) -> Markup:
    """Draw the list of what is to be put right, each a link to its place."""
    if not form.errors:
        return Markup("")
    listed = [
        {"text": _problem(form, name, str(message)), "href": f"#{_place(form, name)}"}
        for name, messages in form.errors.items()
        for message in messages
    ]
    title = gettext("Something needs your attention")
    return govuk.error_summary({"titleText": title, "errorList": listed})


def place_of(form: Any, reason: str) -> Markup:
    """Draw a link to the field a refusal is about, where it is about one of the form."""
    name = getattr(form, "places", {}).get(reason, "")
    if name not in form.fields:
        return Markup("")
    link = Markup('<p class="govuk-body"><a class="govuk-link" href="#{at}">{text}</a></p>')
    text = gettext("Go to: %(field)s") % {"field": form.fields[name].label}
    return link.format(at=_place(form, name), text=text)


def _problem(form: forms.BaseForm, name: str, message: str) -> str:
    if name not in form.fields:
        return message
    return gettext("%(field)s: %(problem)s") % {
        "field": form.fields[name].label,
        "problem": message,
    }


def controls(form: forms.BaseForm, names: Iterable[str] = ()) -> Markup:
    """Draw the visible fields of a form, or those named, in their order."""
    wanted = tuple(names) or tuple(field.name for field in form.visible_fields())
    return Markup("\n").join(control(form[name]) for name in wanted if name in form.fields)


def control(bound: BoundField) -> Markup:
    """Draw one field as its component."""
    for kind, draw in DRAWN:
        if isinstance(bound.field.widget, kind):
            return draw(bound) + _explained(bound)
    return _line(bound)


def _explained(bound: BoundField) -> Markup:
    """Draw what the answers mean, closed, where their code lists say so, and the source."""
    offered = {value: label for value, label in _choices(bound) if value}
    lines, sources = Markup(""), []
    for name in bound.field.widget.attrs.get(LISTS, ()):
        told = {code: text for code, text in meanings(name).items() if code in offered}
        for code, text in told.items():
            lines += MEANING.format(label=offered[code], means=gettext(text))
        sources += [code_list(name).source] if told else []
    if not lines:
        return lines
    lines += MEANT_BY.format(gettext("Source: %(source)s") % {"source": "; ".join(sources)})
    return govuk.details({"summaryText": gettext("What the answers mean"), "html": lines})


def options(choices: Iterable[tuple[str, Any]], *, first: bool = False) -> list[Options]:
    """Turn choices into the items of a component, the first one chosen where asked."""
    return [
        {"value": value, "text": label, "checked": first and number == 0}
        for number, (value, label) in enumerate(choices)
    ]


def tied(choices: Iterable[tuple[str, Any]], form: str) -> list[Options]:
    """Turn choices that stand outside their form into items that are sent with it."""
    return [
        {"value": value, "text": label, "attributes": {"form": form}} for value, label in choices
    ]


def chosen(choices: Iterable[Any]) -> list[Options]:
    """Turn choices that know whether they are chosen into the items of a list."""
    return [{"value": one.key, "text": one.label, "selected": one.chosen} for one in choices]


MEANING = Markup('<p class="govuk-body"><strong>{label}</strong><br>{means}</p>')
MEANT_BY = Markup('<p class="govuk-body-s">{}</p>')
BACK = Markup('<nav aria-label="{label}">{link}</nav>')


def back(text: Any, href: str) -> Markup:
    """Draw the way back to where the page was come from."""
    link = govuk.back_link({"text": text, "href": href})
    return BACK.format(label=gettext("Way back"), link=link)


def pairs(said: Iterable[tuple[Any, Any]]) -> list[Options]:
    """Turn pairs of words into the rows of a summary list."""
    return [{"key": {"text": name}, "value": {"text": told}} for name, told in said]


SIGN_LINE = Markup(
    '<div class="op-sign"><label class="govuk-label" for="{id}">{label}</label>'
    '<select class="govuk-select" id="{id}" name="{name}">{options}</select></div>'
)
SIGN_OPTION = Markup('<option value="{value}"{chosen}>{text}</option>')


def sign(bound: BoundField, *, as_radios: bool) -> Markup:
    """Draw one sign of a screening: three small radios, or one line where there are many."""
    if as_radios:
        return Markup('<div class="op-ask">{}</div>').format(_sign_radios(bound))
    kept = str(bound.value() or "")
    drawn = Markup("").join(
        SIGN_OPTION.format(value=value, text=text, chosen=" selected" if value == kept else "")
        for value, text in _choices(bound)
    )
    return SIGN_LINE.format(
        id=bound.auto_id, name=bound.html_name, label=bound.label, options=drawn
    )


def _sign_radios(bound: BoundField) -> Markup:
    chosen = str(bound.value() or "")
    items = [
        {"value": value, "text": text, "checked": value == chosen}
        for value, text in _choices(bound)
    ]
    legend = {"legend": {"text": bound.label, "classes": "govuk-!-font-weight-bold"}}
    classes = "govuk-radios--inline govuk-radios--small"
    return govuk.radios({"fieldset": legend, "items": items, "classes": classes, **_asked(bound)})


def _place(form: forms.BaseForm, name: str) -> str:
    if name not in form.fields:
        return "main-content"
    at = form[name].id_for_label or form[name].auto_id
    return f"{at}-day" if isinstance(form.fields[name].widget, DayBoxes) else str(at)


def _asked(bound: BoundField) -> Options:
    """Return what every component has: name, id, hint and error."""
    asked: Options = {"id": bound.auto_id, "idPrefix": bound.auto_id, "name": bound.html_name}
    if bound.help_text:
        asked["hint"] = {"text": bound.help_text}
    if bound.errors:
        asked["errorMessage"] = {
            "text": bound.errors[0],
            "visuallyHiddenText": gettext("Error"),
        }
    return asked


def _title(bound: BoundField) -> str:
    if when := bound.field.label_suffix:
        return f"{bound.label} ({when})"
    speaks_for_itself = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    if bound.field.required or speaks_for_itself or bound.field.initial:
        return str(bound.label)
    return gettext("%(label)s (optional)") % {"label": bound.label}


def _legend(bound: BoundField) -> Options:
    return {"legend": {"text": _title(bound), "classes": "govuk-fieldset__legend--s"}}


def _label(bound: BoundField) -> Options:
    return {"text": _title(bound), "classes": "govuk-label--s"}


def _line(bound: BoundField) -> Markup:
    kind = getattr(bound.field.widget, "input_type", "text")
    asked: Options = {"label": _label(bound), "type": kind, "autocomplete": "off", **_asked(bound)}
    asked["autocomplete"] = bound.field.widget.attrs.get("autocomplete", "off")
    if kind != "password":
        asked["value"] = str(bound.value() or "")
    return govuk.input(asked)


def _text(bound: BoundField) -> Markup:
    kept = str(bound.value() or "")
    return govuk.textarea({"label": _label(bound), "value": kept, "rows": 4, **_asked(bound)})


def _file(bound: BoundField) -> Markup:
    return govuk.file_upload({"label": _label(bound), **_asked(bound)})


def _choices(bound: BoundField) -> list[tuple[str, Any]]:
    field = bound.field
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    return [(str(value), label) for value, label in choices]


def _list(bound: BoundField) -> Markup:
    chosen = str(bound.value() or "")
    items = [
        {"value": value, "text": label or gettext("Choose"), "selected": value == chosen}
        for value, label in _choices(bound)
    ]
    return govuk.select({"label": _label(bound), "items": items, **_asked(bound)})


def _radios(bound: BoundField) -> Markup:
    chosen = str(bound.value() or "")
    items = [
        {"value": value, "text": label, "checked": value == chosen}
        for value, label in _choices(bound)
        if value
    ]
    asked = {"fieldset": _legend(bound), "items": items, **_asked(bound)}
    return govuk.radios({**asked, "classes": "govuk-radios--small"})


def _ticks(bound: BoundField) -> Markup:
    chosen = {str(value) for value in bound.value() or ()}
    items = [
        {"value": value, "text": label, "checked": value in chosen}
        for value, label in _choices(bound)
    ]
    return govuk.checkboxes(
        {
            "fieldset": _legend(bound),
            "items": items,
            "classes": "govuk-checkboxes--small",
            **_asked(bound),
        }
    )


def _tick(bound: BoundField) -> Markup:
    item: Options = {"value": "on", "text": bound.label, "checked": bool(bound.value())}
    asked = _asked(bound)
    if "hint" in asked:
        item["hint"] = asked.pop("hint")
    return govuk.checkboxes({"items": [item], "classes": "govuk-checkboxes--small", **asked})


def _day(bound: BoundField) -> Markup:
    shown = boxes(bound.value())
    labels = (gettext("Day"), gettext("Month"), gettext("Year"))
    widths = ("govuk-input--width-2", "govuk-input--width-3", "govuk-input--width-4")
    items = [
        {
            "name": box,
            "label": label,
            "value": value,
            "inputmode": "text" if box == "month" else "numeric",
            "classes": f"{width} govuk-input--error" if bound.errors else width,
        }
        for box, label, value, width in zip(
            ("day", "month", "year"), labels, shown, widths, strict=True
        )
    ]
    return govuk.date_input(
        {
            "fieldset": _legend(bound),
            "namePrefix": bound.html_name,
            "items": items,
            **_asked(bound),
        }
    )


DRAWN: tuple[tuple[type[forms.Widget], Callable[[BoundField], Markup]], ...] = (
    (DayBoxes, _day),
    (forms.FileInput, _file),
    (forms.CheckboxSelectMultiple, _ticks),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _tick),
    (forms.Select, _list),
    (forms.Textarea, _text),
)
