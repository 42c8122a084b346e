"""Rows are read in the words of the standard, however they were typed, and never guessed."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest

from opennrm.exchange.htcds.imported import CaseStatus, DecidingBody, ImportedCase, Phone
from opennrm.exchange.htcds.mapping import OURS, ours
from opennrm.exchange.htcds.problems import Problem, RowProblem
from opennrm.exchange.htcds.reading import read_workbook
from opennrm.exchange.htcds.standard import code_list
from opennrm.vocabulary.exploitation import ExploitationForm, MeansOfControl
from opennrm.vocabulary.identification import IdentificationStatus
from opennrm.vocabulary.industry import Sector
from opennrm.vocabulary.person import Gender
from tests.exchange.workbooks import HEADERS, LABELS, changed, person, template, written

Read = Callable[..., tuple[list[ImportedCase], list[RowProblem]]]


class TestRow:
    def test_becomes_a_case_in_our_words(self, read: Read) -> None:
        cases, problems = read(
            person(Trafficking_Status_Decision_Making_Organization="Police", Status="Follow up")
        )

        assert problems == []
        assert cases == [
            ImportedCase(
                consent=True,
                first_name="Amina",
                second_name="Kovač",
                birthdate=date(1996, 5, 14),
                gender=Gender.FEMININE,
                citizenships=("MD",),
                trafficking_status=IdentificationStatus.PRESUMED,
                deciding_body=DecidingBody.POLICE,
                forms=(ExploitationForm.LABOUR,),
                case_status=CaseStatus.FOLLOW_UP,
            )
        ]

    def test_puts_the_address_where_the_visible_label_says(self, read: Read) -> None:
        cases, _ = read(
            person(
                **{
                    "Mailing Street": "Lipa 3",
                    "Mailing City": "Ohrid",
                    "Mailing State/Province": "Southwest",
                    "Mailing Zip/Postal Code": 6000,
                    "Mailing Country": "North Macedonia",
                }
            )
        )

        case = cases[0]
        assert (case.street, case.city, case.state) == ("Lipa 3", "Ohrid", "Southwest")
        assert (case.postal_code, case.country) == ("6000", "MK")

    def test_that_is_empty_but_for_its_number_is_passed_over(self, read: Read) -> None:
        cases, problems = read(person(), {}, {"First Name": "  "})

        assert (len(cases), problems) == (1, [])

    @pytest.mark.parametrize(
        "written",
        ["ForcedLabour", "forcedlabour", " Forced labour ", "FORCED  LABOUR", "Forced labour; "],
    )
    def test_takes_a_value_as_code_or_label_in_any_case(self, read: Read, written: str) -> None:
        cases, problems = read(person(Type_of_Exploitation=written))

        assert problems == []
        assert cases[0].forms == (ExploitationForm.LABOUR,)

    def test_takes_several_values_and_a_label_that_holds_the_separator(self, read: Read) -> None:
        cases, problems = read(
            person(
                Type_of_Exploitation="Forced labour; forcedbegging; Forced labour",
                Methods_of_Control="Restricts Movement; DebtBondage",
                Forced_Labour_Industry="Water supply; sewerage, waste management and "
                "remediation; Construction; Mixed farming",
                Citizenship="MD; Romania",
            )
        )

        assert problems == []
        assert cases[0].forms == (ExploitationForm.LABOUR, ExploitationForm.BEGGING)
        assert cases[0].means_of_control == (
            MeansOfControl.RESTRICTS_MOVEMENT,
            MeansOfControl.DEBT_BONDAGE,
        )
        assert cases[0].sectors == (
            Sector.WATER_AND_WASTE,
            Sector.CONSTRUCTION,
            Sector.AGRICULTURE,
        )
        assert cases[0].citizenships == ("MD", "RO")

    @pytest.mark.parametrize(
        ("label", "value", "kind"),
        [
            ("Type of Exploitation", "Forced labour; Slavery of a new kind", Problem.NOT_IN_LIST),
            ("Type of Exploitation", 7, Problem.NOT_TEXT),
            ("Gender", "F", Problem.NOT_IN_LIST),
            ("Gender", "Feminine; Masculine", Problem.ONE_ONLY),
            ("Trafficking Status", "Victim", Problem.NOT_IN_LIST),
            ("Citizenship", "Atlantis", Problem.NOT_A_COUNTRY),
            ("Consent", "perhaps", Problem.NOT_YES_OR_NO),
            ("Birthdate", "spring 1996", Problem.NOT_A_DATE),
            ("First Name", 1996, Problem.NOT_TEXT),
            ("First Name", "A" * 201, Problem.TOO_LONG),
            ("Second Name", datetime.combine(date(1996, 5, 14), time()), Problem.NOT_TEXT),
            ("Reason for Incoming Referral", "she asked for it", Problem.NOT_IN_LIST),
            ("Second Name", "=D3", Problem.FORMULA),
        ],
    )
    def test_that_cannot_be_mapped_is_a_problem_and_never_a_default(
        self, read: Read, label: str, value: object, kind: Problem
    ) -> None:
        cases, problems = read({**person(), label: value}, person(First_Name="Elira"))

        assert [case.first_name for case in cases] == ["Elira"]
        assert [(p.row, p.kind, p.leaves_out) for p in problems] == [(3, kind, True)]
        assert problems[0].remedy

    def test_with_a_formula_in_its_running_number_is_imported(self, book: Path) -> None:
        cells = [person().get(label, "") for label in LABELS[1:]]
        reading = read_workbook(written(book, [HEADERS, LABELS, ["=1+1", *cells]]))

        assert len(list(reading.rows)) == 1
        assert reading.problems == []

    def test_with_a_pasted_error_is_left_out_though_the_cell_reads_as_empty(
        self, book: Path
    ) -> None:
        path = changed(
            template(book, [person()]),
            lambda name, content: re.sub(
                rb'<c r="H3" t="s"><v>\d+</v>', b'<c r="H3" t="e"><v>#N/A</v>', content
            ),
        )
        reading = read_workbook(path)

        assert list(reading.rows) == []
        assert [(p.column, p.kind) for p in reading.problems] == [("H", Problem.ERROR_VALUE)]

    def test_keeps_its_place_when_a_row_before_it_is_bad(self, read: Read) -> None:
        _, problems = read(person(), person(Gender="x"), person(First_Name="B", Status="y"))

        assert [(p.row, p.column, p.header) for p in problems] == [
            (4, "H", "Gender"),
            (5, "AB", "Status"),
        ]

    def test_that_repeats_another_persons_row_is_left_out(self, read: Read) -> None:
        cases, problems = read(person(), person())

        assert len(cases) == 1
        assert [(p.row, p.kind) for p in problems] == [(4, Problem.REPEATED_ROW)]

    def test_without_a_name_may_come_twice_since_it_may_be_two_people(self, read: Read) -> None:
        nameless = {"Gender": "Feminine", "Type of Exploitation": "Forced begging", "Status": "x"}
        cases, _ = read({**nameless, "Status": "Active"}, {**nameless, "Status": "Active"})

        assert [case.occurrence for case in cases] == [1, 2]


class TestPhones:
    @pytest.mark.parametrize(
        ("typed", "as_typed", "international"),
        [
            ("+389 2 311 5000", "+389 2 311 5000", "+38923115000"),
            ("00389 2 311 5000", "00389 2 311 5000", "+38923115000"),
            ("02 311 5000", "02 311 5000", "+38923115000"),
            (38923115000, "38923115000", "+38923115000"),
        ],
    )
    def test_are_read_with_what_the_row_and_the_region_say(
        self, read: Read, typed: object, as_typed: str, international: str
    ) -> None:
        cases, problems = read(person(Mobile_Phone=typed), region="MK")

        assert problems == []
        assert cases[0].mobile_phone == Phone(as_typed, international)

    def test_are_kept_as_typed_with_a_remark_when_they_cannot_be_read(self, read: Read) -> None:
        cases, problems = read(person(Home_Phone="ask her sister"))

        assert cases[0].home_phone == Phone("ask her sister")
        assert [(p.kind, p.leaves_out) for p in problems] == [(Problem.PHONE_NOT_READ, False)]

    def test_that_lost_digits_as_a_number_are_a_problem(self, read: Read) -> None:
        cases, problems = read(person(Home_Phone=3.8923115e20))

        assert cases == []
        assert problems[0].kind is Problem.NOT_TEXT


class TestEmail:
    def test_that_does_not_look_like_one_is_kept_with_a_remark(self, read: Read) -> None:
        cases, problems = read(person(Email="amina at example.org"))

        assert cases[0].email == "amina at example.org"
        assert problems[0].kind is Problem.EMAIL_NOT_READ


class TestMapping:
    @pytest.mark.parametrize("name", [*OURS, "vic_ForcedLabourIndustry"])
    def test_has_a_word_of_ours_for_every_code_of_the_standard(self, name: str) -> None:
        codes = set(code_list(name).values())

        assert codes
        assert all(ours(name, code) for code in codes)

    @pytest.mark.parametrize("name", OURS)
    def test_maps_no_two_codes_to_one_word(self, name: str) -> None:
        words = list(OURS[name].values())

        assert len(words) == len(set(words))


class TestFingerprint:
    def test_is_the_same_for_the_same_row_and_key(self, read: Read) -> None:
        first, _ = read(person())
        again, _ = read(person())

        assert first[0].fingerprint(b"k" * 16) == again[0].fingerprint(b"k" * 16)

    def test_differs_by_row_and_by_key(self, read: Read) -> None:
        cases, _ = read(person(), person(First_Name="Elira"))
        marks = {case.fingerprint(key) for case in cases for key in (b"k" * 16, b"q" * 16)}

        assert len(marks) == 4

    def test_follows_the_number_that_the_sender_gave(self) -> None:
        before = ImportedCase(external_id="uuid:1", first_name="Amina")
        after = ImportedCase(external_id="uuid:1", first_name="Elira")

        assert before.fingerprint(b"k" * 16) == after.fingerprint(b"k" * 16)

    def test_needs_a_real_key(self) -> None:
        with pytest.raises(ValueError, match="16 bytes"):
            ImportedCase().fingerprint(b"short")
