"""Campaigns, the media kit, clippings with their week, and what everybody reads of them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from opennrm.coordination import awareness
from opennrm.coordination.models import Campaign, Clipping, MediaItem
from opennrm.coordination.permissions import Area, May, may
from opennrm.coordination.publishing import published
from opennrm.vocabulary.languages import language_name
from opennrm.web import words
from opennrm.web.coordination.columns import NOTHING_YET, by_code, by_one_of, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.pages import within
from opennrm.web.coordination.plan import today
from opennrm.web.coordination.register import house_of_entry
from opennrm.web.coordination.said import fields_of
from opennrm.web.coordination.sheets import Sheet
from opennrm.web.coordination.steps import Step
from opennrm.web.work import WorkRequest, open_to_all


def _reviewed(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    return {"findings": awareness.check_message(row, on=today(request))}


def _may_start(row: Any, request: WorkRequest) -> bool:
    return row.status == "planned" and CAMPAIGNS.may_write(request, row)


def _may_close(row: Any, request: WorkRequest) -> bool:
    return row.status == "running" and CAMPAIGNS.may_write(request, row)


CAMPAIGNS = Sheet(
    "campaigns",
    Area.CAMPAIGNS,
    Campaign,
    _("Campaign"),
    Listing(
        "campaigns",
        _("Campaigns"),
        columns(
            Campaign, "title", "entry", "from_on", "status", "review", "reach", "change_after"
        ),
        (
            by_code("status", _("Status"), "campaign_status"),
            by_one_of("forms", _("Form of exploitation"), "exploitation_form"),
            by_one_of("groups", _("Group at risk"), "group_at_risk"),
        ),
        ("title", "message", "entry__name"),
        order="-from_on",
        intro=_("Whom it speaks to, about what, with which message, and what it changed."),
        empty=NOTHING_YET,
    ),
    owner=house_of_entry,
    more=_reviewed,
    shown_fields=("status", *fields_of(Campaign)),
    may_change=lambda row: row.status != "closed",
    steps=(
        Step(
            "start",
            _("Start this campaign"),
            _("It runs from then on. Have the message reviewed before."),
            _may_start,
            lambda taken: awareness.start_campaign(taken.row, why=taken.why),
            _("The campaign runs."),
        ),
        Step(
            "close",
            _("Close this campaign"),
            _("It is closed once it is known whom it reached and what it changed (R73)."),
            _may_close,
            lambda taken: awareness.close_campaign(
                taken.row, on=today(taken.request), why=taken.why
            ),
            _("The campaign is closed."),
        ),
    ),
)
MEDIA = Sheet(
    "media-kit",
    Area.CAMPAIGNS,
    MediaItem,
    _("Piece of the media kit"),
    Listing(
        "media-kit",
        _("Media kit"),
        columns(MediaItem, "title", "kind", "language", "shows", "source"),
        (by_code("kind", _("Kind"), "media_kind"),),
        ("title", "text"),
        order="title",
        intro=_("For journalists. What shows a person is not published from here (R76)."),
        empty=NOTHING_YET,
    ),
    steps=(
        Step(
            "publish",
            _("Publish this piece"),
            _("Everybody can read it from then on. Look first whether it shows a person."),
            lambda row, request: may(request.work.actor, Area.CAMPAIGNS, May.WRITE),
            lambda taken: awareness.publish_media(
                taken.row, at=taken.request.at, on=today(taken.request), why=taken.why
            ),
            _("Everybody can read it now."),
        ),
    ),
)
CLIPPINGS = Sheet(
    "clippings",
    Area.CAMPAIGNS,
    Clipping,
    _("Clipping"),
    Listing(
        "clippings",
        _("Clippings of the press"),
        columns(Clipping, "title", "outlet", "published_on", "language", "topics", "harms"),
        (by_one_of("topics", _("Topic"), "library_topic"),),
        ("title", "outlet", "summary"),
        order="-published_on",
        empty=NOTHING_YET,
        days=("published_on", "published_on"),
    ),
)
SHEETS = (CAMPAIGNS, MEDIA, CLIPPINGS)


@require_GET
@within(Area.CAMPAIGNS)
def press_week(request: WorkRequest) -> HttpResponse:
    """Show what the press wrote in the last seven days, by language."""
    until, here = today(request), get_language() or "en"
    found = awareness.week_of_clippings(until=until)
    weeks = [
        (language_name(code, here), list(ones))
        for code, ones in groupby(found, key=lambda one: one.language)
    ]
    shown = {"weeks": weeks, "until": until, "number": len(found)}
    return render(request, "coordination/press_week.html", shown)


@open_to_all
@require_GET
def media_kit(request: Any) -> HttpResponse:
    """Show the pieces for journalists as they were published last."""
    pieces = [
        {
            "title": one.title,
            "at": one.at,
            "kind": words.label(one.content["kind"], "media_kind"),
            "language": one.language,
            "paragraphs": one.content["text"].splitlines(),
            "source": one.content["source"],
        }
        for one in published(awareness.MEDIA)
    ]
    return render(request, "coordination/public_media_kit.html", {"pieces": pieces})


def addresses() -> list[URLPattern]:
    """List the addresses of these pages."""
    return [
        path("coordination/press-week/", press_week, name="press_week"),
        path("public/media-kit/", media_kit, name="public_media_kit"),
    ]
