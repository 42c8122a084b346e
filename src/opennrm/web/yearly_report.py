"""The report of a release's years for everyone: to read, as PDF and to edit further."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from opennrm.rapporteur.public_page import NotPublished
from opennrm.rapporteur.report import Report, named, report_of
from opennrm.rapporteur.report_docx import report_docx
from opennrm.rapporteur.report_pdf import imprint, report_pdf
from opennrm.rapporteur.table_html import table_only
from opennrm.statistics import software_version
from opennrm.web.exporting import WORD_FILE
from opennrm.web.open_figures import KEPT_SECONDS
from opennrm.web.work import open_to_all


@open_to_all
@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show the report of one release.

    :raises Http404: when there is none.
    """
    report = _report(number)
    tables: list[SafeString | str] = [
        table_only(one.table) if one.table else "" for one in report.sections
    ]
    shown = {"report": report, "tables": tables, "imprint": imprint(report), "named": named}
    return render(request, "yearly_report.html", shown)


@open_to_all
@require_safe
def as_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """Send the report as PDF.

    :raises Http404: when there is no such release.
    """
    return _sent(number, "pdf", report_pdf, "application/pdf")


@open_to_all
@require_safe
def as_docx(request: HttpRequest, number: int) -> HttpResponse:
    """Send the report as a document to edit.

    :raises Http404: when there is no such release.
    """
    return _sent(number, "docx", report_docx, WORD_FILE)


def _sent(number: int, ending: str, write: Callable[[Report], bytes], kind: str) -> HttpResponse:
    """Send what was written once in this language; a correction or new software writes it anew."""
    report = _report(number, charts=False)
    rests_on = ".".join(map(str, (report.release.corrected_by, *report.rests_on)))
    key = f"report:{number}:{rests_on}:{software_version()}:{ending}:{get_language()}"
    content = cache.get(key)
    if content is None:
        content = write(_report(number))
        cache.set(key, content, KEPT_SECONDS)
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="report_{number}.{ending}"'
    return answer


def _report(number: int, *, charts: bool = True) -> Report:
    try:
        return report_of(connections["statistics"], number, charts=charts)
    except NotPublished as unknown:
        raise Http404 from unknown
