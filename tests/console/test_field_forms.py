"""`./run field-forms` writes sound forms in every language of the installation."""

import argparse
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from python_calamine import CalamineWorkbook
from pyxform.validators.odk_validate import ODKValidateError, check_xform
from pyxform.xls2xform import convert

from opennrm.console import field_forms
from opennrm.console.import_notifications import send_notifications
from tests import cast
from tests.database import NOW, as_administrator, prepared, signed_in
from tests.exchange.test_field_forms import TestNotification
from tests.exchange.workbooks import written

UUID_OF_PHONE = "uuid:0b1f8c52-6a4e-4d53-9d2b-3f1f5f1f9a01"


@pytest.fixture(scope="module", autouse=True)
def _database() -> None:
    prepared()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the forms and return where they are."""
    machine: Any = None
    given = argparse.Namespace(folder=str(tmp_path / "forms"), jurisdiction="MK")
    assert field_forms.run(given, machine) == 0
    return tmp_path / "forms"


def notifications() -> int:
    """Count the notifications."""
    with as_administrator() as connection:
        row = connection.execute("SELECT count(*) FROM nrm.notification").fetchone()
    return int(row[0]) if row else 0


class TestFieldForms:
    def test_are_sound_and_say_every_language(self, folder: Path) -> None:
        paths = sorted(folder.iterdir())

        assert len(paths) == 3
        for path in paths:
            made = convert(xlsform=path, validate=False)
            assert made.warnings == []
            assert all(f"({code})" in made.xform for code, _name in settings.LANGUAGES)

    @pytest.mark.skipif("OPENNRM_FAULTS" not in os.environ, reason="bin/nightly asks ODK Validate")
    @pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
    def test_pass_the_official_validator_in_every_language(self, folder: Path) -> None:
        for path in sorted(folder.iterdir()):
            assert convert(xlsform=path, validate=True).warnings == []

    @pytest.mark.skipif("OPENNRM_FAULTS" not in os.environ, reason="bin/nightly asks ODK Validate")
    @pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
    def test_do_not_pass_it_with_a_question_that_is_not_there(self, folder: Path) -> None:
        made = convert(xlsform=folder / "opennrm_referral.xlsx", validate=False).xform
        wrong, changed = re.subn(r'relevant="[^"]+"', 'relevant="not a path ["', made, count=1)
        (folder / "wrong.xml").write_text(wrong, encoding="utf-8")

        assert changed == 1

        with pytest.raises(ODKValidateError):
            check_xform(str(folder / "wrong.xml"))

    def test_name_countries_in_the_language(self, folder: Path) -> None:
        book = CalamineWorkbook.from_path(folder / "opennrm_referral.xlsx")
        head, *rows = book.get_sheet_by_name("choices").to_python()
        (austria,) = (row for row in rows if row[:2] == ["country", "AT"])
        said = dict(zip(head, austria, strict=True))
        german = next((text for name, text in said.items() if "(de)" in str(name)), "Österreich")

        assert german == "Österreich"


class TestAnswersOfTheNotification:
    def test_are_sent_once_each_and_faults_are_named(self, tmp_path: Path) -> None:
        answers = {**TestNotification.ANSWERS, "ntf_place_region": "unknown"}
        head = ["_uuid", *answers]
        rows = [
            [UUID_OF_PHONE, *answers.values()],
            ["uuid:0b1f8c52-6a4e-4d53-9d2b-3f1f5f1f9a02", "nonsense", *list(answers.values())[1:]],
            ["", *answers.values()],
        ]
        path = written(tmp_path / "answers.xlsx", [head, *rows])
        before, session = notifications(), signed_in(cast.POLICE_OFFICER)

        first = send_notifications(path, session, at=NOW)
        again = send_notifications(path, session, at=NOW)

        assert (first.sent, first.known) == (1, 0)
        assert first.faults == [(3, "age_group"), (4, "_uuid")]
        assert (again.sent, again.known) == (0, 1)
        assert notifications() == before + 1
