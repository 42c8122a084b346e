"""Puts the States' answers to one question on a map of tiles; each sign is told in the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from string import ascii_uppercase

from django.utils.translation import gettext

from opennrm.coordination.surveys.by_state import Lack, Said, Value
from opennrm.exchange.questionnaires.question import CHOOSING, Kind, Question
from opennrm.web import words
from opennrm.web.coordination.charts import EMPTY
from opennrm.web.coordination.result_tables import ResultTable, name_of
from opennrm.web.coordination.surveys import state_name
from opennrm.web.coordination.tiles import CODES, Tile

WHITE = "#ffffff"
OPTIONS = ("#bfd9ee", "#f9d9a8", "#cfe8c6", "#e6cdea", "#f6c9c4", "#d5d5f2", "#e8e3b5", "#c9ebe9")
# From the smallest quarter of the numbers to the largest.
QUARTERS = ("#e3eef8", "#c5dcf0", "#a3c7e8", "#7fb0dd")
SIGNS = {
    Lack.NO_REPLY: "…",
    Lack.UNANSWERED: "?",
    Lack.NOT_AVAILABLE: "x",
    Lack.NOT_RELEVANT: "-",
    Lack.NOT_ASKED: "·",
    Lack.DIFFERING: "≠",
}
MISSING = frozenset({Lack.NO_REPLY, Lack.UNANSWERED, Lack.NOT_AVAILABLE})
MOST_LETTERS = 4


def map_table(question: Question, said: Mapping[str, Said]) -> ResultTable:
    """Show what each State says: its sign on the map and, in the table, what the sign means."""
    numbers = sorted(
        one.number for one in said.values() if isinstance(one, Value) and one.number is not None
    )
    tiles = [_tile(_called(code), one, question, numbers) for code, one in said.items()]
    rows = [
        [f"{state_name(code)} ({tile.name})", tile.sign, _told(one, question)]
        for tile, (code, one) in zip(tiles, said.items(), strict=True)
    ]
    head = [gettext("State"), gettext("On the map"), gettext("Answers")]
    notes = [gettext("A dashed edge marks what is missing; zero is written as 0.")]
    return ResultTable(name_of(question), notes, head, sorted(rows), tiles=tiles)


def _called(code: str) -> str:
    """Return what fits on a tile: the code, or the last word of a longer name."""
    return code if len(code) <= CODES.longest else code.rsplit(maxsplit=1)[-1][-CODES.longest :]


def _tile(code: str, said: Said, question: Question, numbers: Sequence[Decimal]) -> Tile:
    if isinstance(said, Lack):
        return Tile(code, SIGNS[said], WHITE, dashed=said in MISSING)
    return Tile(code, _sign(said, question), _fill(said, question, numbers))


def _sign(value: Value, question: Question) -> str:
    if question.kind in CHOOSING:
        return _letters(value, question)
    if value.on is not None:
        return str(value.on.year)
    sign = _short(value.number or Decimal(0))
    sign = f"{sign}%" if question.kind is Kind.PERCENT else sign
    return f"≥{sign}" if value.at_least else sign


def _letters(value: Value, question: Question) -> str:
    """Name the options chosen by their places in the list."""
    places = [at for at, one in enumerate(question.options) if one.code in value.choices]
    letters = "".join(ascii_uppercase[at % 26] + "'" * (at // 26) for at in places)
    return letters if len(letters) <= MOST_LETTERS else f"{letters[: MOST_LETTERS - 1]}+"


def _short(number: Decimal) -> str:
    """Write a number in four places; the table has all of it."""
    if number >= 1_000_000:
        return f"{number / 1_000_000:.0f}M"
    if number >= 10_000:
        return f"{number / 1_000:.0f}k"
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}".removesuffix(".0")


def _fill(value: Value, question: Question, numbers: Sequence[Decimal]) -> str:
    if question.kind is Kind.CHOICE:
        (chosen,) = value.choices or {""}
        places = [one.code for one in question.options]
        return OPTIONS[places.index(chosen) % len(OPTIONS)] if chosen in places else EMPTY
    if not value.number:
        return WHITE if value.number is not None else EMPTY
    below = sum(one < value.number for one in numbers)
    return QUARTERS[4 * below // len(numbers)]


def _told(said: Said, question: Question) -> str:
    if isinstance(said, Lack):
        return _lacks(said)
    if question.kind in CHOOSING:
        return "; ".join(one.label for one in question.options if one.code in said.choices)
    if said.on is not None:
        return words.day(said.on)
    number = f"{(said.number or Decimal(0)).normalize():f} {question.unit}"
    return gettext("at least %(n)s") % {"n": number} if said.at_least else number


def _lacks(lack: Lack) -> str:
    return {
        Lack.NO_REPLY: gettext("no reply here"),
        Lack.UNANSWERED: gettext("not answered"),
        Lack.NOT_AVAILABLE: gettext("not available"),
        Lack.NOT_RELEVANT: gettext("not relevant"),
        Lack.NOT_ASKED: gettext("not asked"),
        Lack.DIFFERING: gettext("replies of one State differ"),
    }[lack]
