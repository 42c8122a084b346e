"""What is reached beside the steps on a case: desk, log, files, papers, calls, figures, rules."""

import base64
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opennrm.exchange.htcds.reading import read_workbook
from opennrm.records.files import refusals, taking_in
from opennrm.records.reference import reference
from opennrm.rights.registry import RULES
from tests import cast, database, stories
from tests.api.calling import Program, let_in
from tests.database import NOW

POLICE, SHELTER, HELPLINE = cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.HELPLINE_WORKER
STRANGER = cast.SHELTER_WITHOUT_CONSENT
PAPER = b"%PDF-1.4 a paper of an invented person"


@pytest.fixture(scope="module")
def police() -> Program:
    return let_in(POLICE)


@pytest.fixture(scope="module")
def shelter() -> Program:
    return let_in(SHELTER)


@pytest.fixture(scope="module")
def case_ref() -> UUID:
    """A case that the police refer and the shelter takes."""
    ref = stories.contact(POLICE, language="sq")
    stories.described(POLICE, ref, names="Ermira Duka")
    sent = stories.referred(POLICE, ref, SHELTER, "CM", ("D2", "D9", "D10"))
    stories.answered(SHELTER, ref, sent)
    return ref


@pytest.fixture
def officer() -> Iterator[Program]:
    """A program of the shelter's officer."""
    account = [database.signed_in(SHELTER).actor.account]
    said = "UPDATE public.accounts_account SET is_officer = %s WHERE ref = %s"
    with database.as_administrator() as connection:
        connection.execute(said, [True, *account])
    yield let_in(SHELTER)
    with database.as_administrator() as connection:
        connection.execute(said, [False, *account])


class TestTheDesk:
    def test_lists_and_narrows_like_the_page(self, shelter: Program, case_ref: UUID) -> None:
        found = shelter.get("/work-list", view="all", sort="updated").json()
        none = shelter.get("/work-list", view="all", danger="imminent").json()

        assert str(case_ref) in {row["case_ref"] for row in found["rows"]}
        assert found["counts"]["all"] == found["total"] > 0
        assert str(case_ref) not in {row["case_ref"] for row in none["rows"]}
        assert shelter.get("/work-list", view="secret").status_code == 422

    def test_tells_notices_and_takes_the_answer_once(
        self, police: Program, shelter: Program
    ) -> None:
        ref = stories.contact(POLICE)
        sent = stories.referred(POLICE, ref, SHELTER, "CM", ("D9",))
        stories.answered(SHELTER, ref, sent)
        stories.withdrawn(POLICE, ref, stories.newest(POLICE, ref, "consent_given"))
        asked = shelter.get("/notices").json()["notices"]
        notice = next(one for one in asked if one["kind"] == "consent_withdrawn")
        address = f"/notices/{notice['notice_ref']}/answer"

        first = shelter.post(address, {"how": "deleted"})

        assert first.status_code == 200, first.content
        assert police.post(address, {"how": "deleted"}).status_code == 403
        assert shelter.post(address, {"how": "burnt"}).status_code == 422
        told = {
            one["notice_ref"]: one["answer"] for one in shelter.get("/notices").json()["notices"]
        }
        assert told[notice["notice_ref"]] == "deleted"

    def test_shows_help_that_fits_with_every_reason(
        self, shelter: Program, case_ref: UUID
    ) -> None:
        service = stories.listed(STRANGER, places=2, groups=["women"])
        need = {"service": "shelter", "groups": ["men"], "languages": ["sq"]}

        found = shelter.post(f"/cases/{case_ref}/matched-help", need).json()

        (one,) = (each for each in found if each["listed"]["ref"] == str(service))
        spoken = {(each["aspect"], each["speaks"]) for each in one["reasons"]}
        assert {("group", "against"), ("places", "for")} <= spoken
        assert "address" not in one["listed"]
        assert let_in(HELPLINE).post(f"/cases/{case_ref}/matched-help", need).status_code == 404

    def test_shows_the_places_of_the_own_house_and_the_services_here(self) -> None:
        service = stories.listed(STRANGER, places=1)
        program = let_in(STRANGER)

        places = program.get("/places").json()["places"]

        assert str(service) in {one["service"] for one in places}
        assert program.get("/services").status_code == 200

    def test_lets_only_the_data_protection_officer_see_who_reads(
        self, police: Program, case_ref: UUID
    ) -> None:
        officer, asked = let_in(cast.DATA_OFFICER), {"reference": reference(case_ref)}
        police.get(f"/cases/{case_ref}", opened=["D2"])

        read = officer.post("/readings", asked).json()

        assert str(POLICE.actor.organisation) in {one["organisation"] for one in read}
        assert officer.get("/unusual-readings").status_code == 200
        assert [police.post("/readings", asked).status_code] == [404]
        assert police.get("/unusual-readings").json()["reason"] == "not_there"


class TestACase:
    def test_tells_who_looked_to_whom_it_went_and_who_was_asked(
        self, police: Program, case_ref: UUID
    ) -> None:
        police.get(f"/cases/{case_ref}", opened=["D2"])

        log = police.get(f"/cases/{case_ref}/log").json()

        assert str(POLICE.actor.organisation) in {one["organisation"] for one in log["seen"]}
        assert str(SHELTER.actor.organisation) in {one["organisation"] for one in log["received"]}
        assert let_in(STRANGER).get(f"/cases/{case_ref}/log").status_code == 404

    def test_goes_out_in_the_case_data_standard(
        self, police: Program, case_ref: UUID, tmp_path: Any
    ) -> None:
        answer = police.get(f"/cases/{case_ref}/standard").json()
        path = tmp_path / "case.xlsx"
        path.write_bytes(base64.b64decode(answer["content"]))

        (row,) = read_workbook(path).rows

        assert row.case.first_name == "Ermira Duka"
        lost = {"row": 1, "field": "vic_TraffickingStatus", "kind": "no_code"}
        assert answer["losses"] == [lost]

    def test_gives_the_paper_of_a_consent_that_names_nobody(
        self, police: Program, case_ref: UUID
    ) -> None:
        consent = stories.newest(POLICE, case_ref, "consent_given")

        paper = police.get(f"/cases/{case_ref}/receipts/{consent}", language="ar").json()

        assert paper["language"] == "ar"
        assert "Ermira" not in str(paper)
        assert "Green Door" not in str(paper)
        assert police.get(f"/cases/{case_ref}/receipts/{uuid4()}").status_code == 404

    def test_keeps_a_file_once_and_opens_it_for_a_purpose(
        self, police: Program, shelter: Program, case_ref: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(taking_in, "require_clean", lambda _content: None)
        monkeypatch.setattr(taking_in, "cleaned", lambda content, _kind: content)
        key = uuid4()

        first, again = (kept(police, case_ref, PAPER, key) for _ in range(2))

        assert (first.status_code, again.status_code) == (201, 200), first.content
        assert first.json() == again.json()
        address = f"/cases/{case_ref}/files/{first.json()['reference']}/open"
        opened = police.post(address, {"purpose": "assistance"}).json()
        assert base64.b64decode(opened["content"]) == PAPER
        assert police.post(address, {"purpose": "curiosity"}).status_code == 422
        assert shelter.post(address, {"purpose": "assistance"}).status_code == 404

    def test_takes_no_form_that_cannot_be_read(self, police: Program, case_ref: UUID) -> None:
        answer = police.client.post(
            f"/api/v1/cases/{case_ref}/files",
            b"--x\r\nnothing",
            content_type="multipart/form-data",
            headers={"Authorization": f"Bearer {police.secret}"},
        )

        assert (answer.status_code, answer.json()["reason"]) == (400, "not_understood")

    def test_keeps_no_file_that_nobody_scanned(
        self, police: Program, case_ref: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(_content: bytes) -> None:
            raise refusals.ScannerAway

        monkeypatch.setattr(taking_in, "require_clean", away)

        answer = kept(police, case_ref, PAPER, None)

        assert (answer.status_code, answer.json()["reason"]) == (422, "file_scanner_away")


def kept(program: Program, case_ref: UUID, content: bytes, key: UUID | None) -> Any:
    """Send a file."""
    more = {"Idempotency-Key": str(key)} if key else {}
    return program.client.post(
        f"/api/v1/cases/{case_ref}/files",
        {"file": SimpleUploadedFile("x.pdf", content), "title": "Contract", "scope": "D4"},
        headers={"Authorization": f"Bearer {program.secret}", **more},
    )


class TestACall:
    CALL = {"situation": "overheard", "outcome": "call_back", "topic": "rights"}

    def test_is_kept_in_codes_and_called_back(self) -> None:
        program, tomorrow = let_in(HELPLINE), stories.in_days(1)
        wish = {"safe_way": "+389 70 000000", "say_if_other": "a survey"}
        hours = {"from_at": f"{tomorrow}T09:00:00Z", "until_at": f"{tomorrow}T10:00:00Z"}

        kept_call = program.post("/calls", self.CALL)
        program.post("/call-backs", {**wish, **hours})

        assert kept_call.json() == {"month": str(NOW.date().replace(day=1))}
        (back,) = (one for one in program.get("/call-backs").json() if one["told"] == wish)
        assert program.post(f"/call-backs/{back['ref']}/forget", {}).status_code == 200
        assert back not in program.get("/call-backs").json()
        assert program.get("/calls/figures").json()["tables"]

    def test_takes_no_hours_that_end_before_they_begin(self) -> None:
        hours = {"from_at": "2026-12-01T10:00:00Z", "until_at": "2026-12-01T09:00:00Z"}

        answer = let_in(HELPLINE).post("/call-backs", {"safe_way": "070 1", **hours})

        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "until_at")

    def test_takes_no_word_that_is_no_code_and_nobody_else(self, police: Program) -> None:
        program = let_in(HELPLINE)

        assert program.post("/calls", {**self.CALL, "topic": "her name"}).status_code == 422
        assert police.post("/calls", self.CALL).status_code == 403
        assert police.get("/calls/figures").status_code == 404


class TestSystemsThatAreTold:
    ADDRESS = {"address": "https://shelter.example/news"}

    def test_are_named_and_ended_by_a_program_of_the_officer(self, officer: Program) -> None:
        secret = officer.post("/hooks", self.ADDRESS)

        assert secret.status_code == 201, secret.content
        assert secret.json()["secret"].startswith("hook_")
        (one,) = (each for each in officer.get("/hooks").json() if not each["ended_at"])
        assert (one["address"], "secret" in str(one)) == (self.ADDRESS["address"], False)
        assert officer.post(f"/hooks/{one['hook_ref']}/end", {}).status_code == 200
        assert all(each["ended_at"] for each in officer.get("/hooks").json())

    def test_are_not_named_without_the_step_or_the_office(
        self, officer: Program, police: Program
    ) -> None:
        narrow = let_in(SHELTER, steps=("read",))

        assert narrow.post("/hooks", self.ADDRESS).json()["reason"] == "step_not_allowed"
        assert police.post("/hooks", self.ADDRESS).status_code == 422
        assert police.get("/hooks").json() == []
        inward = officer.post("/hooks", {"address": "http://shelter.example/news"})
        assert (inward.status_code, inward.json()["reason"]) == (422, "refused")


class TestFigures:
    def test_are_those_that_were_published(self, police: Program) -> None:
        assert police.get("/figures").json()["sources"]

    def test_of_the_rapporteur_are_not_there_for_others(self, police: Program) -> None:
        rapporteur = let_in(cast.RAPPORTEUR)
        own = ("/figures/rules", "/figures/indicators", "/figures/quality", "/release-desk")

        assert {rapporteur.get(one).status_code for one in own} == {200}
        assert {police.get(one).status_code for one in own} == {404}


class TestRulesAndPeriods:
    def test_can_be_read_and_a_draft_checked(self, police: Program) -> None:
        wrong = police.post("/periods/check", {"text": "nonsense"})

        assert {one["rule"] for one in police.get("/rules").json()} == set(RULES)
        assert police.get("/periods").json()[0]["source"]
        assert (wrong.status_code, wrong.json()["reason"]) == (422, "refused")


class TestAFocalPoint:
    def test_sees_its_hand_overs_and_partners_and_nobody_else_does(self, police: Program) -> None:
        focal = let_in(cast.FOCAL_OFFICER)

        assert focal.get("/hand-overs").status_code == 200
        assert focal.get("/partners").status_code == 200
        assert focal.get(f"/hand-overs/{uuid4()}").status_code == 404
        assert focal.post(f"/hand-overs/{uuid4()}/take-over", {}).status_code == 404
        assert focal.post("/carried-file", {"file": "é"}).json()["reason"] == "not_accepted"
        for address in ("/hand-overs", "/partners", f"/partners/{uuid4()}/messages"):
            assert police.get(address).status_code == 403

    def test_shows_nothing_to_a_program_without_the_part_of_disclosures(self) -> None:
        narrow = let_in(cast.FOCAL_OFFICER, parts=("D1",))

        assert narrow.get("/hand-overs").status_code == 403
