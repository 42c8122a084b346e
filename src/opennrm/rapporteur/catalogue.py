"""The closed, versioned catalogue of tables that may be published; there is no free querying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opennrm.rapporteur.dimensions import (
    AGE,
    CITIZENSHIP,
    ENTITY,
    FORM,
    HELP,
    NONE_LISTED,
    SCOPE,
    SEX,
    STATUS,
    year_dimension,
)
from opennrm.statistics import Dimension, TableShape
from opennrm.vocabulary.figures import FigureTable

VERSION = "2026-2"
# A later catalogue only adds tables, so what an earlier one released is read as it was.
READABLE = ("2026-1", VERSION)
BASE = "sex_age_form_scope"


@dataclass(frozen=True)
class Period:
    """Whole calendar years, both included; no years means every row, dated or not."""

    from_year: int
    until_year: int

    @property
    def years(self) -> range:
        """The years of the period."""
        return range(self.from_year, self.until_year + 1)

    def overlaps(self, other: Period) -> bool:
        """Whether the two periods share a year."""
        return self.from_year <= other.until_year and other.from_year <= self.until_year


@dataclass(frozen=True)
class Declared:
    """One table of the catalogue; the first dimension makes the rows."""

    name: str
    title: str
    dimensions: tuple[str, ...]
    coarse: frozenset[str] = frozenset()


def _declared(table: FigureTable, *dimensions: str, coarse: Iterable[str] = ()) -> Declared:
    return Declared(table.value, table.label, dimensions, frozenset(coarse))


CATALOGUE = (
    _declared(FigureTable.SEX_BY_AGE, "age", "sex"),
    _declared(FigureTable.FORM_BY_SEX, "form", "sex"),
    _declared(FigureTable.CITIZENSHIP_BY_SEX, "citizenship", "sex"),
    _declared(FigureTable.FORM_BY_SCOPE, "form", "scope"),
    _declared(FigureTable.ENTITY_BY_SEX, "entity", "sex"),
    _declared(FigureTable.HELP_BY_SEX, "help", "sex"),
    _declared(FigureTable.YEAR_BY_STATUS, "year", "status"),
    _declared(FigureTable(BASE), "form", "sex", "age", "scope", coarse={"age"}),
)
OWN_DIMENSIONS: Mapping[str, Dimension] = {
    one.name: one
    for one in (
        SEX,
        AGE,
        CITIZENSHIP,
        FORM.limited_to(frozenset(FORM.by_code) - {NONE_LISTED}),
        SCOPE,
        STATUS,
        ENTITY,
        HELP,
    )
}


class NotInCatalogue(LookupError):
    """A table that was not declared; only declared tables are published."""


def declared(name: str) -> Declared:
    """One table of the catalogue by name.

    :raises NotInCatalogue: when there is none; the message lists those there are.
    """
    for one in CATALOGUE:
        if one.name == name:
            return one
    names = ", ".join(one.name for one in CATALOGUE)
    raise NotInCatalogue(f"{name!r} is not a table of the catalogue. Choose one of: {names}.")


def shape_of(table: Declared, dimensions: Mapping[str, Dimension], period: Period) -> TableShape:
    """The shape of a declared table over a source and a period."""
    known = {**dimensions, "year": year_dimension(period.years)}
    chosen = [
        known[name].coarse() if name in table.coarse else known[name] for name in table.dimensions
    ]
    return TableShape(table.name, tuple(chosen))


def tables_for(dimensions: Mapping[str, Dimension]) -> tuple[Declared, ...]:
    """The tables of the catalogue that a source has the break-downs for."""
    known = {*dimensions, "year"}
    return tuple(one for one in CATALOGUE if known.issuperset(one.dimensions))


def shapes_for(dimensions: Mapping[str, Dimension], period: Period) -> tuple[TableShape, ...]:
    """The shapes of all tables of the catalogue that are published together."""
    return tuple(shape_of(one, dimensions, period) for one in tables_for(dimensions))
