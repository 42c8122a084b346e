"""What is counted of the statistics copy, as Ibis expressions: the same on DuckDB and on Spark.

An expression names columns of a snapshot and knows no engine. It becomes SQL of one dialect where
it is counted (`snapshots`); on a machine of its own it becomes that of Spark, with equal figures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import ibis  # type: ignore[import-untyped]

from opennrm.rapporteur.dimensions import ADULT_AGE_UNKNOWN, CHILD_AGE_UNKNOWN, UNKNOWN

Dialect = Literal["duckdb", "pyspark"]
PERSON = "person"
COLUMNS = {
    "registered_year": "int64",
    **dict.fromkeys(
        (
            *("sex", "age_group", "majority", "citizenship_group", "scope", "status"),
            *("reporting_entity", "assistance", "first_decision", "formal_decision"),
            *("recovery", "permit", "safe_return", "proceedings", "liability", "protection"),
        ),
        "string",
    ),
    "forms": "array<string>",
}
"""The columns of a snapshot; neither the key of a row nor anything else that no report needs."""
_BARE = ("child", "adult", "unknown")


def age(person: Any) -> Any:
    """The level of age: a person known to be a child or an adult, but no more, has her own."""

    def says(word: str) -> Any:
        return (person.age_group == word) | (person.majority == word)

    return ibis.cases(
        (person.age_group.notin(_BARE), person.age_group),
        (says("child"), CHILD_AGE_UNKNOWN),
        (says("adult"), ADULT_AGE_UNKNOWN),
        else_=UNKNOWN,
    )


BREAKDOWNS: dict[str, Callable[[Any], Any]] = {
    "sex": lambda person: person.sex,
    "age": age,
    "citizenship": lambda person: person.citizenship_group,
    "form": lambda person: person.forms,
    "scope": lambda person: person.scope,
    "status": lambda person: person.status,
    "entity": lambda person: person.reporting_entity,
    "help": lambda person: person.assistance,
    "year": lambda person: person.registered_year.cast("string"),
}


def persons(first_year: int, last_year: int) -> Any:
    """Count the persons of some years by every break-down of the catalogue."""
    chosen = _table().filter(lambda one: one.registered_year.between(first_year, last_year))
    return _counted(chosen, BREAKDOWNS)


def course(column: str, year: int) -> Any:
    """Count the persons registered in a year by how far one step came."""
    chosen = _table().filter(lambda one: one.registered_year == year)
    return _counted(chosen, {column: lambda person: person[column]})


def as_sql(expression: Any, dialect: Dialect) -> str:
    """Write an expression in the words of one engine."""
    return str(ibis.to_sql(expression, dialect=dialect))


def _table() -> Any:
    return ibis.table(COLUMNS, name=PERSON)


def _counted(chosen: Any, by: dict[str, Callable[[Any], Any]]) -> Any:
    # A name of its own: some break-downs are called like a column that they are not.
    keys = {f"{name}_": column(chosen) for name, column in by.items()}
    return chosen.group_by(**keys).aggregate(persons_=lambda one: one.count())
