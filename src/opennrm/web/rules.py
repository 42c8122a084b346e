"""The pages on the rights rules, for workers and for the person herself, and the periods here."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from markupsafe import Markup

from opennrm.lifecycle.calendars import local_day
from opennrm.rights.catalogue import DOES, MARKS, MAY, Told, read_folder
from opennrm.rights.jurisdictions import Preset, PresetRefused, presets, read
from opennrm.rights.jurisdictions.names import label_of
from opennrm.rights.registry import RULES
from opennrm.rights.rule import Chapter, Rule
from opennrm.rights.scenarios import Scenario
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest, open_to_all

ANSWERS = {"holds": _("The rule is kept"), "broken": _("Broken"), "not_known": _("Not known yet")}
UNITS = {
    "hours": _("hours"),
    "working_days": _("working days"),
    "calendar_days": _("days"),
    "months": _("months"),
}


@open_to_all
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """List all rules by chapter; they say nothing about anybody, so everyone may read them."""
    chapters = [
        (gettext(chapter.value), [one for one in RULES.values() if one.chapter is chapter])
        for chapter in Chapter
    ]
    return render(request, "rules.html", {"chapters": chapters})


@open_to_all
@require_GET
def one(request: HttpRequest, rule: str) -> HttpResponse:
    """Show one rule: what it protects for her, what the software does, its sources, its stories.

    :raises Http404: when there is no such rule.
    """
    if rule not in RULES:
        raise Http404
    return render(request, "rule.html", prepared(RULES[rule]))


@require_GET
def periods(request: WorkRequest) -> HttpResponse:
    """Show the periods and standards of the place where the viewer works, and how each stands.

    :raises Http404: when nothing is known of the place.
    """
    actor = request.work.actor
    try:
        here = presets(actor.jurisdiction)
    except PresetRefused as refused:
        raise Http404 from refused
    on = local_day(actor.jurisdiction, request.at)
    found = [here.value(name, on) for name in sorted(here.names()) if here.has(name, on)]
    shown = sorted((_period(preset) for preset in found), key=lambda each: str(each["what"]))
    return render(request, "periods.html", {"here": gettext(here.name), "periods": shown})


class FileForm(forms.Form):
    """The text of a file of periods, as somebody drafts it."""

    text = ask.text(
        _("The file"),
        hint=_("Periods and standards of a place, each with its source. Nothing is saved here."),
        required=True,
    )


@require_http_methods(["GET", "POST"])
def check(request: WorkRequest) -> HttpResponse:
    """Check a draft of periods against the minimum that binds, and say on which line it fails."""
    form = FileForm(request.POST or None, auto_id="op-%s")
    shown: dict[str, Any] = {"form": form, "problem": "", "rule": "", "here": "", "periods": []}
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            found = read(form.cleaned_data["text"], file=gettext("line"))
        except PresetRefused as refused:
            shown |= {"problem": str(refused), "rule": _rule_named(str(refused))}
        else:
            own = sorted(found.own(), key=lambda each: each.name)
            shown |= {"here": found.name, "periods": [_period(each) for each in own]}
            status = 200
    return render(request, "check_periods.html", shown, status=status)


def _rule_named(refusal: str) -> str:
    return next((name for name in RULES if f"({name})" in refusal), "")


def prepared(rule: Rule) -> dict[str, Any]:
    """Prepare what the page of a rule shows."""
    return {
        "rule": rule,
        "label": gettext(rule.label),
        "chapter": gettext(rule.chapter.value),
        "tells_her": gettext(rule.tells_her) if rule.tells_her else "",
        "does": [gettext(DOES[action]) for action in rule.actions],
        "may": [gettext(MAY[override]) for override in rule.override],
        "sources": [(each.text, gettext(MARKS[each.verification])) for each in rule.sources],
        "scenarios": [_told(each) for each in scenarios().get(rule.rule, ())],
    }


@cache
def scenarios() -> Told:
    """Read the scenarios of all rules, once."""
    with as_file(files("opennrm.rights") / "told") as folder:
        return read_folder(folder)


def rule_link(rule: str) -> Markup:
    """Link to the page of a rule in a tab of its own, so that nothing typed is lost."""
    says = gettext("Rule %(rule)s (opens in a new tab)") % {"rule": rule}
    return Markup('<a class="govuk-link" target="_blank" rel="noopener" href="{}">{}</a>').format(
        reverse("rule", kwargs={"rule": rule}), says
    )


def _told(scenario: Scenario) -> dict[str, Any]:
    finding = scenario.found()
    return {
        "name": scenario.name,
        "day": scenario.day,
        "answer": ANSWERS[finding.answer],
        "says": words.said(finding.says) if finding.says else "",
    }


def _period(preset: Preset) -> Mapping[str, object]:
    return {
        "what": gettext(label_of(preset.name)),
        "value": _value(preset),
        "standing": gettext(preset.standing),
        "source": preset.source,
        "note": preset.note,
        "confirmed": words.day(preset.confirmed_on) or gettext("not confirmed here"),
        "from_on": preset.from_on,
        "until_on": preset.until_on,
    }


def _value(preset: Preset) -> str:
    if preset.value is None:
        return gettext("no limit")
    if preset.unit == "bool":
        return gettext("Yes") if preset.value else gettext("No")
    if preset.unit == "date":
        return words.iso_day(str(preset.value))
    if isinstance(preset.value, tuple):
        return ", ".join(part.replace("_", " ") for part in preset.value)
    shown = str(preset.value).replace("_", " ")
    return f"{shown} {UNITS[preset.unit]}" if preset.unit in UNITS else shown
