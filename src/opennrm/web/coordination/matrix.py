"""The implementation matrix of a State, and of the region."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from opennrm.coordination.matrix import Line, RegionLine, matrix_of, matrix_of_region
from opennrm.coordination.models import State
from opennrm.coordination.permissions import Area
from opennrm.vocabulary.plans import Fulfilment
from opennrm.web import words
from opennrm.web.coordination.pages import within
from opennrm.web.exporting import sheet_csv, sheet_xlsx
from opennrm.web.work import WorkRequest

MAKERS = {"csv": sheet_csv, "xlsx": sheet_xlsx}


@require_GET
@within(Area.COMMITMENTS)
def page(request: WorkRequest) -> HttpResponse:
    """Show the matrix of one State, or of the region where none is chosen."""
    states = list(State.objects.filter(category="participating_state"))
    state = next((one for one in states if one.code == request.GET.get("state", "")), None)
    lines = [_line(one) for one in matrix_of(state)] if state else []
    region = [_region(one) for one in matrix_of_region()] if state is None else []
    if make := MAKERS.get(request.GET.get("as", "")):
        return make("implementation-matrix", [_text(one) for one in lines or region])
    shown = {
        "states": [
            {"value": one.code, "text": one.name, "selected": one == state} for one in states
        ],
        "state": state,
        "lines": lines,
        "region": region,
        "kinds": [words.label(kind.value, "fulfilment") for kind in Fulfilment],
        "gaps": sum(one["is_gap"] for one in lines),
    }
    return render(request, "coordination/matrix.html", shown)


def _line(line: Line) -> dict[str, Any]:
    shown = line.evidence[0] if line.evidence else None
    return {
        "number": line.commitment.number,
        "ref": line.commitment.pk,
        "text": line.commitment.text,
        "actions": [(one.pk, one.number, one.text) for one in line.actions],
        "fulfilment": words.label(shown.fulfilment, "fulfilment") if shown else "",
        "evidence": shown.says if shown else "",
        "gap": shown.gap if shown else "",
        "is_gap": line.is_gap,
    }


def _region(line: RegionLine) -> dict[str, Any]:
    return {
        "number": line.commitment.number,
        "ref": line.commitment.pk,
        "text": line.commitment.text,
        "counts": [line.states[kind.value] for kind in Fulfilment],
        "not_looked_at": line.not_looked_at,
    }


def _text(one: dict[str, Any]) -> list[str]:
    if "counts" in one:
        return [one["number"], one["text"], *map(str, one["counts"]), str(one["not_looked_at"])]
    actions = "; ".join(f"{number} {text}" for _ref, number, text in one["actions"])
    return [one["number"], one["text"], actions, one["fulfilment"], one["evidence"], one["gap"]]


def addresses() -> list[URLPattern]:
    """List the address of this page."""
    return [path("coordination/matrix/", page, name="implementation_matrix")]
