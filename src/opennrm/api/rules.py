"""The addresses of the rules and of the periods here; they say nothing about anybody."""

from typing import Any, cast

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from opennrm.api.acting import PROBLEMS
from opennrm.api.admission import calling
from opennrm.api.problems import NotThere
from opennrm.api.told import told
from opennrm.lifecycle.calendars import local_day
from opennrm.records.shapes import Exact
from opennrm.rights.jurisdictions import Preset, PresetRefused, presets, read
from opennrm.rights.registry import RULES
from opennrm.vocabulary.programs import ProgramStep

PeriodTold: Any = told(Preset, ("verification",))
router = Router(tags=[ProgramStep.READ.value])


class RuleTold(Schema):
    """A rule: what it protects, its chapter, and what it rests on."""

    rule: str
    label: str
    chapter: str
    sources: list[str]


class DraftOfPeriods(Exact):
    """The text of a file of periods, as somebody drafts it."""

    text: str = Field(max_length=100_000)


@router.get("/rules", response={200: list[RuleTold], **PROBLEMS}, operation_id="rules")
def rules(request: HttpRequest) -> Any:
    """List the rules that the software keeps."""
    calling(request, ProgramStep.READ)
    return [
        RuleTold(
            rule=one.rule,
            label=one.label,
            chapter=one.chapter.value,
            sources=[each.text for each in one.sources],
        )
        for one in RULES.values()
    ]


@router.get("/periods", response={200: list[PeriodTold], **PROBLEMS}, operation_id="periods")
def periods(request: HttpRequest) -> Any:
    """List the periods and standards of the place where the person works."""
    actor = calling(request, ProgramStep.READ).session.actor
    try:
        here = presets(actor.jurisdiction)
    except PresetRefused:
        raise NotThere from None
    on = local_day(actor.jurisdiction, cast(Any, request).at)
    return [here.value(name, on) for name in sorted(here.names()) if here.has(name, on)]


@router.post(
    "/periods/check", response={200: list[PeriodTold], **PROBLEMS}, operation_id="check_periods"
)
def check_periods(request: HttpRequest, sent: DraftOfPeriods) -> Any:
    """Check a draft of periods against the minimum that binds; nothing of it is saved."""
    calling(request, ProgramStep.READ)
    return list(read(sent.text, file="line").own())
