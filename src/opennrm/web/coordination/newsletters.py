"""Newsletters: put together from a period's changes, edited, and sent as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from opennrm.coordination.models import Newsletter
from opennrm.coordination.newsletters import assemble, chapters_of, document_of
from opennrm.coordination.permissions import Area
from opennrm.coordination.publishing import (
    NEWSLETTER,
    publication,
    publish_newsletter,
    published,
    take_back,
)
from opennrm.web.coordination.assessments import RunForm
from opennrm.web.coordination.columns import NOTHING_YET, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.pages import row_of, within
from opennrm.web.coordination.reports import document_file
from opennrm.web.coordination.sheets import OwnSheet
from opennrm.web.coordination.steps import Step, Taken
from opennrm.web.exporting import download
from opennrm.web.work import WorkRequest, open_to_all


def _saved(form: Any, request: WorkRequest) -> Any:
    """Keep the text as it was edited; where there is none, put it together."""
    del request
    if not form.instance.text.strip():
        assemble(form.instance)
    return form.save()


def _is_public(row: Any) -> bool:
    return publication(NEWSLETTER, row.pk) is not None


def _may_publish(row: Any, request: WorkRequest) -> bool:
    return row.for_everybody and NEWSLETTERS.may_write(request, row)


def _publish(taken: Taken) -> None:
    publish_newsletter(taken.row, at=taken.request.at, why=taken.why)


def _take_back(taken: Taken) -> None:
    take_back(NEWSLETTER, taken.row.pk, why=taken.why)


STEPS = (
    Step(
        "publish",
        _("Publish as it stands now"),
        _("Everybody can read it then, without signing in. Look through it once more."),
        _may_publish,
        _publish,
        _("Everybody can read it now."),
    ),
    Step(
        "take-back",
        _("Take back from the public pages"),
        _("Nobody reads it there any more. Copies that others made stay with them."),
        lambda row, request: _may_publish(row, request) and _is_public(row),
        _take_back,
        _("It is no longer on the public pages."),
    ),
)
NEWSLETTERS = OwnSheet(
    "newsletters",
    Area.LIBRARY,
    Newsletter,
    _("Newsletter"),
    Listing(
        "newsletters",
        _("Newsletters"),
        columns(Newsletter, "title", "from_on", "until_on", "for_everybody"),
        searched=("title", "text"),
        order="-from_on",
        intro=_("Put together from the changes of a period, to be edited and sent."),
        empty=NOTHING_YET,
    ),
    form=RunForm,
    save=_saved,
    owner=lambda row: row.organisation_id,
    more=lambda row, request: {"chapters": document_of(row).chapters},
    shown_fields=("from_on", "until_on", "for_everybody"),
    template="coordination/newsletter.html",
    steps=STEPS,
)
SHEETS = (NEWSLETTERS,)


@within(Area.LIBRARY)
@require_GET
def built(request: WorkRequest, ref: Any, form: str) -> HttpResponse:
    """Send the newsletter: plain text, a page, a file for a word processor, or a paper.

    :raises Http404: when there is no such form, or no such newsletter open to who asks.
    """
    made = row_of(NEWSLETTERS, request, ref)
    if form == "txt":
        return download(f"{made.title}\n\n{made.text}\n", "newsletter.txt", "text/plain")
    with override(made.language):
        sent = document_file(document_of(made), "newsletter", form)
    if sent is None:
        raise Http404
    return sent


@open_to_all
@require_GET
def everybodys(request: Any) -> HttpResponse:
    """List the newsletters that were published."""
    shown = {"newsletters": published(NEWSLETTER)}
    return render(request, "coordination/public_newsletters.html", shown)


@open_to_all
@require_GET
def one_of_everybodys(request: Any, ref: UUID) -> HttpResponse:
    """Show a newsletter as it was published last.

    :raises Http404: when none was.
    """
    found = publication(NEWSLETTER, ref)
    if found is None:
        raise Http404
    shown = {"found": found, "chapters": tuple(chapters_of(found.content["text"]))}
    return render(request, "coordination/public_newsletter.html", shown)


def addresses() -> list[URLPattern]:
    """List the addresses of newsletters as files, and of those that everybody may read."""
    at = "coordination/newsletters/<uuid:ref>/newsletter.<str:form>"
    return [
        path(at, built, name="coordination_newsletter_built"),
        path("public/newsletters/", everybodys, name="public_newsletters"),
        path("public/newsletters/<uuid:ref>/", one_of_everybodys, name="public_newsletter"),
    ]
