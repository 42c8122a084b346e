"""A court order makes a package by two persons, exactly as ordered, and opens no row."""

import hashlib
import io
import re
from uuid import UUID

import pikepdf
import pytest
from django.urls import reverse

from opennrm.casework.court_order import (
    CourtOrder,
    CourtPackage,
    make_court_package,
    record_court_order,
)
from opennrm.casework.refusals import (
    AccessMissing,
    MoveRefused,
    PermissionMissing,
    SecondPersonNeeded,
)
from opennrm.records import queries
from tests import cast, stories
from tests.attacks import raw
from tests.database import NOW, as_administrator, signed_in
from tests.web.browsing import browser, fields_of

FIRST, SECOND = cast.POLICE_OFFICER, cast.POLICE_COLLEAGUE
NAME, ACCOUNT = "Lindita Berisha", "he kept my papers"
APPEND = (
    "SELECT nrm.append_fact(%(case)s, %(ref)s, 'court_package_made', 'D10', now(), "
    "'legal_duty', NULL, %(open)s::jsonb, NULL, 0, NULL)"
)


@pytest.fixture()
def case_ref(_database: None) -> UUID:
    """A case of the police, shared with a lawyer."""
    case_ref = stories.contact(FIRST, majority="adult", words=ACCOUNT)
    stories.described(FIRST, case_ref, names=NAME)
    sent = stories.referred(FIRST, case_ref, cast.LAWYER, "LA", ("D1", "D10"))
    stories.answered(cast.LAWYER, case_ref, sent)
    return case_ref


def ordered(case_ref: UUID, who: cast.Member = FIRST, **more: object) -> UUID:
    given = {"court": "Basic Court, K 12/26", "recipient": "Judge Petrova", "scopes": ("D4",)}
    order = CourtOrder(**(given | {"ordered_on": stories.TODAY} | more))  # type: ignore[arg-type]
    ref: UUID = stories.do(record_court_order, who, case_ref=case_ref, order=order)
    return ref


def packed(case_ref: UUID, order: UUID, who: cast.Member = SECOND) -> UUID:
    package = CourtPackage(order=order, digest="a" * 64, made_on=stories.TODAY)
    ref: UUID = stories.do(make_court_package, who, case_ref=case_ref, package=package)
    return ref


def rows_of(case_ref: UUID) -> list[tuple[object, ...]]:
    with as_administrator() as connection:
        return connection.execute(
            "SELECT organisation, role, compartment, state FROM nrm.access "
            "WHERE case_ref = %s ORDER BY 1, 2, 3, 4",
            [case_ref],
        ).fetchall()


def told(who: cast.Member, kind: str) -> int:
    return len([n for n in queries.notices(signed_in(who)) if n.kind == kind])


class TestAnOrder:
    def test_opens_nothing_and_is_told_at_once(self, case_ref: UUID) -> None:
        before, rows = told(cast.DATA_OFFICER, "court_order_recorded"), rows_of(case_ref)
        lawyers = told(cast.LAWYER, "court_order_recorded")

        ordered(case_ref)

        assert rows_of(case_ref) == rows
        assert told(cast.DATA_OFFICER, "court_order_recorded") == before + 1
        assert told(cast.LAWYER, "court_order_recorded") == lawyers + 1

    @pytest.mark.parametrize(
        ("more", "refusal"),
        [
            ({"scopes": ()}, MoveRefused),
            ({"recipient": " "}, MoveRefused),
            ({"scopes": ("D5",)}, AccessMissing),
        ],
    )
    def test_is_refused(self, case_ref: UUID, more: dict[str, object], refusal: type[Exception]):
        with pytest.raises(refusal):
            ordered(case_ref, **more)

    def test_is_not_recorded_by_who_only_reads(self, case_ref: UUID) -> None:
        with pytest.raises(PermissionMissing):
            ordered(case_ref, cast.LAWYER)


class TestAPackage:
    def test_is_made_by_a_second_person_once_and_opens_nothing(self, case_ref: UUID) -> None:
        order, rows = ordered(case_ref), rows_of(case_ref)
        with pytest.raises(SecondPersonNeeded):
            packed(case_ref, order, FIRST)

        packed(case_ref, order)

        with pytest.raises(MoveRefused):
            packed(case_ref, order)
        assert rows_of(case_ref) == rows
        due = {due.kind for due in queries.case_page(signed_in(FIRST), case_ref, at=NOW).due}
        assert "T19" in due

    @pytest.mark.parametrize("scopes", [["D2", "D4"], ["D2"], []])
    def test_of_more_or_other_parts_is_refused_by_the_database(
        self, case_ref: UUID, scopes: list[str]
    ) -> None:
        order = ordered(case_ref)

        assert forged(case_ref, order, scopes, SECOND) == "NR403"

    def test_by_the_same_person_is_refused_by_the_database(self, case_ref: UUID) -> None:
        order = ordered(case_ref)

        assert forged(case_ref, order, ["D4"], FIRST) == "NR403"
        assert forged(case_ref, cast.ref("no order"), ["D4"], SECOND) == "NR403"


class TestThePage:
    def test_hands_out_exactly_what_was_ordered_sealed_with_the_passphrase(
        self, case_ref: UUID
    ) -> None:
        order = ordered(case_ref)
        client, address = browser(SECOND), reverse("court_package", args=[case_ref, order])
        shown = client.get(address)
        typed = fields_of(shown) | {"compared": "on"}

        answer = client.post(address, typed)

        assert "Judge Petrova" in shown.content.decode()
        assert answer.status_code == 200
        made = answer.content
        assert ACCOUNT.encode() not in made
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(made), password="guess")
        words = opened(made, typed["passphrase"])
        assert "Judge Petrova" in words
        assert ACCOUNT in words
        assert NAME not in words
        package = stories.folded(FIRST, case_ref).newest("court_package_made")
        assert package is not None
        assert package.text("digest") == hashlib.sha256(made).hexdigest()
        assert client.get(address).status_code == 404

    def test_is_there_for_the_second_person_only(self, case_ref: UUID) -> None:
        address = reverse("court_package", args=[case_ref, ordered(case_ref)])

        for who in (FIRST, cast.LAWYER, cast.CASE_MANAGER):
            assert browser(who).get(address).status_code == 404


def forged(case_ref: UUID, order: UUID, scopes: list[str], who: cast.Member) -> str:
    listed = ", ".join(f'"{scope}"' for scope in scopes)
    content = (
        f'{{"answers": "{order}", "scopes": [{listed}], "digest": "{"a" * 64}", '
        f'"made_on": "2026-01-01"}}'
    )
    values = {"case": case_ref, "ref": cast.ref(f"{order}{scopes}{who.account}"), "open": content}
    with raw.reader(signed_in(who).token, raw.RECORDER) as connection:
        return raw.refused(connection, APPEND, values)


def opened(made: bytes, passphrase: str) -> str:
    """Return the words of a sealed document, as a reader of PDF files shows them."""
    with pikepdf.open(io.BytesIO(made), password=passphrase) as document:
        plain = io.BytesIO()
        document.save(plain)
    return text_of(plain.getvalue())


def text_of(plain: bytes) -> str:
    """Read the letters of a PDF file from its glyphs and their tables."""
    said = []
    with pikepdf.open(io.BytesIO(plain)) as document:
        for page in document.pages:
            fonts = page.Resources.Font
            tables = {name: letters(font.ToUnicode.read_bytes()) for name, font in fonts.items()}
            table: dict[int, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    table = tables[str(operands[0])]
                elif str(operator) in {"Tj", "TJ"}:
                    parts = operands[0] if str(operator) == "TJ" else operands
                    codes = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
                    said += [glyphs(code, table) for code in codes]
                elif str(operator) == "ET":
                    said.append(" ")
    return "".join(said)


def glyphs(codes: bytes, table: dict[int, str]) -> str:
    pairs = (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))
    return "".join(table.get(code, "?") for code in pairs)


def letters(table: bytes) -> dict[int, str]:
    """Read a table from glyphs to letters: one by one, and in runs."""
    found: dict[int, str] = {}
    text = table.decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(letter, 16) + step)
    return found
