"""The paper a person can keep of a consent: a small PDF in her language that names nobody."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opennrm.casework.kept_paper import agreed_in
from opennrm.consent import receipt as paper
from opennrm.lifecycle.facts import Fact
from opennrm.records.reference import reference
from opennrm.vocabulary.languages import is_right_to_left, language_name
from opennrm.web import sharing, words
from opennrm.web.forms.act import Place
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.paper import set_paper
from opennrm.web.work import WorkRequest

# The words come in as data, never as markup; the fonts are those typst carries, with the
# machine's own before them where it has them. No author, no programme, no hour of printing.
LAYOUT = """
#let note = json(bytes(sys.inputs.note))
#set document(title: note.title, author: (), date: none)
#set page(width: 105mm, height: 148mm, margin: 9mm)
#set text(font: ("Noto Sans", "Noto Sans Arabic", "Libertinus Serif", "DejaVu Sans Mono"),
  size: 9pt, lang: note.language, dir: if note.rtl { rtl } else { ltr })
#set list(indent: 2mm)
#heading(level: 1, note.title)
#for line in note.lines { par(line) }
#if note.items.len() > 0 { par(note.items.first()); list(..note.items.slice(1)) }
#for line in note.after { par(line) }
#v(1fr)
#line(length: 100%, stroke: 0.4pt)
#text(size: 8pt, note.small)
"""


@require_GET
def choose(request: WorkRequest, case_ref: UUID) -> HttpResponse:
    """Show what the paper would say and offer it in each language."""
    case = open_case(request.work, case_ref, at=request.at)
    place = Place(viewer=request.work, at=request.at, case_ref=case_ref, case=case)
    fact = _consent(case, request.GET.get("consent", ""))
    known = language_name(fact.text("language") or "en", str(words.locale().language))
    shown = {
        "case": case,
        "consent": fact.fact_ref,
        "line": sharing.consent_line(fact, place),
        "languages": [(code, language_name(code)) for code in paper.LANGUAGES],
        "suggested": paper.language_for(fact.text("language")),
        "spoken": known,
        "receipt": _receipt(fact, paper.language_for(fact.text("language"))),
    }
    return render(request, "receipt.html", shown)


@require_GET
def pdf(request: WorkRequest, case_ref: UUID, consent: UUID) -> HttpResponse:
    """Print the paper: to be given by hand, or kept by us where it is not safe to carry."""
    case = open_case(request.work, case_ref, at=request.at)
    fact = _consent(case, str(consent))
    language = request.GET.get("language", "")
    if language not in paper.LANGUAGES:
        raise Http404
    answer = HttpResponse(printed(_receipt(fact, language)), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="note.pdf"'
    return answer


def printed(receipt: paper.Receipt) -> bytes:
    """Set the paper as a tagged PDF; the same words give the same bytes."""
    note: dict[str, Any] = {
        "language": receipt.language,
        "rtl": is_right_to_left(receipt.language),
        "title": receipt.title,
        "lines": receipt.lines,
        "items": receipt.items,
        "after": receipt.after,
        "small": receipt.small,
    }
    return set_paper(LAYOUT, note)


def _consent(case: OpenCase, consent: str) -> Fact:
    fact = case.fact(consent)
    if fact is None or fact.kind != "consent_given":
        raise Http404
    return fact


def _receipt(fact: Fact, language: str) -> paper.Receipt:
    return paper.receipt(agreed_in(fact, number=reference(fact.fact_ref)), language)
