"""A file that is not a harmless, whole workbook is refused with a sentence and harms nothing."""

import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opennrm.exchange.htcds import archive
from opennrm.exchange.htcds.anatomy import ENTITIES, FORMULAS, SPREAD
from opennrm.exchange.htcds.reading import NO_SHEET, NOTHING_IN_IT, read_workbook
from opennrm.exchange.htcds.refusals import WorkbookRefused
from tests.exchange.workbooks import HEADERS, LABELS, changed, person, template, with_part, written

SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
ANYTHING_GOES = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def refusal(path: Path) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        list(read_workbook(path).rows)
    return str(refused.value)


def good(path: Path) -> Path:
    return template(path, [person(), person(First_Name="Elira")])


def replacing(part: str, before: bytes, after: bytes) -> Callable[[str, bytes], bytes]:
    def edit(name: str, content: bytes) -> bytes:
        if name == part:
            assert before in content
            return content.replace(before, after, 1)
        return content

    return edit


class TestRefusal:
    def test_meets_a_file_that_is_not_there(self, book: Path) -> None:
        assert refusal(book) == archive.UNREADABLE

    @pytest.mark.parametrize("content", [b"", b"name,gender\n", b"<html>", b"PK", b"%PDF-1.7"])
    def test_meets_what_is_no_workbook(self, book: Path, content: bytes) -> None:
        book.write_bytes(content)

        assert refusal(book) in (archive.NOT_A_WORKBOOK, archive.DAMAGED)

    def test_meets_another_kind_of_archive(self, book: Path) -> None:
        with zipfile.ZipFile(book, "w") as target:
            target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

        assert refusal(book) == archive.NOT_A_WORKBOOK

    def test_meets_an_old_and_a_protected_file(self, book: Path) -> None:
        book.write_bytes(archive.OLD_FORMAT + bytes(600))
        old = refusal(book)
        book.write_bytes(archive.OLD_FORMAT + bytes(600) + archive.PASSWORD_MARK)

        assert (old, refusal(book)) == (archive.OLD, archive.PASSWORD)

    def test_meets_a_file_that_is_too_big(self, book: Path) -> None:
        with book.open("wb") as stream:
            stream.truncate(archive.MAX_FILE_BYTES + 1)

        assert refusal(book) == archive.TOO_BIG

    def test_meets_a_zip_bomb_before_it_unpacks(self, book: Path) -> None:
        with_part(good(book), "xl/media/bomb.xml", bytes(300 * 1024 * 1024))

        assert book.stat().st_size < 1_000_000
        assert refusal(book) == archive.BOMB

    def test_meets_a_bomb_that_lies_about_its_size(self, book: Path) -> None:
        with_part(good(book), "xl/media/bomb.xml", bytes(900_000))
        content = book.read_bytes()
        book.write_bytes(content.replace((900_000).to_bytes(4, "little"), b"\x10\0\0\0"))

        assert refusal(book) == archive.DAMAGED

    def test_meets_thousands_of_parts(self, book: Path) -> None:
        with zipfile.ZipFile(good(book), "a") as target:
            for number in range(archive.MAX_PARTS):
                target.writestr(f"xl/media/{number}", b"")

        assert refusal(book) == archive.BOMB

    def test_meets_macros(self, book: Path) -> None:
        assert refusal(with_part(good(book), "xl/vbaProject.bin")) == archive.MACROS

    def test_meets_a_workbook_that_says_it_has_macros(self, book: Path) -> None:
        kind = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
        edit = replacing("[Content_Types].xml", kind, b"ms-excel.sheet.macroEnabled.main")

        assert refusal(changed(good(book), edit)) == archive.MACROS

    def test_meets_links_to_other_files(self, book: Path) -> None:
        path = with_part(good(book), "xl/externalLinks/externalLink1.xml")

        assert refusal(path) == archive.LINKS

    @pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
    def test_meets_a_document_type_in_any_part(self, book: Path, part: str) -> None:
        edit = replacing(part, b"?>", b"?>" + DOCTYPE)

        assert refusal(changed(good(book), edit)) == ENTITIES

    @pytest.mark.parametrize("cell", [b"XFD9", b"A1048576"])
    def test_meets_a_cell_that_claims_millions_of_others(self, book: Path, cell: bytes) -> None:
        edit = replacing(SHEET, b'r="B2"', b'r="' + cell + b'"')

        assert "At most 150,000 rows" in refusal(changed(good(book), edit))

    @pytest.mark.parametrize("count", [b"4294967295", b"-1", b"9" * 30])
    def test_meets_a_list_that_promises_more_than_memory_holds(
        self, book: Path, count: bytes
    ) -> None:
        path = changed(
            good(book),
            lambda name, content: re.sub(
                rb'niqueCount="\d+"', b'niqueCount="%b"' % count, content
            ),
        )

        assert refusal(path) == archive.DAMAGED

    def test_meets_sheets_that_reach_too_far_together(self, book: Path) -> None:
        wide = (
            b'<worksheet><sheetData><row r="50000"><c r="DP50000"/></row></sheetData></worksheet>'
        )
        for number in (7, 8):
            with_part(
                book if number == 8 else good(book), f"xl/worksheets/sheet{number}.xml", wide
            )

        assert refusal(book) == SPREAD

    def test_meets_a_hundred_names_for_one_sheet(self, book: Path) -> None:
        one = b'<sheet name="Case Sheet" sheetId="1" r:id="rId1"/>'
        edit = replacing("xl/workbook.xml", one, one * 100)

        assert refusal(changed(good(book), edit)) == SPREAD

    def test_meets_a_workbook_full_of_formulas(self, book: Path) -> None:
        numbers = range(1_000)
        row = "<row>{}</row>".format("".join(f"<c><f>{n}*{n}</f></c>" for n in numbers[:110]))
        cells = "".join(row.replace("*", f"+{n * n}-") for n in numbers).encode()
        edit = replacing(SHEET, b"</sheetData>", cells + b"</sheetData>")

        assert refusal(changed(good(book), edit)) == FORMULAS

    def test_meets_a_long_text_that_thousands_of_cells_share(self, book: Path) -> None:
        people = [person(First_Name=f"A{n}", Incoming_Referral_Details="y") for n in range(4_000)]
        edit = replacing("xl/sharedStrings.xml", b"<t>y</t>", b"<t>" + b"long " * 6_000 + b"</t>")

        assert refusal(changed(template(book, people), edit)) == archive.BOMB

    def test_meets_a_sheet_that_says_it_is_too_large(self, book: Path) -> None:
        edit = replacing(SHEET, b'<dimension ref="A1:', b'<dimension ref="A1:XFD1048576:')

        assert "At most 150,000 rows" in refusal(changed(good(book), edit))

    def test_meets_a_large_sheet_that_no_name_leads_to(self, book: Path) -> None:
        big = b'<worksheet><sheetData><row r="900000"/></sheetData></worksheet>'

        assert "row 900,000" in refusal(with_part(good(book), "xl/worksheets/sheet9.xml", big))

    @pytest.mark.parametrize("part", ["xl/_rels/workbook.xml.rels", SHEET, "xl/workbook.xml"])
    def test_meets_a_missing_part(self, book: Path, part: str) -> None:
        path = changed(good(book), lambda name, content: None if name == part else content)

        assert refusal(path)

    def test_meets_a_sheet_that_breaks_off(self, book: Path) -> None:
        path = changed(
            good(book), lambda name, content: content[:-40] if name == SHEET else content
        )

        assert refusal(path) == archive.DAMAGED

    def test_meets_another_table(self, book: Path) -> None:
        assert refusal(written(book, [["name", "amount"], ["x", 1]])) == NO_SHEET

    def test_meets_headers_without_rows(self, book: Path) -> None:
        assert refusal(written(book, [HEADERS, LABELS, [1.0]])) == NOTHING_IN_IT

    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
    def test_meets_a_file_that_was_cut_short(self, book: Path, share: float) -> None:
        content = good(book).read_bytes()
        book.write_bytes(content[: int(len(content) * share)])

        assert refusal(book) == archive.DAMAGED

    @pytest.mark.parametrize("sentence", [v for k, v in vars(archive).items() if k.isupper()])
    def test_says_what_to_do_in_plain_words(self, sentence: object) -> None:
        if isinstance(sentence, str):
            assert sentence.endswith(".")
            assert "Error" not in sentence


class TestAcceptance:
    def test_meets_a_workbook_that_another_program_laid_out_with_line_breaks(
        self, book: Path
    ) -> None:
        path = changed(
            good(book),
            lambda name, content: content.replace(b"<c ", b"\n  <c ").replace(b"</c>", b"\n</c>"),
        )

        assert len(list(read_workbook(path).rows)) == 2

    def test_meets_links_to_mail_addresses(self, book: Path) -> None:
        path = template(book, [person(Email="mailto:amina@example.org")])

        assert next(read_workbook(path).rows).case.email == "amina@example.org"


class TestAnyBytes:
    @given(content=st.binary(max_size=4_000))
    @ANYTHING_GOES
    def test_are_refused_or_read_but_never_break(self, book: Path, content: bytes) -> None:
        book.write_bytes(content)

        assert refusal(book)

    @given(start=st.sampled_from([b"PK\x03\x04", archive.OLD_FORMAT]), rest=st.binary())
    @ANYTHING_GOES
    def test_with_a_known_start_are_refused(self, book: Path, start: bytes, rest: bytes) -> None:
        book.write_bytes(start + rest)

        assert refusal(book)

    @given(seed=st.integers(0, 2**32))
    @ANYTHING_GOES
    def test_changed_in_a_good_workbook_are_refused_or_read(self, book: Path, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 -- not for secrets
        content = bytearray(good(book).read_bytes())
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        book.write_bytes(bytes(content))

        assert_refused_or_read(book)

    @given(seed=st.integers(0, 2**32))
    @ANYTHING_GOES
    def test_changed_inside_a_part_are_refused_or_read(self, book: Path, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 -- not for secrets

        def edit(_: str, content: bytes) -> bytes | None:
            if chance.random() < 0.7:
                return content
            mutable = bytearray(content)
            for _ in range(chance.randint(1, 6)):
                spot = chance.randrange(len(mutable))
                mutable[spot : spot + chance.randint(0, 9)] = chance.randbytes(
                    chance.randint(0, 9)
                )
            return bytes(mutable)

        assert_refused_or_read(changed(good(book), edit))


def assert_refused_or_read(path: Path) -> None:
    try:
        reading = read_workbook(path)
        rows = list(reading.rows)
    except WorkbookRefused as refused:
        assert str(refused).endswith(".")
    else:
        assert len(rows) <= reading.total
