"""A file is told by its content, scanned, written anew, locked, or refused with a reason."""

import io
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from opennrm.records.files import taking_in
from opennrm.records.files.refusals import FileRefused, ScannerAway
from opennrm.records.files.scanning import require_clean
from opennrm.records.files.taking_in import cleaned, opened, taken_in
from opennrm.records.files.telling import told_by_content
from opennrm.records.sealing import SealBroken
from opennrm.vocabulary.files import FileType
from tests import clamav
from tests.records import made_files as made

needs_scanner = pytest.mark.skipif(
    clamav.program() is None, reason="ClamAV is not on this machine."
)


@pytest.fixture(scope="module")
def scanner() -> Iterator[str]:
    with clamav.scanning() as place:
        yield place


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        told_by_content(content)
    return refusal.value.reason


class TestToldByContent:
    @pytest.mark.parametrize(
        ("content", "kind"),
        (
            (made.picture(), FileType.JPEG),
            (made.picture("PNG"), FileType.PNG),
            (made.document(), FileType.PDF),
            (made.office(), FileType.DOCX),
            (made.office(kind="xl/workbook.xml"), FileType.XLSX),
            (made.open_document(), FileType.ODT),
        ),
        ids=("jpeg", "png", "pdf", "docx", "xlsx", "odt"),
    )
    def test_names_what_is_kept(self, content: bytes, kind: FileType) -> None:
        assert told_by_content(content) is kind

    @pytest.mark.parametrize(
        "content",
        (
            b"<html><script>alert(1)</script></html>",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"MZ\x90\x00" + b"\0" * 200,
            b"\x7fELF" + b"\0" * 200,
            b"#!/bin/sh\nrm -rf /\n",
            b"GIF89a" + b"\0" * 100,
            b"just words",
            b"\0",
            made.office(kind="any.xml"),
        ),
        ids=("html", "svg", "exe", "elf", "script", "gif", "text", "nothing", "zip"),
    )
    def test_refuses_what_is_not(self, content: bytes) -> None:
        assert refused(content) == "type_not_kept"

    @pytest.mark.parametrize(
        "content",
        (
            made.office("word/vbaProject.bin"),
            made.office("word/embeddings/oleObject1.bin"),
            made.office("word/activeX/activeX1.xml"),
            made.open_document("Basic/Standard/Module1.xml"),
        ),
    )
    def test_refuses_macros_and_what_is_packed_inside(self, content: bytes) -> None:
        assert refused(content) == "carries_macros"

    def test_refuses_a_broken_package(self) -> None:
        assert refused(made.office()[:60]) == "cannot_be_read"


class TestCleaned:
    @pytest.mark.parametrize("kind", ("JPEG", "PNG"))
    def test_leaves_of_a_picture_its_pixels_only(self, kind: str) -> None:
        before = made.picture(kind)
        assert made.SECRET.encode() in before

        after = cleaned(before, FileType(kind.lower()))

        with Image.open(io.BytesIO(after)) as picture:
            assert (picture.size, picture.format) == ((64, 48), kind)
            assert not picture.getexif()
            assert "comment" not in picture.info
        assert made.SECRET.encode() not in after
        assert b"Camera" not in after

    def test_leaves_of_a_document_its_pages_only(self) -> None:
        after = cleaned(made.document(), FileType.PDF)

        with pikepdf.open(io.BytesIO(after)) as document:
            assert len(document.pages) == 1
            left = set(document.Root)
            assert not left & {"/OpenAction", "/AA", "/AcroForm", "/Metadata"}
            assert not document.attachments
            assert "/Info" not in document.trailer
            assert len(document.pages[0].obj.get("/Annots", ())) == 0
        for gone in (b"JavaScript", b"example.org", b"evil", made.SECRET.encode()):
            assert gone not in after

    @pytest.mark.parametrize(
        ("content", "kind"),
        (
            (made.bomb(), FileType.PNG),
            (made.picture()[:300], FileType.JPEG),
            (made.document()[:200], FileType.PDF),
            (b"%PDF-1.7\n" + b"0 0 obj\n" * 50, FileType.PDF),
            (made.picture("PNG"), FileType.JPEG),
        ),
        ids=("bomb", "cut picture", "cut document", "no document", "another kind"),
    )
    def test_is_refused_for_what_does_not_decode_whole(
        self, content: bytes, kind: FileType
    ) -> None:
        with pytest.raises(FileRefused, match="cannot_be_read"):
            cleaned(content, kind)

    def test_ends_what_takes_too_long_or_too_much(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The control of the limits: a cleaner that never ends, and one that eats memory."""
        monkeypatch.setattr(taking_in, "SECONDS", 1)
        for number, code in enumerate(
            ("while True: pass", "print('x' * (1 << 31))", "open('left', 'w').write('x')")
        ):
            script = tmp_path / f"{number}.py"
            script.write_text(code, encoding="utf-8")
            monkeypatch.setattr(taking_in, "CLEANER", script)
            began = time.monotonic()

            with pytest.raises(FileRefused):
                cleaned(b"x", FileType.PDF)
            assert time.monotonic() - began < 15


class TestScanning:
    @needs_scanner
    def test_lets_the_clean_pass_and_stops_what_is_known(self, scanner: str) -> None:
        require_clean(made.picture())

        with pytest.raises(FileRefused, match="malware_found"):
            require_clean(b"before " + clamav.HARMLESS + b" after")

    @needs_scanner
    def test_looks_into_documents(self, scanner: str) -> None:
        packed = made.office(inside=clamav.HARMLESS * 20)
        assert clamav.HARMLESS not in packed

        with pytest.raises(FileRefused, match="malware_found"):
            require_clean(packed)

    def test_takes_nothing_when_the_scanner_is_away(self, tmp_path: Path) -> None:
        for place in (str(tmp_path / "none.sock"), "127.0.0.1:1", "nowhere"):
            with clamav.named(place), pytest.raises(ScannerAway):
                taken_in(made.picture())

    @pytest.mark.parametrize(
        "answer", (b"", b"\0", b"INSTREAM size limit exceeded. ERROR\0", b"OK\0", b"stream: OK?\0")
    )
    def test_takes_nothing_on_any_other_answer(self, answer: bytes) -> None:
        with answering(answer) as place, clamav.named(place), pytest.raises(ScannerAway):
            require_clean(b"content")

    def test_takes_what_the_answer_calls_clean(self) -> None:
        """The control of the answers."""
        with answering(b"stream: OK\0") as place, clamav.named(place):
            require_clean(b"content")


class TestTakenIn:
    @pytest.fixture(autouse=True)
    def _scanned(self, request: pytest.FixtureRequest) -> None:
        if clamav.program() is None:
            pytest.skip("ClamAV is not on this machine.")
        request.getfixturevalue("scanner")

    def test_is_locked_under_a_key_of_its_own(self) -> None:
        first, second = taken_in(made.picture()), taken_in(made.picture())

        assert first.content_key != second.content_key
        assert first.original == second.original
        assert Image.open(io.BytesIO(opened(first.content, first.content_key))).size == (64, 48)
        with pytest.raises(SealBroken):
            opened(first.content, second.content_key)
        for hidden in (first.content_key, first.content.hex()[:20]):
            assert hidden not in repr(first)

    def test_keeps_office_documents_as_they_are(self) -> None:
        content = made.office()

        kept = taken_in(content)

        assert opened(kept.content, kept.content_key) == content

    def test_refuses_nothing_too_much_and_the_infected(self) -> None:
        for content, reason in (
            (b"", "empty"),
            (b"%PDF-" + b"0" * (10 << 20), "too_large"),
            (made.document() + b"%" + clamav.HARMLESS, "malware_found"),
        ):
            with pytest.raises(FileRefused, match=reason):
                taken_in(content)


class answering:  # noqa: N801 - reads as a block
    """A scanner that gives one answer to whatever it is sent."""

    def __init__(self, answer: bytes) -> None:
        self._answer, self._door = answer, socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> str:
        threading.Thread(target=self._serve, daemon=True).start()
        return f"127.0.0.1:{self._door.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._door.close()

    def _serve(self) -> None:
        line, _ = self._door.accept()
        with line:
            line.recv(1 << 16)
            line.sendall(self._answer)
            line.shutdown(socket.SHUT_WR)
            while line.recv(1 << 16):
                pass
