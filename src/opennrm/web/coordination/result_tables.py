"""Turns what the analysis of a survey found into tables that a page, a file and a chart share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from markupsafe import Markup

from opennrm.coordination.surveys.coded import BENCHMARK, Code, Reading
from opennrm.coordination.surveys.contrasts import Contrast, SideBySide
from opennrm.coordination.surveys.counting import Gaps, Spread, Table, Unit
from opennrm.coordination.surveys.rounds import InRound
from opennrm.coordination.surveys.totals import Total
from opennrm.exchange.questionnaires.question import Question
from opennrm.web import words
from opennrm.web.coordination.charts import Bar, bars
from opennrm.web.coordination.tiles import NOTHING_DRAWN, Tile, of_states


@dataclass(frozen=True, slots=True)
class ResultTable:
    """One table of results: a title, what must be read with it, its head and its rows."""

    title: str
    notes: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    bars: Sequence[Bar] = ()
    whole: float = 0
    tiles: Sequence[Tile] = ()
    question: str = ""

    def drawn(self) -> Markup:
        """Draw the tiles or the bars that say the same, where there are any."""
        if self.tiles:
            return of_states(self.title, self.tiles)
        return bars(self.title, self.bars, whole=self.whole) if self.bars else NOTHING_DRAWN

    def lines(self) -> list[list[str]]:
        """Return the table as lines of a file, the title and the notes first."""
        above = [[self.title], *([note] for note in self.notes)]
        return [*above, list(self.head), *(list(row) for row in self.rows), []]


def name_of(question: Question) -> str:
    """Name a question by its code and its text."""
    return f"{question.code} {question.text}"


def choices_table(found: Table) -> ResultTable:
    """Show who chose what, with the base and the rounding."""
    rows, drawn = [], []
    for row in found.rows:
        if row.count is None or row.share is None:
            rows.append([row.label, gettext("number not stated"), ""])
            continue
        percent = "" if row.share.value is None else f"{row.share.value} %"
        rows.append([row.label, str(row.count), percent])
        drawn.append(Bar(row.label, row.count, str(row.count)))
    return ResultTable(
        name_of(found.question),
        [_base(found), *_gaps(found.gaps), gettext("Percentages are rounded to whole numbers.")],
        [gettext("Answers"), gettext("Number"), gettext("Share")],
        rows,
        drawn,
        found.base,
        question=found.question.code,
    )


def spread_table(found: Spread) -> ResultTable:
    """Show how numbers lie, without adding them up."""
    numbers = (
        (gettext("Least"), found.least),
        (gettext("Middle (median)"), found.middle),
        (gettext("Most"), found.most),
    )
    rows = [[label, "" if n is None else f"{n.normalize():f}"] for label, n in numbers]
    rows.append([gettext("Answers of zero"), str(found.zeros)])
    base = ngettext("Base: %(n)s number", "Base: %(n)s numbers", found.base) % {"n": found.base}
    unit = gettext("In %(unit)s.") % {"unit": found.question.unit}
    return ResultTable(
        name_of(found.question),
        [base, unit, *_gaps(found.gaps)],
        [gettext("What"), ""],
        rows,
        question=found.question.code,
    )


def total_table(question: Question, total: Total | None, refused: str) -> ResultTable:
    """Show a total with its caveat, or why there is none."""
    if total is None:
        return ResultTable(name_of(question), [refused], [], [])
    number = f"{total.value.normalize():f}"
    shown = gettext("at least %(n)s") % {"n": number} if total.is_minimum else number
    notes = [gettext("Sum of %(n)s answers.") % {"n": total.replies}]
    notes += [total.caveat] if total.caveat else []
    rows = [[gettext("Total in %(unit)s") % {"unit": question.unit}, shown]]
    return ResultTable(name_of(question), notes, [gettext("What"), gettext("Number")], rows)


def contrast_table(found: Contrast) -> ResultTable:
    """Show what is promised against what is done."""
    head = [gettext("In the law or policy"), gettext("In practice"), gettext("Number"), ""]
    rows = [
        [
            found.first.label(one),
            found.second.label(other),
            str(count),
            ", ".join(found.states[one, other]),
        ]
        for (one, other), count in sorted(found.cells.items())
    ]
    title = gettext("%(first)s against %(second)s") % {
        "first": name_of(found.first),
        "second": name_of(found.second),
    }
    notes = [gettext("Base: %(n)s replies that answered both.") % {"n": found.base}]
    return ResultTable(title, notes, head, rows)


def side_table(found: SideBySide) -> ResultTable:
    """Show where a State and its NGOs say the same, and where not."""
    said = [
        [
            state,
            ", ".join(sorted(found.question.label(code) for code in official)),
            ", ".join(sorted(found.question.label(code) for code in civil)),
        ]
        for state, official, civil in found.differing
    ]
    notes = [
        gettext("Base: %(n)s States in which both answered; %(same)s agree.")
        % {"n": found.base, "same": len(found.agreeing)},
        gettext("Only the government answered in %(n)s, only NGOs in %(m)s.")
        % {"n": found.only_state, "m": found.only_ngos},
    ]
    head = [gettext("State"), gettext("The government says"), gettext("NGOs say")]
    return ResultTable(name_of(found.question), notes, head, said)


def rounds_table(question: Question, found: Sequence[InRound]) -> ResultTable:
    """Show a question through the rounds; where it does not compare, the reason."""
    reasons = [
        gettext("%(round)s: not compared. %(reason)s")
        % {"round": one.round, "reason": words.said(one.reason)}
        for one in found
        if one.table is None
    ]
    compared = [(one, one.table) for one in found if one.table is not None]
    head = [
        gettext("Answers"),
        *(
            gettext("%(round)s, base %(n)s") % {"round": one.round, "n": table.base}
            for one, table in compared
        ),
    ]
    rows = [
        [option.label, *(_cell(table, option.code) for _one, table in compared)]
        for option in question.options
    ]
    return ResultTable(name_of(question), reasons, head, rows)


def coding_table(codes: Iterable[Code], counts: dict[str, int | None], apart: int) -> ResultTable:
    """Show the references under each heading, counted where both coders agree."""
    listed = [(one, counts.get(one.code)) for one in codes]
    rows = [
        [_indented(one), gettext("number not stated") if n is None else str(n)]
        for one, n in listed
    ]
    drawn = [Bar(one.label, n, str(n)) for one, n in listed if n is not None]
    note = ngettext(
        "%(n)s answer is not counted: the two coders differ on it.",
        "%(n)s answers are not counted: the two coders differ on them.",
        apart,
    )
    notes = [note % {"n": apart}] if apart else []
    head = [gettext("Heading"), gettext("Number")]
    return ResultTable(gettext("References"), notes, head, rows, drawn)


def agreement_table(readings: Sequence[Reading]) -> ResultTable:
    """Show how far two coders agree, heading by heading."""
    rows = []
    for one in readings:
        found = one.agreement
        if found.kappa is None or found.low is None or found.high is None:
            kappa = gettext("one code throughout")
        else:
            kappa = f"{found.kappa:.2f} ({found.low:.2f} - {found.high:.2f})"
        talk = gettext("Talk it over first") if one.is_low else ""
        rows.append([one.code.label, kappa, f"{len(one.differing)} / {found.units}", talk])
    head = [gettext("Heading"), gettext("Kappa (95 %)"), gettext("Answers that differ"), ""]
    notes = [readings[0].agreement.method, BENCHMARK] if readings else []
    return ResultTable(gettext("How far two coders agree"), notes, head, rows)


def _cell(table: Table, code: str) -> str:
    row = table.row(code)
    if row.count is None or row.share is None or row.share.value is None:
        return gettext("number not stated")
    return f"{row.count} ({row.share.value} %)"


def _indented(one: Code) -> str:
    return f"- {one.label}" if one.within else one.label


def _base(found: Table) -> str:
    numbers = {"n": found.base}
    if found.unit is Unit.STATES:
        return ngettext("Base: %(n)s State", "Base: %(n)s States", found.base) % numbers
    return ngettext("Base: %(n)s reply", "Base: %(n)s replies", found.base) % numbers


def _gaps(gaps: Gaps) -> list[str]:
    told = (
        (gaps.unanswered, gettext("not answered")),
        (gaps.not_available, gettext("not available")),
        (gaps.not_relevant, gettext("not relevant")),
        (gaps.not_asked, gettext("not asked")),
        (gaps.differing, gettext("replies of one State differ")),
    )
    said = "; ".join(f"{label}: {n}" for n, label in told if n)
    return [gettext("Not in the base: %(gaps)s.") % {"gaps": said}] if said else []
