"""Writes cases in the official carriers of the standard, and says what had no place in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

import xlsxwriter  # type: ignore[import-untyped, unused-ignore]

import opennrm.exchange.htcds as standard_text
from opennrm.exchange.htcds.additions import ADDITIONS, Addition
from opennrm.exchange.htcds.additions import VERSION as ADDITIONS_VERSION
from opennrm.exchange.htcds.imported import ImportedCase, Phone
from opennrm.exchange.htcds.mapping import theirs
from opennrm.exchange.htcds.rows import PLACES, REASON
from opennrm.exchange.htcds.standard import (
    STATE,
    VERSION,
    Field,
    country_labels,
    fields,
    form_order,
    plain,
    values,
)
from opennrm.vocabulary.code import Code

FIRST_SAFE_DAY = date(1900, 3, 1)
BETWEEN = "; "
OTHER = "Other"
LOST = ("row", "what", "why it has no place")


class Carrier(Code):
    """How cases travel in the standard."""

    TEMPLATE = "template", "Workbook, several values in a cell"
    SINGLE = "single", "Workbook, one value in a cell"
    FORM = "form", "Answers of the official form"


class Wording(Code):
    """Whether values are written as labels for people or as codes for programs."""

    LABELS = "labels", "Labels"
    CODES = "codes", "Codes"


class LossKind(Code):
    """Why something of a case has no place in a carrier."""

    NO_FIELD = "no_field", "The carrier has no field for this."
    ONE_VALUE = "one_value", "The field takes one value; the first was written."
    NO_CODE = "no_code", "The list has no code for a value."


@dataclass(frozen=True)
class Loss:
    """Something of one case that had no place: which row, which field, why; never the content."""

    row: int
    field: str
    kind: LossKind


@dataclass(frozen=True)
class Asked:
    """What was asked for: the carrier, the wording, and whether our own columns go along."""

    carrier: Carrier = Carrier.TEMPLATE
    wording: Wording = Wording.LABELS
    additions: bool = True


@dataclass
class Table:
    """The header rows, the rows below them, and what had no place."""

    headers: list[list[str]]
    rows: list[list[object]] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def table_of(cases: Iterable[ImportedCase], asked: Asked) -> Table:
    """Return cases as the rows of a carrier, with a report of what had no place in it."""
    columns, own = _columns(asked.carrier), ADDITIONS if asked.additions else ()
    table = Table(_headers(columns, own, asked))
    for number, case in enumerate(cases, 1):
        writer = _Writer(case, number, asked)
        first = case.external_id or "" if asked.carrier is Carrier.FORM else number
        standard_cells = [writer.cell(column) for column in columns]
        table.rows.append([first, *standard_cells, *(writer.own_cell(one) for one in own)])
        table.losses.extend(writer.all_losses(columns))
    return table


def write_workbook(cases: Iterable[ImportedCase], path: Path | IO[bytes], asked: Asked) -> Table:
    """Write cases as a workbook, with sheets that name versions, licence and what had no place."""
    table = table_of(cases, asked)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    target = str(path) if isinstance(path, Path) else path
    with xlsxwriter.Workbook(target, options) as workbook:
        page = workbook.add_worksheet("Case Sheet")
        days = workbook.add_format({"num_format": "yyyy-mm-dd"})
        lines: list[Sequence[object]] = [*table.headers, *table.rows]
        for number, row in enumerate(lines):
            for column, value in enumerate(row):
                _put(page, (number, column), value, days)
        if len(table.headers) > 1:
            page.set_row(0, None, None, {"hidden": True})
        page.freeze_panes(len(table.headers), 0)
        workbook.add_worksheet("about").write_column(0, 0, about(asked))
        left = workbook.add_worksheet("without a place")
        for number, line in enumerate([LOST, *map(_told, table.losses)]):
            left.write_row(number, 0, line)
    return table


def _told(loss: Loss) -> tuple[object, ...]:
    return loss.row, loss.field, loss.kind.label


def about(asked: Asked) -> list[str]:
    """Say which standard and which lists a file follows, and under which licence."""
    return [
        f"Human Trafficking Case Data Standard (HTCDS) {VERSION}; lists of {STATE}",
        "Countries: ISO 3166-1 alpha-2. Industry: sections of ISIC revision 4.",
        f"Columns that begin with nrm_ are additions of this system, version {ADDITIONS_VERSION}; "
        "they are no part of the standard.",
        f"Carrier: {asked.carrier.label}. Values: {asked.wording.label}.",
        " ".join((standard_text.__doc__ or "").partition("\n\n")[2].split()),
    ]


class _Writer:
    """Writes the cells of one case and notes what had no place."""

    def __init__(self, case: ImportedCase, number: int, asked: Asked) -> None:
        self.case, self.number, self.asked = case, number, asked
        self.form = asked.carrier is Carrier.FORM
        self.losses: list[Loss] = []

    def cell(self, column: Field) -> object:
        """Write one cell of the standard."""
        value = getattr(self.case, PLACES[column.name][0])
        if column.name == REASON and value is None and self.form:
            value = self.case.incoming_reason_text
        if isinstance(value, tuple):
            return self._several(column, value)
        if isinstance(value, Code):
            return self._one(column, value)
        return self._single(column, value)

    def own_cell(self, addition: Addition) -> object:
        """Write one cell of ours: what the standard's own field cannot say."""
        value = getattr(self.case, addition.attribute)
        if addition.widens:
            value = self._beyond(addition.widens, value)
        if isinstance(value, tuple):
            words = [str(getattr(one, self._wording, one)) for one in value]
            return (" " if self.form else BETWEEN).join(words)
        return getattr(value, self._wording) if isinstance(value, Code) else value

    def all_losses(self, columns: Sequence[Field]) -> list[Loss]:
        """Return what had no place in any column of this case."""
        for attribute, name in self._homeless(columns):
            if getattr(self.case, attribute) not in (None, "", ()):
                self._lose(name, LossKind.NO_FIELD)
        return self.losses

    @property
    def _wording(self) -> str:
        return "value" if self.form or self.asked.wording is Wording.CODES else "label"

    def _homeless(self, columns: Sequence[Field]) -> list[tuple[str, str]]:
        written = {column.name for column in columns}
        missing = [(PLACES[name][0], name) for name in PLACES if name not in written]
        if not self.asked.additions:
            alone = [one for one in ADDITIONS if not one.widens]
            carried = {"external_id"} if self.form else set()
            missing += [(a.attribute, a.name) for a in alone if a.attribute not in carried]
        if not self.form or self.case.incoming_reason is not None:
            missing.append(("incoming_reason_text", "incoming_reason_text"))
        return missing

    def _several(self, column: Field, found: tuple[object, ...]) -> str:
        words = list(dict.fromkeys(filter(None, (self._word(column, one) for one in found))))
        self._note_beyond(column, found)
        if len(words) > 1 and not self._takes_several(column):
            self._lose(column.name, LossKind.ONE_VALUE)
            words = words[:1]
        return (" " if self.form else BETWEEN).join(words)

    def _one(self, column: Field, value: Code) -> str:
        word = self._word(column, value)
        if not word:
            self._lose(column.name, LossKind.NO_CODE)
        return word

    def _single(self, column: Field, value: object) -> object:
        if isinstance(value, Phone):
            return value.as_typed
        if column.name == "prs_MailingCountry" and isinstance(value, str):
            return self._word(column, value) or value
        if isinstance(value, bool) and self.form:
            return str(value).upper()
        return value

    def _word(self, column: Field, value: object) -> str:
        if not column.code_list:
            labels = country_labels()
            code = str(value)
            is_code = self.form or self.asked.wording is Wording.CODES
            return (code if is_code else labels[code]) if code in labels else ""
        known, offered = theirs(column.code_list), values(column.code_list)
        code = known.get(value, OTHER) if isinstance(value, Code) else ""
        found = offered.get(code)
        if found is None:
            return ""
        if self.form:
            return found.form
        return found.code if self.asked.wording is Wording.CODES else found.sheet

    def _beyond(self, name: str, found: tuple[object, ...]) -> tuple[object, ...]:
        """Return what the list of a field has no value for, with "Other" where both are meant."""
        column = fields()[name]
        if not column.code_list:
            return tuple(one for one in found if one not in country_labels())
        known = theirs(column.code_list)
        beyond = tuple(one for one in found if one not in known)
        others = tuple(one for one in found if known.get(one) == OTHER)  # type: ignore[call-overload]
        return (*beyond, *others) if beyond else ()

    def _note_beyond(self, column: Field, found: tuple[object, ...]) -> None:
        widened = {one.widens for one in ADDITIONS} if self.asked.additions else set()
        if column.name not in widened and self._beyond(column.name, found):
            self._lose(column.name, LossKind.NO_CODE)

    def _takes_several(self, column: Field) -> bool:
        if self.asked.carrier is Carrier.SINGLE:
            return False
        return not (self.form and column.name == "prs_Citizenship")

    def _lose(self, name: str, kind: LossKind) -> None:
        self.losses.append(Loss(self.number, name, kind))


def _columns(carrier: Carrier) -> list[Field]:
    core = [one for one in fields().values() if one.name in PLACES]
    if carrier is Carrier.FORM:
        by_name = {one.xlsform_name: one for one in core if one.xlsform_name}
        return [by_name[name] for name in form_order()]
    return [_shown_as(one) for one in _in_columns(core)]


def _in_columns(core: list[Field]) -> list[Field]:
    return sorted(core, key=lambda one: (len(one.excel_column), one.excel_column))


def _shown_as(column: Field) -> Field:
    """Return what people read in a column: the visible label decides, not the hidden name."""
    by_label = {plain(one.label): one for one in fields().values() if one.core}
    return by_label[plain(column.excel_label)]


def _headers(columns: list[Field], own: Sequence[Addition], asked: Asked) -> list[list[str]]:
    if asked.carrier is Carrier.FORM:
        return [["_uuid", *(one.xlsform_name for one in columns), *(one.name for one in own)]]
    core = _in_columns([one for one in fields().values() if one.name in PLACES])
    hidden = ["", *(one.excel_header for one in core), *(one.name for one in own)]
    shown = ["", *(one.excel_label for one in core), *(one.label for one in own)]
    return [hidden, shown]


def _put(page: object, place: tuple[int, int], value: object, days: object) -> None:
    write: dict[type, Callable[..., object]] = {
        bool: page.write_boolean,  # type: ignore[attr-defined]
        int: page.write_number,  # type: ignore[attr-defined]
        str: page.write_string,  # type: ignore[attr-defined]
    }
    if value in (None, ""):
        return
    if isinstance(value, date) and value >= FIRST_SAFE_DAY:
        page.write_datetime(*place, value, days)  # type: ignore[attr-defined]
        return
    plain = value.isoformat() if isinstance(value, date) else value
    write[type(plain)](*place, plain)
