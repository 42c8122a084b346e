"""Fields are found under the headers of every official carrier, in any order."""

import os
from pathlib import Path

import pytest

from opennrm.exchange.htcds.layout import find_layout
from opennrm.exchange.htcds.problems import Problem
from opennrm.exchange.htcds.reading import read_workbook
from opennrm.exchange.htcds.refusals import WorkbookRefused
from opennrm.exchange.htcds.rows import PLACES
from opennrm.exchange.htcds.standard import fields
from tests.exchange.workbooks import HEADERS, LABELS, written

BESIDE = Path(__file__).parents[3] / "shared" / "data"
DATA = Path(os.environ.get("OPENNRM_SHARED_DATA", BESIDE))
ORIGINALS = DATA.parent / "reference" / "htcds" / "original"
PLAIN = ["prs_FirstName", "prs_SecondName", "prs_Gender", "vic_TypeOfExploitation"]


def field_names(*rows: list[str]) -> list[str]:
    layout = find_layout(rows)
    assert layout is not None
    return [column.field.name for column in layout.columns]


class TestFindLayout:
    def test_finds_all_38_fields_of_the_template(self) -> None:
        assert sorted(field_names(HEADERS, LABELS)) == sorted(PLACES)

    def test_lets_the_visible_label_decide_on_the_address(self) -> None:
        names = field_names(HEADERS, LABELS)

        assert names[12:17] == [
            "prs_MailingStreet",
            "prs_MailingCity",
            "prs_MailingState",
            "prs_MailingPostalCode",
            "prs_MailingCountry",
        ]

    def test_trusts_the_names_where_there_are_no_labels(self) -> None:
        assert field_names(HEADERS)[12] == "prs_MailingCity"

    def test_finds_labels_alone(self) -> None:
        assert sorted(field_names(LABELS)) == sorted(PLACES)

    def test_begins_below_a_title(self) -> None:
        layout = find_layout([["Cases of the year"], [], PLAIN, ["Amina"]])

        assert layout is not None
        assert (layout.header_row, layout.first_row) == (3, 4)

    def test_takes_the_forms_second_second_name_as_the_title(self) -> None:
        names = field_names(["First Name", "Second Name", "Gender", "Second Name"])

        assert names == ["prs_FirstName", "prs_SecondName", "prs_Gender", "prs_Title"]

    def test_finds_nothing_in_another_table(self) -> None:
        assert find_layout([["name", "amount"], ["x", 1]]) is None

    def test_knows_a_place_for_each_core_field(self) -> None:
        assert {field.name for field in fields().values() if field.core} == set(PLACES)


class TestCarriers:
    def test_include_names_of_the_standard_in_any_order(self, book: Path) -> None:
        path = written(book, [PLAIN[::-1], ["ForcedBegging", "Masculine", "Kovač", "Luan"]])

        case = next(read_workbook(path).rows).case

        assert (case.first_name, case.second_name) == ("Luan", "Kovač")

    def test_include_answers_of_the_form_with_blanks_between_codes(self, book: Path) -> None:
        head = [
            "start", "_uuid", "group/prs_First_Name", "prs_Citizenship", "vic_Methods_of_Control",
            "vic_ForcedLabourIndustry", "cas_ReasonForIncomingReferral", "con_Consent",
        ]  # fmt: skip
        row = [
            "2026-01-02T10:00", "c0ffee", "Luan", "AL", "DebtBondage FalsePromises",
            "F_Construction I_AccommodationAndFoodServiceActivities", "came by bus", "TRUE",
        ]  # fmt: skip
        reading = read_workbook(written(book, [head, row]))

        case = next(reading.rows).case

        assert (case.external_id, case.first_name, case.consent) == ("c0ffee", "Luan", True)
        assert [means.value for means in case.means_of_control] == [
            "debt_bondage",
            "false_promises",
        ]
        assert [sector.value for sector in case.sectors] == ["isic_f", "isic_i"]
        assert (case.incoming_reason, case.incoming_reason_text) == (None, "came by bus")
        assert [p.kind for p in reading.problems] == [Problem.COLUMN_NOT_READ]

    def test_do_not_split_codes_at_blanks_elsewhere(self, book: Path) -> None:
        row = ["Luan", "Kovač", "Masculine", "ForcedLabour ForcedBegging"]
        reading = read_workbook(written(book, [PLAIN, row]))

        assert list(reading.rows) == []
        assert [p.kind for p in reading.problems] == [Problem.NOT_IN_LIST]

    def test_tell_of_columns_that_are_not_read(self, book: Path) -> None:
        head = [*PLAIN, "prs_MaritalStatus", "Notes", "prs_Gender", "Empty"]
        row = ["Luan", "Kovač", "Masculine", "Other", "Single", "private", "Masculine", ""]
        reading = read_workbook(written(book, [head, row]))

        assert len(list(reading.rows)) == 1
        assert [(p.row, p.column, p.header, p.kind) for p in reading.problems] == [
            (1, "E", "prs_MaritalStatus", Problem.COLUMN_NOT_READ),
            (1, "F", "", Problem.COLUMN_NOT_READ),
            (1, "G", "prs_Gender", Problem.COLUMN_TWICE),
        ]

    @pytest.mark.skipif(not ORIGINALS.exists(), reason="the official workbooks are not here")
    @pytest.mark.parametrize("name", ["", " single select with validation"])
    def test_include_the_official_workbooks_which_are_empty(self, name: str) -> None:
        with pytest.raises(WorkbookRefused, match="right headers but no rows"):
            read_workbook(ORIGINALS / f"HTCDS Excel Spreadsheet{name} v2.0.xlsx")

    @pytest.mark.skipif(not ORIGINALS.exists(), reason="the official workbooks are not here")
    def test_do_not_include_the_definition_of_the_form(self) -> None:
        with pytest.raises(WorkbookRefused, match="No sheet"):
            read_workbook(ORIGINALS / "htcds_xlsform.xlsx")
