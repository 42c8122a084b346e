"""Public files become external data sets: whole or not at all, once, with their terms."""

import gzip
from datetime import UTC, datetime

import pytest

from opennrm.rapporteur import external
from opennrm.rapporteur.catalogue import Period
from opennrm.rapporteur.ctdc.columns import SYNTHETIC_2021_COLUMNS, SYNTHETIC_2024_COLUMNS
from opennrm.rapporteur.ctdc.layouts import KANON, SYNTHETIC_2021, SYNTHETIC_2024, recognised
from opennrm.rapporteur.ctdc.reading import ImportRefused
from opennrm.rapporteur.importing import import_ctdc
from tests.rapporteur.invented import KANON_HEADER, KANON_ROWS, written

AT = datetime(2026, 3, 1, tzinfo=UTC)
THREE_COLUMNS = b"yearOfRegistration,gender,ageBroad\n"


def brought_in(path, connection, **more):
    return import_ctdc(path, connection=connection, at=AT, **more)


def rows_of(connection, report):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT registered_year, sex, age, citizenship, forms, scope FROM "
            "statistics.external_row WHERE data_set = %s ORDER BY row_number",
            [report.data_set],
        )
        return cursor.fetchall()


def kanon(tmp_path, rows=KANON_ROWS, header=KANON_HEADER, **more):
    return written(tmp_path / "public.csv.gz", header, rows, **more)


class TestImportCtdc:
    """What is read, and how it is told apart."""

    def test_maps_each_row_to_coarse_codes(self, statistics, tmp_path):
        report = brought_in(kanon(tmp_path), statistics)

        assert rows_of(statistics, report) == [
            (2016, "female", "child_9_17", "southern_africa", ["sexual"], "cross_border"),
            (2016, "male", "child_age_unknown", "unknown", ["none_listed"], "unknown"),
            (2017, "unknown", "adult_48_plus", "eastern_europe", ["labour", "sexual"], "internal"),
            (2017, "other", "unknown", "unknown", ["unknown"], "unknown"),
        ]

    def test_keeps_every_word_of_the_source_and_its_terms(self, statistics, tmp_path):
        report = brought_in(kanon(tmp_path), statistics)

        with statistics.cursor() as cursor:
            cursor.execute(
                "SELECT source->>'citizenship' FROM statistics.external_row "
                "WHERE data_set = %s AND row_number = 1",
                [report.data_set],
            )
            assert cursor.fetchone()[0] == "NA"
        assert "non-commercial" in report.terms
        assert "CTDC" in report.citation

    def test_reads_the_synthetic_layouts(self, statistics, tmp_path):
        for number, columns in enumerate((SYNTHETIC_2021_COLUMNS, SYNTHETIC_2024_COLUMNS)):
            said = {"gender": ("Female", "Woman")[number], "ageBroad": "09--17"}
            said |= {"citizenship": "NAM", "CountryOfExploitation": "NAM", "isOtherExploit": "1"}
            path = written(
                tmp_path / f"synthetic{number}.csv",
                list(columns),
                [[said.get(c, "") for c in columns]],
            )

            found = rows_of(statistics, brought_in(path, statistics))

            assert found == [
                (None, "female", "child_9_17", "southern_africa", ["other"], "internal")
            ]

    def test_takes_the_same_file_only_once(self, statistics, tmp_path):
        first = brought_in(kanon(tmp_path), statistics)

        second = brought_in(kanon(tmp_path), statistics)

        assert second.already_there
        assert second.data_set == first.data_set
        assert len(rows_of(statistics, first)) == 4

    def test_reads_past_a_disclaimer_and_keeps_its_words(self, statistics, tmp_path):
        header = [*KANON_HEADER[:-1], "CountryOfExploitation Use means agreement to the terms"]

        report = brought_in(
            kanon(tmp_path, header=header, before="\ufeffTerms of use apply\r\n"), statistics
        )

        assert report.rows == 4
        assert any("Terms of use apply" in note for note in report.notes)
        assert any("agreement to the terms" in note for note in report.notes)

    def test_tells_how_far_it_is(self, statistics, tmp_path):
        seen = []

        brought_in(kanon(tmp_path, KANON_ROWS * 6000), statistics, progress=seen.append)

        assert seen == [10_000, 20_000, 24_000]

    def test_counts_rows_without_a_year_only_when_all_years_are_asked_for(
        self, statistics, tmp_path
    ):
        rows = [*KANON_ROWS, ["-99", *KANON_ROWS[0][1:]]]
        key = str(brought_in(kanon(tmp_path, rows), statistics).data_set)

        assert external.persons(statistics, key, Period(2016, 2017)).size == 5
        assert external.persons(statistics, key, Period(2016, 2016)).size == 2


class TestImportRefused:
    """A bad file: what is wrong where, what to do, and nothing kept."""

    @pytest.mark.parametrize(
        ("row", "column", "value"),
        [
            (3, "yearOfRegistration", "20x6"),
            (3, "gender", "F"),
            (3, "ageBroad", "30-38"),
            (3, "citizenship", "Atlantis"),
            (3, "isForcedLabour", "yes"),
            (3, "isSexualExploit", "=1+1"),
        ],
    )
    def test_names_row_column_and_remedy(self, statistics, tmp_path, row, column, value):
        rows = [list(one) for one in KANON_ROWS]
        rows[row - 2][KANON_HEADER.index(column)] = value

        with pytest.raises(ImportRefused) as refused:
            brought_in(kanon(tmp_path, rows), statistics)

        assert (refused.value.row, refused.value.column) == (row, column)
        assert refused.value.remedy
        assert external.data_sets(statistics) == []

    def test_refuses_a_row_of_another_width(self, statistics, tmp_path):
        with pytest.raises(ImportRefused, match="Row 3: it has 8 values where the header has 9"):
            brought_in(kanon(tmp_path, [KANON_ROWS[0], KANON_ROWS[1][:-1]]), statistics)

    def test_refuses_no_in_a_layout_that_does_not_know_it(self, statistics, tmp_path):
        columns = list(SYNTHETIC_2021_COLUMNS)
        row = ["0" if column == "isForcedLabour" else "" for column in columns]

        with pytest.raises(ImportRefused, match="column isForcedLabour"):
            brought_in(written(tmp_path / "a.csv", columns, [row]), statistics)

    def test_refuses_a_column_of_no_layout(self, statistics, tmp_path):
        header = [*KANON_HEADER[:-1], "villageOfBirth"]

        with pytest.raises(ImportRefused, match="villageOfBirth"):
            brought_in(kanon(tmp_path, header=header), statistics)

    def test_refuses_columns_of_two_layouts(self, statistics, tmp_path):
        header = [*KANON_HEADER[:-1], "meansDebtBondageEarnings"]

        with pytest.raises(ImportRefused, match="different public layouts"):
            brought_in(kanon(tmp_path, header=header), statistics)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "no header"),
            (b"PK\x03\x04 a workbook", "no header"),
            (b"name,village\r\n1,2\r\n", "in no public layout|no header"),
            (gzip.compress(THREE_COLUMNS + b"2016,Male,48+\n" * 90_000)[:-40], "damaged"),
            (b"yearOfRegistration,gender,ageBroad\n", "no rows"),
            (b"yearOfRegistration,gender,ageBroad\n2016,\xff\xfe,\n", "UTF-8"),
            (b"yearOfRegistration,gender,ageBroad\n2016,\x00,\n", "zero byte"),
            (THREE_COLUMNS + b"1" * 40_000, "larger than any"),
            (b'yearOfRegistration,gender,ageBroad\n2016,"Female,\n', "quotation mark"),
        ],
    )
    def test_refuses_what_is_no_public_file(self, statistics, tmp_path, content, words):
        path = tmp_path / "odd.csv"
        path.write_bytes(content)

        with pytest.raises(ImportRefused, match=words):
            brought_in(path, statistics)

    def test_refuses_a_file_that_is_not_there(self, statistics, tmp_path):
        with pytest.raises(ImportRefused, match="cannot be opened"):
            brought_in(tmp_path / "nothing.csv", statistics)


class TestRecognised:
    """Which layout a header belongs to."""

    def test_tells_the_layouts_apart(self):
        assert recognised(frozenset(KANON_HEADER)) is KANON
        assert recognised(frozenset(SYNTHETIC_2021_COLUMNS)) is SYNTHETIC_2021
        assert recognised(frozenset(SYNTHETIC_2024_COLUMNS)) is SYNTHETIC_2024
        assert recognised(frozenset({"village"})) is None


class TestPublicFiles:
    """The real files, where they are at hand."""

    def test_reads_the_k_anonymised_file_as_its_readme_counts_it(self, statistics, public_file):
        path = public_file("ctdc_kanon_2020-04-14_7of63cols.csv.gz")
        report = brought_in(path, statistics)
        tally = external.persons(statistics, str(report.data_set), Period(2002, 2018))

        assert report.rows == tally.size == 48_773
        assert tally.over(("age",)).persons[("unknown",)] == 12_348
        assert tally.over(("citizenship",)).persons[("unknown",)] == 278 + 8_858

    def test_reads_the_synthetic_file_as_its_readme_counts_it(self, statistics, public_file):
        path = public_file("ctdc_synthetic_2021-08-25.csv.gz")
        report = brought_in(path, statistics)
        tally = external.persons(statistics, str(report.data_set), Period(2002, 2021))
        forms = tally.over(("form",)).persons

        assert report.rows == tally.size == 193_025
        assert sum(n for (form,), n in forms.items() if "unknown" not in form) == 111_965
        assert sum(n for (form,), n in forms.items() if "sexual" in form) == 63_280
        assert external.rows_without_year(statistics, str(report.data_set)) == 39_285
