"""A table as accessible HTML: caption, scoped headings, and everything said with the figures."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opennrm.rapporteur.showing import Row, ShownTable

SUPPRESSED = "[c]"


def table_html(table: ShownTable) -> SafeString:
    """The table, and below it the method, the base, the caveats and the release."""
    return format_html("{}{}", table_only(table), _notes(table))


def table_only(table: ShownTable) -> SafeString:
    """The table without what is said of it, for where that is one link away."""
    return format_html(
        '<div class="nrm-table-scroll" role="region" tabindex="0" aria-label="{}">'
        '<table class="govuk-table nrm-figures"><caption class="govuk-table__caption '
        'govuk-table__caption--m">{}</caption><thead>{}</thead>'
        "<tbody>{}</tbody></table></div>",
        table.caption,
        table.caption,
        _head(table),
        format_html_join("", "{}", ((_row(row, table),) for row in table.rows)),
    )


def figure(count: int | None) -> str:
    """A count for reading, or the mark of a suppressed cell."""
    return SUPPRESSED if count is None else f"{count:,}".replace(",", "\u202f")


def share(percent: float | None) -> str:
    """A percentage with one decimal, or a dash where there is none to give."""
    return "\u2013" if percent is None else f"{percent:.1f}"


def _head(table: ShownTable) -> SafeString:
    stubs = format_html_join(
        "",
        '<th scope="col" rowspan="2">{}</th>',
        ((name,) for name in table.row_headings),
    )
    shares = format_html_join(
        "",
        '<th scope="col" rowspan="2" class="nrm-figure">{}</th>',
        ((name,) for name in table.share_headings),
    )
    columns = format_html_join(
        "",
        '<th scope="col" class="nrm-figure">{}</th>',
        ((name,) for name in table.columns),
    )
    return format_html(
        '<tr>{}<th scope="colgroup" colspan="{}">{}</th>{}</tr><tr>{}</tr>',
        stubs,
        len(table.columns),
        table.column_heading,
        shares,
        columns,
    )


def _row(row: Row, table: ShownTable) -> SafeString:
    headings = format_html_join(
        "",
        '<th scope="row"{}>{}</th>',
        ((_depth(row, place), words) for place, words in enumerate(row.headings)),
    )
    figures = [_figure(count) for count in row.persons]
    shares = [share(one) for one in (row.of_all, row.of_known)][: len(table.share_headings)]
    cells = format_html_join(
        "",
        "<td>{}</td>",
        ((one,) for one in (*figures, *shares)),
    )
    return format_html("<tr>{}{}</tr>", headings, cells)


def _depth(row: Row, place: int) -> SafeString | str:
    deep = row.depth if place == 0 else 0
    return format_html(' class="nrm-depth-{}"', deep) if deep else ""


def _figure(count: int | None) -> str:
    if count is not None:
        return figure(count)
    return format_html(
        '<span aria-hidden="true">{}</span><span class="govuk-visually-hidden">{}</span>',
        SUPPRESSED,
        _("suppressed"),
    )


def _notes(table: ShownTable) -> SafeString:
    return format_html(
        '<dl class="govuk-summary-list govuk-summary-list--no-border nrm-table-notes">{}</dl>',
        format_html_join(
            "",
            '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{}</dt>'
            '<dd class="govuk-summary-list__value">{}</dd></div>',
            ((note.title, note.words) for note in table.notes),
        ),
    )
