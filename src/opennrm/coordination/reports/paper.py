"""Sets a report as tagged PDF with contents, footnotes and page numbers."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.utils.translation import gettext

from opennrm.coordination.reports.document import Block, Document, Grid, Items, Words
from opennrm.coordination.reports.html_page import RIGHT_TO_LEFT, period_of
from opennrm.coordination.reports.right_to_left import END, ISOLATE

TEMPLATE = (Path(__file__).parent / "paper.typ").read_text(encoding="utf-8")
PIXELS_PER_INCH = 200


def paper_of(document: Document) -> bytes:
    """Set the paper; the same document gives the same paper."""
    charts: dict[str, str] = {}
    content = _content(document, charts)
    if content["language"] in RIGHT_TO_LEFT:
        content |= {name: _isolated(content[name]) for name in ("title", "body", "chapters")}
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "paper.typ").write_text(TEMPLATE, encoding="utf-8")
        (folder / "report.json").write_text(json.dumps(content), encoding="utf-8")
        for file, svg in charts.items():
            (folder / file).write_text(svg, encoding="utf-8")
        return bytes(typst.compile(str(folder / "paper.typ"), root=name, format="pdf"))


def picture_of(svg: str) -> bytes:
    """Turn a chart into a picture (PNG) for programs that take no SVG."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "chart.svg").write_text(svg, encoding="utf-8")
        page = (
            '#set page(width: 16cm, height: auto, margin: 0pt)\n#image("chart.svg", width: 16cm)'
        )
        (folder / "chart.typ").write_text(page, encoding="utf-8")
        made: Any = typst.compile(
            str(folder / "chart.typ"), root=name, format="png", ppi=PIXELS_PER_INCH
        )
        return bytes(made)


def _content(document: Document, charts: dict[str, str]) -> dict[str, Any]:
    return {
        "title": document.title,
        "body": document.body,
        "period": period_of(document),
        "language": document.language.split("-")[0],
        "draft": gettext("Draft: not approved yet.") if document.is_draft else "",
        "contents": "" if document.runs_on else gettext("Contents"),
        "chapters": [
            {
                "title": chapter.title,
                "annex": chapter.is_annex,
                "sections": [
                    {
                        "title": section.title,
                        "blocks": [_block(block, charts) for block in section.blocks],
                    }
                    for section in chapter.sections
                ],
            }
            for chapter in document.chapters
        ],
    }


def _isolated(content: Any) -> Any:
    """Let each text of a content run in its own direction, whatever stands around it."""
    if isinstance(content, str):
        return f"{ISOLATE}{content}{END}" if content else content
    if isinstance(content, list):
        return [_isolated(one) for one in content]
    if isinstance(content, dict):
        kept = ("kind", "chart", "annex")
        return {name: one if name in kept else _isolated(one) for name, one in content.items()}
    return content


def _block(block: Block, charts: dict[str, str]) -> dict[str, Any]:
    if isinstance(block, Items):
        return {"kind": "items", "items": [_runs(item) for item in block.items]}
    if not isinstance(block, Grid):
        return {"kind": "paragraph", "runs": _runs(block.runs)}
    chart = ""
    if block.chart:
        chart = f"chart-{len(charts)}.svg"
        charts[chart] = block.chart
    return {
        "kind": "grid",
        "caption": block.caption,
        "head": list(block.head),
        "rows": [list(row) for row in block.rows],
        "notes": list(block.notes),
        "chart": chart,
    }


def _runs(runs: tuple[Words, ...]) -> list[dict[str, str]]:
    return [{"text": run.text, "note": run.note} for run in runs]
