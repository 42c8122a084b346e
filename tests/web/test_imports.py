"""The pages of an import: a file, its columns, what is wrong, recording, taking it all back."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.records.test_imports import CHOSEN, HEADERS, all_cases, people, sheet
from tests.web.browsing import browser

HOUSE = cast.POLICE_COLLEAGUE


def upload(client: Client, content: bytes, name: str = "rows.xlsx") -> Any:
    """Send a file."""
    return client.post(reverse("imports"), {"file": SimpleUploadedFile(name, content)})


def columns(**more: str) -> dict[str, str]:
    """Say what the columns hold."""
    chosen = {f"column-{number}": name for number, name in enumerate(CHOSEN, 1)}
    return {"step": "columns", **chosen, **more}


def checked(client: Client, *rows: tuple[object, ...]) -> str:
    """Upload rows, say what their columns hold and let them be checked."""
    address = str(upload(client, sheet(*rows))["Location"])
    assert client.post(address, columns()).status_code == 302
    assert client.post(address, {"step": "go_on"}).status_code == 302
    return address


class TestTheWholeWay:
    def test_goes_from_a_file_to_cases_and_back(self) -> None:
        client, before = browser(HOUSE), all_cases()
        bad = ("Popravka", "Kovač", "32/13/1999", "MD", "Forced labour")
        address = checked(client, *people(2, "Stranica"), bad)
        page = client.get(address).content.decode()
        assert "2 rows can be recorded." in page
        assert "32/13/1999" in page
        assert all_cases() == before

        part, row = re.findall(r'name="(?:part|row)" value="(\d+)"', page)
        fixed = {"step": "fix", "part": part, "row": row, "cell-3": "1999-12-31"}
        assert client.post(address, fixed).status_code == 302
        assert "3 rows can be recorded." in client.get(address).content.decode()
        client.post(address, {"step": "start"})
        client.post(address, {"step": "go_on"})

        assert "3 cases are recorded." in client.get(address).content.decode()
        assert all_cases() == before + 3
        assert (
            "3 cases were taken back." in client.post(address, {"step": "undo"}).content.decode()
        )
        assert "Taken back" in client.get(address).content.decode()

    def test_reports_what_is_wrong_without_what_stood_there(self) -> None:
        client = browser(HOUSE)
        address = checked(client, ("Tajna", "Kovač", "32/13/1999", "MD", "Other"))

        report = client.get(address + "problems.csv").content.decode()

        assert "Geboren am" in report and "not a full date" in report
        assert "Tajna" not in report and "32/13" not in report

    def test_suggests_what_the_house_chose_before_and_what_the_standard_names(self) -> None:
        client = browser(HOUSE)
        checked(client, *people(1, "Predlog"))
        standard = "First Name;Second Name;Gender;Vorname\nAna;K;Feminine;x\n"
        address = str(upload(client, standard.encode(), "rows.csv")["Location"])

        page = client.get(address).content.decode()

        selected = re.findall(r'<option value="(\w+)" selected', page)
        assert selected == ["prs_FirstName", "prs_SecondName", "prs_Gender", "prs_FirstName"]


class TestAFile:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"\xff\xfe\x00\x01binary", "not in UTF-8"),
            (b"PK\x03\x04nonsense", "damaged or was cut short"),
            (bytes.fromhex("d0cf11e0a1b11ae1") + b"old", "old Excel file"),
            (b"\n\n", "holds no table"),
            (b"a,b\x00,c\n1,2,3", "not an Excel workbook"),
        ],
    )
    def test_is_refused_with_what_to_do(self, content: bytes, says: str) -> None:
        answer = upload(browser(HOUSE), content)

        assert answer.status_code == 422
        assert says in answer.content.decode()

    def test_is_known_by_its_content_and_not_by_its_name(self) -> None:
        answer = upload(browser(HOUSE), sheet(*people(1, "Ime")), "rows.csv")

        assert answer.status_code == 302

    def test_of_commas_reads_like_a_workbook(self) -> None:
        lines = [",".join(HEADERS), "Zarez,Kovač,1996-05-14,MD,Forced labour"]
        client = browser(HOUSE)
        address = str(upload(client, "\n".join(lines).encode())["Location"])
        client.post(address, columns())
        client.post(address, {"step": "go_on"})

        assert "1 row can be recorded." in client.get(address).content.decode()


class TestWhoMayNot:
    def test_sees_no_import_and_sends_no_file(self) -> None:
        address = checked(browser(HOUSE), *people(1, "Zatvorena"))

        for member in (cast.DECIDING_OFFICER, cast.LAWYER):
            client = browser(member)
            assert client.get(reverse("imports")).status_code == 404
            assert client.get(address).status_code == 404
            assert upload(client, sheet(*people(1, "X"))).status_code == 404
        assert browser(cast.CASE_MANAGER).get(address).status_code == 404
        assert browser(cast.CASE_MANAGER).post(address, {"step": "undo"}).status_code == 404

    def test_takes_no_step_that_does_not_fit(self) -> None:
        client = browser(HOUSE)
        address = checked(client, *people(1, "Korak"))

        assert client.post(address, {"step": "nonsense"}).status_code == 404
        again = client.post(address, {"step": "fix", "part": "9", "row": "9"})
        assert again.status_code == 404
        client.post(address, {"step": "start"})
        client.post(address, {"step": "go_on"})
        assert client.post(address, {"step": "give_up"}).status_code == 409
        assert client.post(address, columns()).status_code == 409
