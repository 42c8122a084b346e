"""Writes a report as one accessible page of HTML that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext
from markupsafe import Markup, escape

from opennrm.coordination.reports.document import (
    Block,
    Chapter,
    Document,
    Grid,
    Items,
    Words,
)
from opennrm.vocabulary.languages import day_in_words

STYLE = Markup("""
body{font-family:"Noto Sans",sans-serif;line-height:1.5}
body{max-width:46rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:start;font-weight:bold}
th,td{border-bottom:1px solid #b1b4b6;padding:.4rem;text-align:start;vertical-align:top}
th,td{overflow-wrap:anywhere;hyphens:auto}
p,li,h1,h2,h3,th,td,caption{unicode-bidi:plaintext}
[dir=rtl] :is(p,li,h1,h2,h3,th,td,caption){text-align:right}
.draft{border:3px solid #d4351c;padding:.5rem}a{color:#1d70b8}svg{max-width:100%;height:auto}
""")
PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{title}</title><style>{style}</style></head><body>\n"
    "<header><h1>{title}</h1><p>{body}</p><p>{period}</p>{draft}</header>\n"
    '<nav aria-label="{contents}"><h2>{contents}</h2><ol>{links}</ol></nav>\n'
    "<main>{chapters}{notes}</main></body></html>\n"
)
LINK = Markup('<li><a href="#chapter-{place}">{title}</a></li>')
CHAPTER = Markup(
    '<section aria-labelledby="chapter-{at}"><h2 id="chapter-{at}">{title}</h2>{text}</section>'
)
MARK = Markup('<sup><a id="mark-{n}" href="#note-{n}" aria-label="{label}">{n}</a></sup>')
FOOT = Markup('<li id="note-{n}">{text} <a href="#mark-{n}" aria-label="{label}">^</a></li>')
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def period_of(document: Document) -> str:
    """Say the first and the last day of the period of a document."""
    period = (document.period_from, document.period_until - timedelta(days=1))
    first, last = (day_in_words(day, document.language) for day in period)
    return gettext("%(first)s to %(last)s") % {"first": first, "last": last}


def page_of(document: Document) -> str:
    """Write the page, with contents, tables beside charts, and footnotes that lead back."""
    counted = iter(range(1, len(document.notes()) + 1))
    links = Markup("").join(
        LINK.format(place=place, title=chapter.title)
        for place, chapter in enumerate(document.chapters, 1)
    )
    chapters = Markup("").join(
        CHAPTER.format(at=place, title=chapter.title, text=_chapter(chapter, counted))
        for place, chapter in enumerate(document.chapters, 1)
    )
    draft = Markup('<p class="draft">{}</p>').format(gettext("Draft: not approved yet."))
    return str(
        PAGE.format(
            language=document.language,
            direction="rtl" if document.language in RIGHT_TO_LEFT else "ltr",
            title=document.title,
            body=document.body,
            period=period_of(document),
            style=STYLE,
            draft=draft if document.is_draft else "",
            contents=gettext("Contents"),
            links=links,
            chapters=chapters,
            notes=_notes(document),
        )
    )


def _chapter(chapter: Chapter, counted: Iterator[int]) -> Markup:
    written = []
    for section in chapter.sections:
        if section.title:
            written.append(Markup("<h3>{}</h3>").format(section.title))
        written += [_block(block, counted) for block in section.blocks]
    return Markup("\n").join(written)


def _block(block: Block, counted: Iterator[int]) -> Markup:
    if isinstance(block, Grid):
        return _grid(block)
    if isinstance(block, Items):
        points = [Markup("<li>{}</li>").format(_runs(item, counted)) for item in block.items]
        return Markup("<ul>{}</ul>").format(Markup("").join(points))
    return Markup("<p>{}</p>").format(_runs(block.runs, counted))


def _runs(runs: tuple[Words, ...], counted: Iterator[int]) -> Markup:
    written = Markup("")
    for run in runs:
        written += escape(run.text)
        if run.note:
            number = next(counted)
            label = gettext("Footnote %(n)s") % {"n": number}
            written += MARK.format(n=number, label=label)
    return written


def _grid(block: Grid) -> Markup:
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in block.head)
    rows = Markup("").join(_row(row) for row in block.rows)
    notes = Markup("").join(Markup("<p><small>{}</small></p>").format(n) for n in block.notes)
    return Markup(
        "{chart}<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        "<tbody>{rows}</tbody></table>{notes}"
    ).format(
        chart=block.chart,
        caption=block.caption,
        heads=heads,
        rows=rows,
        notes=notes,
    )


def _row(row: tuple[str, ...]) -> Markup:
    first = Markup('<th scope="row">{}</th>').format(row[0]) if row else Markup("")
    rest = Markup("").join(Markup("<td>{}</td>").format(text) for text in row[1:])
    return Markup("<tr>{}{}</tr>").format(first, rest)


def _notes(document: Document) -> Markup:
    notes = document.notes()
    if not notes:
        return Markup("")
    listed = Markup("").join(
        FOOT.format(n=n, text=text, label=gettext("Back to the text, footnote %(n)s") % {"n": n})
        for n, text in enumerate(notes, 1)
    )
    title = gettext("Footnotes")
    return Markup('<section aria-label="{0}"><h2>{0}</h2><ol>{1}</ol></section>').format(
        title, listed
    )
