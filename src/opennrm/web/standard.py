"""Hands out one case in the case data standard, as far as it is open to the viewer."""

import io
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from opennrm.casework.handed_out_row import row_of
from opennrm.exchange.htcds.writing import Asked, Carrier, write_workbook
from opennrm.web.open_case import open_case
from opennrm.web.work import WorkRequest

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def save(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Write the parts that are open as a workbook; each reading is in the log.

    A sheet of its own names what had no place.
    """
    parts = open_case(request.work, case_ref, at=request.at).page.compartments
    page = open_case(request.work, case_ref, at=request.at, opened=tuple(parts)).page
    told = {entry.fact.fact_ref: entry.told for entry in page.timeline}
    asked = Asked(Carrier.FORM if request.POST.get("carrier") == "form" else Carrier.TEMPLATE)
    kept = io.BytesIO()
    write_workbook([row_of(page.case, told, reference=page.reference)], kept, asked)
    answer = HttpResponse(kept.getvalue(), content_type=WORKBOOK)
    answer["Content-Disposition"] = 'attachment; filename="case.xlsx"'
    return answer
