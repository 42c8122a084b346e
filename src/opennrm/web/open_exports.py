"""The page of a release in the layouts of others, without a sign-in."""

from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opennrm.rapporteur.exports import LAYOUTS, NoSuchLayout, export
from opennrm.rapporteur.public_page import NotPublished, open_release
from opennrm.web.work import open_to_all


@open_to_all
@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """List the layouts, and what each cannot say.

    :raises Http404: when there is no such release.
    """
    try:
        open_release(connections["statistics"], number)
    except NotPublished as unknown:
        raise Http404 from unknown
    return render(request, "open_exports.html", {"number": number, "layouts": LAYOUTS})


@open_to_all
@require_safe
def as_csv(request: HttpRequest, number: int, layout: str) -> HttpResponse:
    """Send a release in one layout.

    :raises Http404: when there is no such release or no such layout.
    """
    try:
        text = export(connections["statistics"], number, layout)
    except (NotPublished, NoSuchLayout) as unknown:
        raise Http404 from unknown
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="release_{number}_{layout}.csv"'
    return answer
