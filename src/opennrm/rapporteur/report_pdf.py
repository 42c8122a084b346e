"""Sets the report as a tagged PDF, mirrored where the language is written from right to left."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from opennrm.rapporteur.report import Printed, Report, Section, printed

LAYOUT = Path(__file__).parent / "report.typ"


def report_pdf(report: Report) -> bytes:
    """Set a report; the same report always gives the same bytes.

    It claims universal accessibility: tags, reading order, and words for every chart. Joined
    letters of a script from right to left, inside a chart, have no codes of their own yet; such a
    paper has the tags and the words and does not make the claim.
    """
    made = typst.compile(
        LAYOUT.read_bytes(),
        sys_inputs={"report": json.dumps(_content(report), ensure_ascii=False)},
        format="pdf",
        pdf_standards=[] if report.is_right_to_left else "ua-1",
        timestamp=report.release.published_at.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError(_("One document was set as several."))
    return made


def imprint(report: Report) -> str:
    """Say on the first page what the report rests on and where its method stands."""
    return _(
        "Release %(number)d. Nothing in this report was typed by hand: every figure is in the "
        "ledger of releases, with its method, base, caveats and checksum."
    ) % {"number": report.release.number}


def _content(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "language": report.language.split("-")[0],
        "rtl": report.is_right_to_left,
        "contents": _("Contents"),
        "imprint": imprint(report),
        "sections": [_section(one) for one in report.sections],
    }


def _section(one: Section) -> dict[str, Any]:
    chart = one.chart and {"svg": one.chart.svg, "description": one.chart.description}
    table = printed(one)
    return {
        "heading": one.heading,
        "words": one.words,
        "points": one.points,
        "chart": chart,
        "table": table and _table(table),
    }


def _table(table: Printed) -> dict[str, Any]:
    return {
        "stubs": table.stubs,
        "shares": table.shares,
        "flows": table.flows,
        "head": table.head,
        "rows": [[*line, depth] for line, depth in zip(table.rows, table.depths, strict=True)],
    }
