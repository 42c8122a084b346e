"""The paper as it comes out: a tagged PDF for those who keep her consents, and nothing in it."""

import zlib
from uuid import UUID

import pytest
from django.urls import reverse

from opennrm.web.receipt import printed
from tests import cast, stories
from tests.consent.test_receipt import made
from tests.web.browsing import browser

OFFICER = cast.POLICE_OFFICER


@pytest.fixture(scope="module")
def given(_database: None) -> tuple[UUID, UUID]:
    """A case and a consent in it."""
    case_ref = stories.contact(OFFICER, majority="adult")
    parts = ("D1", "D4", "D9", "D10")
    return case_ref, stories.consent(OFFICER, case_ref, cast.CASE_MANAGER, "CM", parts)


def inflated(pdf: bytes) -> bytes:
    """Return a PDF with its compressed streams opened."""
    parts = [pdf]
    for piece in pdf.split(b"stream\n")[1:]:
        try:
            parts.append(zlib.decompressobj().decompress(piece))
        except zlib.error:
            continue
    return b"".join(parts)


class TestThePaper:
    @pytest.mark.parametrize("language", ("en", "ar"))
    def test_is_a_tagged_pdf_that_names_no_author_and_no_programme_of_ours(self, language):
        pdf = printed(made(language))
        whole = inflated(pdf)

        assert pdf.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in whole
        assert f"/Lang({language})".encode() in whole
        assert b"OpenNRM" not in whole
        assert b"/Author" not in whole
        assert b"/Count 1/" in whole
        assert printed(made(language)) == pdf

    def test_is_offered_to_those_who_keep_her_consents(self, given):
        case_ref, consent = given
        client = browser(OFFICER)

        page = client.get(f"{reverse('receipt', args=[case_ref])}?consent={consent}")
        pdf = client.get(f"{reverse('receipt_pdf', args=[case_ref, consent])}?language=ar")

        assert page.status_code == 200
        assert pdf["Content-Type"] == "application/pdf"
        assert pdf["Content-Disposition"] == 'attachment; filename="note.pdf"'
        assert "no-store" in pdf["Cache-Control"]

    def test_is_not_there_for_others_nor_for_what_is_no_consent(self, given):
        case_ref, consent = given
        contact = stories.newest(OFFICER, case_ref, "contact_recorded")
        pdf = reverse("receipt_pdf", args=[case_ref, consent])

        for who in (cast.LAWYER, cast.IMMIGRATION_OFFICER, cast.CASE_MANAGER):
            assert browser(who).get(f"{pdf}?language=en").status_code == 404
        client = browser(OFFICER)
        wrong = reverse("receipt_pdf", args=[case_ref, contact])
        assert client.get(f"{wrong}?language=en").status_code == 404
        assert client.get(f"{pdf}?language=xx").status_code == 404
