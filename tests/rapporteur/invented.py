"""Invented rows of the statistics copy, in years that no other test uses, and public files."""

import csv
import gzip
import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests import database

FIRST_YEAR = 1991
USUAL = {
    "jurisdiction": "XA",
    "registered_year": FIRST_YEAR,
    "registered_quarter": 1,
    "route": "self",
    "reporting_entity": "ngo",
    "sex": "female",
    "gender": "feminine",
    "age_group": "adult_21_23",
    "majority": "adult",
    "citizenship_group": "national",
    "forms": ["sexual"],
    "main_form": "sexual",
    "scope": "internal",
    "status": "presumed",
    "assistance": "offered",
    "exit_kind": "none",
}
# A country's year: common kinds of person, and a few rare ones that must not be found.
KINDS = (
    (60, {}),
    (40, {"scope": "cross_border", "citizenship_group": "eastern_europe"}),
    (35, {"sex": "male", "gender": "masculine", "forms": ["labour"], "main_form": "labour"}),
    (30, {"sex": "male", "forms": ["labour"], "scope": "cross_border"}),
    (20, {"age_group": "child_9_17", "majority": "child", "status": "identified"}),
    (15, {"sex": "not_asked", "forms": ["unknown"], "age_group": "unknown", "majority": "child"}),
    (3, {"sex": "male", "age_group": "child_0_8", "majority": "child", "forms": ["begging"]}),
    (1, {"sex": "other", "forms": ["organ_removal", "labour"], "status": "not_identified"}),
)


def persons(kinds: Any = KINDS, *, year: int = FIRST_YEAR) -> list[dict[str, Any]]:
    """Rows of persons, spelled out."""
    return [
        {**USUAL, "registered_year": year, **kind} for count, kind in kinds for _ in range(count)
    ]


@contextmanager
def copied(rows: list[dict[str, Any]]) -> Iterator[None]:
    """Put rows into the copy, and take them out again afterwards."""
    keys = [uuid4() for _ in rows]
    names = [*USUAL, *{name for row in rows for name in row if name not in USUAL}]
    with database.as_role("opennrm_owner") as owner:
        owner.cursor().executemany(
            f"INSERT INTO statistics.person (row_ref, {', '.join(names)}) "
            f"VALUES ({', '.join(['%s'] * (len(names) + 1))})",
            [
                [key, *(row.get(name, "not_counted") for name in names)]
                for key, row in zip(keys, rows, strict=True)
            ],
        )
    try:
        yield
    finally:
        with database.as_role("opennrm_owner") as owner:
            owner.execute("DELETE FROM statistics.person WHERE row_ref = ANY(%s)", [keys])


def written(path: Path, header: list[str], rows: list[list[str]], *, before: str = "") -> Path:
    """Write a file as a public hub would, compressed when its name says so."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(itertools.chain([header], rows))
    content = (before + text.getvalue()).encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    return path


KANON_HEADER = [
    "yearOfRegistration", "gender", "ageBroad", "majorityStatus", "citizenship",
    "isForcedLabour", "isSexualExploit", "isOtherExploit", "CountryOfExploitation",
]  # fmt: skip
KANON_ROWS = [
    ["2016", "Female", "9--17", "Minor", "NA", "0", "1", "0", "ZA"],
    ["2016", "Male", "-99", "Minor", "00", "0", "0", "0", "-99"],
    ["2017", "Unknown", "48+", "Adult", "MD", "1", "1", "-99", "MD"],
    ["2017", "Transgender/NonConforming", "-99", "Unknown", "ZZ", "0", "0", "-99", "0"],
]
