"""The figures of measured leaks in real published data, where the data are beside this tree."""

import csv
import gzip
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from opennrm.statistics.published.auditing import Verdict, audit_published
from opennrm.statistics.published.linking import Ways
from opennrm.statistics.published.reading import read_published
from opennrm.statistics.published.wanted import Wanted
from tests.statistics.published.written import audited

TREE = Path(__file__).resolve()
COLUMNS = (
    "yearOfRegistration",
    "gender",
    "ageBroad",
    "majorityStatusAtExploit",
    "traffickMonths",
    "citizenship",
    "CountryOfExploitation",
    "meansOfControlDebtBondage",
    "meansOfControlThreats",
    "meansOfControlPsychologicalAbuse",
    "meansOfControlPhysicalAbuse",
    "meansOfControlFalsePromises",
    "meansOfControlRestrictsMovement",
    "meansOfControlExcessiveWorkingHours",
    "meansOfControlWithholdsDocuments",
    "isForcedLabour",
    "isSexualExploit",
    "isOtherExploit",
    "recruiterRelationFriend",
    "recruiterRelationOther",
)


class TestCountryYear:
    """A sample of 2,000 of the public synthetic file, tabulated with small cells masked only."""

    def test_gives_away_what_was_measured_before(self) -> None:
        pairs = sampled(found_file("ctdc", "ctdc_synthetic_2021-08-25.csv.gz"))

        audit = audited(masked_table(pairs), masks={}, width=4)

        computed, near = audit.of(Verdict.COMPUTED), audit.of(Verdict.NARROWED)
        assert len(audit.linked.cells) == 228
        assert len(audit.findings) == 108
        assert round(100 * len(computed) / 108, 1) == 8.3
        assert round(100 * len(computed + near) / 108, 1) == 10.2


class TestWorldWideFile:
    """Counts of every country by sex, age, form and citizenship, small ones masked as `<5`."""

    def test_gives_away_as_many_cells_as_were_counted_before(self) -> None:
        path = found_file("unodc", "*trafficking*.csv")
        only = (("Unit of measurement", "Counts"),)
        with path.open("rb") as stream:
            wanted = Wanted(only=only, groups=(("Dimension", "Category"),))
            published = read_published(stream, path.name, wanted)

        audit = audit_published([published], Ways(absent_is_zero=True))

        assert (audit.one_subtraction, len(audit.findings)) == (2085, 2348)


def found_file(folder: str, pattern: str) -> Path:
    """Find a published file, or leave the test out and say why."""
    named = os.environ.get("OPENNRM_SHARED_DATA")
    roots = [Path(named)] if named else [one / "shared" / "data" for one in TREE.parents]
    for root in roots:
        for path in sorted((root / folder).glob(pattern)):
            return path
    return pytest.skip(f"{folder}/{pattern} is not beside this tree (OPENNRM_SHARED_DATA)")


def sampled(path: Path) -> list[tuple[str, str]]:
    """Draw citizenship and gender of 2,000 rows with at least five answers."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = csv.reader(stream)
        header = next(rows)
        places = [header.index(name) for name in COLUMNS]
        answers = ([_answer(row[place]) for place in places] for row in rows)
        rich = [(row[5], row[1]) for row in answers if sum(map(bool, row)) >= 5]
    drawn = np.random.RandomState(2).choice(len(rich), 2000, replace=False)
    return [rich[place] for place in drawn]


def _answer(text: str) -> str:
    """A zero is no answer in this file."""
    return "" if text == "0" else text


def masked_table(pairs: list[tuple[str, str]]) -> str:
    """Tabulate pairs with their totals; counts from one to nine are masked and nothing else."""
    counts: Counter[tuple[str, str]] = Counter()
    for first, second in pairs:
        for row in (first or "none", "Total"):
            counts.update((row, column) for column in (second or "none", "Total"))
    lines = ["citizenship,gender,value"]
    for row in sorted({one for one, _ in counts}):
        for column in sorted({one for _, one in counts}):
            count = counts[(row, column)]
            lines.append(f"{row},{column},{'*' if 0 < count < 10 else count}")
    return "\n".join(lines) + "\n"
