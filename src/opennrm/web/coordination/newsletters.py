"""Newsletters: put together from a period's changes, edited, and sent as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from opennrm.coordination.models import Newsletter
from opennrm.coordination.newsletters import assemble, document_of
from opennrm.coordination.permissions import Area
from opennrm.web.coordination.assessments import RunForm
from opennrm.web.coordination.columns import NOTHING_YET, columns
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.pages import row_of, within
from opennrm.web.coordination.reports import document_file
from opennrm.web.coordination.sheets import OwnSheet
from opennrm.web.exporting import download
from opennrm.web.work import WorkRequest


def _saved(form: Any, request: WorkRequest) -> Any:
    """Keep the text as it was edited; where there is none, put it together."""
    del request
    if not form.instance.text.strip():
        assemble(form.instance)
    return form.save()


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


def addresses() -> list[URLPattern]:
    """List the address of the newsletter as a file."""
    at = "coordination/newsletters/<uuid:ref>/newsletter.<str:form>"
    return [path(at, built, name="coordination_newsletter_built")]
