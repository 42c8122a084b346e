"""A plan as a table of one line an action: its columns, and what stands in them when read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from django.utils.translation import gettext, gettext_noop
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from opennrm.exchange.questionnaires.uploaded import fault_of
from opennrm.exchange.questionnaires.workbook_back import Fault, WorkbookRefused
from opennrm.vocabulary import registry

COLUMNS: Mapping[str, str] = {
    "objective_number": gettext_noop("Objective number"),
    "pillar": gettext_noop("Pillar"),
    "objective": gettext_noop("Objective"),
    "number": gettext_noop("Action number"),
    "text": gettext_noop("Action"),
    "lead": gettext_noop("Lead"),
    "partners": gettext_noop("Partners"),
    "from_on": gettext_noop("From"),
    "until_on": gettext_noop("Until"),
    "status": gettext_noop("Status"),
    "commitments": gettext_noop("Commitments"),
    "planned": gettext_noop("Planned"),
    "allocated": gettext_noop("Allocated"),
    "spent": gettext_noop("Spent"),
    "currency": gettext_noop("Currency"),
    "indicator": gettext_noop("Indicator"),
    "baseline": gettext_noop("Baseline"),
    "target": gettext_noop("Target"),
}
NEEDED = ("objective_number", "pillar", "objective", "number", "text")
MONEY = ("planned", "allocated", "spent")
LARGEST_FILE, MOST_ROWS = 5_000_000, 2_000
LARGEST_AMOUNT = Decimal(10) ** 12


@dataclass(slots=True)
class Read:
    """What was read of a table: one mapping a line with its row, and every fault."""

    sheet: str
    lines: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: int, name: str, says: str) -> None:
        """Name a fault of one field of one row."""
        self.faults.append(
            Fault(self.sheet, row, gettext(COLUMNS.get(name, name)) if name else "", says)
        )


def read_table(content: bytes) -> Read:
    """Read the first sheet of a workbook, every cell as what its column means.

    :raises WorkbookRefused: when it is no workbook, is too large, or lacks a column.
    """
    sheet = _opened(content)
    read = Read(sheet.name)
    for (top, _left), (bottom, _right) in sheet.merged_cell_ranges or ():
        says = gettext("Merged cells hide whose value it is. Take them apart, fill in each.")
        read.fault(top + 1, "", says if top == bottom else f"{says} ({top + 1}-{bottom + 1})")
    head, *rows = sheet.to_python(skip_empty_area=False) or [[]]
    names = _names(head, read)
    for row, cells in enumerate(rows, 2):
        if any(str(cell).strip() for cell in cells):
            read.lines.append((row, _line(row, cells, names, read)))
    return read


def _opened(content: bytes) -> CalamineSheet:
    says = gettext("The file is too large.") if len(content) > LARGEST_FILE else fault_of(content)
    if says:
        raise _refused(says)
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    except CalamineError as error:
        says = gettext("This is no workbook that can be read. Save it as .xlsx.")
        raise _refused(says) from error
    if sheet.total_height > MOST_ROWS:
        raise _refused(gettext("The sheet has too many rows for a plan."))
    return sheet


def _refused(says: str) -> WorkbookRefused:
    return WorkbookRefused((Fault("", 0, "", says),))


def _names(head: list[Any], read: Read) -> list[str]:
    """Return which column each cell of the first row names, in English or the page's language."""
    known = {gettext(title).casefold(): name for name, title in COLUMNS.items()}
    known |= {title.casefold(): name for name, title in COLUMNS.items()}
    names = [known.get(str(cell).strip().casefold(), "") for cell in head]
    for cell, name in zip(head, names, strict=True):
        if str(cell).strip() and not name:
            read.fault(1, str(cell), gettext("No column of a plan has this name."))
    for name in NEEDED:
        if name not in names:
            read.fault(1, name, gettext("This column is missing."))
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        read.fault(1, name, gettext("This column stands there twice."))
    return names


def _line(row: int, cells: list[Any], names: list[str], read: Read) -> dict[str, Any]:
    line: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        if name:
            try:
                line[name] = _value(name, cell)
            except ValueError as odd:
                read.fault(row, name, str(odd))
    for name in NEEDED:
        if name in names and name in line and line[name] in ("", None):
            read.fault(row, name, gettext("Nothing stands here. Fill it in on every row."))
    first, last = line.get("from_on"), line.get("until_on")
    if first and last and last < first:
        read.fault(row, "until_on", gettext("The action would end before it begins."))
    return line


def _value(name: str, cell: Any) -> Any:
    if name in ("from_on", "until_on"):
        return _day(cell)
    if name in MONEY:
        return _amount(cell)
    if name in ("pillar", "status"):
        return _code(cell, {"pillar": "pillar", "status": "action_status"}[name])
    if name in ("partners", "commitments"):
        return [part.strip() for part in _text(cell).split(";") if part.strip()]
    return _text(cell)


def _text(cell: Any) -> str:
    """Return a cell as text, a whole number without its point."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return str(cell).strip()


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    typed = _text(cell)
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        says = gettext("%(cell)s is no day. Write it as a date, or as 2026-03-02.")
        raise ValueError(says % {"cell": typed}) from None


def _amount(cell: Any) -> Decimal | None:
    typed = _text(cell)
    if not typed:
        return None
    try:
        amount = Decimal(typed)
    except InvalidOperation:
        says = gettext("%(cell)s is no amount. Write a number alone, without a sign or unit.")
        raise ValueError(says % {"cell": typed}) from None
    if not amount.is_finite() or not 0 <= amount < LARGEST_AMOUNT:
        raise ValueError(gettext("An amount is not below nothing and not beyond all money."))
    return amount


def _code(cell: Any, name: str) -> str:
    typed = _text(cell)
    if not typed:
        return ""
    labels = registry.code_list(name).labels()
    for code, label in labels.items():
        if typed.casefold() in (code.casefold(), label.casefold(), gettext(label).casefold()):
            return code
    offered = ", ".join(gettext(label) for label in labels.values())
    says = gettext("%(cell)s is not one of: %(offered)s.")
    raise ValueError(says % {"cell": typed, "offered": offered})


def titles() -> Iterator[str]:
    """Yield the titles of the columns in the language of the page."""
    yield from (gettext(title) for title in COLUMNS.values())
