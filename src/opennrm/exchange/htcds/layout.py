"""Finds out which column of a sheet holds which field, whatever carrier the sheet comes from.

Known carriers: the Excel templates (names in a hidden first row, labels in the second, which
disagree for the address: people type under the label, so the label decides), exports of the
XLSForm (other names for three fields), and files with the standard's names or labels in any
order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from opennrm.exchange.htcds.additions import own_fields
from opennrm.exchange.htcds.problems import Problem
from opennrm.exchange.htcds.standard import Field, fields, plain

LOOKED_AT = 10
ENOUGH = 3
EXTERNAL_IDS = ("_uuid", "meta/instanceid", "instanceid", "_id")
OF_THE_FORM = frozenset(
    {"prs_first_name", "prs_second_name", "vic_methods_of_control", *EXTERNAL_IDS}
)
SECOND_NAME, TITLE = "prs_SecondName", "prs_Title"

Row = Sequence[object]


@dataclass(frozen=True)
class Column:
    """One column that is read: its number counted from 1, its header and its field."""

    number: int
    header: str
    field: Field


@dataclass(frozen=True)
class Unread:
    """One column that is not read, and why; a header that is not the standard's is not told."""

    number: int
    header: str
    kind: Problem


@dataclass(frozen=True)
class Layout:
    """Where a sheet keeps which field, and where its rows begin."""

    header_row: int
    first_row: int
    columns: tuple[Column, ...]
    unread: tuple[Unread, ...]
    external_id: int | None
    of_the_form: bool

    @property
    def holds_lists_only(self) -> bool:
        """Tell whether every column that is read takes its values from a list."""
        return all(column.field.code_list for column in self.columns)


def find_layout(rows: Sequence[Row]) -> Layout | None:
    """Return the layout of a sheet, or nothing when it has no headers of the standard."""
    for index, row in enumerate(rows[:LOOKED_AT]):
        if _recognised(row) >= ENOUGH:
            below = rows[index + 1] if index + 1 < len(rows) else ()
            two = _recognised(below) >= ENOUGH
            return _layout(index + 1, row, below if two else ())
    return None


def _layout(header_row: int, names: Row, labels: Row) -> Layout:
    columns: list[Column] = []
    unread: list[Unread] = []
    for number in range(1, max(len(names), len(labels)) + 1):
        name, label = _at(names, number), _at(labels, number)
        header = label or name
        found = _field(label) or _field(name)
        found = _second_look(found, columns)
        if found and any(column.field is found for column in columns):
            unread.append(Unread(number, header, Problem.COLUMN_TWICE))
        elif found and found.core:
            columns.append(Column(number, header, found))
        elif header and plain(header) not in EXTERNAL_IDS:
            told = found.name if found else ""
            unread.append(Unread(number, told, Problem.COLUMN_NOT_READ))
    keys = [plain(_at(names, number)) for number in range(1, len(names) + 1)]
    return Layout(
        header_row=header_row + bool(labels),
        first_row=header_row + bool(labels) + 1,
        columns=tuple(columns),
        unread=tuple(unread),
        external_id=next((keys.index(key) + 1 for key in EXTERNAL_IDS if key in keys), None),
        of_the_form=any(_bare(key) in OF_THE_FORM for key in keys),
    )


def _second_look(found: Field | None, columns: list[Column]) -> Field | None:
    """Read a second "Second Name" as the title, which the form labels wrongly so."""
    taken = {column.field.name for column in columns}
    if found and found.name == SECOND_NAME in taken and TITLE not in taken:
        return fields()[TITLE]
    return found


def _recognised(row: Row) -> int:
    headers = {_at(row, number) for number in range(1, len(row) + 1)}
    return len({found.name for found in map(_field, headers) if found})


def _at(row: Row, number: int) -> str:
    value = row[number - 1] if number <= len(row) else ""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _field(header: str) -> Field | None:
    return _headers().get(_bare(plain(header))) if header else None


def _bare(key: str) -> str:
    """Return a header without the groups that exports of forms put before it."""
    return key.rsplit("/", 1)[-1] if "_" in key else key


@cache
def _headers() -> dict[str, Field]:
    """Return the fields by every header; labels of the template's address are not trusted."""
    found: dict[str, Field] = {}
    everything = fields().values()
    for field in everything:
        for name in (field.name, field.excel_header, field.xlsform_name):
            if name:
                found.setdefault(plain(name), field)
    core = [field for field in everything if field.core]
    for label in ("label", "xlsform_label"):
        for field in core:
            found.setdefault(plain(getattr(field, label)), field)
    for name, field in own_fields().items():
        found.setdefault(plain(name), field)
        found.setdefault(plain(field.label), field)
    found.pop("", None)
    return found
