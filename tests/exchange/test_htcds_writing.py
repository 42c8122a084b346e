"""What is written in a carrier of the standard comes back equal, or is told as lost."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from opennrm.exchange.htcds.additions import ADDITIONS, OF_NAME
from opennrm.exchange.htcds.imported import ImportedCase, ReferralReason
from opennrm.exchange.htcds.reading import read_workbook
from opennrm.exchange.htcds.rows import PLACES
from opennrm.exchange.htcds.standard import fields
from opennrm.exchange.htcds.writing import (
    Asked,
    Carrier,
    Loss,
    LossKind,
    Wording,
    table_of,
    write_workbook,
)
from opennrm.vocabulary.exploitation import ExploitationForm, Means, MeansOfControl
from tests.exchange.htcds_cases import ANY_CASE, fifty
from tests.exchange.test_htcds_layouts import ORIGINALS
from tests.exchange.workbooks import official, shown

ATTRIBUTES = {**{name: place[0] for name, place in PLACES.items()}}
ATTRIBUTES |= {one.name: one.attribute for one in ADDITIONS}
ATTRIBUTES |= {"incoming_reason_text": "incoming_reason_text"}
ASKED = [Asked(c, w, own) for c in Carrier for w in Wording for own in (True, False)]


def there_and_back(cases: Sequence[ImportedCase], asked: Asked) -> tuple[list[Any], list[Loss]]:
    """Write cases and read them again."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cases.xlsx"
        losses = write_workbook(cases, path, asked).losses
        reading = read_workbook(path)
        found = [row.case for row in reading.rows]
        assert [one for one in reading.problems if one.leaves_out] == []
        return found, losses


def comparable(case: ImportedCase) -> dict[str, object]:
    """Return a case without the order in which several words were chosen."""
    values = {one.name: getattr(case, one.name) for one in fields_of(case)}
    values.pop("occurrence")
    return {k: frozenset(v) if isinstance(v, tuple) else v for k, v in values.items()}


def differences(before: ImportedCase, after: ImportedCase) -> set[str]:
    """Name what is not the same."""
    one, other = comparable(before), comparable(after)
    return {name for name in one if one[name] != other[name]}


class TestThereAndBack:
    @pytest.mark.parametrize("asked", ASKED, ids=str)
    @given(case=ANY_CASE)
    @settings(max_examples=10, deadline=None)
    def test_gives_the_same_case_but_for_what_is_told_as_lost(
        self, case: ImportedCase, asked: Asked
    ) -> None:
        (found,), losses = there_and_back([case], asked)

        assert differences(case, found) <= {ATTRIBUTES[loss.field] for loss in losses}

    @given(case=ANY_CASE)
    @settings(max_examples=30, deadline=None)
    def test_loses_nothing_in_the_workbook_with_our_additions(self, case: ImportedCase) -> None:
        whole = replace(case, incoming_reason_text=None)

        (found,), losses = there_and_back([whole], Asked())

        assert (differences(whole, found), losses) == (set(), [])

    @given(cases=st.lists(ANY_CASE, min_size=1, max_size=6), asked=st.sampled_from(ASKED))
    @settings(max_examples=20, deadline=None)
    def test_tells_each_loss_once_with_its_row(
        self, cases: list[ImportedCase], asked: Asked
    ) -> None:
        losses = table_of(cases, asked).losses

        assert max(Counter(losses).values(), default=0) <= 1
        assert {loss.row for loss in losses} <= set(range(1, len(cases) + 1))

    def test_gives_fifty_invented_people_back_equal(self) -> None:
        people = fifty()

        found, losses = there_and_back(people, Asked())

        assert len(found) == 50
        assert [differences(*pair) for pair in zip(people, found, strict=True)] == [set()] * 50
        assert losses == []

    @pytest.mark.skipif(not ORIGINALS.exists(), reason="the official workbooks are not here")
    @pytest.mark.parametrize("name", ["", " single select with validation"])
    def test_uses_the_headers_of_the_official_workbooks(self, name: str) -> None:
        book = CalamineWorkbook.from_path(ORIGINALS / f"HTCDS Excel Spreadsheet{name} v2.0.xlsx")
        official = book.get_sheet_by_index(0).to_python(skip_empty_area=False)[:2]

        headers = table_of([], Asked(additions=False)).headers

        assert [[str(cell) for cell in row] for row in official] == headers

    @pytest.mark.skipif(not ORIGINALS.exists(), reason="the official workbooks are not here")
    @pytest.mark.parametrize(
        ("name", "carrier"),
        [("", Carrier.TEMPLATE), (" single select with validation", Carrier.SINGLE)],
        ids=["several", "single"],
    )
    def test_gives_the_official_workbook_back_word_for_word(
        self, name: str, carrier: Carrier, tmp_path: Path
    ) -> None:
        asked, original = Asked(carrier, additions=False), f"HTCDS Excel Spreadsheet{name} v2.0"
        filled = official(
            tmp_path / "in.xlsx", ORIGINALS / f"{original}.xlsx", table_of(fifty(), asked).rows
        )

        cases = [row.case for row in read_workbook(filled).rows]
        write_workbook(cases, tmp_path / "out.xlsx", asked)

        rows = shown(filled, 52)
        assert len(rows) == 52 and rows[3][3] == "Luan"
        assert shown(tmp_path / "out.xlsx", 52) == [row[:39] for row in rows]

    @pytest.mark.skipif(not ORIGINALS.exists(), reason="the official form is not here")
    def test_uses_the_names_of_the_official_form(self) -> None:
        book = CalamineWorkbook.from_path(ORIGINALS / "htcds_xlsform.xlsx")
        asked = [row[1] for row in book.get_sheet_by_name("survey").to_python()[1:]]

        (names,) = table_of([], Asked(Carrier.FORM, additions=False)).headers

        assert names[1:] == [name for name in asked if name not in ("start", "end", "__version__")]


class TestLosses:
    def test_name_forced_criminality_and_abduction_where_our_columns_stay_behind(self) -> None:
        case = ImportedCase(
            first_name="Amina",
            forms=(ExploitationForm.FORCED_CRIMINALITY,),
            means_of_control=(Means.ABDUCTION, MeansOfControl.RESTRICTS_MOVEMENT),
        )

        (found,), losses = there_and_back([case], Asked(additions=False))

        assert found.forms == (ExploitationForm.OTHER,)
        assert found.means_of_control == (MeansOfControl.OTHER,)
        assert losses == [
            Loss(1, "vic_MethodsOfControl", LossKind.NO_CODE),
            Loss(1, "vic_TypeOfExploitation", LossKind.NO_CODE),
        ]

    def test_name_the_second_citizenship_in_the_form(self) -> None:
        case = ImportedCase(first_name="Amina", citizenships=("MD", "RO"))

        (found,), losses = there_and_back([case], Asked(Carrier.FORM))

        assert found.citizenships == ("MD",)
        assert losses == [Loss(1, "prs_Citizenship", LossKind.ONE_VALUE)]

    def test_name_the_fields_that_the_form_leaves_out(self) -> None:
        case = fifty()[0]

        losses = table_of([case], Asked(Carrier.FORM)).losses

        assert {one.field for one in losses if one.kind is LossKind.NO_FIELD} == {
            "cas_CaseOwner",
            "cas_ReasonForCaseClosure",
            "cas_ReferredOrganisation",
            "cas_ReferredPrimaryCaseWorker",
            "cas_ReasonForOutgoingReferral",
            "cas_OutgoingReferralDate",
            "cas_OutgoingReferralDetails",
        }

    def test_name_free_words_of_the_form_that_a_workbook_has_no_field_for(self) -> None:
        case = ImportedCase(first_name="Amina", incoming_reason_text="came by bus")

        assert table_of([case], Asked()).losses == [
            Loss(1, "incoming_reason_text", LossKind.NO_FIELD)
        ]

    def test_never_hold_what_was_lost(self) -> None:
        case = ImportedCase(first_name="Amina", closure_reason="a secret")

        assert "secret" not in repr(table_of([case], Asked(Carrier.FORM)).losses)


class TestAdditions:
    def test_are_named_apart_from_every_field_of_the_standard(self) -> None:
        assert all(name.startswith("nrm_") for name in OF_NAME)
        assert not set(OF_NAME) & set(fields())

    def test_stand_right_of_the_standards_columns_where_its_macros_do_not_reach(self) -> None:
        plain = table_of([], Asked(additions=False)).headers
        ours = table_of([], Asked()).headers

        assert [row[:39] for row in ours] == plain
        assert ours[0][39:] == list(OF_NAME)

    def test_leave_a_change_in_the_standards_own_column_standing(self) -> None:
        case = ImportedCase(
            first_name="Amina",
            forms=(ExploitationForm.FORCED_CRIMINALITY, ExploitationForm.LABOUR),
            incoming_reason=ReferralReason.OTHER,
        )

        (found,), _ = there_and_back([case], Asked())

        assert set(found.forms) == set(case.forms)
        assert found.incoming_reason is ReferralReason.OTHER
