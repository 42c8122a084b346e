"""A file reaches those who hold its part and nobody else, does nothing, and leaves no trace."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opennrm.casework.files import NewFile, keep_file
from opennrm.casework.refusals import AccessMissing, MoveRefused
from opennrm.records import seals
from opennrm.records.files import taking_in
from opennrm.records.verifying import verify
from tests import cast, clamav, stories
from tests.attacks import raw
from tests.attacks.planted import Search
from tests.attacks.test_erasure import case_over, erased, proposed
from tests.database import as_administrator, signed_in
from tests.records import made_files as made
from tests.web.browsing import browser, fields_of

OFFICER, MANAGER, STRANGER = cast.POLICE_OFFICER, cast.CASE_MANAGER, cast.SHELTER_WITHOUT_CONSENT
TITLE = "Passport of Filena Plepi"


@pytest.fixture(scope="module", autouse=True)
def _scanner() -> Iterator[None]:
    if clamav.program() is None:
        pytest.skip("ClamAV is not on this machine.")
    with clamav.scanning():
        yield


def place(name: str, case_ref: UUID) -> str:
    return reverse(name, kwargs={"case_ref": case_ref})


def upload(who: cast.Member, case_ref: UUID, content: bytes, **other: Any) -> Any:
    """Send the form of the page with a file in it."""
    client = browser(who)
    address = place("files", case_ref)
    given = {**fields_of(client.get(address)), "title": TITLE, "scope": "D2", **other}
    given.pop("open", None)
    given["file"] = SimpleUploadedFile(TITLE + ".exe", content, content_type="text/html")
    return client.post(address, given)


def save(who: cast.Member, case_ref: UUID, fact: UUID, purpose: str = "identification") -> Any:
    return browser(who).post(place("save_file", case_ref), {"file": fact, "purpose": purpose})


def kept(case_ref: UUID, scope: str = "identity") -> UUID:
    return stories.newest(OFFICER, case_ref, f"file_kept_{scope}")


def new_file(scope: str, content: bytes = b"") -> NewFile:
    locked = taking_in.taken_in(content or made.picture())
    return NewFile(title=TITLE, scope=scope, kept_on=stories.TODAY, locked=locked)


@pytest.fixture(scope="module")
def case_ref() -> UUID:
    """A case with a picture in its identity, of which another house holds the skeleton only."""
    case_ref = stories.contact(OFFICER)
    answer = upload(OFFICER, case_ref, made.picture())
    assert answer.status_code == 302, answer.content.decode()
    referral = stories.referred(OFFICER, case_ref, MANAGER, "CM", ("D1", "D10"))
    stories.answered(MANAGER, case_ref, referral)
    return case_ref


class TestAFile:
    def test_is_saved_by_who_holds_its_part_and_shown_in_no_place(self, case_ref: UUID) -> None:
        answer = save(OFFICER, case_ref, kept(case_ref))

        assert answer.status_code == 200
        assert answer.content.startswith(b"\xff\xd8\xff")
        assert made.SECRET.encode() not in answer.content
        assert re.fullmatch(
            r'attachment; filename="file-[0-9a-f]{8}\.jpg"', answer["Content-Disposition"]
        )
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer["Cache-Control"] == "no-store"

    def test_is_named_on_the_page_only_when_asked(self, case_ref: UUID) -> None:
        client = browser(OFFICER)
        closed = client.get(place("files", case_ref)).content.decode()
        opened = client.post(place("files", case_ref), {"open": "titles"}).content.decode()

        assert TITLE not in closed
        assert "Picture (JPEG)" in closed
        assert TITLE in opened
        for page in (closed, opened, client.get(place("case", case_ref)).content.decode()):
            assert "content_key" not in page
            assert "Content key" not in page

    def test_is_not_there_for_who_holds_another_part_or_nothing(self, case_ref: UUID) -> None:
        fact = kept(case_ref)

        assert save(MANAGER, case_ref, fact).status_code == 404
        assert save(STRANGER, case_ref, fact).status_code == 404
        assert (
            "Picture (JPEG)" not in browser(MANAGER).get(place("files", case_ref)).content.decode()
        )
        for who in (MANAGER, STRANGER):
            with raw.reader(signed_in(who).token) as connection:
                found = connection.execute("SELECT nrm.read_file(%s, 'safety')", [fact])
                assert found.fetchone() == (None,)
                assert raw.refused(connection, "SELECT * FROM nrm.file") == "42501"

    def test_is_read_for_a_purpose_that_stands_in_the_journal(self, case_ref: UUID) -> None:
        fact = kept(case_ref)
        for purpose in ("", "removal", "statistics", "curiosity"):
            assert save(OFFICER, case_ref, fact, purpose).status_code == 422

        save(OFFICER, case_ref, fact, "legal_advice")

        with as_administrator() as connection:
            read = connection.execute(
                "SELECT account, compartments FROM nrm.journal WHERE case_ref = %s "
                "AND action = 'read_file_for_legal_advice'",
                [case_ref],
            ).fetchall()
        assert read == [(OFFICER.account, ["D2"])]

    def test_lies_nowhere_in_the_clear(self, case_ref: UUID, monkeypatch: Any) -> None:
        """Neither in the table, nor in a file that the web server made on the way."""
        words = "Rruga e Fshehte 77"
        scratch = Path(tempfile.mkdtemp(prefix="nrm-upload-"))
        monkeypatch.setattr(tempfile, "tempdir", str(scratch))
        large = made.office(inside=(words * 200_000).encode())
        assert upload(OFFICER, case_ref, large).status_code == 302

        assert list(scratch.iterdir()) == []
        with as_administrator() as connection:
            rows = connection.execute("SELECT sealed FROM nrm.file").fetchall()
        search = Search([words, TITLE, "word/document.xml"])
        assert [search.first_in(bytes(row[0])) for row in rows] == [None] * len(rows)
        scratch.rmdir()


class TestKeeping:
    def test_is_refused_with_a_reason_and_keeps_nothing(self, case_ref: UUID) -> None:
        before = len(stories.folded(OFFICER, case_ref).facts)
        for content, said in (
            (b"<html><script>alert(1)</script></html>", "type of file is not kept"),
            (made.picture()[:400], "damaged or too large"),
            (made.document() + clamav.HARMLESS, "found something harmful"),
            (b"%PDF-" + b"0" * (12 << 20), "choose a file of 10 MB at most"),
            (b"", "file is empty"),
        ):
            answer = upload(OFFICER, case_ref, content)
            assert answer.status_code == 422, said
            assert said in answer.content.decode()
        with clamav.named("/nowhere/at.all"):
            answer = upload(OFFICER, case_ref, made.picture())
        assert answer.status_code == 422
        assert "cannot be scanned" in answer.content.decode()
        assert len(stories.folded(OFFICER, case_ref).facts) == before

    def test_needs_the_part_to_be_written(self, case_ref: UUID) -> None:
        for who, scope in ((MANAGER, "D2"), (OFFICER, "D5"), (OFFICER, "D1")):
            with pytest.raises((AccessMissing, MoveRefused)):
                stories.do(keep_file, who, case_ref=case_ref, file=new_file(scope))

    def test_takes_no_other_bytes_than_the_fact_says(self, case_ref: UUID) -> None:
        fact = kept(case_ref)
        with raw.reader(signed_in(OFFICER).token, raw.RECORDER) as connection:
            for call in (
                f"SELECT nrm.keep_file('{fact}', '\\x00')",
                f"SELECT nrm.keep_file('{uuid4()}', '\\x00')",
                "DELETE FROM nrm.file",
                "UPDATE nrm.file SET sealed = ''",
            ):
                assert raw.refused(connection, call) in ("NR403", "42501")

    def test_ends_where_a_case_has_no_room_left(self, case_ref: UUID) -> None:
        from opennrm.casework import files

        room, files.LARGEST_CASE_KIB = files.LARGEST_CASE_KIB, 1
        try:
            with pytest.raises(MoveRefused, match="200 MB"):
                stories.do(keep_file, OFFICER, case_ref=case_ref, file=new_file("D2"))
        finally:
            files.LARGEST_CASE_KIB = room


class TestChangedBytes:
    def test_are_found_and_not_handed_out(self) -> None:
        case_ref = stories.contact(OFFICER)
        stories.do(keep_file, OFFICER, case_ref=case_ref, file=new_file("D2"))
        fact = kept(case_ref)
        assert verify().broken == ()
        change = "UPDATE nrm.file SET sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))"
        with as_administrator() as connection:
            connection.autocommit = True
            connection.execute("ALTER TABLE nrm.file DISABLE TRIGGER never_changed")
            connection.execute(f"{change} WHERE fact_ref = %s", [fact])
            try:
                found = [(link.case_ref, link.what) for link in verify().broken]
                answer = save(OFFICER, case_ref, fact)
            finally:
                connection.execute(f"{change} WHERE fact_ref = %s", [fact])
                connection.execute("ALTER TABLE nrm.file ENABLE ALWAYS TRIGGER never_changed")

        assert found == [(case_ref, "file_changed")]
        assert answer.status_code == 403
        assert verify().broken == ()
        assert seals.faults() == ()


class TestErasing:
    def test_takes_the_files_too(self) -> None:
        case_ref = case_over("Fileless After")
        stories.do(keep_file, OFFICER, case_ref=case_ref, file=new_file("D2"))
        fact = kept(case_ref)
        proposed(case_ref)

        erased(case_ref)

        with as_administrator() as connection:
            left = connection.execute(
                "SELECT count(*) FROM nrm.file WHERE case_ref = %s", [case_ref]
            )
            assert left.fetchone() == (0,)
        assert save(OFFICER, case_ref, fact).status_code == 404
        assert verify().broken == ()
