"""The forms for telephones are sound XLSForms, and their answers are read like any other row."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pyxform.xls2xform import convert

from opennrm.exchange.field_forms.asking import (
    FieldForm,
    notification_form,
    referral_form,
    screening_form,
)
from opennrm.exchange.field_forms.notified import NOTIFIED, coarse_answers
from opennrm.exchange.field_forms.xlsform import written
from opennrm.exchange.htcds.layout import find_layout
from opennrm.exchange.htcds.reading import read_workbook
from opennrm.vocabulary.exploitation import ExploitationForm, MeansOfControl
from tests.exchange.workbooks import written as written_rows

REGIONS = (("MK-1", "Skopje"), ("MK-2", "Pelagonia"))
FORMS = [referral_form(), screening_form(), notification_form(REGIONS)]
LANGUAGES = [("en", "English"), ("sq", "Albanian"), ("ar", "Arabic")]


def said(language: str, text: str) -> str:
    """Put a text into a language, for a test."""
    return text if language == "en" else f"[{language}] {text}"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form_id)
class TestEachForm:
    def test_is_a_sound_xlsform_in_every_language_without_a_warning(self, form: FieldForm) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{form.form_id}.xlsx"
            path.write_bytes(written(form, LANGUAGES, said))
            made = convert(xlsform=path, validate=False)

        assert made.warnings == []
        for _code, name in LANGUAGES:
            assert f"{name} (" in made.xform
        assert f'id="{form.form_id}"' in made.xform

    def test_offers_each_code_once_and_gives_every_question_its_words(
        self, form: FieldForm
    ) -> None:
        names = [one.name for one in form.questions]

        assert len(set(names)) == len(names)
        assert all(one.label for one in form.questions)
        for offered in form.choices.values():
            codes = [code for code, _label in offered]
            assert len(set(codes)) == len(codes) > 0
            assert not any(" " in code for code in codes)


class TestReferral:
    def test_asks_for_nothing_that_names_her_without_her_consent(self) -> None:
        hidden = {one.name for one in referral_form().questions if one.relevant}

        assert {"prs_First_Name", "prs_Second_Name", "prs_MobilePhone", "prs_Email"} <= hidden
        assert {"prs_MailingStreet", "cas_IncomingReferralDetails"} <= hidden

    def test_has_no_question_that_is_not_read_back(self) -> None:
        for form in (referral_form(), screening_form()):
            names = [one.name for one in form.questions if one.kind != "note"]
            layout = find_layout([["_uuid", *names]])

            assert layout is not None
            assert len(layout.columns) == len(names)
            assert layout.of_the_form

    def test_comes_back_as_a_case(self, book: Path) -> None:
        asked = {
            "_uuid": "c0ffee",
            "con_Consent": "TRUE",
            "prs_First_Name": "Amina",
            "prs_Citizenship": "MD",
            "nrm_TypeOfExploitation": "forced_criminality",
            "vic_TypeOfExploitation": "Other ForcedLabour",
            "nrm_MethodsOfControl": "restricts_movement",
            "nrm_SignsTold": "UNODC-GEN-02 UNODC-GEN-03",
        }
        reading = read_workbook(written_rows(book, [list(asked), list(asked.values())]))

        (case,) = (row.case for row in reading.rows)

        assert set(case.forms) == {ExploitationForm.LABOUR, ExploitationForm.FORCED_CRIMINALITY}
        assert case.means_of_control == (MeansOfControl.RESTRICTS_MOVEMENT,)
        assert case.signs_told == ("UNODC-GEN-02", "UNODC-GEN-03")


class TestNotification:
    ANSWERS = {
        "ntf_age_group": "adult_27_29",
        "ntf_sex": "female",
        "ntf_main_form": "labour",
        "ntf_citizenship_group": "unknown",
        "ntf_place_region": "MK-1",
        "ntf_month": "2026-10-14",
        "ntf_reporting_entity": "ngo",
    }

    def test_has_seven_answers_and_nothing_that_could_be_typed(self) -> None:
        form = notification_form(REGIONS)
        kinds = {one.kind.split()[0] for one in form.questions}

        assert len(NOTIFIED) == 7
        assert kinds == {"note", "select_one", "date"}

    def test_keeps_the_month_and_no_other_column(self) -> None:
        answers = coarse_answers({**self.ANSWERS, "name": "Amina"}, REGIONS)

        assert answers.month == "2026-10"
        assert "Amina" not in repr(answers)

    @pytest.mark.parametrize("name", [name for name in NOTIFIED if name != "month"])
    def test_names_the_answer_that_is_no_code(self, name: str) -> None:
        with pytest.raises(ValueError, match=f"^{name}$"):
            coarse_answers({**self.ANSWERS, f"ntf_{name}": "Amina"}, REGIONS)
