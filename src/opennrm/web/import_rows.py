"""Shows the rows of an import that need something, and takes the cells that were put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext

from opennrm.exchange.htcds.problems import Problem
from opennrm.exchange.sheets.table import Cell
from opennrm.records.imports.waiting import Fault, Import, WaitingRow, waiting_rows
from opennrm.records.sessions import Session

SHOWN = 25
LONGEST = 10_000


@dataclass(frozen=True)
class Told:
    """One fault as the report tells it; never with what stood in the cell."""

    row: int
    column: str
    says: str
    remedy: str
    becomes: str


def every_fault(session: Session, one: Import) -> Iterator[Told]:
    """Go through every fault of every row, also of rows that are left out as known."""
    for _part, row in _rows(session, one):
        for fault in row.faults:
            yield _told(one, row, fault)
        if row.is_known:
            yield Told(row.number, "", _known(), "", gettext("left out"))


def to_put_right(session: Session, one: Import) -> list[dict[str, Any]]:
    """Return the first rows that cannot be taken in, each with its cells that need something."""
    found = []
    for part, row in _rows(session, one):
        if not row.is_good:
            found.append(_shown(one, part, row))
        if len(found) == SHOWN:
            break
    return found


def put_right(session: Session, one: Import, posted: Any) -> tuple[int, WaitingRow]:
    """Read the cells of one row that were typed anew, and which part of the import it is in.

    :raises Http404: when there is no such row.
    """
    wanted = _number(posted.get("part", "")), _number(posted.get("row", ""))
    for row in waiting_rows(session, one, wanted[0]):
        if row.number == wanted[1]:
            cells = [_typed(posted, n, cell) for n, cell in enumerate(row.cells, 1)]
            return wanted[0], WaitingRow(row.number, tuple(cells))
    raise Http404


def _rows(session: Session, one: Import) -> Iterator[tuple[int, WaitingRow]]:
    for part in range(1, one.kept.parts + 1):
        for row in waiting_rows(session, one, part):
            yield part, row


def _shown(one: Import, part: int, row: WaitingRow) -> dict[str, Any]:
    return {
        "part": part,
        "number": row.number,
        "is_known": row.is_known,
        "cells": [
            {
                "column": fault.column,
                "header": one.kept.headers[fault.column - 1],
                "value": _text(row.cells[fault.column - 1]),
                "says": gettext(Problem(fault.kind).label),
                "remedy": gettext(Problem(fault.kind).definition),
            }
            for fault in row.faults
            if fault.leaves_out
        ],
    }


def _told(one: Import, row: WaitingRow, fault: Fault) -> Told:
    problem = Problem(fault.kind)
    header = one.kept.headers[fault.column - 1]
    harmless = f"'{header}" if header.startswith(("=", "+", "-", "@")) else header
    becomes = gettext("left out") if fault.leaves_out else gettext("kept as typed")
    return Told(row.number, harmless, gettext(problem.label), gettext(problem.definition), becomes)


def _known() -> str:
    return gettext("The row was recorded before, or stands in this file twice.")


def _text(cell: Cell) -> str:
    if cell is None or isinstance(cell, Problem):
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _typed(posted: Any, number: int, cell: Cell) -> Cell:
    typed = posted.get(f"cell-{number}")
    return cell if typed is None else typed[:LONGEST].strip() or None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
