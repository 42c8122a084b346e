"""Everybody checks an offer of work: what is found and never said, no trace of who asked."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError
from django.test import Client

from opennrm.coordination.desk import ChangeRefused, at_coordination
from opennrm.coordination.job_offers import (
    alike,
    check_offer,
    parts,
    publish_register,
    take_register_back,
)
from opennrm.coordination.models import Inspection, JobRegister, JobRegisterEntry, WageClaim
from opennrm.records.backup.tables import counts
from tests import cast
from tests.database import NOW, as_administrator, signed_in
from tests.web.browsing import browser

TODAY = NOW.date()
INSPECTOR = cast.LABOUR_INSPECTOR
PLACE = "/job-offers/"


def register(title: str, kind: str, *names: str, **more: Any) -> JobRegister:
    """Keep a register with some lines and publish it."""
    given = {"issuer": "An invented inspectorate", "as_of": TODAY, "source": "A test"} | more
    with at_coordination(signed_in(INSPECTOR)):
        made = JobRegister.objects.create(title=title, kind=kind, **given)
        for number, name in enumerate(names):
            JobRegisterEntry.objects.create(
                register=made, name=name, number=f"{title[:2].upper()}-{number}/26", says="As told"
            )
        publish_register(made, at=NOW, why="A test")
    return made


@pytest.fixture
def registers() -> Any:
    """Two published registers, taken back afterwards."""
    made = [
        register("Licences", "licences", "Sunny Days d.o.o.", "Сончеви денови ДООЕЛ"),
        register("Warnings", "warnings", "Golden Harvest Agency", as_of=date(2020, 1, 1)),
    ]
    yield made
    with at_coordination(signed_in(INSPECTOR)):
        for one in made:
            take_register_back(one, why="A test")
            one.delete()


def asked(**typed: str) -> str:
    """Ask as anybody would and return the page."""
    answer = Client(headers={"host": "localhost"}).post(PLACE, typed)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other", "are"),
        [
            ("Sunny Days", "SUNNY DAYS, d.o.o. Skopje", True),
            ("Zlatna zetva", "Златна жетва ДОО", True),
            ("Goldn Harvest", "Golden Harvest Agency", True),
            ("Green Door", "Golden Harvest Agency", False),
            ("Ltd", "Golden Harvest Ltd", False),
            ("", "Golden Harvest", False),
        ],
    )
    def test_meet_across_scripts_and_spellings(self, one: str, other: str, are: bool) -> None:
        assert alike(parts(one), parts(other)) == are


class TestChecking:
    def test_finds_a_warning_with_its_register_and_day(self, registers: Any) -> None:
        page = asked(name="golden harvest")

        assert "Golden Harvest Agency" in page and "1 January 2020" in page
        assert "Do not go, pay or send papers" in page
        assert "more than three months old" in page

    def test_finds_by_number_whatever_stands_between(self, registers: Any) -> None:
        assert "Sunny Days" in asked(number="li 0 26")

    def test_that_finds_nothing_never_says_safe(self, registers: Any) -> None:
        page = asked(name="Nobody Heard Of This Firm")

        assert "This does not mean safe" in page and "Ask to see the licence" in page
        assert "is safe" not in page

    def test_that_finds_a_licence_never_says_safe_either(self, registers: Any) -> None:
        page = asked(name="Sunny Days")

        assert "This does not mean safe" in page and "is safe" not in page

    def test_asks_for_something_to_look_for(self) -> None:
        answer = Client(headers={"host": "localhost"}).post(PLACE, {"name": " "})

        assert answer.status_code == 422

    def test_looks_in_what_was_published_only(self, registers: Any) -> None:
        with at_coordination(signed_in(INSPECTOR)):
            JobRegisterEntry.objects.create(register=registers[1], name="Not Yet Told Works")

            assert not any(one.found for one in check_offer("Not Yet Told", "", on=TODAY))
            publish_register(registers[1], at=NOW + timedelta(minutes=1), why="Told now")
            assert any(one.found for one in check_offer("Not Yet Told", "", on=TODAY))


class TestWhoAsked:
    def test_leaves_no_row_no_line_and_no_cookie(
        self, registers: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        client = Client(headers={"host": "localhost"})
        with as_administrator() as connection:
            before = counts(connection, apart=False) | counts(connection, apart=True)
            fleeting = connection.execute("SELECT count(*) FROM cache_entry").fetchone()

        with caplog.at_level(logging.DEBUG):
            client.get(PLACE)
            answer = client.post(PLACE, {"name": "Golden Harvest whisper"})
            client.post(PLACE, {"name": ""})

        with as_administrator() as connection:
            after = counts(connection, apart=False) | counts(connection, apart=True)
            assert connection.execute("SELECT count(*) FROM cache_entry").fetchone() == fleeting
            assert connection.execute("SELECT count(*) FROM django_session").fetchone()
        told = [one for one in caplog.records if not one.name.startswith("django.db")]
        assert before == after
        assert not any("whisper" in one.getMessage().lower() for one in told)
        assert not client.cookies and "no-store" in answer["Cache-Control"]
        assert "whisper" not in answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]

    def test_needs_no_cookie_to_ask(self, registers: Any) -> None:
        client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)

        assert client.post(PLACE, {"name": "Golden Harvest"}).status_code == 200


class TestTheRegisters:
    def test_are_published_by_who_keeps_them_and_never_empty(self) -> None:
        with at_coordination(signed_in(INSPECTOR)):
            empty = JobRegister.objects.create(
                title="Empty", kind="warnings", issuer="x", as_of=TODAY, source="x"
            )
            with pytest.raises(ChangeRefused, match="empty"):
                publish_register(empty, at=NOW, why="Too soon")
            JobRegisterEntry.objects.create(register=empty, name="Somebody")
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with at_coordination(signed_in(cast.CASE_MANAGER)), refused:
            publish_register(empty, at=NOW, why="Not hers")

    def test_come_in_from_a_file_whole_or_with_every_fault_named(self) -> None:
        with at_coordination(signed_in(INSPECTOR)):
            made = JobRegister.objects.create(
                title="From a file", kind="licences", issuer="x", as_of=TODAY, source="x"
            )
        client = browser(INSPECTOR)
        place = "/coordination/job-register-lines/take-in/"
        head = "Register;Name;Number;Until"
        faulty = _file(f"{head}\nFrom a file;One;A-1;2027-01-31\nNo such;;B-2;31.1.2027\n")
        whole = _file(f"{head}\nFrom a file;One;A-1;2027-01-31\nfrom a file;Two;B-2;\n")

        refused = client.post(place, {"file": faulty, "why": "New list"})
        with at_coordination(signed_in(INSPECTOR)):
            assert not made.entries.exists()
        taken = client.post(place, {"file": whole, "why": "New list"})

        page = refused.content.decode()
        assert refused.status_code == 422 and page.count(">3</th>") == 3
        assert "is not one of those that can be chosen" in page
        assert taken.status_code == 302
        with at_coordination(signed_in(INSPECTOR)):
            kept = {one.name: one.until_on for one in made.entries.all()}
        assert kept == {"One": date(2027, 1, 31), "Two": None}

    def test_come_in_from_the_page_of_their_register_without_naming_it(self) -> None:
        with at_coordination(signed_in(INSPECTOR)):
            made = JobRegister.objects.create(
                title="Own page", kind="licences", issuer="x", as_of=TODAY, source="x"
            )
        client = browser(INSPECTOR)
        page = client.get(f"/coordination/job-registers/{made.pk}/").content.decode()
        place = f"/coordination/job-register-lines/take-in/?of={made.pk}"

        assert place in page
        taken = client.post(place, {"file": _file("Name\nThird\n"), "why": "New list"})

        assert taken.status_code == 302
        with at_coordination(signed_in(INSPECTOR)):
            assert [one.name for one in made.entries.all()] == ["Third"]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("Nonsense;Name\na;b\n", "No column has this name"),
            ("Name\na\n", "This column is missing"),
            ("Register;Name\n", "no row below"),
            ('Register;Name\n"' + "x" * 140_000, "no table that can be read"),
            ("\x00", "No column has this name"),
        ],
    )
    def test_name_what_is_wrong_with_a_file(self, text: str, says: str) -> None:
        place = "/coordination/job-register-lines/take-in/"

        answer = browser(INSPECTOR).post(place, {"file": _file(text), "why": "New list"})

        assert answer.status_code == 422 and says in answer.content.decode()


class TestPlacesOfWork:
    def test_are_read_by_authorities_and_not_by_all(self) -> None:
        with at_coordination(signed_in(INSPECTOR)):
            seen = Inspection.objects.create(
                employer="An invented farm",
                sector="isic_a",
                inspected_on=TODAY,
                reason="planned",
                signs=["wages_unpaid"],
                outcomes=["order"],
            )
            WageClaim.objects.create(
                inspection=seen,
                workers=4,
                from_on=TODAY,
                until_on=TODAY,
                owed=400_000,
                paid=100_000,
                status="agreed",
            )

        found = {}
        for member in (cast.PROSECUTOR, cast.CASE_MANAGER, cast.TRAINER):
            with at_coordination(signed_in(member)):
                found[member] = (Inspection.objects.count() > 0, WageClaim.objects.count() > 0)
        assert found == {
            cast.PROSECUTOR: (True, True),
            cast.CASE_MANAGER: (False, False),
            cast.TRAINER: (False, False),
        }
        assert browser(cast.CASE_MANAGER).get("/coordination/inspections/").status_code == 404


def _file(text: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("lines.csv", text.encode())
