"""Views of a plan as a whole: the board with lights and times, the check, the money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from markupsafe import Markup

from opennrm.coordination.models import Plan
from opennrm.coordination.permissions import Area, May
from opennrm.coordination.plan import money_of
from opennrm.coordination.plan_check import check_plan
from opennrm.coordination.plan_import import import_plan
from opennrm.coordination.plan_picture import Picture, Step, picture_of
from opennrm.coordination.plan_table import titles
from opennrm.exchange.questionnaires.workbook_back import WorkbookRefused
from opennrm.vocabulary.redress import minor_digits
from opennrm.web import money, words
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.plan import today
from opennrm.web.forms import fields as ask
from opennrm.web.work import WorkRequest

# A light is a shape and a word beside its colour, so that nobody needs the colour.
LIGHTS = {
    "well": (_("Well"), "#1c6b45", "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z"),
    "watch": (_("Look at it"), "#8a5a00", "M6 0.5L11.5 11.5H0.5z"),
    "late": (_("Late"), "#ac2a1c", "M1 1h10v10H1z"),
    "done": (_("Done"), "#17597a", "M1 6l3.5 4L11 2l-6.5 5.5z"),
    "dropped": (_("Dropped"), "#4a5862", "M1 5h10v2H1z"),
    "not_started": (_("Not started"), "#4a5862", "M6 0.5L11.5 6L6 11.5L0.5 6z"),
}
LIGHT = Markup(
    '<svg viewBox="0 0 12 12" width="14" height="14" aria-hidden="true" focusable="false">'
    '<path d="{shape}" fill="{colour}"/></svg> {word}'
)
WIDTH = 600
BAR = Markup(
    '<svg viewBox="0 0 600 20" width="100%" height="20" preserveAspectRatio="none" role="img" '
    'aria-label="{label}"><rect width="600" height="20" fill="#f0f4f6"/>{lines}'
    '<rect x="{start}" y="4" width="{length}" height="12" fill="{colour}"/></svg>'
)
LINE = Markup('<rect x="{at}" width="1" height="20" fill="{colour}"/>')


@require_GET
@within(Area.PLAN)
def board(request: WorkRequest, ref: UUID) -> HttpResponse:
    """Show a plan on one page: lights, times, the check and the money."""
    plan = plan_of(ref)
    picture = picture_of(plan, on=today(request))
    shown = {
        "plan": plan,
        "aims": list(drawn(picture)),
        "counts": _counts(picture),
        "checked": check_plan(plan, on=today(request)),
        "money": list(_money(plan)),
    }
    return render(request, "coordination/board.html", shown)


class PlanFile(forms.Form):
    """A spreadsheet with the actions of a plan, and why it is taken in."""

    file = forms.FileField()
    why = ask.word(_("Why?"), hint=_("Kept in the history."), required=True)


@require_http_methods(["GET", "POST"])
@within(Area.PLAN, May.WRITE)
def take_in(request: WorkRequest, ref: UUID) -> HttpResponse:
    """Take the actions of a spreadsheet into a plan, or name every fault and keep nothing."""
    plan = plan_of(ref)
    is_sent = request.method == "POST"
    form = PlanFile(
        request.POST if is_sent else None, request.FILES if is_sent else None, auto_id="op-%s"
    )
    shown = {"plan": plan, "form": form, "faults": (), "problem": ""}
    if not is_sent:
        return render(request, "coordination/import_plan.html", shown)
    if form.is_valid():
        try:
            content = form.cleaned_data["file"].read()
            number = import_plan(plan, content, why=form.cleaned_data["why"])
        except WorkbookRefused as refused:
            shown["faults"] = refused.faults
        else:
            messages.success(request, gettext("%(n)s actions were taken in.") % {"n": number})
            return HttpResponseRedirect(reverse("plan_board", kwargs={"ref": ref}))
    else:
        shown["problem"] = gettext("Choose the file, and say why.")
    return render(request, "coordination/import_plan.html", shown, status=422)


def drawn(picture: Picture) -> Iterator[dict[str, Any]]:
    """Yield the objectives of a plan with their actions drawn: light, bar, days in words."""
    first, last = (date.fromisoformat(day) for day in (picture.from_on, picture.until_on))
    now = date.fromisoformat(picture.as_of)
    for aim in picture.aims:
        steps = [
            {
                "number": step.number,
                "text": step.text,
                "lead": step.lead,
                "days": days_of(step),
                "light": light(step.light),
                "bar": bar(step, first, last, now),
            }
            for step in aim.steps
        ]
        pillar = words.label(aim.pillar, "pillar")
        yield {"number": aim.number, "text": aim.text, "pillar": pillar, "steps": steps}


def light(name: str) -> Markup:
    """Draw a light: a shape in its colour, and the word."""
    word, colour, shape = LIGHTS[name]
    return LIGHT.format(shape=shape, colour=colour, word=word)


def bar(step: Step, first: date, last: date, now: date) -> Markup:
    """Draw when an action runs within the time of its plan; a line marks today."""
    if not (step.from_on and step.until_on):
        return Markup("")
    whole = max(1, (last - first).days)

    def at(day: date) -> float:
        return round(min(1, max(0, (day - first).days / whole)) * WIDTH, 1)

    start, end = at(date.fromisoformat(step.from_on)), at(date.fromisoformat(step.until_on))
    years = (date(year, 1, 1) for year in range(first.year + 1, last.year + 1))
    marks = [LINE.format(at=at(day), colour="#c5ced4") for day in years]
    if first <= now <= last:
        marks.append(LINE.format(at=at(now), colour="#1b2730"))
    return BAR.format(
        label=days_of(step),
        lines=Markup("").join(marks),
        start=start,
        length=max(2, end - start),
        colour=LIGHTS[step.light][1],
    )


def days_of(step: Step) -> str:
    """Say from when to when an action runs."""
    if not (step.from_on and step.until_on):
        return gettext("No days set")
    return gettext("%(first)s to %(last)s") % {
        "first": words.iso_day(step.from_on),
        "last": words.iso_day(step.until_on),
    }


def lines_of(picture: Picture) -> Iterator[list[str]]:
    """Yield a plan as lines of texts, the way it can be imported again."""
    yield list(titles())
    for aim in picture.aims:
        for step in aim.steps:
            yield [
                aim.number,
                words.label(aim.pillar, "pillar"),
                aim.text,
                step.number,
                step.text,
                step.lead,
                "; ".join(step.partners),
                step.from_on,
                step.until_on,
                words.label(step.status, "action_status"),
                "; ".join(step.commitments),
                *_amounts(step, picture.currency),
                "; ".join(one.text for one in step.measures),
                "; ".join(one.baseline for one in step.measures),
                "; ".join(one.target for one in step.measures),
            ]


def _amounts(step: Step, currency: str) -> list[str]:
    sums = (
        sum(getattr(line, name) for line in step.money)
        for name in ("planned", "allocated", "spent")
    )
    digits = minor_digits(currency)
    typed = (f"{Decimal(amount).scaleb(-digits):f}" if step.money else "" for amount in sums)
    return [*typed, currency]


def _counts(picture: Picture) -> list[tuple[Markup, int]]:
    every = [step.light for aim in picture.aims for step in aim.steps]
    return [(light(name), every.count(name)) for name in LIGHTS if name in every]


def _money(plan: Plan) -> Iterator[dict[str, Any]]:
    for line in money_of(plan):
        yield {
            "year": line["year"],
            "source": words.label(line["source"], "money_source"),
            **{
                name: money.said(line[name], plan.currency)
                for name in ("planned", "allocated", "spent")
            },
        }


def plan_of(ref: UUID) -> Plan:
    """Find a plan.

    :raises Http404: when there is none.
    """
    plan = Plan.objects.filter(pk=ref).first()
    if plan is None:
        raise Http404
    return plan


def addresses() -> list[URLPattern]:
    """List the addresses of these pages."""
    at = "coordination/plans/<uuid:ref>"
    return [
        path(f"{at}/board/", board, name="plan_board"),
        path(f"{at}/import/", take_in, name="plan_import"),
    ]
