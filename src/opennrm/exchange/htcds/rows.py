"""Turns one row of a sheet into a case in our words, or into problems with their places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from opennrm.exchange.htcds import cells
from opennrm.exchange.htcds.additions import ADDITIONS, OF_NAME, own_word, own_words
from opennrm.exchange.htcds.anatomy import Sheet, column_letters
from opennrm.exchange.htcds.cells import CellRefused, Kept, Setting, Value
from opennrm.exchange.htcds.imported import ImportedCase
from opennrm.exchange.htcds.layout import Column, Layout, Row
from opennrm.exchange.htcds.mapping import ours
from opennrm.exchange.htcds.problems import Problem, RowProblem, hint
from opennrm.exchange.htcds.standard import code_list
from opennrm.vocabulary.code import Code

OTHER = "other"
SHORT, LONG, LISTED = 300, 10_000, 2_000
REASON = "cas_ReasonForIncomingReferral"


@dataclass(frozen=True)
class HtcdsRow:
    """A row that can be imported: where it stood, its fields and its case in our words."""

    sheet: str
    row_number: int
    values: Mapping[str, object]
    case: ImportedCase


@dataclass(frozen=True)
class Page:
    """A sheet with its layout and what the reading of its cells depends on."""

    sheet: Sheet
    layout: Layout
    setting: Setting


@dataclass(frozen=True)
class Cell:
    """One cell with its column, the code list of its field and the page's setting."""

    value: Value
    code_list: str
    page: Page


def _text(cell: Cell, limit: int = SHORT) -> object:
    return cells.read_text(cell.value, limit)


def _name(cell: Cell) -> object:
    return cells.read_name(cell.value)


def _yes_no(cell: Cell) -> object:
    return cells.read_yes_no(cell.value)


def _date(cell: Cell) -> object:
    return cells.read_date(cell.value, cell.page.setting)


def _phone(cell: Cell) -> object:
    return cells.read_phone(cell.value, cell.page.setting)


def _email(cell: Cell) -> object:
    return cells.read_email(cell.value)


def _country(cell: Cell) -> object:
    return cells.read_country(cells.read_name(cell.value))


def _countries(cell: Cell) -> object:
    text = cells.read_name(cell.value, LISTED)
    return tuple(cells.split_countries(text, blank_separated=cell.page.layout.of_the_form))


def _several(cell: Cell) -> tuple[Code, ...]:
    text = cells.read_name(cell.value, LISTED)
    known = code_list(cell.code_list)
    form = cell.page.layout.of_the_form
    found = cells.read_several(text, known, blank_separated=form)
    return tuple(ours(cell.code_list, code) for code in found)


def _one(cell: Cell) -> object:
    found = _several(cell)
    if len(found) > 1:
        raise CellRefused(Problem.ONE_ONLY)
    return found[0]


def _own(cell: Cell) -> object:
    addition = OF_NAME[cell.code_list]
    text = cells.read_name(cell.value, LISTED)
    form = cell.page.layout.of_the_form
    found = cells.read_several(text, own_words(addition), blank_separated=form)
    if addition.kind == "One" and len(found) > 1:
        raise CellRefused(Problem.ONE_ONLY)
    words = tuple(own_word(addition, value) for value in found)
    return words if addition.kind == "Several" else words[0]


Reader = Callable[[Cell], object]
PLACES: dict[str, tuple[str, Reader]] = {
    "cas_CaseOwner": ("case_owner", _text),
    "con_Consent": ("consent", _yes_no),
    "prs_Salutation": ("salutation", _name),
    "prs_FirstName": ("first_name", _name),
    "prs_SecondName": ("second_name", _name),
    "prs_Title": ("title", _text),
    "prs_Birthdate": ("birthdate", _date),
    "prs_Gender": ("gender", _one),
    "prs_Citizenship": ("citizenships", _countries),
    "prs_Email": ("email", _email),
    "prs_HomePhone": ("home_phone", _phone),
    "prs_MobilePhone": ("mobile_phone", _phone),
    "prs_MailingStreet": ("street", _text),
    "prs_MailingCity": ("city", _text),
    "prs_MailingState": ("state", _text),
    "prs_MailingPostalCode": ("postal_code", _text),
    "prs_MailingCountry": ("country", _country),
    "vic_TraffickingStatus": ("trafficking_status", _one),
    "vic_TraffickingStatusDecisionMakingOrg": ("deciding_body", _one),
    "vic_MethodOfRecruitment": ("recruitment_methods", _several),
    "vic_LocationOfRecruitment": ("recruitment_location", _text),
    "vic_MethodsOfControl": ("means_of_control", _several),
    "vic_TypeOfExploitation": ("forms", _several),
    "vic_ForcedLabourIndustry": ("sectors", _several),
    "vic_TypeOfSexExploitation": ("sexual_kinds", _several),
    "vic_LocationOfExploitation": ("exploitation_location", _text),
    "cas_Status": ("case_status", _one),
    "cas_ReasonForCaseClosure": ("closure_reason", partial(_text, limit=LONG)),
    "cas_ReferringOrganisation": ("referring_organisation", _text),
    "cas_ReferringPrimaryCaseWorker": ("referring_worker", _text),
    "cas_IncomingReferralDate": ("incoming_on", _date),
    REASON: ("incoming_reason", _one),
    "cas_IncomingReferralDetails": ("incoming_details", partial(_text, limit=LONG)),
    "cas_ReferredOrganisation": ("referred_organisation", _text),
    "cas_ReferredPrimaryCaseWorker": ("referred_worker", _text),
    "cas_OutgoingReferralDate": ("outgoing_on", _date),
    "cas_ReasonForOutgoingReferral": ("outgoing_reason", _one),
    "cas_OutgoingReferralDetails": ("outgoing_details", partial(_text, limit=LONG)),
}
OWN_READERS: dict[str, Reader] = {
    "Text": _text,
    "LongText": partial(_text, limit=LONG),
    "Date": _date,
    "YesNo": _yes_no,
    "One": _own,
    "Several": _own,
}
OWN_PLACES: dict[str, tuple[str, Reader]] = {
    one.name: (one.attribute, OWN_READERS[one.kind]) for one in ADDITIONS
}
EVERY_PLACE = {**PLACES, **OWN_PLACES}


def is_blank(row: Row, layout: Layout) -> bool:
    """Tell whether a row says nothing in any column that is read."""
    return all(cells.is_empty(value_at(row, column.number)) for column in layout.columns)


def value_at(row: Row, number: int) -> Value:
    """Return the value in a column counted from 1."""
    return row[number - 1] if number <= len(row) else None


def read_row(page: Page, number: int, row: Row) -> tuple[HtcdsRow | None, list[RowProblem]]:
    """Return the case of a row with its remarks, or no case and the problems that prevent it."""
    found: dict[str, Any] = {}
    values: dict[str, object] = {}
    problems: list[RowProblem] = []
    for column in sorted(page.layout.columns, key=lambda one: one.field.name in OF_NAME):
        value = value_at(row, column.number)
        kind = _broken(page.sheet, number, column)
        if kind is None and cells.is_empty(value):
            continue
        try:
            attribute, read = _read(page, column, value, kind)
        except CellRefused as refusal:
            problems.append(problem_at(page, number, column, value, refusal.kind))
            continue
        if isinstance(read, Kept):
            remark = problem_at(page, number, column, value, read.kind, leaves_out=False)
            problems.append(remark)
            read = read.value
        values[column.field.name] = read
        found[attribute] = _widened(found.get(attribute), column, read)
    if any(problem.leaves_out for problem in problems):
        return None, problems
    found.setdefault("external_id", _external_id(page.layout, row))
    case = ImportedCase(**found)
    return HtcdsRow(page.sheet.name, number, values, case), problems


def problem_at(
    page: Page,
    number: int,
    column: Column,
    value: Value,
    kind: Problem,
    *,
    leaves_out: bool = True,
) -> RowProblem:
    """Return a problem at a cell, with a hint at its content that repeats none of it."""
    return RowProblem(
        sheet=page.sheet.name,
        row=number,
        column=column_letters(column.number),
        header=column.header,
        value_hint=hint(value),
        kind=kind,
        leaves_out=leaves_out,
    )


def _broken(sheet: Sheet, number: int, column: Column) -> Problem | None:
    place = (number, column.number)
    if place in sheet.formulas:
        return Problem.FORMULA
    return Problem.ERROR_VALUE if place in sheet.errors else None


def _read(page: Page, column: Column, value: Value, kind: Problem | None) -> tuple[str, object]:
    if kind is not None:
        raise CellRefused(kind)
    name = column.field.name
    attribute, reader = EVERY_PLACE[name]
    cell = Cell(value, name if name in OF_NAME else column.field.code_list, page)
    if name == REASON and page.layout.of_the_form:
        return _reason_of_the_form(cell)
    return attribute, reader(cell)


def _widened(known: object, column: Column, read: object) -> object:
    """Put what an addition says in the place of the "Other" that the standard's column holds."""
    addition = OF_NAME.get(column.field.name)
    if addition is None or not isinstance(read, tuple) or not isinstance(known, tuple):
        return read
    return (*(one for one in known if one != OTHER and one not in read), *read)


def _reason_of_the_form(cell: Cell) -> tuple[str, object]:
    """Read the reason for a referral, which is free text in the form and a list elsewhere."""
    try:
        return "incoming_reason", _one(cell)
    except CellRefused:
        return "incoming_reason_text", cells.read_text(cell.value, LONG)


def _external_id(layout: Layout, row: Row) -> str | None:
    if layout.external_id is None:
        return None
    value = value_at(row, layout.external_id)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()[:SHORT] or None if value not in ("", None) else None
