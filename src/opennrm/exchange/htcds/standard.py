"""The standard as data: its fields, its code lists and its country names."""

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VERSION = "2.0"
STATE = "24 January 2023, commit 3c2f6537cd76"
DEFINED_BESIDE = "__defined_not_in_picklist"
FINER = ("__tier2", "__tier3")


@dataclass(frozen=True)
class Field:
    """One field of the standard with the headers it goes by in the official carriers."""

    name: str
    label: str
    kind: str
    many: bool
    code_list: str
    core: bool
    excel_column: str
    excel_header: str
    excel_label: str
    xlsform_name: str
    xlsform_label: str


def plain(text: str) -> str:
    """Return a text for matching: any case, any blanks, one kind of apostrophe."""
    return " ".join(text.replace("\u2019", "'").casefold().split())


@cache
def fields() -> dict[str, Field]:
    """Return every live field of the standard by its name."""
    rows = [row for row in _rows("fields.csv") if row["row_kind"] == "field"]
    live = [row for row in rows if row["status"] != "DEPRECATED"]
    return {row["api_name"]: _field(row) for row in live}


@cache
def code_list(name: str) -> dict[str, str]:
    """Return the codes of a list by every way to write them: code, label, form or sheet value.

    Values that the standard defines but forgot to list are included; finer terms of industry
    stand for the section they belong to.
    """
    names = (name, name + DEFINED_BESIDE)
    rows = [row for row in _rows("codes.csv") if row["code_list"] in names]
    found: dict[str, str] = {}
    for row in rows:
        for key in ("code", "label", "xlsform_code", "excel_value"):
            if row[key]:
                found.setdefault(plain(row[key]), row["code"])
    return {**_finer_terms(name), **found}


@dataclass(frozen=True)
class Value:
    """One value of a list as each carrier writes it."""

    code: str
    label: str
    sheet: str
    form: str


@cache
def values(name: str) -> dict[str, Value]:
    """Return the values that the standard's own list offers, by code."""
    rows = [row for row in _rows("codes.csv") if row["code_list"] == name]
    return {
        row["code"]: Value(
            row["code"],
            row["label"],
            row["excel_value"] or row["label"],
            row["xlsform_code"] or row["code"],
        )
        for row in rows
    }


@cache
def country_labels() -> dict[str, str]:
    """Return the name of every country in the standard by its two-letter code."""
    return {row["alpha2"]: row["label"] for row in _rows("countries.csv")}


@cache
def form_order() -> tuple[str, ...]:
    """Return the fields of the official form in its order."""
    return tuple(row["name"] for row in _rows("form.csv"))


@cache
def country_codes() -> dict[str, str]:
    """Return the two-letter code of every country by its code and its name in the standard."""
    found: dict[str, str] = {}
    for row in _rows("countries.csv"):
        found[plain(row["alpha2"])] = found[plain(row["label"])] = row["alpha2"]
    return found


def _finer_terms(name: str) -> dict[str, str]:
    rows = _rows("codes.csv")
    sections = {row["code"] for row in rows if row["code_list"] == name}
    finer = [row for row in rows if row["code_list"] in [name + tier for tier in FINER]]
    above = {plain(row["label"]): row["parent_code"] for row in finer}
    found = {}
    for label, direct in above.items():
        parent = direct
        while parent not in sections and plain(parent) in above:
            parent = above[plain(parent)]
        if parent in sections:
            found[label] = parent
    return found


def _field(row: dict[str, str]) -> Field:
    return Field(
        name=row["api_name"],
        label=row["label"],
        kind=row["type"],
        many=row["multiplicity"] == "many",
        code_list=row["code_list"],
        core=row["core"] == "yes",
        excel_column=row["excel_column"],
        excel_header=row["excel_header"],
        excel_label=row["excel_label"],
        xlsform_name=row["xlsform_name"],
        xlsform_label=row["xlsform_label"],
    )


@cache
def _rows(name: str) -> list[dict[str, str]]:
    text = files("opennrm.exchange.htcds").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
