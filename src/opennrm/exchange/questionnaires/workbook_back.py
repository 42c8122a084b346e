"""Reads a filled-in workbook back: whole, or not at all with every fault named."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from opennrm.exchange.questionnaires.answer import Answer, Given, Reply, problems_with
from opennrm.exchange.questionnaires.question import (
    CHOOSING,
    NUMERIC,
    Group,
    Kind,
    Question,
    Questionnaire,
)
from opennrm.exchange.questionnaires.uploaded import fault_of
from opennrm.exchange.questionnaires.workbook import (
    ANSWER_HEAD,
    ANSWERS,
    NO_ANSWER,
    REPLIES,
    REPLY_HEAD,
    SEPARATOR,
    YES,
)

LARGEST_FILE = 5_000_000
MOST_ROWS = 50_000
WHOLE = "The whole file"
REASONS = {says: given for given, says in NO_ANSWER.items()}
HERE_ALREADY = (
    "A reply of {state} is here already. If that State sends several replies, write yes beside"
    " each; if not, keep one."
)
HERE_TWICE = (
    "A reply of {state} stands here more than once. If that State sends several replies, write yes"
    " beside each; if not, keep one."
)
DOUBTED = (
    "This could be {value} percent or {hundred} percent. Write the percentage as a number between"
    " 0 and 100 with a base; for less than one percent, write it into the comment."
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: on which sheet, in which row and field, and what to write."""

    sheet: str
    row: int | None
    field: str
    says: str


class WorkbookRefused(ValueError):
    """The workbook cannot be taken as it is; every fault is named and nothing was kept."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "\n".join(f"{one.sheet}, row {one.row}: {one.says}" for one in self.faults)
        )


@dataclass(slots=True)
class _Reading:
    """What was found so far, and every fault."""

    questionnaire: Questionnaire
    heads: dict[str, tuple[str, Group]] = field(default_factory=dict)
    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, sheet: str, row: int | None, name: str, says: str) -> None:
        """Note one thing that is wrong."""
        self.faults.append(Fault(sheet, row, name, says))


class CellRefused(ValueError):
    """A cell cannot be read without guessing; the message says what to write."""


def replies_in(
    content: bytes, questionnaire: Questionnaire, *, already: Iterable[str] = ()
) -> tuple[Reply, ...]:
    """Read the replies of a workbook; ``already`` names the States whose reply is here.

    :raises WorkbookRefused: naming sheet, row, field and remedy of every fault.
    """
    reading = _Reading(questionnaire)
    sheets = _opened(content)
    _read_replies(sheets[REPLIES], reading, set(already))
    _read_answers(sheets[ANSWERS], reading)
    if reading.faults:
        raise WorkbookRefused(reading.faults)
    return tuple(
        Reply(ref, state, group, answers=reading.answers.get(ref, {}))
        for ref, (state, group) in reading.heads.items()
    )


def _opened(content: bytes) -> Mapping[str, CalamineSheet]:
    if len(content) > LARGEST_FILE:
        raise _whole(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.")
    if says := fault_of(content):
        raise _whole(says)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        missing = [name for name in (REPLIES, ANSWERS) if name not in book.sheet_names]
        if missing:
            raise _whole(
                f"There is no sheet {', '.join(missing)}. Use the workbook sent out here."
            )
        return {name: book.get_sheet_by_name(name) for name in (REPLIES, ANSWERS)}
    except CalamineError as error:
        raise _whole("This is no workbook that can be read. Save it as .xlsx.") from error


def _whole(says: str) -> WorkbookRefused:
    return WorkbookRefused([Fault(WHOLE, None, "", says)])


def _table(sheet: CalamineSheet, name: str, reading: _Reading) -> list[list[Any]]:
    """Return the rows of a sheet; merged cells hide whose value it is, so each is a fault."""
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        says = (
            f"Rows {top + 1} to {bottom + 1} have merged cells. Take them apart and fill in each."
        )
        reading.fault(name, top + 1, ANSWER_HEAD[left] if left < len(ANSWER_HEAD) else "", says)
    rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
    if len(rows) > MOST_ROWS:
        reading.fault(name, None, "", f"There are more than {MOST_ROWS} rows.")
    return rows


def _read_replies(sheet: CalamineSheet, reading: _Reading, already: set[str]) -> None:
    rows = _table(sheet, REPLIES, reading)
    wanted = ["Questionnaire", reading.questionnaire.key, "Version", reading.questionnaire.version]
    if not rows or [_plain(cell) for cell in rows[0][:4]] != wanted:
        says = f"This workbook is not for {reading.questionnaire.named()}. Download it anew."
        reading.fault(REPLIES, 1, "Questionnaire", says)
        return
    if len(rows) < 2 or tuple(rows[1][:4]) != REPLY_HEAD:
        reading.fault(REPLIES, 2, "", f"The head must read: {', '.join(REPLY_HEAD)}.")
        return
    several: dict[str, list[tuple[int, bool]]] = {}
    for number, row in enumerate(rows[2:], 3):
        if any(row):
            _read_reply(number, row, reading, several)
    _check_several(several, reading, already)


def _read_reply(
    number: int,
    row: list[Any],
    reading: _Reading,
    several: dict[str, list[tuple[int, bool]]],
) -> None:
    ref, state, group, mark = (str(cell).strip() for cell in row[:4])
    if not ref or not state:
        reading.fault(REPLIES, number, "Reply", "Name the reply and its State.")
    elif ref in reading.heads:
        reading.fault(REPLIES, number, "Reply", f"The reply {ref} stands here twice.")
    elif group not in set(Group):
        reading.fault(REPLIES, number, "Who replies", f"Write one of: {', '.join(Group)}.")
    else:
        reading.heads[ref] = (state, Group(group))
        if group == Group.STATE:
            several.setdefault(state, []).append((number, mark.lower() == YES))


def _check_several(
    several: Mapping[str, list[tuple[int, bool]]], reading: _Reading, already: set[str]
) -> None:
    """Ask whether two replies of one State are meant: each of them must say so."""
    for state, places in several.items():
        if len(places) == 1 and state not in already:
            continue
        for number, is_meant in places:
            if not is_meant:
                says = HERE_ALREADY if state in already else HERE_TWICE
                reading.fault(REPLIES, number, REPLY_HEAD[3], says.format(state=state))


def _read_answers(sheet: CalamineSheet, reading: _Reading) -> None:
    rows = _table(sheet, ANSWERS, reading)
    if not rows or tuple(rows[0][: len(ANSWER_HEAD)]) != ANSWER_HEAD:
        reading.fault(ANSWERS, 1, "", f"The head must read: {', '.join(ANSWER_HEAD)}.")
        return
    asked: Counter[tuple[str, str]] = Counter()
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(ANSWER_HEAD, row, strict=False))
        if not any(row):
            continue
        ref, code = str(cells["Reply"]).strip(), str(cells["Code"]).strip()
        asked[ref, code] += 1
        if _belongs(number, ref, code, reading) and asked[ref, code] > 1:
            reading.fault(
                ANSWERS, number, "Code", f"The question {code} of {ref} stands here twice."
            )
        elif _belongs(number, ref, code, reading, quiet=True):
            _read_answer(number, cells, reading)


def _belongs(number: int, ref: str, code: str, reading: _Reading, *, quiet: bool = False) -> bool:
    group = reading.heads.get(ref, ("", None))[1]
    says = ""
    if group is None:
        says = f"There is no reply {ref} on the sheet {REPLIES}."
    elif not reading.questionnaire.asks(code):
        says = f"There is no question {code} in this questionnaire."
    elif group not in reading.questionnaire.question(code).groups:
        says = f"The question {code} is not asked of {ref}."
    if says and not quiet:
        reading.fault(ANSWERS, number, "Code", says)
    return not says


def _read_answer(number: int, cells: Mapping[str, Any], reading: _Reading) -> None:
    question = reading.questionnaire.question(str(cells["Code"]).strip())
    read: dict[str, Any] = {}
    is_whole = True
    for name, head, way in WAYS:
        try:
            read[name] = way(cells.get(head, ""), question)
        except CellRefused as refused:
            reading.fault(ANSWERS, number, head, str(refused))
            is_whole = False
    if not is_whole or (read["given"] is Given.VALUE and not read["value"]):
        _mind_lost_words(number, cells, read, reading, is_whole)
        return
    answer = _answer(question, read)
    for says in problems_with(answer, question):
        reading.fault(ANSWERS, number, _field_of(says), says)
    reading.answers.setdefault(str(cells["Reply"]).strip(), {})[question.code] = answer


def _mind_lost_words(
    number: int,
    cells: Mapping[str, Any],
    read: Mapping[str, Any],
    reading: _Reading,
    is_whole: bool,
) -> None:
    """Refuse a line whose frame was filled in and whose answer was not."""
    said = [head for head in ("Base", "At least", "From", "Until", "Source") if cells.get(head)]
    if is_whole and said:
        says = f"Filled in without an answer: {', '.join(said)}. Zero means none."
        reading.fault(ANSWERS, number, "Answer", says)


def _answer(question: Question, read: Mapping[str, Any]) -> Answer:
    value = read["value"]
    is_number = question.kind in NUMERIC and bool(value)
    return Answer(
        question.code,
        read["given"],
        choices=value if question.kind in CHOOSING and value else (),
        number=value[0] if is_number else None,
        text=value[0] if question.kind is Kind.TEXT and value else "",
        on=value[0] if question.kind is Kind.DAY and value else None,
        unit=read["unit"] if is_number else "",
        **{name: read[name] for name in FRAME},
    )


def _field_of(says: str) -> str:
    """Name the column that a problem of an answer is about."""
    places = (("base", "Base"), ("unit", "Unit"), ("period", "From"), ("comes from", "Source"))
    return next((head for word, head in places if word in says), "Answer")


def _given(cell: Any, question: Question) -> Given:
    text = str(cell).strip().lower()
    if text and text not in REASONS:
        raise CellRefused(f"Write one of: {', '.join(REASONS)}; or nothing.")
    return REASONS[text] if text else Given.VALUE


def _value(cell: Any, question: Question) -> tuple[Any, ...]:
    """Read the answer; an empty cell is no answer."""
    if cell == "" or cell is None:
        return ()
    if question.kind in CHOOSING:
        return _codes(cell, question)
    if question.kind in NUMERIC:
        return (_number(cell, question),)
    if question.kind is Kind.DAY:
        return (_day(cell, question),)
    return (str(cell).strip(),)


def _codes(cell: Any, question: Question) -> tuple[str, ...]:
    names = {option.code.lower(): option.code for option in question.options}
    names |= {option.label.lower(): option.code for option in question.options}
    parts = [part.strip() for part in str(cell).split(SEPARATOR) if part.strip()]
    strange = [part for part in parts if part.lower() not in names]
    if strange:
        listed = ", ".join(option.code for option in question.options)
        raise CellRefused(f"Not offered: {', '.join(strange)}. Write one of: {listed}.")
    return tuple(dict.fromkeys(names[part.lower()] for part in parts))


def _number(cell: Any, question: Question) -> Decimal:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        says = f"This is text: {cell}. Write the number as a number, without a sign or unit."
        raise CellRefused(says)
    number = Decimal(str(cell))
    if question.kind is Kind.PERCENT and 0 < number <= 1:
        hundred = (number * 100).normalize()
        raise CellRefused(DOUBTED.format(value=f"{number.normalize():f}", hundred=f"{hundred:f}"))
    return number


def _base(cell: Any, question: Question) -> int | None:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != int(cell):
        says = f"This is no whole number: {cell}. Write of how many the percentage is taken."
        raise CellRefused(says)
    return int(cell)


def _day(cell: Any, question: Question) -> date | None:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell).strip())
    except ValueError as error:
        says = f"This is no day: {cell}. Write it as a date, or as 2026-03-02."
        raise CellRefused(says) from error


def _mark(cell: Any, question: Question) -> bool:
    text = str(cell).strip().lower()
    if text not in ("", YES):
        raise CellRefused("Write yes, or nothing.")
    return text == YES


def _words(cell: Any, question: Question) -> str:
    return "" if cell is None else str(cell).strip()


def _plain(cell: Any) -> Any:
    return int(cell) if isinstance(cell, float) and cell == int(cell) else cell


Way = Callable[[Any, Question], Any]
FRAME = ("base", "at_least", "period_from", "period_until", "definition", "source", "comment")
WAYS: tuple[tuple[str, str, Way], ...] = (
    ("value", "Answer", _value),
    ("given", "No answer because", _given),
    ("unit", "Unit", _words),
    ("base", "Base", _base),
    ("at_least", "At least", _mark),
    ("period_from", "From", _day),
    ("period_until", "Until", _day),
    ("definition", "Definition", _words),
    ("source", "Source", _words),
    ("comment", "Comment", _words),
)
