"""Figures of persons are counted on a snapshot of the copy, which holds nothing else."""

import json
import os
import subprocess
from collections import Counter
from hashlib import sha256

import pytest

from opennrm.rapporteur import copy_of_persons, report_definitions
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.snapshots import snapshot_of_copy
from tests import database
from tests.rapporteur.invented import FIRST_YEAR, copied, persons

PERIOD = Period(FIRST_YEAR, FIRST_YEAR)
# A program for the interpreter of an environment that has Spark: SQL in, rows out, as JSON.
ON_SPARK = """
import json, sys
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.read.parquet(sys.argv[1]).createOrReplaceTempView("person")
found = [[list(row) for row in spark.sql(one).collect()] for one in json.load(sys.stdin)]
print("FOUND" + json.dumps(found))
"""


@pytest.fixture
def copy(statistics):
    """The statistics role's connection, with some invented persons in the copy."""
    with copied(persons()):
        yield statistics


def as_lines(rows) -> Counter:
    """Rows without order; lists of a person's forms without order too."""
    return Counter(json.dumps([sorted(v) if isinstance(v, list) else v for v in r]) for r in rows)


class TestSnapshot:
    def test_holds_every_row_of_the_copy_and_no_key_of_a_row(self, copy):
        found = snapshot_of_copy(copy)

        with copy.cursor() as cursor:
            cursor.execute("SELECT count(*), min(row_ref::text) FROM statistics.person")
            rows, key = cursor.fetchone()
        assert found.rows == rows >= 204
        assert found.checksum == sha256(found.content).hexdigest()
        assert key.encode() not in found.content
        assert "row_ref" not in report_definitions.COLUMNS

    def test_is_taken_anew_only_when_the_rows_changed_and_the_one_before_is_emptied(self, copy):
        first = snapshot_of_copy(copy)
        again = snapshot_of_copy(copy)
        with copied(persons(((1, {"sex": "male"}),))):
            later = snapshot_of_copy(copy)

        with copy.cursor() as cursor:
            cursor.execute("SELECT number FROM statistics.snapshot WHERE content IS NOT NULL")
            filled = [number for (number,) in cursor.fetchall()]
        assert again == first
        assert (later.rows, later.number > first.number) == (first.rows + 1, True)
        assert filled == [later.number]

    def test_counts_what_the_database_counts(self, copy):
        found = copy_of_persons.persons(copy, PERIOD)

        with copy.cursor() as cursor:
            cursor.execute(
                "SELECT sex, forms, scope, count(*) FROM statistics.person "
                "WHERE registered_year = %s GROUP BY 1, 2, 3",
                [FIRST_YEAR],
            )
            true = {(sex, frozenset(f), scope): n for sex, f, scope, n in cursor.fetchall()}
        assert found.over(("sex", "form", "scope")).persons == true
        assert found.size == 204

    def test_cannot_be_changed_but_only_emptied(self, copy):
        found = snapshot_of_copy(copy)

        with pytest.raises(Exception, match=r"permission denied|emptied"), copy.cursor() as cursor:
            cursor.execute(
                "UPDATE statistics.snapshot SET content = '' WHERE number = %s", [found.number]
            )

    def test_is_counted_by_a_role_that_has_no_right_on_any_case_table(self, copy):
        counted = copy_of_persons.persons(copy, PERIOD)

        with copy.cursor() as cursor:
            cursor.execute("SELECT current_user")
            role = cursor.fetchone()[0]
        with database.as_role("opennrm_owner") as owner:
            rights = owner.execute(
                "SELECT count(*), count(*) FILTER (WHERE has_table_privilege(%s, c.oid, "
                "'SELECT, INSERT, UPDATE, DELETE') OR has_any_column_privilege(%s, c.oid, 'SELECT'"
                ")) FROM pg_class AS c WHERE c.relkind = 'r' "
                "AND c.relnamespace = 'nrm'::regnamespace",
                [role, role],
            ).fetchone()
        assert counted.size == 204
        assert role == "opennrm_statistics"
        assert rights[0] > 30
        assert rights[1] == 0


class TestOnSpark:
    def test_the_same_definitions_give_the_same_figures(self, copy, tmp_path):
        interpreter = os.environ.get("OPENNRM_SPARK")
        if not interpreter:
            pytest.skip("OPENNRM_SPARK names no Python that has pyspark, beside Java 17")
        wanted = [
            report_definitions.persons(FIRST_YEAR, FIRST_YEAR),
            report_definitions.course("permit", FIRST_YEAR),
        ]
        snapshot = snapshot_of_copy(copy)
        rows = tmp_path / "snapshot.parquet"
        rows.write_bytes(snapshot.content)
        asked = json.dumps([report_definitions.as_sql(one, "pyspark") for one in wanted])

        done = subprocess.run(
            [interpreter, "-c", ON_SPARK, str(rows)],
            input=asked, capture_output=True, text=True, check=True, timeout=600,
        )  # fmt: skip

        found = json.loads(done.stdout.split("FOUND")[1])
        for here, there in zip(map(snapshot.counted, wanted), found, strict=True):
            assert as_lines(here) == as_lines(there)
